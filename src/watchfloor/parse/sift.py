"""Decide which sentences are worth a tree, and say why the others are not."""

from __future__ import annotations

from dataclasses import replace

from watchfloor.parse.page import Page, Sentence

#: Longer "sentences" are tables and lists; the parser's time grows faster than their worth.
MOST_CHARACTERS = 1500


def sift(page: Page) -> Page:
    """Mark the sentences that are not to be read."""
    return replace(page, sentences=tuple(_judge(sentence) for sentence in page.sentences))


def _judge(sentence: Sentence) -> Sentence:
    if len(sentence.text) > MOST_CHARACTERS:
        return replace(sentence, skipped=f"longer than {MOST_CHARACTERS} characters")
    if not any(c.isalpha() for c in sentence.text):
        return replace(sentence, skipped="no words")
    return sentence
