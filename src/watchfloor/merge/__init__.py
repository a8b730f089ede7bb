"""Incidents: one happening, however often it is told."""

from watchfloor.merge.across import Merger, Stream, across
from watchfloor.merge.blocks import Key
from watchfloor.merge.compare import Compared, Said, compare, voices_of
from watchfloor.merge.memory import Memory, NodeKey
from watchfloor.merge.nodes import Node
from watchfloor.merge.outcome import MergedAccount, MergedIncident, identity
from watchfloor.merge.wires import hash_64
from watchfloor.merge.within import within

__all__ = [
    "Compared",
    "Key",
    "Memory",
    "MergedAccount",
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
    "voices_of",
    "within",
]
