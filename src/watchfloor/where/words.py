"""The words around names that tell whether a name is used as a place, and which kind."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from watchfloor.where.countries import codes
from watchfloor.where.names import key_of

#: Small words inside names.
SMALL = frozenset(
    "de del della la las los el al ar az ez as es ad du da do dos das di ben bin of the and upon "
    "sur am an der den von".split()
)
#: Small words that only stand inside names, never between two.
PARTICLES = frozenset("de del della la las los el al ar az ez es ad du da do dos das".split())
#: Small words that stand in a name between hyphens only: "Mazar-e-Sharif", "Port-au-Prince".
LINKS = frozenset("e i y ye o ul ur us un ud au aux en et les lès sous sur".split())
BEFORE = frozenset(
    "in at near from outside around across towards toward to into between throughout within of "
    "off inside via through over reach reached visit visiting left central northern southern "
    "eastern western downtown nearby neighboring neighbouring".split()
)
#: Words beside a name that tell which kind of place it is.
SAID_KINDS = {
    **dict.fromkeys(
        ("province", "region", "state", "governorate", "oblast", "prefecture", "department"),
        "province",
    ),
    **dict.fromkeys(
        ("district", "county", "raion", "cercle", "tehsil", "subdistrict", "municipality",
         "commune", "township", "agency", "jurisdiction"), "district"
    ),
    **dict.fromkeys(("town", "city", "village", "capital", "port", "suburb", "hamlet"), "town"),
    **dict.fromkeys(("neighborhood", "neighbourhood", "quarter", "barrio", "colonia", "borough",
                     "ward"), "district"),
    **dict.fromkeys(
        ("farm", "hacienda", "finca", "ranch", "estate", "plantation", "street"), "facility"
    ),
}  # fmt: skip
#: The words of kind that stand beside several names: "Kandahar and Helmand provinces".
PLURALS = {
    **{f"{word}s": word for word in SAID_KINDS if not word.endswith("y")},
    **{f"{word[:-1]}ies": word for word in SAID_KINDS if word.endswith("y")},
    **dict.fromkeys(("streets", "avenues", "roads", "boulevards"), "street"),
}
#: Words beside a name that tell that it is a part of a town, or too small to be known by itself.
QUARTERS = frozenset(
    "neighborhood neighbourhood quarter barrio colonia suburb borough ward farm hacienda finca "
    "ranch estate plantation street".split()
)
#: Words after a name that tell that it is a place.
KIND_WORDS = frozenset(
    "province city district county town village region state department municipality airport "
    "island islands river lake valley peninsula governorate prefecture mountains desert area "
    "suburb neighborhood neighbourhood port harbor harbour border coast canton parish township "
    "borough hamlet subdistrict tehsil oblast raion strait gulf bay "
    "jurisdiction".split()
)
#: Last words of names that are places even where no gazetteer knows them, and their kinds.
GENERIC_ENDS = {
    **dict.fromkeys(("street", "streets", "road", "avenue", "boulevard", "lane", "drive",
                     "highway", "parkway", "bridge", "dam", "pass", "square", "roundabout",
                     "checkpoint", "camp", "stadium", "airport", "airfield"), "facility"),
    **dict.fromkeys(("river", "creek", "lake", "bay", "reservoir", "canal"), "water"),
    **dict.fromkeys(("village", "town", "township", "hamlet", "city", "neighborhood",
                     "neighbourhood", "suburb"), "town"),
    **dict.fromkeys(("district", "county", "tehsil", "municipality", "subdistrict", "valley",
                     "island", "area", "commune", "raion", "jurisdiction"), "district"),
    **dict.fromkeys(("province", "governorate", "oblast", "department"), "province"),
}  # fmt: skip
#: Words after a name that tell that it is a body's, a person's or a thing's.
BODY_WORDS = frozenset(
    "police university times post herald tribune army ministry bank department news daily united "
    "fc club college school hospital institute court council accord accords agreement treaty "
    "declaration protocol convention summit group company corporation party cartel front brigade "
    "battalion division institute foundation stock exchange airlines airways railway journal star "
    "gazette chronicle globe sun telegraph press radio television tv regiment church cathedral "
    "mosque museum hotel stadium team league cup open championship marathon bulls giants".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr president senator minister general colonel captain lieutenant sergeant "
    "judge governor mayor king queen prince princess sir lady lord pope bishop archbishop cardinal "
    "professor gen col capt lt sgt sen gov rep secretary chancellor premier spokesman "
    "spokeswoman coach detective officer deputy sheriff ambassador reverend rev st".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december jan feb mar apr jun jul aug sept oct nov "
    "dec mon tue tues wed thu thurs fri sat".split()
)
SAYING = frozenset(
    "said says say told tells added asked wrote announced called added noted argued insisted "
    "claimed warned denied declined pleaded testified thinks believes knows wants".split()
)


#: Words behind a name that make it a building's or works'.
FACILITY_WORDS = frozenset(
    "restaurant hotel plant shipyard stadium consulate embassy palace mine refinery barracks base "
    "hospital clinic school college university church mosque temple market factory mill depot "
    "station terminal warehouse prison jail hacienda farm ranch quarry dam bridge airport airfield "
    "airstrip camp checkpoint garrison synagogue museum theatre theater mall building club".split()
)
#: What the text puts between a name and the larger place it lies in.
LIES_IN = re.compile(
    rf"[\"”]?(?:(?: [\w-]+)? (?:{'|'.join(sorted(KIND_WORDS | QUARTERS | FACILITY_WORDS))}))?"
    r"(?:, ?| ?\(| (?=in |of |near ))(?:in |of |near )?(?:the )?(?:(?:town|city|village) of )?"
    r"(?:(?:central|northern|southern|eastern|western|(?:north|south)(?:east|west)ern) )?"
)


class Short(NamedTuple):
    """What an abbreviation stands for; `bare` where it needs no comma before it."""

    key: str
    bare: bool


@cache
def abbreviations() -> dict[str, Short]:
    """Abbreviations of states and countries, written as in the data file, to what they mean."""
    found = {}
    for short, name, bare in _rows("places_abbreviations.tsv", 3):
        found[short] = Short(key_of(name), bool(bare))
    return found


@cache
def not_places() -> frozenset[str]:
    """Keys that are whose and not where: peoples, armed groups and bodies, calendar words."""
    keys = set(CALENDAR)
    for _, _, demonyms, _ in _rows("actors_countries.tsv", 4):
        for word in demonyms.split(";"):
            keys |= {key_of(word), key_of(word + "s")}
    for name, *_ in (*_rows("actors_groups.tsv", 4), *_rows("actors_bodies.tsv", 4)):
        keys |= {key_of(part) for part in name.split(";")}
    return frozenset(keys - {""} - set(codes()))


def _rows(name: str, width: int) -> list[list[str]]:
    raw = files("watchfloor.data").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in raw.splitlines() if not line.startswith("#") and "\t" in line]
    return [(line.split("\t") + [""] * width)[:width] for line in lines[1:]]
