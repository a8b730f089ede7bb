"""Admiralty grades, proposed with their reasons: how reliable the source, how credible its word."""

from watchfloor.grade.propose import graded
from watchfloor.grade.table import TABLE, Known, Table, names_of, plain, read_table

__all__ = ["TABLE", "Known", "Table", "graded", "names_of", "plain", "read_table"]
