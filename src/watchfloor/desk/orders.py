"""What the desk goes by when something changes: the rules, and the channels that are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import Request

from watchfloor.live.alarm import raise_alerts
from watchfloor.live.channels import Channel
from watchfloor.live.register import kept_register
from watchfloor.records import Record
from watchfloor.settings import Settings
from watchfloor.store import Session
from watchfloor.watch import Rules, default_rules, read_rules


class Orders(Record, frozen=True, kw_only=True):
    """The rules by which the desk raises alerts, and the channels for which it queues their
    telling; a running `watchfloor watch` with the same channels delivers what is queued.
    """

    rules: Rules
    channels: tuple[Channel, ...] = ()

    def in_step(self, session: Session, changed: Iterable[str]) -> int:
        """Bring the alerts in step with incidents that changed; how many alerts changed. Nothing
        happens on a record without a register.
        """
        register = kept_register(session)
        if not (register.sites or register.groups or register.journeys):
            return 0
        now = datetime.now(UTC)
        return len(raise_alerts(session, changed, register, self.rules, self.channels, now))


def chosen_rules(settings: Settings) -> Rules:
    """The rules of the settings' file, else those that come with watchfloor.

    Raises SettingsError with the rule and the valid answers.
    """
    return read_rules(settings.rules) if settings.rules else default_rules()


def orders(request: Request) -> Orders:
    """What this desk was started with."""
    found: Orders = request.app.state.orders
    return found
