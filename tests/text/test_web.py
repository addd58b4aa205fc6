"""Pages are fetched within limits, from the public internet only, and become articles."""

import gzip
import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError, MissingExtraError
from stance.text import web
from stance.text.articles import read_articles
from stance.text.web import declared_charset, fetch, is_public, read_html, read_url

PARAGRAPH = (
    "The envoy flew to Beijing on Monday. He thanked his hosts for their loans and praised the railway."
)
PAGE = f"""<html lang="en"><head><title>Ruritania courts Beijing again</title>
<meta property="article:published_time" content="2023-04-30T10:00:00Z">
<meta property="og:site_name" content="The Zenda Herald"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ruritania courts Beijing again</h1>
<p>{PARAGRAPH}</p><p>The ministry said that more visits would follow. It named no date for them.</p></article>
<footer>Cookie settings</footer></body></html>"""


class Server(BaseHTTPRequestHandler):
    """A small site: a page, redirects of several kinds, and answers that are wrong in one way each."""

    def do_GET(self) -> None:
        status, kind, headers, body = self.answer()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self) -> tuple[int, str, dict[str, str], bytes]:
        html, page = "text/html", PAGE.encode()
        return {
            "/page": (200, html, {}, page),
            "/gzip": (200, html, {"Content-Encoding": "gzip"}, gzip.compress(page)),
            "/bomb": (200, html, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 5_000_000)),
            "/brotli": (200, html, {"Content-Encoding": "br"}, page),
            "/plain": (200, "text/plain; charset=utf-8", {}, PARAGRAPH.encode()),
            "/latin": (200, "text/plain; charset=cp1254", {}, "Bakan, ıslık çaldı.".encode("cp1254")),
            "/empty": (200, "text/plain", {}, b""),
            "/picture": (200, "image/png", {}, b"\x89PNG"),
            "/disguised": (200, html, {}, b"%PDF-1.7"),
            "/large": (200, html, {}, b"a" * 200_000),
            "/short": (200, html, {"Content-Length": "900000"}, page),
            "/there": (302, html, {"Location": "/page"}, b""),
            "/loop": (302, html, {"Location": "/loop"}, b""),
            "/file": (302, html, {"Location": "file:///etc/hosts"}, b""),
            "/internal": (302, html, {"Location": "http://10.0.0.1/"}, b""),
            "/caf%C3%A9?q=%C3%A9": (200, html, {}, page),
        }.get(self.path, (404, html, {}, b""))

    def log_message(self, *_: object) -> None:
        """Say nothing: the test's own output is enough."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def _trafilatura() -> None:
    pytest.importorskip("trafilatura")


@pytest.mark.usefixtures("_trafilatura")
@pytest.mark.parametrize("path", ["/page", "/gzip", "/there"])
def test_a_page_is_an_article(site: str, path: str) -> None:
    (article,) = read_articles([site + path], allow_private=True)
    assert article.id == site + path
    assert article.title == "Ruritania courts Beijing again"
    assert article.text.startswith(f"{article.title}\n\n{PARAGRAPH}")
    assert "Cookie" not in article.text


@pytest.mark.usefixtures("_trafilatura")
def test_a_page_states_its_date_and_source(site: str) -> None:
    article = read_url(f"{site}/page", allow_private=True)
    assert (str(article.date), article.source) == ("2023-04-30", "The Zenda Herald")


def test_plain_text_is_an_article_as_it_is(site: str) -> None:
    article = read_url(f"{site}/plain", allow_private=True)
    assert (article.text, article.source) == (PARAGRAPH, "127.0.0.1")


def test_the_servers_encoding_counts(site: str) -> None:
    assert read_url(f"{site}/latin", allow_private=True).text == "Bakan, ıslık çaldı."


def test_letters_in_an_address_are_quoted(site: str) -> None:
    assert fetch(f"{site}/café?q=é", allow_private=True).data == PAGE.encode()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_refused_by_default(site: str, host: str) -> None:
    url = site.replace("127.0.0.1", host) + "/page"
    with pytest.raises(InputError, match=r"private address .*--allow-private"):
        list(read_articles([url]))


def test_a_public_name_may_not_lead_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(InputError, match=r"zenda\.example is a private address \(10\.0\.0\.7\)"):
        fetch("http://zenda.example/page")


def test_the_address_that_was_checked_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def connect(address: object, **_: object) -> socket.socket:
        calls.append(address)
        raise ConnectionRefusedError("refused")

    answer = [(socket.AF_INET, 1, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError, match="cannot be read: refused"):
        fetch("http://zenda.example/page")
    assert calls == [("93.184.215.14", 80)]


def test_a_redirect_is_checked_like_the_first_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(InputError, match=r"10\.0\.0\.1 is a private address"):
        fetch(f"{site}/internal")


def test_a_redirect_may_not_lead_to_a_file(site: str) -> None:
    with pytest.raises(InputError, match="only http and https"):
        fetch(f"{site}/file", allow_private=True)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/none", "the server answered 404"),
        ("/loop", "more than 5 redirects"),
        ("/picture", "is image/png, not a page"),
        ("/disguised", "is a PDF, not text"),
        ("/empty", "is empty"),
        ("/brotli", "encoding 'br'"),
        ("/short", "ended before the page did"),
    ],
)
def test_a_wrong_answer_is_one_line(site: str, path: str, line: str) -> None:
    with pytest.raises(InputError, match=rf"^{site}{path} .*{line}"):
        read_url(site + path, allow_private=True)


@pytest.mark.parametrize("path", ["/large", "/bomb"])
def test_a_page_over_the_limit_is_refused(site: str, path: str) -> None:
    with pytest.raises(InputError, match=r"is larger than 0\.1 MB"):
        fetch(site + path, allow_private=True, max_bytes=100_000)


def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_drip, args=[listener], daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(InputError, match="took too long"):
            fetch(url, allow_private=True)


def _drip(listener: socket.socket) -> None:
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(40):
            try:
                peer.sendall(b"X")
            except OSError:
                return
            time.sleep(0.02)


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///path", "http://[::1", "http://zenda.example:port/", "http://a..b/", "https://\x00/"],
)
def test_a_misshapen_address_is_one_line(url: str) -> None:
    with pytest.raises(InputError):
        list(read_articles([url]))


def test_an_unknown_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(InputError, match=r"zenda\.example cannot be reached: no such host"):
        fetch("http://zenda.example/")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"),
        *("100.64.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("ff02::1", "fec0::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b"<meta name='x'>", None),
    ],
)
def test_a_page_may_declare_its_encoding(head: bytes, charset: str | None) -> None:
    assert declared_charset(b"<html><head>" + head) == charset


def test_without_trafilatura_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"reading HTML needs .*\.\[web\]"):
        read_html(PAGE, "a.html")


@pytest.mark.usefixtures("_trafilatura")
def test_an_xml_declaration_does_no_harm() -> None:
    article = read_html('<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE, "a.xhtml")
    assert PARAGRAPH in article.text


@pytest.mark.usefixtures("_trafilatura")
@given(st.text("<>/pab &;\"'=!-\n\0"))
def test_any_markup_is_an_article_or_one_line(markup: str) -> None:
    try:
        read = read_html(markup, "a.html").text
    except InputError as error:
        read = str(error)
    assert read.strip()
