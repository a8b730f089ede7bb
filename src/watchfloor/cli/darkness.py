"""Said beside whatever a command lists: the countries of which nothing can be heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import typer

from watchfloor.live.health import Dark, dark
from watchfloor.store import Session
from watchfloor.store.feeds import feeds


def say_dark(session: Session, asked: Iterable[str | None] = (), *, only: bool = False) -> None:
    """Say on stderr, so that no list is spoilt by it, which countries are dark: of those asked for,
    and (unless `only` those) of all that have feeds of their own.
    """
    wanted = set(asked)
    found = [one for one in dark(feeds(session), wanted) if not only or one.country in wanted]
    for line in dark_lines(found):
        typer.echo(line, err=True)


def dark_lines(found: Sequence[Dark]) -> Iterator[str]:
    """One line a country whose feeds do not answer, and one for those that have no feed."""
    for one in found:
        if one.feeds:
            at = f"{one.answered_at:%Y-%m-%d %H:%M}Z" if one.answered_at else "never"
            names = ", ".join(feed.name for feed in one.feeds)
            yield f"BLIND in {one.country}: no feed answers ({names}; last answer: {at})"
    if uncovered := [one.country for one in found if not one.feeds]:
        yield f"BLIND in {', '.join(uncovered)}: no feed covers it"
