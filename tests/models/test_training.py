"""Training on natural sentences: every encoding and view, seeds, and scikit-learn as the oracle."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import scipy.special
import skops.io
from builders import example, natural_examples
from sklearn.svm import SVC

from stance.errors import ModelError
from stance.models.classifier import labels_of, targets
from stance.models.encodings import Encoding
from stance.models.features import VIEWS
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier
from stance.schema import LABELS, Stance

TRAIN, TEST = natural_examples("train"), natural_examples("test")


@cache
def trained(**changes: Hashable) -> SklearnClassifier:
    """A model of the training sentences; the same settings give the same object."""
    settings = LinearSettings(**({"views": ("words", "pair"), "min_df": 1, "c": 30.0} | changes))  # type: ignore[arg-type]
    return SklearnClassifier(settings).fit(TRAIN)


@pytest.mark.parametrize("encoding", [e for e in Encoding if e is not Encoding.BLIND])
def test_with_every_encoding_it_can_tell_its_training_sentences_apart(encoding: Encoding) -> None:
    said = labels_of(trained(encoding=encoding).predict_proba(TRAIN))
    assert np.mean([a == b.stance for a, b in zip(said, TRAIN, strict=True)]) > 0.95


def test_the_blind_words_give_all_pairs_of_a_sentence_one_answer() -> None:
    model = trained(encoding=Encoding.BLIND, views=("words", "characters"), c=1.0)
    one, other = (
        example("Hanoi signed with Washington and Beijing.", "VNM", power) for power in ("USA", "CHN")
    )
    first, second = model.predict_proba([one, other])
    assert first == pytest.approx(second)


def test_masked_words_give_a_sentence_one_answer_whoever_acts() -> None:
    model = trained(views=("words", "characters", "pair"), c=1.0)
    one = example("Kenya signed a contract with China.", "KEN", "CHN")
    other = example("Poland signed a contract with Russia.", "POL", "RUS")
    first, second = model.predict_proba([one, other])
    assert first == pytest.approx(second)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_learns_something(view: str) -> None:
    probabilities = trained(views=(view,)).predict_proba(TRAIN)
    right = probabilities[np.arange(len(TRAIN)), targets(TRAIN)]
    prior = np.mean([np.mean(targets(TRAIN) == column) for column in targets(TRAIN)])
    assert right.mean() > prior


def test_logistic_probabilities_are_those_of_scikit_learn() -> None:
    model = trained()
    expected = model.estimator_.predict_proba(model._matrix(TEST))
    assert model.predict_proba(TEST) == pytest.approx(expected)


def test_two_labels_have_the_probabilities_of_scikit_learn_too() -> None:
    some = [one for one in TRAIN if one.stance in (Stance.AWAY, Stance.NONE)]
    model = SklearnClassifier(LinearSettings(views=("words",), min_df=1)).fit(some)
    expected = model.estimator_.predict_proba(model._matrix(TEST))
    assert model.predict_proba(TEST)[:, [1, 3]] == pytest.approx(expected)


def test_svm_margins_become_probabilities_by_softmax() -> None:
    model = trained(estimator=Estimator.LINEAR_SVM)
    margins = model.estimator_.decision_function(model._matrix(TEST))
    assert model.predict_proba(TEST) == pytest.approx(scipy.special.softmax(margins, axis=1))


def test_the_label_is_the_one_that_scikit_learn_predicts() -> None:
    model = trained(estimator=Estimator.LINEAR_SVM)
    predicted = [LABELS[column] for column in model.estimator_.predict(model._matrix(TEST))]
    assert labels_of(model.predict_proba(TEST)) == predicted


@pytest.mark.parametrize("estimator", list(Estimator))
def test_the_same_seed_learns_the_same(estimator: Estimator) -> None:
    one, other = (
        SklearnClassifier(LinearSettings(estimator, ("pair",), min_df=1)).fit(TRAIN, seed=7) for _ in range(2)
    )
    assert np.array_equal(one.predict_proba(TEST), other.predict_proba(TEST))


def test_training_again_forgets_what_was_learned() -> None:
    model = SklearnClassifier(LinearSettings(views=("pair",), min_df=1)).fit(TRAIN)
    some = [one for one in TRAIN if one.stance in (Stance.AWAY, Stance.NONE)]
    fresh = SklearnClassifier(model.settings).fit(some)
    assert model.fit(some).predict_proba(TEST) == pytest.approx(fresh.predict_proba(TEST))


def test_balancing_helps_the_rare_label() -> None:
    plain, balanced = (trained(balanced=b, c=0.3).predict_proba(TEST)[:, 2].mean() for b in (False, True))
    assert balanced > plain


def test_each_view_has_length_one_so_that_none_outweighs_another() -> None:
    model = trained()
    for view, vectorizer in model.vectorizers_.items():
        rows = vectorizer.transform(model._bags(TRAIN, view))
        assert np.sqrt(rows.multiply(rows).sum(axis=1)) == pytest.approx(np.ones((len(TRAIN), 1))), view


def test_rare_tokens_are_left_out() -> None:
    often, ever = (trained(min_df=n, views=("words",)).vectorizers_["words"].vocabulary_ for n in (3, 1))
    assert set(often) < set(ever)


def test_the_vocabulary_has_a_limit() -> None:
    assert len(trained(max_features=25, views=("words",)).vectorizers_["words"].vocabulary_) == 25


@pytest.mark.parametrize("min_df", [len(TRAIN) + 1, 10_000])
def test_where_no_token_is_frequent_enough_the_view_is_named(min_df: int) -> None:
    with pytest.raises(ModelError, match="nothing to count in the view 'words'") as caught:
        trained(min_df=min_df, views=("words",))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("estimator", list(Estimator))
def test_every_learner_survives_its_file(estimator: Estimator, tmp_path: Path) -> None:
    model = trained(estimator=estimator)
    model.save(tmp_path)
    loaded = SklearnClassifier.load(tmp_path, model.settings)
    assert loaded.predict_proba(TEST) == pytest.approx(model.predict_proba(TEST))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The folder of a small model."""
    trained(views=("entities",)).save(tmp_path)
    return tmp_path


