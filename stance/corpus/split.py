"""Parting a corpus into train, validation and test, so that nothing leaks from one to another.

What must stay together is tied into blocks first (groups and near-duplicate clusters); the blocks are
then dealt out, the largest first, each to the split that is furthest behind in the origins, labels and
powers that the block holds (iterative stratification, after Sechidis, Tsoumakas and Vlahavas, 2011).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from stance.corpus.near_duplicates import clusters
from stance.corpus.records import SPLITS, Record, Split, read_records, write_records
from stance.corpus.validate import near_duplicates
from stance.errors import CorpusError
from stance.writing import replacing

SHARES: Mapping[Split, float] = {"train": 0.7, "validation": 0.1, "test": 0.2}
UNFINISHED = "split-unfinished.jsonl"
"""Holds every record while the files of a folder are replaced."""

Block = list[int]
Profile = Counter[tuple[str, str, str]]


def _blocks(records: Sequence[Record]) -> list[Block]:
    """Indices of records that must not be parted, block by block."""
    place = {record.id: index for index, record in enumerate(records)}
    first: dict[str, int] = {}
    links = [(first.setdefault(record.group, index), index) for index, record in enumerate(records)]
    same: dict[str, int] = {}  # near-duplicates cannot stand for these: other mentions mask other words
    links += [(same.setdefault(record.text, index), index) for index, record in enumerate(records)]
    links += [(place[left.id], place[right.id]) for left, right, _ in near_duplicates(records)]
    blocks: defaultdict[int, Block] = defaultdict(list)
    for index, root in enumerate(clusters(len(records), links)):
        blocks[root].append(index)
    return list(blocks.values())


def _profile(records: Sequence[Record], block: Block) -> Profile:
    some = [records[index] for index in block]
    return Counter((record.origin, dyad.stance, dyad.power) for record in some for dyad in record.examples)


def _furthest_behind(profile: Profile, held: Mapping[Split, Profile], total: Profile) -> Split:
    """The split that lacks most examples of what ``profile`` holds."""

    def lack(split: Split) -> float:
        return sum(n * (SHARES[split] * total[key] - held[split][key]) for key, n in profile.items())

    return max(SPLITS, key=lack)


def split_records(
    records: Sequence[Record], seed: int, in_test: Callable[[Record], bool] = lambda record: False
) -> list[Record]:
    """Return ``records`` with their ``split`` set anew: 70 / 10 / 20 percent of the examples.

    Args:
        records: the whole corpus.
        seed: the same seed gives the same split of the same records.
        in_test: what must be in the test split; the block of such a record goes there whole.
    """
    blocks = _blocks(records)
    Random(seed).shuffle(blocks)  # noqa: S311
    blocks.sort(key=len, reverse=True)
    total = _profile(records, list(range(len(records))))
    held: dict[Split, Profile] = {split: Counter() for split in SPLITS}
    chosen: dict[int, Split] = {}
    fixed = [block for block in blocks if any(in_test(records[i]) for i in block)]
    for block in [*fixed, *(block for block in blocks if block not in fixed)]:
        profile = _profile(records, block)
        split = "test" if block in fixed else _furthest_behind(profile, held, total)
        held[split].update(profile)
        chosen |= dict.fromkeys(block, split)
    return [record.model_copy(update={"split": chosen[index]}) for index, record in enumerate(records)]


def split_folder(
    folder: Path, seed: int, in_test: Callable[[Record], bool] = lambda record: False
) -> tuple[list[Record], list[Path]]:
    """Part the records of all ``*.jsonl`` files of ``folder`` anew, into train, validation and test.jsonl.

    A kill loses nothing: every record stands in one of the files at any time, and splitting again mends it.

    Returns:
        The records, and the files that were removed because their records are in the three.

    Raises:
        CorpusError: a file breaks the format, or two different records have one id.
    """
    files = sorted(folder.glob("*.jsonl"))
    records = split_records(_each_once(read_records(folder)), seed, in_test)
    parts = {folder / f"{split}.jsonl": [one for one in records if one.split == split] for split in SPLITS}
    unfinished = folder / UNFINISHED
    with ExitStack() as renamed_together:
        for file, part in parts.items():
            write_records(part, renamed_together.enter_context(replacing(file)))
        write_records(records, unfinished)
    removed = [file for file in files if file not in {*parts, unfinished}]
    for file in removed:
        file.unlink()
    unfinished.unlink()
    return records, removed


def _each_once(records: Iterable[Record]) -> list[Record]:
    """The records by id; one that stands there again, as after a split that was killed, counts once."""
    by_id: dict[str, Record] = {}
    for record in records:
        first = by_id.setdefault(record.id, record)
        if first.model_copy(update={"split": record.split}) != record:
            raise CorpusError(f"two different records have the id {record.id!r}: give one of them another")
    return [by_id[name] for name in sorted(by_id)]
