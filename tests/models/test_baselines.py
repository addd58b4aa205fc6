"""The baselines: what they learn, how they are kept, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skops.io
from toy_corpus import toy_records

from stance.errors import ModelError
from stance.models.bundle import Manifest, load_bundle, read_manifest, save_bundle
from stance.models.classifier import Classifier, labels_of
from stance.models.encodings import Encoding
from stance.models.linear import LinearClassifier
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier
from stance.schema import LABELS, Example, Power, Stance

RECORDS = toy_records()
TRAIN = [e for r in RECORDS if r.split == "train" for e in r.to_examples()]
TEST = [e for r in RECORDS if r.split == "test" for e in r.to_examples()]
TRUE = [example.stance for example in TEST]
LINEAR = (Estimator.LOGISTIC_REGRESSION, Estimator.LINEAR_SVM)


def trained(estimator: Estimator = Estimator.LOGISTIC_REGRESSION, **changes: object) -> SklearnClassifier:
    given = {"min_df": 1, "c": 20.0} | changes
    return SklearnClassifier(LinearSettings(estimator=estimator, **given)).fit(TRAIN)  # type: ignore[arg-type]


def accuracy(model: Classifier) -> float:
    said = labels_of(model.predict_proba(TEST))
    return float(np.mean([a == b for a, b in zip(said, TRUE, strict=True)]))


@pytest.mark.parametrize("estimator", LINEAR)
def test_a_linear_model_learns_the_toy_corpus(estimator: Estimator) -> None:
    assert accuracy(trained(estimator)) >= 0.9


def test_the_majority_gives_the_prior() -> None:
    model = trained(Estimator.MAJORITY, views=())
    prior = [sum(e.stance == label for e in TRAIN) / len(TRAIN) for label in LABELS]
    assert model.predict_proba(TEST) == pytest.approx(np.tile(prior, (len(TEST), 1)))


def test_names_alone_do_not_give_the_toy_labels_away() -> None:
    assert accuracy(trained(views=("entities",))) < 0.5


@pytest.mark.parametrize("estimator", list(Estimator))
def test_probabilities_are_rows_that_sum_to_one(estimator: Estimator) -> None:
    views = () if estimator is Estimator.MAJORITY else ("words",)
    probabilities = trained(estimator, views=views).predict_proba(TEST)
    assert probabilities.shape == (len(TEST), 4)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(TEST)))
    assert (probabilities >= 0).all()


def test_every_model_keeps_the_protocol() -> None:
    model = trained()
    assert isinstance(model, Classifier)
    assert isinstance(LinearClassifier.of(model), Classifier)
    assert model.classes_ == LABELS


def test_no_example_gives_no_row() -> None:
    assert trained().predict_proba([]).shape == (0, 4)
    assert LinearClassifier.of(trained()).predict_proba([]).shape == (0, 4)


def test_an_unmatched_example_is_scored() -> None:
    assert trained().predict_proba([Example("It rained.", "PAK", Power.CHN)]).shape == (1, 4)


@pytest.mark.parametrize("labels", [{Stance.TOWARD, Stance.NONE}, {Stance.TOWARD, Stance.AWAY, Stance.NONE}])
@pytest.mark.parametrize("estimator", LINEAR)
def test_a_label_never_seen_has_no_probability(labels: set[Stance], estimator: Estimator) -> None:
    some = [example for example in TRAIN if example.stance in labels]
    model = SklearnClassifier(LinearSettings(estimator=estimator, min_df=1)).fit(some)
    probabilities = model.predict_proba(TEST)
    assert probabilities[:, LABELS.index(Stance.HEDGING)] == pytest.approx(0)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(TEST)))


def test_one_label_is_nothing_to_learn() -> None:
    with pytest.raises(ModelError, match="at least two labels"):
        SklearnClassifier(LinearSettings()).fit([e for e in TRAIN if e.stance is Stance.NONE])


def test_unlabelled_examples_cannot_train() -> None:
    with pytest.raises(ValueError, match="no label"):
        SklearnClassifier(LinearSettings()).fit([Example("It rained.", "PAK", Power.CHN)])


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(ModelError, match="unknown view 'letters'"):
        LinearSettings(views=("letters",))


def manifest(kind: str = "sklearn") -> Manifest:
    settings = {
        "estimator": "logistic_regression",
        "encoding": "masked",
        "views": ["words", "characters", "pair"],
        "c": 20.0,
        "min_df": 1,
        "max_features": 50_000,
        "balanced": False,
    }
    return Manifest.model_validate({"name": "toy", "version": "1", "kind": kind, "settings": settings})


def test_a_saved_model_gives_the_same_probabilities(tmp_path: Path) -> None:
    model = trained()
    save_bundle(model, manifest(), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").classifier
    assert loaded.predict_proba(TEST) == pytest.approx(model.predict_proba(TEST))


@pytest.mark.parametrize("estimator", LINEAR)
def test_a_linear_model_needs_no_scikit_learn_to_score(estimator: Estimator) -> None:
    model = trained(estimator)
    assert LinearClassifier.of(model).predict_proba(TEST) == pytest.approx(model.predict_proba(TEST))


def test_the_exported_model_survives_its_file(tmp_path: Path) -> None:
    model = LinearClassifier.of(trained())
    save_bundle(model, manifest("linear"), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").classifier
    assert loaded.predict_proba(TEST) == pytest.approx(model.predict_proba(TEST), abs=1e-5)


def test_only_a_linear_model_is_exported() -> None:
    with pytest.raises(ModelError, match="majority ships as it is"):
        LinearClassifier.of(trained(Estimator.MAJORITY, views=()))


def saved(folder: Path) -> Path:
    save_bundle(trained(), manifest(), folder / "model")
    return folder / "model"


def test_a_manifest_carries_the_hash_of_every_file(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    names = {path.name for path in folder.iterdir()} - {"stance.json"}
    assert set(read_manifest(folder).files) == names


def test_saving_again_replaces_the_folder(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    (folder / "stray.txt").write_text("old", encoding="utf-8")
    saved(tmp_path)
    assert not (folder / "stray.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    with (folder / "vocabulary.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(ModelError, match="damaged"):
        load_bundle(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    (folder / "model.skops").unlink()
    with pytest.raises(ModelError, match=r"lacks its file 'model\.skops'"):
        load_bundle(folder)


def test_a_folder_without_a_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no stance\.json"):
        load_bundle(tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "cannot be read"),
        ('{"name": "x"}', "cannot be read"),
        ('{"name": "x", "version": "1", "kind": "pickle"}', "cannot be read"),
        ('{"name": "x", "version": "1", "kind": "linear", "labels": ["pro", "contra"]}', "labels"),
        ('{"name": "x", "version": "1", "kind": "linear", "files": {"../x": "0"}}', "lacks its file"),
        ('{"name": "x", "version": "1", "kind": "linear"}', "names no files"),
    ],
)
def test_a_foreign_manifest_is_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "stance.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=complaint) as caught:
        load_bundle(tmp_path)
    assert "\n" not in str(caught.value)


class Trojan:
    """What a pickle would run; skops asks whether it is trusted, and it is not."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("executed",))


def test_code_in_a_model_file_is_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skops.io.dump({"idf": {}, "estimator": Trojan()}, tmp_path / "model.skops")
    (tmp_path / "vocabulary.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="is not a model that can be trusted"):
        SklearnClassifier.load(tmp_path, LinearSettings(views=()))
    assert "executed" not in capsys.readouterr().out


def test_the_entity_model_is_blind_to_the_encoding() -> None:
    one, other = (trained(views=("entities",), encoding=e) for e in (Encoding.MASKED, Encoding.BLIND))
    assert one.predict_proba(TEST) == pytest.approx(other.predict_proba(TEST))
