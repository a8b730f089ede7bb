"""Whose certificates are trusted; read once, because that takes longer than most requests."""

from __future__ import annotations

import os
import ssl
from functools import cache

import httpx


def on_the_web() -> ssl.SSLContext:
    """The authorities that vouch for web servers; those of `SSL_CERT_FILE` where it is set."""
    return _web(os.environ.get("SSL_CERT_FILE"))


def for_mail() -> ssl.SSLContext:
    """The authorities of this machine; those of `SSL_CERT_FILE` where it is set. Not the same
    object as the web's, which also says that HTTP is spoken.
    """
    return _mail(os.environ.get("SSL_CERT_FILE"))


@cache
def _web(_named: str | None) -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def _mail(_named: str | None) -> ssl.SSLContext:
    return ssl.create_default_context()
