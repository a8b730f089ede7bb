"""The watch: register, exposure, rules, alerts; pure, like the stages."""

from watchfloor.watch.alerts import Alert, alerts_for, latest_alerts
from watchfloor.watch.register import Register, read_register
from watchfloor.watch.rules import Rules, default_rules, read_rules
from watchfloor.watch.trend import Told
from watchfloor.watch.why import why

__all__ = [
    "Alert",
    "Register",
    "Rules",
    "Told",
    "alerts_for",
    "default_rules",
    "latest_alerts",
    "read_register",
    "read_rules",
    "why",
]
