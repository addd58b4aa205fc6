"""What gives the label away: models that see too little to know it, trained and tested on a corpus.

After Poliak et al. (2018), hypothesis-only baselines: what such a model scores above chance, the corpus
leaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stance.corpus.records import Record
from stance.models.classifier import targets
from stance.models.encodings import Encoding
from stance.models.f1 import macro_f1
from stance.models.sklearn_model import LinearSettings, SklearnClassifier

BLINKERED: Mapping[str, LinearSettings] = {
    "entity_only": LinearSettings(views=("entities",), min_df=1, c=4.0),
    "target_blind": LinearSettings(views=("words", "characters"), encoding=Encoding.BLIND, c=4.0),
}
"""The names of the pair without the sentence; the sentence without the pair."""


def artifact_scores(records: Sequence[Record], seed: int = 13) -> dict[str, float]:
    """Train each of ``BLINKERED`` on the train split and return its macro-F1 on the test split, by name."""
    train, test = (
        [example for record in records if record.split == split for example in record.to_examples()]
        for split in ("train", "test")
    )
    scores = {}
    for name, settings in BLINKERED.items():
        said = SklearnClassifier(settings).fit(train, seed).predict_proba(test).argmax(axis=1)
        scores[name] = macro_f1(targets(test), said)
    return scores
