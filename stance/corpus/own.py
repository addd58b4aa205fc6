"""The project's own corpus as it is on this machine: the composed half, and the real one if hydrated."""

from __future__ import annotations

from stance.corpus.location import corpus_folder, hydrated_file
from stance.corpus.records import Record, Split, read_records


def own_records(split: Split | None = None) -> list[Record]:
    """Return the composed records, then the real ones whose text is here; of one split or of all."""
    files = [corpus_folder(), *([hydrated_file()] if hydrated_file().is_file() else [])]
    records = (record for file in files for record in read_records(file))
    return [record for record in records if split in (None, record.split)]
