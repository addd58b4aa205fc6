"""Real news by reference: labels without text, and how the text comes back."""

from __future__ import annotations

import csv
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from stance.corpus import hydrate as module
from stance.corpus.extract import candidates, strings
from stance.corpus.hydrate import (
    by_source,
    check_gain,
    download,
    hydrate,
    place,
    texts_of_checkouts,
    texts_of_rows,
)
from stance.corpus.location import references_folder
from stance.corpus.references import Reference, read_references, sha1, write_references
from stance.corpus.validate import validate_references
from stance.errors import CorpusError

TEXT = "Pakistan thanked China for the loan."
COMMIT = "a" * 40


def reference(text: str = TEXT, **changes: Any) -> Reference:
    given = {
        "id": f"real-{sha1(text)[:5]}",
        "sha1": sha1(text),
        "source": "toy",
        "doc": "d1",
        "repo": "owner/name",
        "commit": COMMIT,
        "path": "data/news.json",
        "pick": "random",
        "split": "train",
        "mentions": {"PAK": ["Pakistan"], "CHN": ["China"]},
        "examples": [
            {"state": "PAK", "power": "CHN", "stance": "toward", "annotations": ["toward", "toward"]}
        ],
    }
    return Reference.model_validate(given | changes)


def checkout(folder: Path, content: bytes, path: str = "data/news.json") -> Path:
    file = folder / "owner+name" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return folder


def test_a_text_is_recognised_by_its_sha1() -> None:
    hydrated = hydrate([reference()], ["Another sentence.", TEXT])
    assert [record.text for record in hydrated.records] == [TEXT]
    assert hydrated.missing == ()


def test_what_is_not_found_is_counted_by_source() -> None:
    hydrated = hydrate([reference(), reference("Kenya thanked China.", source="other")], [TEXT])
    assert hydrated.missing_by_source() == {"other": 1}


def test_another_text_is_refused() -> None:
    with pytest.raises(CorpusError, match="another sha1"):
        reference().record("Pakistan thanked China for a loan.")


def test_a_record_keeps_labels_split_and_document() -> None:
    record = reference().record(TEXT)
    assert record is not None
    assert (record.origin, record.group, record.split) == ("toy", "d1", "train")
    assert record.examples[0].stance == "toward"


def test_a_reference_to_traps_alone_has_no_record() -> None:
    assert reference(examples=[], traps={"USA": ["US"]}).record(TEXT) is None


def test_references_survive_a_round_trip(tmp_path: Path) -> None:
    some = [reference(), reference("Kenya thanked China.", source="other")]
    write_references(some, tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.jsonl", "toy.jsonl"]
    assert sorted(r.id for r in read_references(tmp_path)) == sorted(r.id for r in some)


@pytest.mark.parametrize(
    "changes", [{"sha1": "abc"}, {"repo": "no-owner"}, {"body": TEXT}, {"commit": "main"}]
)
def test_a_reference_with_a_text_or_a_loose_address_is_illegal(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        reference(**changes)


def test_the_committed_references_hold_no_text() -> None:
    references = list(read_references(references_folder()))
    assert len(references) > 8000
    forms = [form for r in references for some in (r.mentions, r.traps) for f in some.values() for form in f]
    assert max(map(len, forms)) <= 30


def test_out_of_domain_news_is_for_the_test_alone() -> None:
    references = read_references(references_folder())
    assert {r.split for r in references if r.source == "fwd-news"} == {"test"}


def test_no_document_is_in_two_splits() -> None:
    seen: dict[str, str] = {}
    for one in read_references(references_folder()):
        assert seen.setdefault(one.doc, one.split) == one.split


def found(folder: Path, *references: Reference) -> list[str]:
    return [record.text for record in hydrate(references, texts_of_checkouts(folder, references)).records]


def test_a_sentence_of_a_json_value_is_found(tmp_path: Path) -> None:
    content = {"articles": [{"body": f"It rained. {TEXT} It stopped."}]}
    assert found(checkout(tmp_path, json.dumps(content).encode()), reference()) == [TEXT]


def test_tags_are_replaced_by_a_space(tmp_path: Path) -> None:
    marked = TEXT.replace("China", "<b>China</b>").replace(" for", "for")
    assert found(checkout(tmp_path, json.dumps([marked]).encode()), reference()) == [TEXT]


def test_square_brackets_are_taken_off(tmp_path: Path) -> None:
    line = TEXT.replace("Pakistan", "[Pakistan]").replace("China", "[China]")
    folder = checkout(tmp_path, f"0\t{line}\tpositive\n".encode(), "train.txt")
    assert found(folder, reference(path="train.txt")) == [TEXT]


def test_a_cell_of_a_zipped_csv_is_found(tmp_path: Path) -> None:
    table, packed = io.StringIO(), io.BytesIO()
    csv.writer(table).writerows([["id", "text"], ["1", f"It rained.\n{TEXT}"]])
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sample.csv", table.getvalue())
    folder = checkout(tmp_path, packed.getvalue(), "sample.csv.zip")
    assert found(folder, reference(path="sample.csv.zip")) == [TEXT]


def test_json_lines_are_read_line_by_line() -> None:
    assert list(strings("a.jsonl", b'{"a": "x"}\n{"b": ["y"]}\n')) == ["x", "y"]


@pytest.mark.parametrize(
    ("path", "content"), [("data/news.zip", b"PK\x03\x04 damaged"), ("data/news.json", b"[" * 200_000)]
)
def test_a_damaged_file_is_passed_over_with_a_warning(tmp_path: Path, path: str, content: bytes) -> None:
    checkout(tmp_path, content, path)
    good = reference(path="data/good.txt")
    checkout(tmp_path, TEXT.encode(), "data/good.txt")
    with pytest.warns(UserWarning, match=f"passed over: .*{path}"):
        assert found(tmp_path, reference("Kenya left.", path=path), good) == [TEXT]


def test_white_space_is_collapsed() -> None:
    assert "Pakistan thanked China." in candidates("  Pakistan \n thanked\tChina. ")


def test_a_missing_file_is_passed_over(tmp_path: Path) -> None:
    assert found(tmp_path, reference()) == []


def test_progress_counts_files(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    list(texts_of_checkouts(tmp_path, [reference()], lambda done, total: told.append((done, total))))
    assert told == [(1, 1)]


def test_another_splitter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "version", lambda name: "0.1")
    with pytest.raises(CorpusError, match=r"needs sentencex 1\.0\.32"):
        list(texts_of_checkouts(tmp_path, [reference()]))


def test_a_path_cannot_leave_its_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="leads out"):
        place(tmp_path, "owner/name", "../../etc/passwd")


def test_rows_of_a_file_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": TEXT}) + "\n", encoding="utf-8")
    assert list(texts_of_rows(path)) == [TEXT]


@pytest.mark.parametrize("line", ["{", "[]", '{"body": "x"}'])
def test_a_row_without_a_text_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"rows\.jsonl:1"):
        list(texts_of_rows(path))


