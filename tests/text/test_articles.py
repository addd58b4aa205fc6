"""Whatever the user names becomes articles, or one clear line."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stance.errors import InputError
from stance.schema import Article
from stance.text import articles
from stance.text.articles import InputWarning, read_articles
from stance.text.sentences import split_sentences

BODY = "The envoy flew to Beijing on Monday. He thanked his hosts for their loans."
TEXT = f"Ruritania courts Beijing again\n\n{BODY}\n"
HTML = f"""<html lang="en"><head><title>Ruritania courts Beijing again</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Ruritania courts Beijing again</h1>
<p>{BODY} {BODY}</p><p>The ministry said that more would follow, and named no date for it.</p>
</article></body></html>"""

Pipe = Callable[[bytes], None]


def read(*inputs: Path | str, text_column: str | None = None) -> list[Article]:
    return list(read_articles([str(name) for name in inputs], text_column=text_column))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.md").write_text(TEXT)
    (tmp_path / "a" / "d.jsonl").write_text(json.dumps({"text": BODY}))
    return tmp_path


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.TXT", "a.log"])
def test_a_text_file_is_an_article_unchanged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read(path) == [Article(str(path), TEXT.replace("\n", "\r\n"), "Ruritania courts Beijing again")]


def test_a_text_without_a_title_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    assert read(tmp_path / "a.txt")[0].title is None


def test_offsets_point_into_the_users_own_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (article,) = read(tmp_path / "a.txt")
    assert [TEXT[s.start : s.end] for s in split_sentences(article)] == [
        "Ruritania courts Beijing again",
        "The envoy flew to Beijing on Monday.",
        "He thanked his hosts for their loans.",
    ]


def test_invalid_utf8_is_detected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Le président est allé à Pékin, a-t-il déclaré.".encode("cp1252"))
    assert read(tmp_path / "a.txt")[0].text.startswith("Le président")


def test_html_has_its_title_once(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(HTML)
    (article,) = read(tmp_path / "a.html")
    assert article.title == "Ruritania courts Beijing again"
    assert article.text.count(article.title) == 1
    assert split_sentences(article)[0].text == article.title


def test_a_table_is_as_many_articles_as_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("lead\nOne envoy left.\nTwo came.\n")
    assert [article.text for article in read(tmp_path / "a.csv", text_column="lead")] == [
        "One envoy left.",
        "Two came.",
    ]


def test_inputs_come_in_the_order_they_are_named(folder: Path) -> None:
    names = [str(folder / "b.txt"), str(folder / "a" / "c.md")]
    assert [article.id for article in read(*names)] == names


def test_a_folder_is_read_with_all_below_it_in_order(folder: Path) -> None:
    ids = [article.id.removeprefix(f"{folder}/") for article in read(folder)]
    assert ids == ["a/c.md", "a/d.jsonl#1", "b.txt"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n "),
        ("picture.png", b"\x89PNG\r\n"),
        ("picture.txt", b"\x89PNG\r\n"),
        ("bad.jsonl", b"[]"),
        ("bad.parquet", b"none"),
    ],
)
def test_what_cannot_be_read_in_a_folder_is_a_warning(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    with pytest.warns(InputWarning, match=f"passed over: .*{name}"):
        assert len(read(folder)) == 3


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    with pytest.warns(InputWarning, match="given twice"):
        assert len(read(folder / "b.txt", folder / "a" / ".." / "b.txt")) == 1


def test_a_folder_does_not_repeat_what_was_named_before(folder: Path) -> None:
    with pytest.warns(InputWarning, match="given twice"):
        assert len(read(folder / "b.txt", folder)) == len(read(folder))


def test_hidden_files_are_not_read(folder: Path) -> None:
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.txt").write_text(TEXT)
    (folder / ".notes.txt").write_text(TEXT)
    assert len(read(folder)) == 3


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file to read"):
        read(tmp_path)


def test_a_folder_of_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.warns(InputWarning), pytest.raises(InputError, match="no article that can be read"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\n \n", "is empty"),
        ("a.txt", b"\xef\xbb\xbf", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "is a PNG picture, not text"),
        ("a.pdf", b"%PDF-1.7", "is a PDF, not text"),
        ("a.docx", b"PK\x03\x04", "is a zip archive or an office document, not text"),
        ("a.jsonl", b"\n", "holds no row with text"),
        ("a.csv", b"text\n", "holds no row with text"),
        ("a.csv", b"\0\0\0\0", "is a binary file"),
        ("a.json", b"{}", "write one object a line"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str, data: bytes, line: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=rf"{name} {line}|{name} .*{line}") as raised:
        read(tmp_path / name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<p>", "plain words", "<nav><a>Home</a></nav>"]
)
def test_html_without_an_article_is_one_line(tmp_path: Path, html: str) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(html)
    with pytest.raises(InputError, match=r"a\.html holds no article"):
        read(tmp_path / "a.html")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"^no/such/file\.txt does not exist$"):
        read("no/such/file.txt")


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_an_impossible_name_is_one_line(name: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read|can be read|does not exist"):
        read(name)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_forbidden_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize("url", ["ftp://zenda.example/a", "file:///etc/hosts", "gopher://x/y"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="only http and https"):
        read(url)


def test_standard_input_is_a_text(pipe: Pipe) -> None:
    pipe(TEXT.encode())
    assert read("-") == [Article("-", TEXT, "Ruritania courts Beijing again")]


def test_standard_input_is_json_lines_if_it_looks_so(pipe: Pipe) -> None:
    pipe(b'{"text": "One came."}\n{"text": "Two left.", "id": "z2"}\n')
    assert [(article.id, article.text) for article in read("-")] == [
        ("-#1", "One came."),
        ("z2", "Two left."),
    ]


def test_a_text_that_opens_with_a_brace_is_a_text(pipe: Pipe) -> None:
    pipe(b"{sic} he said.")
    assert read("-")[0].text == "{sic} he said."


def test_standard_input_is_html_if_it_looks_so(pipe: Pipe) -> None:
    pytest.importorskip("trafilatura")
    pipe(b"<!DOCTYPE html>" + HTML.encode())
    assert read("-")[0].title == "Ruritania courts Beijing again"


def test_a_page_without_a_suffix_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML)
    (tmp_path / "page").write_text(HTML)
    assert read(tmp_path / "page")[0].text == read(tmp_path / "page.html")[0].text


def test_a_pipe_in_a_folder_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "z")
    with pytest.warns(InputWarning, match="is a pipe or a device"):
        assert len(read(folder)) == 3


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    inner, outer = os.pipe()
    with os.fdopen(outer, "wb") as writing:
        writing.write(TEXT.encode())
    try:
        assert read(f"/dev/fd/{inner}")[0].text == TEXT
    finally:
        os.close(inner)


def test_standard_input_is_a_table_where_a_column_is_named(pipe: Pipe) -> None:
    pipe(b'body,id\n"The envoy flew, at last, to Beijing.",z1\n')
    assert read("-", text_column="body") == [Article("z1", "The envoy flew, at last, to Beijing.")]


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_empty_standard_input_is_an_error(pipe: Pipe, data: bytes) -> None:
    pipe(data)
    with pytest.raises(InputError, match="standard input is empty"):
        read("-")


def test_a_file_that_failed_in_its_folder_fails_when_it_is_named(folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7")
    with (
        pytest.warns(InputWarning, match="passed over"),
        pytest.raises(InputError, match=r"bad\.pdf is a PDF"),
    ):
        read(folder, folder / "bad.pdf")


def test_a_folder_that_was_read_before_is_no_error(folder: Path) -> None:
    with pytest.warns(InputWarning, match="given twice"):
        assert len(read(folder, folder)) == 3


def test_a_loop_of_links_is_passed_over(folder: Path) -> None:
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    with pytest.warns(InputWarning, match=r"passed over: .*loop\.txt"):
        assert len(read(folder)) == 3


@pytest.fixture
def all_that_can_be_warned_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty file, a row without text and a folder that may not be listed."""
    (folder / "empty.txt").touch()
    (folder / "rows.csv").write_text(f"id,text\n1,{BODY}\n2,\n")
    (folder / "shut").mkdir()
    scan = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    return folder


def test_every_warning_is_one_of_this_project(all_that_can_be_warned_of: Path) -> None:
    folder = all_that_can_be_warned_of
    with pytest.warns(InputWarning) as caught:
        read(folder, folder / "b.txt")
    assert len(caught) == 4
    assert {Path(one.filename).parent for one in caught} == {Path(articles.__file__).parent}
