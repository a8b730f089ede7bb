"""Claims: source, cue, content, chain."""

from watchfloor.word.find import find
from watchfloor.word.link import link
from watchfloor.word.standing import stand
from watchfloor.word.telling import NOBODY, in_words, voices

__all__ = ["NOBODY", "find", "in_words", "link", "stand", "voices"]
