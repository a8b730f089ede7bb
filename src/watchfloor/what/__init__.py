"""Events: types, predicates, participants, status, harm."""

from watchfloor.what.find import find

__all__ = ["find"]
