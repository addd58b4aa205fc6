"""The project's own corpus as it is on this machine: the composed half, and the real one if hydrated."""

from __future__ import annotations

from stance.corpus.hydrate import hydrate, texts_of_rows
from stance.corpus.location import corpus_folder, hydrated_file, references_folder
from stance.corpus.records import Record, Split, read_records
from stance.corpus.references import read_references


def real_records() -> list[Record]:
    """Return the real sentences whose text is on this machine, sorted by id.

    Only the text is taken from the hydrated file: labels and splits are those of the references today, which
    a newer version of the corpus may have mended.
    """
    if not hydrated_file().is_file():
        return []
    references = list(read_references(references_folder()))
    found = hydrate(references, texts_of_rows(hydrated_file())).records
    return sorted(found, key=lambda record: record.id)


def own_records(split: Split | None = None) -> list[Record]:
    """Return the composed records, then the real ones whose text is here; of one split or of all."""
    records = [*read_records(corpus_folder()), *real_records()]
    return [record for record in records if split in (None, record.split)]
