"""Incidents: one happening, however often it is told."""

from watchfloor.merge.across import Merger, Stream, across
from watchfloor.merge.blocks import Key, looks_in, stands_in
from watchfloor.merge.compare import Compared, Said, compare
from watchfloor.merge.facts import AREAS
from watchfloor.merge.memory import Kept, Memory, NodeKey
from watchfloor.merge.mentions import Mentions, mentions_of
from watchfloor.merge.nodes import Node, agency_of, nodes_of, published_by
from watchfloor.merge.outcome import MergedAccount, MergedIncident, identity
from watchfloor.merge.partakers import partaking
from watchfloor.merge.told import told
from watchfloor.merge.voices import voices_of
from watchfloor.merge.wires import bands_of, hash_64, print_of
from watchfloor.merge.within import within

__all__ = [
    "AREAS",
    "Compared",
    "Kept",
    "Key",
    "Memory",
    "Mentions",
    "MergedAccount",
    "MergedIncident",
    "Merger",
    "Node",
    "NodeKey",
    "Said",
    "Stream",
    "across",
    "agency_of",
    "bands_of",
    "compare",
    "hash_64",
    "identity",
    "looks_in",
    "mentions_of",
    "nodes_of",
    "partaking",
    "print_of",
    "published_by",
    "stands_in",
    "told",
    "voices_of",
    "within",
]
