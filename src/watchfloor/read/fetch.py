"""Get one address, within bounds: size, time, redirects, and no private hosts unless allowed."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from importlib.metadata import version

import httpx

from watchfloor.errors import InputError, RefusedError, StatusError, without_secrets
from watchfloor.read.deadline import Deadline, addresses_of
from watchfloor.read.trust import on_the_web
from watchfloor.read.unpack import PACKINGS, unpacked
from watchfloor.settings import Settings

#: Redirects followed before an address is given up.
MOST_REDIRECTS = 5
#: The status by which a server says that nothing changed.
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. `url` is where the redirects led; `encoding` None if not named.

    `headers` are in lower case; `status` is 200, or 304 where the server says that nothing changed.
    """

    url: str
    data: bytes
    encoding: str | None
    headers: dict[str, str]
    status: int = 200


def asking_whether_changed(etag: str | None, modified: str | None) -> dict[str, str]:
    """The headers that ask for what changed since an answer that named these (RFC 9110, 13)."""
    asks = (("If-None-Match", etag), ("If-Modified-Since", modified))
    return {name: told for name, told in asks if told}


def fetch(url: str, settings: Settings, headers: dict[str, str] | None = None) -> Fetched:
    """Get an address.

    Raises `RefusedError` for a private host (unless `settings.allow_private`) or too large an
    answer, `InputError` for anything else that went wrong. The whole takes `timeout_s` at most.
    """
    here = httpx.URL(url)
    with (
        Deadline(settings.timeout_s) as deadline,
        httpx.Client(verify=on_the_web(), trust_env=False) as client,
    ):
        for _ in range(MOST_REDIRECTS + 1):
            request = _request(client, here, settings, headers or {}, deadline)
            try:
                response = client.send(request, stream=True)
                try:
                    if response.has_redirect_location:
                        here = here.join(response.headers["Location"])
                        continue
                    return _answer(response, without_secrets(str(here)), settings, deadline)
                finally:
                    response.close()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                if deadline.over or isinstance(error, httpx.TimeoutException):
                    raise _too_slow(str(here), deadline) from error
                raise InputError(f"no answer: {error}", where=str(here)) from error
    raise InputError(f"more than {MOST_REDIRECTS} redirects", where=url)


def _request(
    client: httpx.Client, url: httpx.URL, settings: Settings, headers: dict[str, str],
    deadline: Deadline,
) -> httpx.Request:  # fmt: skip
    """A request to the very address that was judged, so that a name cannot change in between."""
    if url.scheme not in {"http", "https"}:
        raise RefusedError(f"{url.scheme or 'no'} scheme", where=str(url), right="http or https")
    try:
        address = addresses_of(url.host, url.port or 443, deadline)[0]
    except TimeoutError as error:
        raise _too_slow(str(url), deadline) from error
    except OSError as error:
        raise InputError("the host is not known", where=str(url)) from error
    if not settings.allow_private and not ipaddress.ip_address(address).is_global:
        right = "allow private addresses where that is meant (--allow-private)"
        raise RefusedError(f"{url.host} is a private address", where=str(url), right=right)
    sent = {
        "User-Agent": f"watchfloor/{version('watchfloor')}",
        "Accept-Encoding": PACKINGS,
        **headers,
        "Host": url.netloc.decode("ascii"),
    }
    return client.build_request(
        "GET", url.copy_with(host=address), headers=sent, timeout=deadline.left,
        extensions={"sni_hostname": url.host, "trace": deadline.trace},
    )  # fmt: skip


def _answer(response: httpx.Response, url: str, settings: Settings, deadline: Deadline) -> Fetched:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(url, b"", None, headers, response.status_code)
    if response.status_code != httpx.codes.OK:
        raise StatusError(response.status_code, where=url)
    pieces: list[bytes] = []
    size = 0
    packing = headers.get("content-encoding", "")
    for piece in unpacked(response.iter_raw(), packing, url):
        size += len(piece)
        if size > settings.max_bytes:
            raise RefusedError(f"larger than {settings.max_bytes} bytes", where=url)
        pieces.append(piece)
    if deadline.over:  # cut off, which may have looked like its end
        raise _too_slow(url, deadline)
    return Fetched(url, b"".join(pieces), response.charset_encoding, headers)


def _too_slow(url: str, deadline: Deadline) -> InputError:
    return InputError(f"no whole answer within {deadline.seconds:g} s", where=url)
