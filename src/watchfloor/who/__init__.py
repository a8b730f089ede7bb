"""Actors: countries, bodies, armed groups, roles, populations, pronouns."""

from watchfloor.who.find import find

__all__ = ["find"]
