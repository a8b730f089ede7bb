"""The columns of what is exported: name, kind of value, and HXL tag."""

from __future__ import annotations

from watchfloor.records import Record


class Column(Record, frozen=True, kw_only=True):
    """One column. `kind`: text, integer, number, boolean or date. `tag`: HXL 1.1."""

    name: str
    kind: str
    tag: str


def _columns(lines: str) -> tuple[Column, ...]:
    parts = (line.split() for line in lines.strip().splitlines())
    return tuple(Column(name=name, kind=kind, tag=tag) for name, kind, tag in parts)


_HARM = """
killed_low      integer #affected+killed+num+min
killed_high     integer #affected+killed+num+max
injured_low     integer #affected+injured+num+min
injured_high    integer #affected+injured+num+max
abducted_low    integer #affected+abducted+num+min
abducted_high   integer #affected+abducted+num+max
arrested_low    integer #affected+arrested+num+min
arrested_high   integer #affected+arrested+num+max
"""

_WHERE = """
place           text    #loc+name
place_kind      text    #loc+type
country         text    #country+code+v_iso3
lat             number  #geo+lat
lon             number  #geo+lon
radius_km       number  #geo+radius+km
"""

#: One row an incident: the best estimate, and on which fields its accounts differ.
INCIDENTS = _columns(
    f"""
incident        text    #event+id
type            text    #event+type
mode            text    #event+mode
status          text    #status
background      boolean #event+history
day_from        date    #date+start
day_to          date    #date+end
{_WHERE}{_HARM}
actors          text    #event+actor
victims         text    #affected+group
targets         text    #event+target
differs         text    #meta+differs
grade           text    #meta+grade
sources         integer #meta+sources+num
reports         integer #meta+reports+num
marking         text    #meta+marking
first_seen      text    #date+recorded
updated         text    #date+updated
""".replace("\n\n", "\n")
)

#: One row an event as a report tells it, after the tables of GDELT and ICEWS.
EVENTS = _columns(
    f"""
event_id        text    #event+id
day_from        date    #date+start
day_to          date    #date+end
actor1_name     text    #event+actor+name
actor1_country  text    #event+actor+country
actor1_sector   text    #event+actor+sector
actor2_name     text    #event+recipient+name
actor2_country  text    #event+recipient+country
actor2_sector   text    #event+recipient+sector
type            text    #event+type
mode            text    #event+mode
cameo           text    #event+code+cameo
goldstein       number  #event+goldstein
root_code       text    #event+code+root
quad_class      integer #event+quad
status          text    #status
background      boolean #event+history
{_WHERE}{_HARM}
confidence      number  #indicator+confidence
incident        text    #event+incident+id
sources         integer #meta+sources+num
report          text    #meta+report+id
published       text    #date+published
outlet          text    #meta+outlet
marking         text    #meta+marking
""".replace("\n\n", "\n")
)
