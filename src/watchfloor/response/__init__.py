"""The desk's response: cases, the cell's people and means, papers. Pure: no clock, no record.

What it holds is in `records`; what follows from it (deadlines, gaps, what is overdue, what a paper
may say) is worked out by the other files from what they are given, the time included.
"""
