"""The desk: server-rendered pages over the record; no outside request is ever made."""

from watchfloor.desk.app import make_app

__all__ = ["make_app"]
