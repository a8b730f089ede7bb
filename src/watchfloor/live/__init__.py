"""The running watch: polls feeds, drives the flow, raises and delivers alerts."""

from watchfloor.live.alarm import raise_alerts
from watchfloor.live.channels import Channel, read_channels
from watchfloor.live.deliver import deliver
from watchfloor.live.keep import keep
from watchfloor.live.run import Watch

__all__ = ["Channel", "Watch", "deliver", "keep", "raise_alerts", "read_channels"]
