"""Splitting: shares, and what must never be parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from toy_corpus import toy_records

from stance.corpus import split as module
from stance.corpus.location import unseen_states
from stance.corpus.records import SPLITS, LabelledDyad, Record, read_records, write_records
from stance.corpus.split import SHARES, UNFINISHED, split_folder, split_records
from stance.corpus.validate import validate
from stance.errors import CorpusError
from stance.schema import Power, Stance

NOUNS = "port mine dam road bank ship jets fund wharf cable farm mill depot rail gas grain visa loan poll quota".split()
VERBS = "leased sold built shut lost found named moved kept cut".split()


def varied(size: int = 200) -> list[Record]:
    """Sentences that are no near-duplicates of each other, two to a group."""
    labels = list(Stance)
    records = []
    for n in range(size):
        noun, verb = NOUNS[n % len(NOUNS)], VERBS[n // len(NOUNS) % len(VERBS)]
        text = f"Kenya {verb} its {noun} {noun}{n} {verb}{n} x{n} y{n} z{n} to China."
        dyad = LabelledDyad(state="KEN", power=Power.CHN, stance=labels[n % 4])
        records.append(
            Record(
                id=f"r{n:03d}",
                text=text,
                mentions={"KEN": ("Kenya",), "CHN": ("China",)},
                examples=(dyad,),
                split="train",
                group=f"g{n // 2}",
                register="agency",
                phenomenon="plain",
                origin="composed",
            )
        )
    return records


def shares(records: list[Record]) -> dict[str, float]:
    counts = Counter(record.split for record in records)
    return {split: counts[split] / len(records) for split in SPLITS}


def test_the_shares_are_70_10_20() -> None:
    got = shares(split_records(varied(), seed=1))
    assert got == pytest.approx(dict(SHARES), abs=0.02)


@pytest.mark.parametrize("label", list(Stance))
def test_every_label_has_the_same_shares(label: Stance) -> None:
    some = [record for record in split_records(varied(), seed=1) if record.examples[0].stance == label]
    assert shares(some) == pytest.approx(dict(SHARES), abs=0.05)


def test_no_group_is_parted() -> None:
    split = split_records(varied(), seed=1)
    assert not [problem for problem in validate(split) if "parted" in problem.what]


def test_no_near_duplicate_is_parted() -> None:
    split = split_records(toy_records(), seed=1)
    assert not [problem for problem in validate(split) if "nearly the same" in problem.what]


def test_the_same_seed_gives_the_same_split() -> None:
    assert split_records(varied(), seed=3) == split_records(varied(), seed=3)


def test_another_seed_gives_another() -> None:
    assert split_records(varied(), seed=3) != split_records(varied(), seed=4)


def test_nothing_but_the_split_changes() -> None:
    before = varied()
    after = split_records(before, seed=1)
    assert [r.model_copy(update={"split": "train"}) for r in after] == before


def test_what_is_kept_for_the_test_goes_there_with_its_group() -> None:
    split = split_records(varied(), seed=1, in_test=lambda record: record.id == "r010")
    assert {record.split for record in split if record.group == "g5"} == {"test"}


def test_fifteen_states_are_kept_unseen() -> None:
    assert len(unseen_states()) == 15


THREE = ["test.jsonl", "train.jsonl", "validation.jsonl"]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ids(records: Iterable[Record]) -> list[str]:
    return sorted(record.id for record in records)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus in two files, one of them called like a split."""
    write_records(varied(60)[:40], tmp_path / "mine.jsonl")
    write_records(varied(60)[40:], tmp_path / "train.jsonl")
    return tmp_path


def test_no_text_is_parted_whatever_its_mentions() -> None:
    some = [
        one.model_copy(update={"text": f"Kenya, China, Peru {n // 2}.", "mentions": {code: (name,)}})
        for n, one in enumerate(varied(40))
        for code, name in [("KEN", "Kenya") if n % 2 else ("PER", "Peru")]
    ]
    apart = [one.model_copy(update={"group": one.id}) for one in some]
    by_text = Counter(text for text, _ in {(one.text, one.split) for one in split_records(apart, seed=1)})
    assert set(by_text.values()) == {1}


def test_a_folder_holds_the_three_files_alone(folder: Path) -> None:
    _, removed = split_folder(folder, seed=1)
    assert files(folder) == THREE
    assert removed == [folder / "mine.jsonl"]


def test_a_folder_keeps_every_record_once(folder: Path) -> None:
    split_folder(folder, seed=1)
    assert ids(read_records(folder)) == ids(varied(60))


@pytest.mark.parametrize("split", SPLITS)
def test_each_file_holds_its_split(folder: Path, split: str) -> None:
    split_folder(folder, seed=1)
    assert {record.split for record in read_records(folder / f"{split}.jsonl")} == {split}


def test_what_is_no_corpus_file_stays(folder: Path) -> None:
    (folder / "mine.targets").write_text("{}\n", encoding="utf-8")
    split_folder(folder, seed=1)
    assert files(folder) == ["mine.targets", *THREE]


def test_splitting_again_changes_nothing(folder: Path) -> None:
    first, _ = split_folder(folder, seed=1)
    assert split_folder(folder, seed=1) == (first, [])


@pytest.mark.parametrize("renamed", [0, 1, 2, 3])
def test_a_kill_at_a_rename_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    rename = Path.replace
    done: list[Path] = []

    def killed(self: Path, target: Path) -> Path:
        if len(done) >= renamed and target.name != UNFINISHED and ".partial" not in target.name:
            raise KeyboardInterrupt
        if target.name in THREE:
            done.append(target)
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        patched.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        if renamed < 3:
            with pytest.raises(KeyboardInterrupt):
                split_folder(folder, seed=1)
        else:
            split_folder(folder, seed=1)
    assert set(ids(read_records(folder))) == set(ids(varied(60)))
    split_folder(folder, seed=1)
    assert ids(read_records(folder)) == ids(varied(60))
    assert [name for name in files(folder) if name.endswith(".jsonl")] == THREE


def test_a_full_disk_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(records: Iterable[Record], path: Path) -> None:
        if "validation" in path.name:
            raise OSError("no space left")
        write_records(records, path)

    monkeypatch.setattr(module, "write_records", full)
    with pytest.raises(OSError, match="no space"):
        split_folder(folder, seed=1)
    assert files(folder) == ["mine.jsonl", "train.jsonl"]


def test_two_records_with_one_id_are_refused(folder: Path) -> None:
    first = varied(60)[0]
    write_records([first.model_copy(update={"text": "Kenya left China."})], folder / "other.jsonl")
    with pytest.raises(CorpusError, match="two different records have the id 'r000'"):
        split_folder(folder, seed=1)
    assert files(folder) == ["mine.jsonl", "other.jsonl", "train.jsonl"]
