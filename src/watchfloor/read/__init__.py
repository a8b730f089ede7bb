"""Bytes -> reports: files, folders, pages, feeds, archives, messages, addresses.

`receive` takes what a person names and yields one `Received` a report, in order; what cannot be
read is one too, with its problem, so that nothing is lost. `receive_stream` does the same for a
file that is open already. `fetch` gets one address.
"""

from watchfloor.read.fetch import Fetched, fetch
from watchfloor.read.inputs import count, receive, receive_stream
from watchfloor.read.language import detect
from watchfloor.read.parts import parse_bytes
from watchfloor.read.received import Received, receive_report

__all__ = ["Fetched", "Received", "count", "detect", "fetch", "parse_bytes", "receive"]
__all__ += ["receive_report", "receive_stream"]
