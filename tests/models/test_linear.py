"""The exported linear model: its arithmetic by hand, and files that do not belong together."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from builders import example, natural_examples
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from stance.errors import ModelError
from stance.models.bundle import default_folder, load_bundle
from stance.models.encodings import Encoding
from stance.models.features import VIEWS
from stance.models.linear import LinearClassifier, WeightedView
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier

TRAIN, TEST = natural_examples("train"), natural_examples("test")


def by_hand() -> WeightedView:
    """Two tokens: "pact" speaks for toward, "row" for away."""
    weights = np.array([[1.0, 0, 0, 0], [0, 1.0, 0, 0]])
    return WeightedView({"pact": 0, "row": 1}, np.array([2.0, 1.0]), weights)


def test_a_single_token_has_its_weight_whatever_its_idf() -> None:
    assert by_hand().logits(["pact"]) == pytest.approx([1, 0, 0, 0])


def test_tokens_share_a_vector_of_length_one() -> None:
    assert by_hand().logits(["pact", "row"]) == pytest.approx([2 / math.sqrt(5), 1 / math.sqrt(5), 0, 0])


def test_a_repeated_token_counts_by_its_logarithm() -> None:
    twice = 1 + math.log(2)
    norm = math.hypot(2, twice)
    assert by_hand().logits(["row", "pact", "row"]) == pytest.approx([2 / norm, twice / norm, 0, 0])


def test_unknown_tokens_say_nothing() -> None:
    assert by_hand().logits(["tariff"]) == pytest.approx([0, 0, 0, 0])
    assert by_hand().logits(["tariff", "pact"]) == pytest.approx(by_hand().logits(["pact"]))


@given(st.lists(st.sampled_from(["pact", "row", "tariff"]), max_size=9))
def test_the_order_of_tokens_does_not_matter(bag: list[str]) -> None:
    assert by_hand().logits(bag) == pytest.approx(by_hand().logits(sorted(bag)))


def test_without_a_known_token_the_intercept_decides() -> None:
    model = LinearClassifier(Encoding.MASKED, {"words": by_hand()}, np.log([0.1, 0.2, 0.3, 0.4]))
    assert model.predict_proba([example("Rain fell.")])[0] == pytest.approx([0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("estimator", [Estimator.LOGISTIC_REGRESSION, Estimator.LINEAR_SVM])
def test_the_export_equals_what_was_trained(encoding: Encoding, estimator: Estimator, tmp_path: Path) -> None:
    trained = SklearnClassifier(LinearSettings(estimator, ("words", "pair"), encoding, min_df=1)).fit(TRAIN)
    LinearClassifier.of(trained).save(tmp_path)
    exported = LinearClassifier.load(tmp_path, encoding)
    assert exported.predict_proba(TEST) == pytest.approx(trained.predict_proba(TEST), abs=1e-4)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_exported_alone(view: str) -> None:
    trained = SklearnClassifier(LinearSettings(views=(view,), min_df=1)).fit(TRAIN)
    exported = LinearClassifier.of(trained)
    assert list(exported.views) == [view]
    assert exported.predict_proba(TEST) == pytest.approx(trained.predict_proba(TEST))


def test_three_labels_are_too_few_to_export() -> None:
    some = [one for one in TRAIN if one.stance != "hedging"]
    with pytest.raises(ModelError, match="without an example of hedging"):
        LinearClassifier.of(SklearnClassifier(LinearSettings()).fit(some))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The folder of a small exported model with one view."""
    LinearClassifier(Encoding.MASKED, {"words": by_hand()}, np.zeros(4)).save(tmp_path)
    return tmp_path


def test_what_is_saved_is_what_is_loaded(saved: Path) -> None:
    loaded = LinearClassifier.load(saved, Encoding.MASKED)
    assert loaded.views["words"].vocabulary == by_hand().vocabulary
    assert loaded.views["words"].logits(["pact", "row"]) == pytest.approx(by_hand().logits(["pact", "row"]))


@pytest.mark.parametrize("name", ["linear.safetensors", "vocabulary.json"])
def test_both_files_are_needed(saved: Path, name: str) -> None:
    (saved / name).unlink()
    with pytest.raises(ModelError, match="does not hold a linear model"):
        LinearClassifier.load(saved, Encoding.MASKED)


@pytest.mark.parametrize(
    "vocabulary",
    [[], 5, {"words": 5}, {"words": ["pact"]}, {"words": ["pact", "row", "tariff"]}, {"letters": []}],
    ids=str,
)
def test_a_vocabulary_that_does_not_fit_the_weights_is_refused(saved: Path, vocabulary: object) -> None:
    (saved / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    with pytest.raises(ModelError, match="does not hold a linear model") as caught:
        LinearClassifier.load(saved, Encoding.MASKED)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"words": [}'])
def test_a_vocabulary_that_is_no_json_is_refused(saved: Path, content: bytes) -> None:
    (saved / "vocabulary.json").write_bytes(content)
    with pytest.raises(ModelError, match="does not hold a linear model"):
        LinearClassifier.load(saved, Encoding.MASKED)


@pytest.mark.parametrize("size", [0, 7, 60])
def test_weights_that_were_cut_off_are_refused(saved: Path, size: int) -> None:
    path = saved / "linear.safetensors"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ModelError, match="does not hold a linear model"):
        LinearClassifier.load(saved, Encoding.MASKED)


@pytest.mark.parametrize("shape", [(3,), (4, 1), ()])
def test_an_intercept_of_another_shape_is_refused(saved: Path, shape: tuple[int, ...]) -> None:
    tensors = load_file(saved / "linear.safetensors") | {"intercept": np.zeros(shape, dtype=np.float32)}
    save_file(tensors, saved / "linear.safetensors")
    with pytest.raises(ModelError, match="the intercept has the shape"):
        LinearClassifier.load(saved, Encoding.MASKED)


def test_a_view_that_is_not_ours_is_refused(saved: Path) -> None:
    tensors = load_file(saved / "linear.safetensors")
    tensors |= {f"letters.{part}": tensors[f"words.{part}"] for part in ("idf", "weights")}
    save_file(tensors, saved / "linear.safetensors")
    (saved / "vocabulary.json").write_text('{"letters": ["pact", "row"]}', encoding="utf-8")
    with pytest.raises(ModelError, match="unknown view 'letters'"):
        LinearClassifier.load(saved, Encoding.MASKED)


@pytest.mark.skipif(not default_folder().is_dir(), reason="no model is shipped")
def test_the_shipped_model_scores() -> None:
    probabilities = load_bundle(default_folder()).classifier.predict_proba(TEST)
    assert probabilities.shape == (len(TEST), 4)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(TEST)))
