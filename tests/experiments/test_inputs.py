"""What a run reads beside its corpus: all of it first, each error under the key that leads to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from toy_corpus import toy_records, write_toy_corpus

from stance.corpus.adapters.items import Target
from stance.corpus.adapters.target_table import write_targets
from stance.corpus.records import write_records
from stance.errors import ConfigError
from stance.experiments import distillation, run
from stance.experiments.config import Config, load_config
from stance.experiments.data import TrainingData, load_data
from stance.experiments.inputs import Inputs, files_of, read_inputs
from stance.experiments.run import MEASURED, train
from stance.models.bundle import Manifest, sha256

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
ROW = '{"text": "Kenya thanked China.", "state": "KEN", "power": "CHN", "stance": "toward"}\n'
TABLE = [Target("More trams!", "trams", "favor"), Target("No cyclists!", "cyclists", "against")]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_toy_corpus(tmp_path)


def config(corpus: Path, *changes: str, kind: str = "transformer") -> Config:
    return load_config(CONFIGS / "base.yaml", [f"data.path={corpus}", f"kind={kind}", *changes])


def read(one: Config) -> Inputs:
    return read_inputs(one, load_data(one.data), MEASURED)


def rows(folder: Path, name: str = "dev.jsonl", content: str = ROW) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def table(folder: Path, targets: Iterable[Target] = TABLE) -> Path:
    write_targets(targets, folder / "table.jsonl")
    return folder / "table.jsonl"


def test_extra_rows_are_read_by_name(corpus: Path, tmp_path: Path) -> None:
    found = read(config(corpus, f"data.extra.dev={rows(tmp_path)}")).extra
    assert [example.text for example in found["dev"]] == ["Kenya thanked China."]


@pytest.mark.parametrize("kind", ["linear", "transformer"])
@pytest.mark.parametrize("content", [None, "", "{", '{"text": "Kenya thanked China."}'])
def test_extra_rows_that_cannot_be_read_name_their_key(
    corpus: Path, tmp_path: Path, kind: str, content: str | None
) -> None:
    path = tmp_path / "none.jsonl" if content is None else rows(tmp_path, content=content)
    with pytest.raises(ConfigError, match=rf"^data\.extra\.dev: .*{path.name}"):
        read(config(corpus, f"data.extra.dev={path}", kind=kind))


@pytest.mark.parametrize("content", [None, "", "{"])
def test_a_table_that_cannot_be_read_names_its_key(corpus: Path, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "none.jsonl" if content is None else rows(tmp_path, "table.jsonl", content)
    with pytest.raises(ConfigError, match=rf"^transformer\.intermediate: .*{path.name}"):
        read(config(corpus, f"transformer.intermediate={path}"))


def test_a_linear_model_reads_no_table(corpus: Path) -> None:
    inputs = read(config(corpus, "transformer.intermediate=none.jsonl", kind="linear"))
    assert (inputs.intermediate, inputs.files) == ([], {})


def of_split(split: str) -> str:
    return next(record.text for record in toy_records() if record.split == split)


@pytest.mark.parametrize("split", ["validation", "test"])
def test_the_table_shows_no_sentence_that_measures(corpus: Path, tmp_path: Path, split: str) -> None:
    path = table(tmp_path, [*TABLE, Target(of_split(split), "storm", "favor")])
    with pytest.warns(UserWarning, match="leaves out 1 of 3"):
        assert read(config(corpus, f"transformer.intermediate={path}")).intermediate == TABLE


def test_the_table_shows_no_sentence_of_extra_rows(corpus: Path, tmp_path: Path) -> None:
    path = table(tmp_path, [*TABLE, Target("Kenya thanked China!", "China", "favor")])
    with pytest.warns(UserWarning, match="leaves out 1 of 3"):
        read(config(corpus, f"transformer.intermediate={path}", f"data.extra.dev={rows(tmp_path)}"))


def test_rows_that_are_sentences_of_the_training_split_are_told(corpus: Path, tmp_path: Path) -> None:
    learnt = json.loads(ROW) | {"text": of_split("train")}
    path = rows(tmp_path, content=json.dumps(learnt))
    with pytest.warns(UserWarning, match=r"data\.extra\.dev: 1 of its 1 rows are sentences of the training"):
        read(config(corpus, f"data.extra.dev={path}"))


def test_the_table_may_show_what_trains(corpus: Path, tmp_path: Path) -> None:
    targets = [*TABLE, Target("The choir of Quito sang about rivers.", "rivers", "favor")]
    given = config(corpus, f"transformer.intermediate={table(tmp_path, targets)}")
    assert read(given).intermediate == targets


def test_a_transformer_needs_validation_examples(tmp_path: Path) -> None:
    write_records([one for one in toy_records() if one.split != "validation"], tmp_path / "some.jsonl")
    with pytest.raises(ConfigError, match=r"some\.jsonl has no validation examples"):
        read(config(tmp_path / "some.jsonl"))


def test_a_linear_model_needs_none(tmp_path: Path) -> None:
    write_records([one for one in toy_records() if one.split != "validation"], tmp_path / "some.jsonl")
    assert read(config(tmp_path / "some.jsonl", kind="linear")).extra == {}


def test_nothing_is_fitted_before_all_is_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fitted(config: Config, data: TrainingData, held_out: frozenset[str]) -> None:
        pytest.fail("the lesson was made")

    monkeypatch.setattr(run, "_lesson", fitted)
    with pytest.raises(ConfigError, match=r"data\.extra\.dev"):
        train(config(corpus, "data.extra.dev=none.jsonl", kind="linear"))


def test_a_run_is_told_apart_by_what_its_files_hold(corpus: Path, tmp_path: Path) -> None:
    given = config(corpus, f"data.extra.dev={rows(tmp_path)}", f"transformer.intermediate={table(tmp_path)}")
    before = files_of(given)
    table(tmp_path, TABLE[::-1])
    after = files_of(given)
    assert set(before) == {"data.extra.dev", "transformer.intermediate", "gazetteer"}
    assert given.digest("corpus", before) != given.digest("corpus", after)


def test_without_other_files_the_corpus_tells_alone(corpus: Path) -> None:
    given = config(corpus)
    assert given.digest("corpus", files_of(given)) == given.digest("corpus")


def test_a_run_is_told_apart_by_the_weights_it_starts_from(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    weights = tmp_path / "encoder" / "model.safetensors"
    given = config(corpus, f"transformer.pretrained={tmp_path / 'encoder'}")
    hashes = []
    for held in (b"one", b"two"):
        weights.write_bytes(held)
        hashes.append(files_of(given)["transformer.pretrained/model.safetensors"])
    assert hashes[0] != hashes[1]


def teacher(folder: Path, digest: str) -> Path:
    folder.mkdir(exist_ok=True)
    manifest = Manifest(name="teacher", version="1", kind="linear", files={"model.json": digest})
    (folder / "stance.json").write_text(manifest.model_dump_json(), encoding="utf-8")
    return folder


def test_a_run_is_told_apart_by_its_teacher(corpus: Path, tmp_path: Path) -> None:
    given = config(
        corpus, f"distillation.teacher={teacher(tmp_path / 'model', 'a')}", "distillation.unlabelled=false"
    )
    before = files_of(given)
    teacher(tmp_path / "model", "b")
    assert before == {"distillation.teacher/model.json": "a"}
    assert files_of(given) != before


def test_a_run_is_told_apart_by_what_has_no_labels(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = rows(tmp_path, "unlabelled.jsonl")
    monkeypatch.setattr(distillation, "unlabelled_file", lambda: text)
    given = config(corpus, f"distillation.teacher={teacher(tmp_path / 'model', 'a')}")
    assert files_of(given)["distillation.unlabelled"] == sha256(text)


def test_a_teacher_that_is_not_there_names_its_key(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^distillation: .*nobody is not a model"):
        read(config(corpus, f"distillation.teacher={tmp_path / 'nobody'}"))
