"""Signing in through an OpenID provider: code flow with PKCE (OpenID Connect Core 1.0, 3.1)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from watchfloor.desk.access import secrets
from watchfloor.errors import InputError, SettingsError
from watchfloor.records import Record

#: How long a sign-in may take at the provider, and how many may be under way at once.
TAKES = timedelta(minutes=10)
AT_ONCE = 1000
#: Signatures that are taken; never "none", never a shared secret.
SIGNED = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
LEEWAY_S = 60


class Known(Record, frozen=True, kw_only=True):
    """Who the provider says it is: `subject` is issuer and subject, `names` what they go by."""

    subject: str
    names: tuple[str, ...]


class Begun(Record, frozen=True, kw_only=True):
    """A sign-in that was begun: what its answer must match."""

    nonce: str
    verifier: str
    ends_at: datetime


@dataclass
class OpenId:
    """One provider. `issuer` is its address, https except on this machine; its settings are read
    there when the first person signs in. Raises SettingsError for an address that is not safe.
    """

    issuer: str
    client_id: str
    client_secret: str
    timeout_s: float = 20.0
    begun: dict[str, Begun] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the address."""
        parts = urlsplit(self.issuer)
        here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if not parts.hostname or parts.scheme not in ({"https", "http"} if here else {"https"}):
            raise SettingsError("is not safe", where=f"issuer {self.issuer}", right="https://…")

    @classmethod
    def from_environment(cls) -> OpenId | None:
        """The provider that WATCHFLOOR_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET name; None
        where there is none. Raises SettingsError where one of them is missing.
        """
        names = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
        values = {name: os.environ.get(f"WATCHFLOOR_OIDC_{name}", "") for name in names}
        if not any(values.values()):
            return None
        for name, value in values.items():
            if not value:
                raise SettingsError("is not set", where=f"WATCHFLOOR_OIDC_{name}")
        return cls(values["ISSUER"], values["CLIENT_ID"], values["CLIENT_SECRET"])

    def begin(self, back: str) -> tuple[str, str]:
        """Where to send the browser, and the state that binds its answer to it."""
        now, verifier, nonce = datetime.now(UTC), secrets.fresh(), secrets.fresh()
        with self._client(back) as client:
            address, state = client.create_authorization_url(
                self._settings()["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        self.begun = {s: b for s, b in self.begun.items() if b.ends_at > now}
        while len(self.begun) >= AT_ONCE:
            del self.begun[next(iter(self.begun))]
        self.begun[state] = Begun(nonce=nonce, verifier=verifier, ends_at=now + TAKES)
        return address, state

    def finish(self, answer: str, state: str, back: str) -> Known:
        """Who signed in, by the address that the browser came back to.

        Raises InputError where the answer is late, forged, or says that nobody did.
        """
        begun = self.begun.pop(state, None)
        if begun is None or begun.ends_at <= datetime.now(UTC):
            raise InputError("is not known or too late", where="sign-in", right="begin anew")
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    self._settings()["token_endpoint"], authorization_response=answer,
                    state=state, code_verifier=begun.verifier,
                )  # fmt: skip
            return self._checked(str(token.get("id_token", "")), begun.nonce)
        except (AuthlibBaseError, JoseError, httpx.HTTPError, ValueError) as error:
            raise InputError(f"failed at the provider ({error})", where="sign-in") from error

    def _checked(self, id_token: str, nonce: str) -> Known:
        settings = self._settings()
        held: Any = self._get(settings["jwks_uri"])
        keys = KeySet.import_key_set(held)
        claims = jwt.decode(id_token, keys, algorithms=SIGNED).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": settings["issuer"]},
            sub={"essential": True},
            exp={"essential": True},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        names = (claims.get("preferred_username"), _proved(claims))
        return Known(
            subject=f"{claims['iss']} {claims['sub']}",
            names=tuple(str(name) for name in names if name),
        )

    def _settings(self) -> dict[str, Any]:
        """What the provider says of itself; read once."""
        if not self.found:
            where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                found = self._get(where)
            except (httpx.HTTPError, ValueError) as error:
                raise InputError(f"does not answer ({error})", where=where) from error
            if str(found.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
                raise InputError("names another issuer", where=where)
            self.found = found
        return self.found

    def _get(self, address: str) -> dict[str, Any]:
        answer = httpx.get(address, timeout=self.timeout_s)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def _client(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self.client_id, self.client_secret, scope="openid profile email", redirect_uri=back,
            code_challenge_method="S256", timeout=self.timeout_s,
        )  # fmt: skip


def _proved(claims: dict[str, Any]) -> Any:
    """The address that the provider knows to be theirs."""
    return claims.get("email") if claims.get("email_verified") is True else None
