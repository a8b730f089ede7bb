"""A small OpenID provider on a real server: code flow with PKCE, RS256."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


@dataclass
class Provider:
    """What it says; a test changes `claims` to say something wrong."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    signed_by: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def settings() -> dict[str, Any]:
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            ends = ("authorize", "token", "keys")
            at = {n: f"{self.issuer}/{e}" for n, e in zip(names, ends, strict=True)}
            return {"issuer": self.issuer, **at}

        @app.get("/keys")
        def keys() -> Response:
            return JSONResponse(KeySet([self.key]).as_dict(private=False))

        @app.get("/authorize")
        def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            code = f"code-{len(self.asked)}"
            self.asked[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            return RedirectResponse(f"{asked['redirect_uri']}?{back}")

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = await request.form()
            asked = self.asked.pop(str(form["code"]))
            hashed = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
            proof = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
            if proof != asked["code_challenge"]:
                return JSONResponse({"error": "invalid_grant"}, 400)
            said = {
                "iss": self.issuer, "aud": asked["client_id"], "nonce": asked["nonce"],
                "exp": int(time.time()) + 60, "sub": "s1", "preferred_username": "Amina",
            }  # fmt: skip
            by = self.signed_by or self.key
            made = jwt.encode({"alg": "RS256", "kid": "k1"}, {**said, **self.claims}, by)
            return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": made})

        return app


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = uvicorn.Server(uvicorn.Config(provider.app(), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    provider.issuer = f"http://127.0.0.1:{port}"
    yield provider
    server.should_exit = True
    thread.join(10)
