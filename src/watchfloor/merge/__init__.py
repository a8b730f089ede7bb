"""Incidents: one happening, however often it is told."""

from watchfloor.merge.across import Merger, Stream, across
from watchfloor.merge.blocks import Key
from watchfloor.merge.compare import Compared, Said, compare
from watchfloor.merge.memory import Memory, NodeKey
from watchfloor.merge.nodes import Node
from watchfloor.merge.outcome import MergedIncident, identity
from watchfloor.merge.wires import hash_64
from watchfloor.merge.within import within

__all__ = [
    "Compared",
    "Key",
    "Memory",
    "MergedIncident",
    "Merger",
    "Node",
    "NodeKey",
    "Said",
    "Stream",
    "across",
    "compare",
    "hash_64",
    "identity",
    "within",
]
