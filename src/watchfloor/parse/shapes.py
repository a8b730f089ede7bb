"""The shape of a word, for a reader that sees words without their capitals."""

from __future__ import annotations

#: What a word can look like, in the order of the numbers that stand for them.
SHAPES = ("small", "capitalised", "initial", "capitals", "mixed", "number", "mark", "space")


def shape_of(word: str) -> int:
    """The number in `SHAPES` of what a word looks like."""
    if not word.strip():
        return 7
    if word.islower():
        return 0
    if word.isupper():
        return 2 if sum(map(str.isalpha, word)) == 1 else 3
    if word[0].isupper() and not any(map(str.isupper, word[1:])):
        return 1
    if any(map(str.isdigit, word)):
        return 5
    return 4 if any(map(str.isalpha, word)) else 6


def shapes_of(words: list[str]) -> list[int]:
    """The shapes of a sentence's words; its first word's is told apart by `len(SHAPES)` more."""
    shapes = [shape_of(word) for word in words]
    if shapes:
        shapes[0] += len(SHAPES)
    return shapes
