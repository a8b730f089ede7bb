"""Put the desk's assets into the wheel, where npm is there to build them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface):
    """Runs `tools/build_assets.py` before a wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not there yet; an editable install is left to the Makefile."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        try:
            from build_assets import build  # noqa: PLC0415 - found through the path above
        finally:
            sys.path.pop(0)
        if not build():
            self.app.display_warning("npm is not installed: the desk will have no map")
