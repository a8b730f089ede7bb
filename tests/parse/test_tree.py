"""A sentence as a tree of its words: the same as the parser's own, in every way that is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.parse import Doc
from watchfloor.parse.tree import Known, from_spacy
from watchfloor.parse.trees import load_parser

TEXTS = (
    "EXERCISE: Gunmen attacked a bus near Quetta, killing five guards and a driver.",
    "The minister, who had met the envoys of Kenya and Uganda , said: 'No comment.'",
    "In  the north (the army said) three of the eleven who were hurt have died... -- Agency",
    "Killed.",
)


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """Any tree over up to nine words, branches crossing or not."""
    size = draw(st.integers(1, 9))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: order[0]}
    for at in range(1, size):
        heads[order[at]] = order[draw(st.integers(0, at - 1))]
    begins, governors = [2 * n for n in range(size)], [heads[n] for n in range(size)]
    words, nouns = ["w"] * size, ["NOUN"] * size
    known = Known(words, begins, ["NN"] * size, nouns, ["dep"] * size, words, governors)
    return Doc(" ".join(words), known)


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_as_the_parser_s_own(text: str) -> None:
    theirs = load_parser()(text)
    ours = from_spacy(theirs)
    for mine, its in zip(ours, theirs, strict=True):
        assert (mine.text, mine.i, mine.idx, len(mine)) == (its.text, its.i, its.idx, len(its))
        assert (mine.lower_, mine.lemma_, mine.pos_) == (its.lower_, its.lemma_, its.pos_)
        assert (mine.is_punct, mine.is_space) == (its.is_punct, its.is_space)
        assert [t.i for t in mine.children] == [t.i for t in its.children]
        assert [t.i for t in mine.lefts] == [t.i for t in its.lefts]
        assert [t.i for t in mine.subtree] == [t.i for t in its.subtree]
        assert (mine.left_edge.i, mine.right_edge.i) == (its.left_edge.i, its.right_edge.i)
        assert [mine.is_ancestor(t) for t in ours] == [its.is_ancestor(t) for t in theirs]
    chunks = [(c.text, c.root.i) for c in ours.noun_chunks]
    assert chunks == [(c.text, c.root.i) for c in theirs.noun_chunks]


@pytest.mark.parametrize("text", TEXTS)
def test_a_stretch_of_text_has_the_head_that_the_parser_gives_it(text: str) -> None:
    theirs = load_parser()(text)
    ours = from_spacy(theirs)
    for start in range(-1, len(text) + 1):
        for end in range(start + 1, len(text) + 2):
            span = theirs.char_span(start, end, alignment_mode="expand")
            its = span.root.i if span is not None and len(span) else None
            mine = ours.root_of(start, end)
            assert (mine.i if mine is not None else None) == its, text[start:end]


@given(trees())
def test_a_subtree_holds_whatever_hangs_on_its_word_once(doc: Doc) -> None:
    for token in doc:
        under = {other.i for other in doc if token.is_ancestor(other)}
        assert sorted(t.i for t in token.subtree) == sorted({token.i, *under})


def test_the_sentence_ends_for_its_neighbours() -> None:
    doc = from_spacy(load_parser()("Guards died."))
    assert doc[0].nbor().text == "died"
    assert doc[-1].nbor(-2).text == "Guards"
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[-1].nbor()
