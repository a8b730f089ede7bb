"""The flow on Dask over partitions, and questions to what it wrote.

`backfill` reads partitions, codes each on a worker, and merges across them by blocks; `Answers`
asks the Parquet files that it leaves.
"""

from watchfloor.scale.answers import Answer, Answers, Asked
from watchfloor.scale.manifest import Manifest
from watchfloor.scale.run import Options, Step, backfill
from watchfloor.scale.storage import Storage

__all__ = ["Answer", "Answers", "Asked", "Manifest", "Options", "Step", "Storage", "backfill"]
