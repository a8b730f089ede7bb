"""Independence: which reports, and which accounts in them, are one voice.

Copies of one wire are, and so are reports of one outlet, reports that print one agency, and
accounts that all hand on the word of one and the same source.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from watchfloor.merge.nodes import Node
from watchfloor.merge.words import stem, words_of

if TYPE_CHECKING:
    from watchfloor.merge.nodes import Telling
    from watchfloor.merge.outcome import MergedAccount


def one_source(nodes: Sequence[Node], wires: Mapping[str, str]) -> dict[str, str]:
    """For each report the first of those that are one source with it; `wires` as in `merged`."""
    reports = sorted({n.report for n in nodes})
    keys: dict[str, list[Hashable]] = {r: [("wire", wires[r])] for r in reports}
    for node in nodes:
        if published := node.agency or _handed_on(node) or node.outlet:
            keys[node.report].append(("outlet", plain(published)))
    return dict(
        zip(reports, (reports[n] for n in _joined([keys[r] for r in reports])), strict=True)
    )


def voices_of(accounts: Sequence[MergedAccount]) -> tuple[int, ...]:
    """For each account the number of its independent voice."""
    return tuple(_joined([_keys(account) for account in accounts]))


def plain(name: str) -> str:
    """A source's name without article and case."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def _handed_on(node: Node) -> str | None:
    """The one outlet whose word all that a report tells of it is."""
    outer = {_relayed(telling) for telling in node.tellings}
    return outer.pop() if len(outer) == 1 else None


def _relayed(said: Telling | MergedAccount) -> str | None:
    """The outlet whose word a chain hands on, None where it is nobody's or any outlet's."""
    outlet = said.sources[-1] if said.kinds[-1:] == ("outlet",) else None
    return outlet if outlet and not _is_anyone(outlet) else None


def _keys(account: MergedAccount) -> list[Hashable]:
    if account.sources and not _is_anyone(account.sources[0]):
        kind = "outlet" if account.kinds[:1] == ("outlet",) else "source"
        return [(kind, plain(account.sources[0]))]
    keys: list[Hashable] = [("wire", account.wire or account.report)]
    if published := _relayed(account) or account.agency or account.outlet:
        keys.append(("outlet", plain(published)))
    return keys


def _is_anyone(source: str) -> bool:
    """Whether two reports that name a source so need not mean the same one ("officials", "he")."""
    words = plain(source).split()
    return not stem(words[-1]) or words[-1] in words_of("any_source")


def _joined(keys: Iterable[Iterable[Hashable]]) -> list[int]:
    """For each thing the number of the first that it shares a key with, directly or over others."""
    group: list[int] = []
    seen: dict[Hashable, int] = {}
    for n, mine in enumerate(keys):
        group.append(n)
        for key in mine:
            old, new = group[n], group[seen.setdefault(key, n)]
            first = min(old, new)
            group = [first if g in {old, new} else g for g in group]
    return group
