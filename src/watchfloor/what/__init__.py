"""Events: types, predicates, participants, status, harm."""

from watchfloor.what.find import Note, explain, find, left_out

__all__ = ["Note", "explain", "find", "left_out"]
