"""Events: types, predicates, participants, status, harm."""

from watchfloor.what.find import Note, explain, find

__all__ = ["Note", "explain", "find"]
