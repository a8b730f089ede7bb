"""Out of the record: CSV with HXL tags, Parquet, GeoJSON, JSON lines, and a table of events."""

from watchfloor.export.choose import Request
from watchfloor.export.columns import EVENTS, INCIDENTS, Column
from watchfloor.export.run import FORMATS, Exported, export

__all__ = ["EVENTS", "FORMATS", "INCIDENTS", "Column", "Exported", "Request", "export"]
