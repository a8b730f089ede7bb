"""The register encrypted at rest, where the operator gives a key."""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from watchfloor.errors import SettingsError, StoreError

#: The setting that holds the key; several with commas between: the first seals, each opens.
KEY = "WATCHFLOOR_REGISTER_KEY"
#: How a sealed value begins.
SEALED = "sealed:"


class Sealed(TypeDecorator[str]):
    """Text that is kept encrypted (Fernet: AES-128-CBC with HMAC-SHA256) where there is a key.

    What was kept before there was a key is read as it is. Raises StoreError for what is sealed
    by a key that is not given, SettingsError for a key that is none.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal."""
        keys = _keys(os.environ.get(KEY, ""))
        if value is None or keys is None:
            return value
        return SEALED + keys.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open."""
        if value is None or not value.startswith(SEALED):
            return value
        keys = _keys(os.environ.get(KEY, ""))
        if keys is None:
            raise StoreError("is sealed", where="register", right=f"its key in {KEY}")
        try:
            return keys.decrypt(value.removeprefix(SEALED)).decode()
        except InvalidToken as error:
            right = f"the key that sealed it, in {KEY}"
            raise StoreError("is sealed by another key", where="register", right=right) from error


def new_key() -> str:
    """A new key."""
    return Fernet.generate_key().decode()


@lru_cache(maxsize=4)
def _keys(given: str) -> MultiFernet | None:
    """The keys of the setting, None where it is empty."""
    parts = [part.strip() for part in given.split(",") if part.strip()]
    try:
        return MultiFernet([Fernet(part) for part in parts]) if parts else None
    except ValueError as error:
        right = "one that `watchfloor seal --new-key` prints"
        raise SettingsError("is no key", where=KEY, right=right) from error
