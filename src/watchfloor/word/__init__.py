"""Claims: source, cue, content, chain."""

from watchfloor.word.find import find
from watchfloor.word.link import link

__all__ = ["find", "link"]
