"""Tables become articles, one a row, with the columns found by their usual names."""

import json
import sys
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError, MissingExtraError
from stance.schema import Article
from stance.text.tables import InputWarning, parse_date, read_table

TEXT = "The envoy flew to Beijing."
ROW = {
    "id": "z1",
    "title": "An envoy flies",
    "text": TEXT,
    "date": "2023-04-30",
    "source": "The Zenda Herald",
    "language": "fr",
}
ARTICLE = Article(
    "z1", f"An envoy flies\n\n{TEXT}", "An envoy flies", date(2023, 4, 30), "The Zenda Herald", "fr"
)


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write the rows in the format that the suffix names."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        mark = "\t" if path.suffix == ".tsv" else ","
        lines = [mark.join(rows[0])] + [mark.join(f'"{cell}"' for cell in row.values()) for row in rows]
        path.write_text("\n".join(lines))
    return path


@pytest.fixture(params=[".jsonl", ".csv", ".tsv", ".parquet"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"news{request.param}"


def test_a_row_is_an_article(path: Path) -> None:
    assert list(read_table(write(path, [ROW]))) == [ARTICLE]


def test_a_row_without_an_id_is_named_by_its_number(path: Path) -> None:
    rows = [{"text": TEXT}, {"text": TEXT}]
    assert [article.id for article in read_table(write(path, rows))] == [f"{path}#1", f"{path}#2"]


@pytest.mark.parametrize("name", ["text", "body", "content", "article", "Text", "BODY"])
def test_the_usual_names_of_the_text_column(path: Path, name: str) -> None:
    assert [article.text for article in read_table(write(path, [{"n": "1", name: TEXT}]))] == [TEXT]


def test_the_text_column_can_be_named(path: Path) -> None:
    rows = [{"text": "No.", "lead": TEXT}]
    assert [article.text for article in read_table(write(path, rows), text_column="lead")] == [TEXT]


def test_an_unknown_column_is_answered_with_those_there_are(path: Path) -> None:
    with pytest.raises(InputError, match=r"no column 'main': name one .*--text-column \(lead, n\)"):
        list(read_table(write(path, [{"lead": TEXT, "n": "1"}]), text_column="main"))


def test_without_a_usual_name_the_columns_are_listed(path: Path) -> None:
    with pytest.raises(InputError, match=r"no text column.*\(lead, n\)"):
        list(read_table(write(path, [{"lead": TEXT, "n": "1"}])))


def test_of_very_many_columns_only_some_are_listed(tmp_path: Path) -> None:
    row = {f"c{number}": "x" for number in range(500)}
    with pytest.raises(InputError, match=r"c19, \.\.\.\)$"):
        list(read_table(write(tmp_path / "wide.jsonl", [row])))


def test_rows_without_text_are_counted_in_a_warning(path: Path) -> None:
    rows = [{"n": "1", "text": ""}, {"n": "2", "text": TEXT}, {"n": "3", "text": " "}]
    with pytest.warns(InputWarning, match="without text were passed over: 2"):
        assert [article.text for article in read_table(write(path, rows))] == [TEXT]


def test_a_text_that_begins_with_its_title_has_it_once(path: Path) -> None:
    row = {"title": "An envoy flies", "text": f"An envoy flies. {TEXT}"}
    assert next(read_table(write(path, [row]))).text == row["text"]


@pytest.mark.parametrize("line", ["[1]", "{broken", '"text"', "7", "[" * 100_000])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"text": "{TEXT}"}}\n\n{line}\n')
    with pytest.raises(InputError, match=r"news\.jsonl, line 3: not a JSON object"):
        list(read_table(path))


def test_a_text_that_is_a_number_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 1: column 'text' holds int, not text"):
        list(read_table(write(tmp_path / "news.jsonl", [{"text": 7}])))


def test_json_lines_may_differ_in_their_columns(tmp_path: Path) -> None:
    rows = [{"text": TEXT}, {"text": TEXT, "source": "The Zenda Herald"}, {"note": "none"}]
    with pytest.warns(InputWarning):
        articles = list(read_table(write(tmp_path / "news.jsonl", rows)))
    assert [article.source for article in articles] == [None, "The Zenda Herald"]


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "An envoy \\ud83d left."}')
    assert next(read_table(path)).text == "An envoy \ufffd left."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_csv_is_read_from_its_header(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f'id{delimiter}text\nz1{delimiter}"He said{delimiter} no."\n')
    assert next(read_table(path)).text == f"He said{delimiter} no."


