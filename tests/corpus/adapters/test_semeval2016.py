"""SemEval-2016 task 6 becomes a target table."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus.adapters import semeval2016
from stance.corpus.adapters.items import Dropped, Item, Target
from stance.errors import CorpusError

HEADER = "ID\tTarget\tTweet\tStance"


def read(folder: Path, *lines: str, encoding: str = "utf-8") -> list[Item]:
    path = folder / "task6.txt"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return list(semeval2016.read(path))


def test_a_tweet_is_a_row_with_its_label_in_lower_case(tmp_path: Path) -> None:
    items = read(tmp_path, HEADER, "1\tTram lines\tMore trams, please! #SemST\tFAVOR")
    assert items == [Target("More trams, please! #SemST", "Tram lines", "favor")]


def test_quotes_in_tweets_are_plain_characters(tmp_path: Path) -> None:
    items = read(tmp_path, HEADER, '1\tTrams\t"Never\tAGAINST', "2\tTrams\tA line\tNONE")
    assert items == [Target('"Never', "Trams", "against"), Target("A line", "Trams", "none")]


def test_an_unlabelled_tweet_is_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER, "1\tTrams\tHm\tUNKNOWN") == [
        Dropped(f"{tmp_path / 'task6.txt'}:2", "the tweet has no label")
    ]


def test_an_empty_tweet_is_dropped(tmp_path: Path) -> None:
    (item,) = read(tmp_path, HEADER, "1\tTrams\t \tFAVOR")
    assert isinstance(item, Dropped)


def test_further_columns_are_not_read(tmp_path: Path) -> None:
    items = read(tmp_path, HEADER + "\tSentiment", "1\tTrams\tYes\tFAVOR\tpos")
    assert items == [Target("Yes", "Trams", "favor")]


def test_the_encoding_is_found(tmp_path: Path) -> None:
    items = read(tmp_path, HEADER, "1\tTrams\tcafé olé\tFAVOR", encoding="cp1252")
    assert items == [Target("café olé", "Trams", "favor")]


def test_another_header_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="its header must name Target, Tweet, Stance"):
        read(tmp_path, "id\ttext")


def test_a_line_cut_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"task6.txt:2: 2 cells under 4 columns"):
        read(tmp_path, HEADER, "1\tTrams")
