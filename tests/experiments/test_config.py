"""Configurations: every key is explained, and a wrong one is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import ConfigError
from stance.experiments.config import load_config, merge_config

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
NAMES = sorted(path.name for path in CONFIGS.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_configuration_loads(name: str) -> None:
    assert load_config(CONFIGS / name).name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "base.yaml"])
def test_a_configuration_is_called_what_its_file_is(name: str) -> None:
    assert load_config(CONFIGS / name).name == Path(name).stem


def test_the_base_explains_every_key() -> None:
    lines = (CONFIGS / "base.yaml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        value = line.split("#")[0].rstrip()
        if ":" in value and not value.endswith(":"):
            around = [*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2]]
            assert "#" in line or any(one.lstrip().startswith("#") for one in around), f"no word on {line!r}"


def test_a_small_file_changes_what_it_names_and_keeps_the_rest() -> None:
    base, svm = load_config(CONFIGS / "base.yaml"), load_config(CONFIGS / "linear_svm.yaml")
    assert svm.linear.estimator == "linear_svm"
    assert svm.linear.views == base.linear.views


def test_the_command_line_has_the_last_word() -> None:
    assert load_config(CONFIGS / "linear_lr.yaml", ["linear.c=0.25", "seed=99"]).linear.c == 0.25


def test_scientific_notation_is_a_number() -> None:
    assert load_config(CONFIGS / "linear_lr.yaml", ["linear.c=1e-3"]).linear.c == pytest.approx(0.001)


@pytest.mark.parametrize(
    ("override", "complaint"),
    [
        ("linear.cc=1", "unknown key 'linear.cc'"),
        ("colour=red", "unknown key 'colour'"),
        ("linear.c=high", "linear.c"),
        ("linear.c=0", "linear.c"),
        ("linear.views=[letters]", "linear.views"),
        ("linear.encoding=secret", "linear.encoding"),
        ("data.parts=[]", "data.parts"),
        ("seed=-1", "seed"),
        ("abstention.threshold=2", "abstention.threshold"),
        ("model", "not key.path=value"),
        *(
            (f"data.extra.{name}=rows.jsonl", f"data.extra: Value error, the name {name!r}")
            for name in ("test", "validation", "train", "test_real", "validation_CHN", "a:b", "a b")
        ),
    ],
)
def test_a_wrong_override_is_named(override: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(CONFIGS / "linear_lr.yaml", [override])
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["real_dev", "testimony", "world-2024"])
def test_extra_rows_may_be_called_anything_else(name: str) -> None:
    config = load_config(CONFIGS / "linear_lr.yaml", [f"data.extra.{name}=rows.jsonl"])
    assert config.data.extra == {name: "rows.jsonl"}


def test_the_error_names_the_file() -> None:
    with pytest.raises(ConfigError, match=r"linear_lr\.yaml"):
        load_config(CONFIGS / "linear_lr.yaml", ["linear.cc=1"])


def test_a_missing_file_is_one_line() -> None:
    with pytest.raises(ConfigError, match="no configuration at nowhere"):
        load_config("nowhere.yaml")


@pytest.mark.parametrize("text", ["a: [1", "\tx: 1", "a: b: c", "${missing}: 1", "a: ${missing}"])
def test_broken_yaml_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert "broken.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_is_no_configuration(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("- 1\n- 2\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        merge_config(path)


def test_parameters_are_flat_dotted_keys() -> None:
    flat = load_config(CONFIGS / "linear_lr.yaml").flat()
    assert flat["linear.estimator"] == "logistic_regression"
    assert flat["seed"] == "13"


def test_a_misspelt_key_is_named_rather_than_what_it_leaves_missing(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("nam: x\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown key 'nam'"):
        load_config(path)


def test_a_file_far_from_the_base_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("seed: 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="is missing"):
        load_config(path)


def test_mpnet_is_the_same_with_and_without_a_hub() -> None:
    online, offline = (load_config(CONFIGS / f"{name}.yaml").flat() for name in ("mpnet", "mpnet_offline"))
    assert {key for key in online if online[key] != offline[key]} == {"name", "transformer.pretrained"}
