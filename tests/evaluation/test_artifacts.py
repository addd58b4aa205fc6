"""Models that see too little: they score where a corpus leaks its labels, and not where it does not."""

from __future__ import annotations

from toy_corpus import toy_records

from stance.corpus.floors import ARTIFACTS, fallen_short
from stance.corpus.location import corpus_folder
from stance.corpus.records import read_records
from stance.evaluation.artifacts import artifact_scores


def test_frames_give_the_label_to_a_model_that_does_not_know_the_pair() -> None:
    scores = artifact_scores(toy_records())
    assert scores["target_blind"] > 0.9
    assert scores["entity_only"] < 0.5


def test_the_projects_corpus_gives_its_labels_to_neither() -> None:
    scores = artifact_scores(list(read_records(corpus_folder())))
    assert fallen_short(scores, ARTIFACTS) == []
