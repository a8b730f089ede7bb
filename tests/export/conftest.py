"""The record of the store's tests, on both back ends."""

from tests.store.conftest import address, cluster, database, postgresql

__all__ = ["address", "cluster", "database", "postgresql"]
