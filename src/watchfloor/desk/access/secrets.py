"""Secrets: passwords as argon2 hashes, ids and tokens by their hashes, codes that change."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from watchfloor.errors import InputError

#: The shortest password; length counts, not kinds of characters (NIST SP 800-63B, 3.1.1.2).
SHORTEST = 12
#: Seconds that a code stands (RFC 6238), and how many steps off a clock may be.
STEP_S = 30
DRIFT = 1
#: Hashes made at once: each takes 64 MiB, and a flood of tries must not take the machine.
_turns = BoundedSemaphore(4)


@cache
def _hasher() -> PasswordHasher:
    """Argon2id at the second choice of RFC 9106 (64 MiB)."""
    return PasswordHasher()


def hashed(password: str, name: str = "") -> str:
    """The hash to keep. Raises InputError for a password that is too short or is the name."""
    if len(password) < SHORTEST or password.lower() == name.lower():
        right = f"at least {SHORTEST} characters, not your name; a few words do well"
        raise InputError("cannot be a password", right=right)
    with _turns:
        return _hasher().hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none to compare with."""
    try:
        with _turns:
            return _hasher().verify(kept or _dummy(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def fresh() -> str:
    """A secret that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret of `fresh`; no salt is needed for 256 random bits."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, two: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), two.encode("utf-8", "replace"))


def code_secret() -> str:
    """A new secret for codes (RFC 6238)."""
    return pyotp.random_base32()


def is_code_secret(secret: str) -> bool:
    """Whether it is a secret as `code_secret` makes them."""
    return len(secret) == 32 and not set(secret) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def code_step(secret: str, code: str, at: datetime, last: int | None) -> int | None:
    """The time step that a code is right for; None where it is wrong or was used already."""
    code = code.replace(" ", "")
    now = int(at.timestamp()) // STEP_S
    for step in range(now - DRIFT, now + DRIFT + 1):
        if same(pyotp.TOTP(secret).at(step * STEP_S), code):
            return step if last is None or step > last else None
    return None


def code_address(secret: str, name: str) -> str:
    """The otpauth address that an authenticator takes."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="watchfloor")
