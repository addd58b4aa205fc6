"""Web pages: an address to its bytes, within limits, and a page's HTML to its article."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from stance.errors import InputError, MissingExtraError
from stance.schema import Article
from stance.text.decoding import decode
from stance.text.tables import parse_date

MAX_BYTES: Final = 10_000_000
"""The largest page that is read, in bytes."""

MAX_SECONDS: Final = 30.0
"""The longest that a page may take, in seconds, redirects included."""

MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_SILENCE_SECONDS: Final = 10.0
_CHUNK: Final = 1 << 16
_HEADERS: Final = {
    "User-Agent": "stance (reads single articles)",
    "Accept": "text/html, text/plain;q=0.8",
    "Accept-Encoding": "identity",
}
_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: ``url`` is where the redirects ended."""

    url: str
    content_type: str
    charset: str | None
    data: bytes


def read_url(url: str, *, allow_private: bool = False) -> Article:
    """Fetch ``url`` and return its article.

    Args:
        url: An http or https address.
        allow_private: Whether addresses of this machine and its own network may be read.

    Raises:
        InputError: The address is not allowed, does not answer in time, or holds no article.
        MissingExtraError: It is HTML, and trafilatura is not installed.
    """
    page = fetch(url, allow_private=allow_private)
    text = decode(page.data, url, declared=page.charset or declared_charset(page.data))
    if page.content_type == "text/plain":
        if not text.strip():
            raise InputError(f"{url} is empty")
        return Article(id=url, text=text, source=urlsplit(page.url).hostname)
    return read_html(text, url, source=urlsplit(page.url).hostname)


def read_html(html: str, name: str, *, source: str | None = None) -> Article:
    """Return the article of a page: its title, a blank line, its paragraphs.

    Args:
        html: The page.
        name: Its path or address, the article's id.
        source: The site's name if the page does not state it.

    Raises:
        InputError: The page holds no article.
        MissingExtraError: trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise MissingExtraError("reading HTML", "web") from None
    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    except Exception as error:  # a parser's failure on a broken page is the page's fault
        raise InputError(f"{name} cannot be read as HTML: {error}") from error
    fields = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    lines = (fields.get("text") or "").splitlines()
    body = "\n\n".join(line.strip() for line in lines if line.strip())
    if not body:
        raise InputError(f"{name} holds no article: save its text as .txt if it is there")
    title = " ".join((fields.get("title") or "").split()) or None
    if title is not None and not body.startswith(title):
        body = f"{title}\n\n{body}"
    language = (fields.get("language") or "en")[:2].lower()
    day = parse_date(fields.get("date"))
    return Article(name, body, title, day, fields.get("sitename") or source, language)


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page's ``<meta>`` states, if any."""
    match = _META_CHARSET.search(data[:4096])
    return None if match is None else match.group(1).decode("ascii")


def fetch(url: str, *, allow_private: bool = False, max_bytes: int = MAX_BYTES) -> Page:
    """Return what the server at ``url`` answers, after at most ``MAX_REDIRECTS`` redirects.

    Each address is checked before it is connected to, and the address that was checked is the one that is
    connected to, so that a name cannot point elsewhere in between.

    Raises:
        InputError: The address is not allowed, or the answer is an error, too large, too late or no text.
    """
    deadline = time.monotonic() + MAX_SECONDS
    target = url
    for _ in range(MAX_REDIRECTS + 1):
        try:
            with _answer(target, deadline, allow_private=allow_private) as response:
                if response.status not in _REDIRECTS or not response.getheader("Location"):
                    return _page(response, url, target, max_bytes, deadline)
                target = urljoin(target, response.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            late = time.monotonic() >= deadline or isinstance(error, TimeoutError)
            reason = "it took too long to answer" if late else str(error) or type(error).__name__
            raise InputError(f"{url} cannot be read: {reason}") from error
    raise InputError(f"{url} cannot be read: more than {MAX_REDIRECTS} redirects")


@contextmanager
def _answer(url: str, deadline: float, *, allow_private: bool) -> Iterator[http.client.HTTPResponse]:
    """Send one request; a timer cuts the connection at the deadline, however slowly it drips."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url} cannot be read: only http and https addresses are")
    connection = _connect(parts, allow_private=allow_private)
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*")
        query = "?" + quote(parts.query, safe="/%:=&?~+!$,;'@()*[]") if parts.query else ""
        connection.request("GET", path + query, headers=_HEADERS)
        yield connection.getresponse()
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # it may have ended by itself in between
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connect(parts: SplitResult, *, allow_private: bool) -> http.client.HTTPConnection:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, allow_private=allow_private)
    sock = socket.create_connection((address, port), timeout=_SILENCE_SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=_SILENCE_SECONDS)
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection.default_port = 443
    # A connection that has its socket does not look up the name again.
    connection.sock = sock
    return connection


def _address(host: str, port: int, *, allow_private: bool) -> str:
    """The first address of ``host``; all of them must be public, for any could be connected to.

    Raises:
        InputError: The name is unknown, or one of its addresses is not public.
    """
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host} cannot be reached: no such host ({error})") from error
    private = next((address for address in found if not is_public(address)), None)
    if private is not None and not allow_private:
        raise InputError(f"{host} is a private address ({private}): pass --allow-private to read it")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, not to this machine or network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _page(response: http.client.HTTPResponse, url: str, target: str, max_bytes: int, deadline: float) -> Page:
    if response.status != http.HTTPStatus.OK:
        raise InputError(f"{url} cannot be read: the server answered {response.status} {response.reason}")
    kind = response.headers.get_content_type()
    if response.getheader("Content-Type") and kind not in {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
    }:
        raise InputError(f"{url} is {kind}, not a page of text")
    data = _body(response, url, max_bytes, deadline)
    encoding = (response.getheader("Content-Encoding") or "identity").lower()
    if encoding == "gzip":
        unpacker = zlib.decompressobj(31)
        data = unpacker.decompress(data, max_bytes)
        _limit(len(data) + len(unpacker.unconsumed_tail), url, max_bytes)
    elif encoding != "identity":
        raise InputError(f"{url} cannot be read: it is sent in the encoding {encoding!r}")
    return Page(target, kind, response.headers.get_content_charset(), data)


def _body(response: http.client.HTTPResponse, url: str, max_bytes: int, deadline: float) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        _limit(len(body), url, max_bytes)
        if time.monotonic() >= deadline:
            raise TimeoutError
    if response.length or time.monotonic() >= deadline:
        raise OSError("the connection ended before the page did")
    return bytes(body)


def _limit(size: int, url: str, max_bytes: int) -> None:
    if size > max_bytes:
        raise InputError(f"{url} is larger than {max_bytes / 1_000_000:g} MB")