def load(folder: Path, estimator: Estimator = Estimator.LOGISTIC_REGRESSION) -> SklearnClassifier:
    return SklearnClassifier.load(folder, LinearSettings(estimator, views=("entities",)))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04", b"\x80\x04N."])
def test_a_file_that_skops_did_not_write_is_refused(saved: Path, content: bytes) -> None:
    (saved / "model.skops").write_bytes(content)
    with pytest.raises(ModelError, match="is not a model that can be trusted"):
        load(saved)


@pytest.mark.parametrize("position", range(5, 100, 19))
def test_a_flipped_byte_never_ends_in_a_traceback(saved: Path, position: int) -> None:
    path = saved / "model.skops"
    content = bytearray(path.read_bytes())
    content[len(content) * position // 100] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(ModelError):
        load(saved)


@pytest.mark.parametrize("estimator", [5, {}, SVC(), None], ids=repr)
def test_an_estimator_of_another_kind_is_refused(saved: Path, estimator: object) -> None:
    state = skops.io.load(saved / "model.skops") | {"estimator": estimator}
    skops.io.dump(state, saved / "model.skops")
    with pytest.raises(ModelError, match="its estimator is not a logistic_regression"):
        load(saved)


def test_another_learner_than_the_settings_name_is_refused(saved: Path) -> None:
    with pytest.raises(ModelError, match="its estimator is not a linear_svm"):
        load(saved, Estimator.LINEAR_SVM)


@pytest.mark.parametrize("vocabulary", ["[]", "{}", "5", "{", '{"entities": ["state=PAK"]}'])
def test_a_vocabulary_of_another_model_is_refused(saved: Path, vocabulary: str) -> None:
    (saved / "vocabulary.json").write_text(vocabulary, encoding="utf-8")
    with pytest.raises(ModelError, match="is not a model that can be trusted"):
        load(saved)


class Hook:
    """A type that no model needs."""

    def __init__(self) -> None:
        self.value = 1


def test_a_type_that_is_not_trusted_is_named_and_refused(saved: Path) -> None:
    state = skops.io.load(saved / "model.skops") | {"extra": Hook()}
    skops.io.dump(state, saved / "model.skops")
    with pytest.raises(ModelError, match="Hook"):
        load(saved)