def test_sources_are_counted() -> None:
    assert by_source([reference(), reference(source="b"), reference()]) == {"b": 1, "toy": 2}


def rows(folder: Path, *texts: str) -> Path:
    """A hydrated file."""
    file = folder / "real.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return file


def test_nothing_found_is_no_gain_even_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none of the 1 texts was found, so .*real\.jsonl stays"):
        check_gain(0, {sha1(TEXT)}, tmp_path / "real.jsonl")


def test_fewer_than_are_there_is_no_gain(tmp_path: Path) -> None:
    wanted = {sha1("one"), sha1("two"), sha1("three")}
    with pytest.raises(CorpusError, match="holds 2 of the 3 texts and stays as it was, for only 1 were"):
        check_gain(1, wanted, rows(tmp_path, "one", "two"))


@pytest.mark.parametrize("held", [(), ("one",), ("one", "two"), ("one", "two", "old", "older")])
def test_as_many_as_are_there_and_wanted_are_a_gain(tmp_path: Path, held: tuple[str, ...]) -> None:
    check_gain(2, {sha1("one"), sha1("two"), sha1("three")}, rows(tmp_path, *held))


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a web server on this machine, as ``download`` takes it."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/{{repo}}/{{commit}}/{{path}}"
    httpd.shutdown()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    root = tmp_path / "web"
    (root / "owner/name" / COMMIT / "data").mkdir(parents=True)
    (root / "owner/name" / COMMIT / "data" / "news.json").write_text(json.dumps([TEXT]), encoding="utf-8")
    with serving(partial(SimpleHTTPRequestHandler, directory=root)) as address:
        yield address


class BreakingOff(BaseHTTPRequestHandler):
    """Promises a hundred bytes and sends four."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"half")


def test_an_answer_that_breaks_off_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    with serving(BreakingOff) as address:
        failed = download(tmp_path / "downloads", [reference()], url=address)
    assert "IncompleteRead" in failed[f"owner/name/data/news.json at {COMMIT[:12]}"]
    assert not [path for path in (tmp_path / "downloads").rglob("*") if path.is_file()]


def test_public_files_are_fetched_once(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    assert download(folder, [reference()], url=server) == {}
    assert found(folder, reference()) == [TEXT]
    file = folder / f"owner+name@{COMMIT}/data/news.json"
    file.write_text("[]", encoding="utf-8")
    download(folder, [reference()], url=server)
    assert file.read_text(encoding="utf-8") == "[]"


def test_a_file_that_is_pinned_at_two_commits_is_fetched_twice(server: str, tmp_path: Path) -> None:
    later = reference("Kenya thanked China.", commit="b" * 40)
    place_of_later = tmp_path / "web/owner/name" / later.commit / "data"
    place_of_later.mkdir(parents=True)
    (place_of_later / "news.json").write_text(json.dumps([later_text := "Kenya thanked China."]))
    folder = tmp_path / "downloads"
    assert download(folder, [reference(), later], url=server) == {}
    assert sorted(found(folder, reference(), later)) == sorted([TEXT, later_text])


def test_what_cannot_be_fetched_is_told(server: str, tmp_path: Path) -> None:
    failed = download(tmp_path / "downloads", [reference(path="gone.json")], url=server)
    assert list(failed) == [f"owner/name/gone.json at {COMMIT[:12]}"]
    assert not list((tmp_path / "downloads").rglob("*.partial"))


def test_good_references_have_no_problem() -> None:
    assert validate_references([reference(), reference("Kenya thanked China.", id="k", doc="d2")]) == []


def test_the_same_sentence_twice_is_a_problem() -> None:
    problems = validate_references([reference(), reference(id="again")])
    assert [problem.what for problem in problems] == ["the sha1 stands 2 times"]


def test_a_document_in_two_splits_is_a_problem() -> None:
    other = reference("Kenya thanked China.", id="k", split="test")
    (problem,) = validate_references([reference(), other])
    assert "document d1 is parted" in problem.what


def test_a_pair_without_a_label_is_a_problem() -> None:
    (problem,) = validate_references([reference(examples=[])])
    assert problem.what == "the pair PAK -> CHN has no example"