def test_a_cell_may_hold_lines_and_a_whole_book(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    book = f"{TEXT}\n" * 10_000
    path.write_text(f'text\n"{book}"\n')
    assert next(read_table(path)).text == book


def test_csv_in_an_older_encoding_is_detected(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes("id,text\n1,Le président est allé à Pékin\n".encode("cp1252"))
    assert next(read_table(path)).text == "Le président est allé à Pékin"


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\n1,{TEXT}\n2,"{TEXT}\n3,{TEXT}\n')
    with pytest.raises(
        InputError, match=r"a.csv, row 2: the quotes are broken .*: double .* or give .*\.jsonl"
    ):
        list(read_table(tmp_path / "a.csv"))


UNQUOTED = [
    '"We fly to Beijing," the envoy said.\t2023-04-30',
    '"He is gone.\t2023-04-30',
    'He said that he "flies".\t2023-04-30',
    'None the less, "he stays."\t2023-04-30',
    '"Gone," he said, "and gone again."\t2023-04-30',
]


@pytest.mark.parametrize("name", ["news.tsv", "news.csv"])
def test_quotes_are_text_where_tabs_alone_part_the_cells(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("\n".join(["text\tdate", *UNQUOTED]))
    found = list(read_table(tmp_path / name))
    assert [article.text for article in found] == [line.partition("\t")[0] for line in UNQUOTED]
    assert {article.date for article in found} == {date(2023, 4, 30)}


def test_a_tsv_cell_that_is_quoted_as_a_whole_loses_its_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('id\ttext\r\n"z1"\t"""We fly,"" he said."\r\n\r\nz2\tHe "flew".\r\n')
    assert [(article.id, article.text) for article in read_table(tmp_path / "a.tsv")] == [
        ("z1", '"We fly," he said.'),
        ("z2", 'He "flew".'),
    ]


def test_a_tsv_cell_may_hold_tabs_and_lines_in_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('id\ttext\nz1\t"He flew\tfar.\nHe landed."\nz2\tHe left.\n')
    assert [article.text for article in read_table(tmp_path / "a.tsv")] == [
        "He flew\tfar.\nHe landed.",
        "He left.",
    ]


def test_broken_quotes_in_a_ragged_tsv_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('id\ttext\nz1\t"He flew.\nz2\nz3\tHe left.\n')
    with pytest.raises(InputError, match="the quotes are broken"):
        list(read_table(tmp_path / "a.tsv"))


def test_csv_with_short_and_long_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"id,text\nz1\nz2,{TEXT},,\n")
    with pytest.warns(InputWarning, match="passed over: 1"):
        assert [article.id for article in read_table(path)] == ["z2"]


def test_cells_beyond_the_columns_are_not_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("text\nKenya praised Mali.\nKenya praised Mali, and signed a pact with Beijing.\n")
    with pytest.raises(InputError, match=r"news.csv, row 2 has more cells than columns"):
        list(read_table(path))


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"text,id\n{TEXT},z1\n", encoding="utf-8-sig")
    assert next(read_table(path)).id == "z1"


def test_parquet_keeps_dates_and_takes_whole_numbers_for_ids(tmp_path: Path) -> None:
    rows = [{"id": 7, "text": TEXT, "published_at": datetime(2023, 4, 30, 10, tzinfo=UTC)}]
    article = next(read_table(write(tmp_path / "news.parquet", rows)))
    assert (article.id, article.date) == ("7", date(2023, 4, 30))


def test_parquet_of_many_batches_is_read_to_its_end(tmp_path: Path) -> None:
    rows = [{"text": f"Envoy {number} left."} for number in range(300)]
    articles = list(read_table(write(tmp_path / "news.parquet", rows)))
    assert [article.text for article in articles] == [row["text"] for row in rows]


def test_a_damaged_parquet_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(InputError, match=r"^\S+news\.parquet is no Parquet table that can be read: [^\n]+$"):
        list(read_table(path))


@pytest.fixture
def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)


@pytest.mark.usefixtures("without_pyarrow")
def test_parquet_without_pyarrow_names_the_file_and_the_extra(tmp_path: Path) -> None:
    (tmp_path / "news.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingExtraError, match=r"reading \S+news\.parquet needs .*\.\[parquet\]"):
        list(read_table(tmp_path / "news.parquet"))


@pytest.mark.usefixtures("without_pyarrow")
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
def test_the_other_tables_need_no_pyarrow(tmp_path: Path, suffix: str) -> None:
    assert list(read_table(write(tmp_path / f"news{suffix}", [ROW]))) == [ARTICLE]


@pytest.mark.parametrize(
    "value",
    [
        "2023-04-30",
        "2023-04-30T23:59:00Z",
        "2023-04-30 10:15",
        "20230430",
        "Sun, 30 Apr 2023 10:15:00 +0000",
        date(2023, 4, 30),
        datetime(2023, 4, 30, tzinfo=UTC),
    ],
)
def test_dates_are_read_as_they_are_usually_written(value: object) -> None:
    assert parse_date(value) == date(2023, 4, 30)


@pytest.mark.parametrize("value", [None, "", "soon", "30/04/2023", 0, "2023-02-30"])
def test_what_names_no_day_is_no_date(value: object) -> None:
    assert parse_date(value) is None


@given(st.text())
def test_no_text_breaks_the_reading_of_dates(value: str) -> None:
    assert parse_date(value) is None or isinstance(parse_date(value), date)


@pytest.mark.parametrize(
    ("value", "language"), [("EN", "en"), ("pt-BR", "pt"), ("zh_CN", "zh"), ("", "en"), ("English", "en")]
)
def test_languages_become_codes(tmp_path: Path, value: str, language: str) -> None:
    row = {"text": TEXT, "lang": value}
    assert next(read_table(write(tmp_path / "news.jsonl", [row]))).language == language


@given(text=st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_text_survives_json_lines(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert next(read_table(write(path, [{"text": text}]))).text == text
