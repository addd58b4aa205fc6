"""Sweeps: what is run, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import ConfigError
from stance.evaluation.intervals import Interval, over_seeds
from stance.experiments.comparison import Summary, comparison_picture, heading, markdown_table
from stance.experiments.sweep import Sweep, cells, load_sweep, summarise

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = ROOT / "configs"
SWEEPS = sorted((ROOT / "experiments").glob("*/*.yaml"))


def sweep(**changes: object) -> Sweep:
    given = {"name": "s", "question": "Why?", "configs": ("majority.yaml",), "seeds": (1, 2)}
    return Sweep.model_validate(given | changes)


@pytest.mark.parametrize("path", SWEEPS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sweep_of_the_project_loads(path: Path) -> None:
    assert cells(load_sweep(path), path.parent)


def test_every_config_is_run_with_every_seed() -> None:
    found = cells(sweep(configs=("majority.yaml", "linear_lr.yaml")), CONFIGS)
    assert [(cell.label, cell.config.seed) for cell in found] == [
        ("majority", 1),
        ("majority", 2),
        ("linear_lr", 1),
        ("linear_lr", 2),
    ]


def test_two_runs_that_would_be_one_row_are_refused() -> None:
    both = ("linear_lr.yaml", "linear_svm.yaml")
    with pytest.raises(ConfigError, match="2 runs of the sweep are called 'mine' with seed 1"):
        cells(sweep(configs=both, seeds=(1,), overrides=("name=mine",)), CONFIGS)


def test_a_grid_is_run_in_all_combinations() -> None:
    grid = {"linear.c": (1, 2), "linear.balanced": ("true", "false")}
    found = cells(sweep(configs=("linear_lr.yaml",), seeds=(1,), grid=grid), CONFIGS)
    assert [(cell.config.linear.c, cell.config.linear.balanced) for cell in found] == [
        (1, True),
        (1, False),
        (2, True),
        (2, False),
    ]


@pytest.mark.parametrize("value", [None, "abc.def"])
def test_a_value_of_a_grid_stays_what_it_is(value: str | None) -> None:
    (cell,) = cells(sweep(seeds=(1,), grid={"distillation.teacher": (value,)}), CONFIGS)
    assert cell.config.distillation.teacher == value


def test_a_list_in_a_grid_is_one_value() -> None:
    (cell,) = cells(sweep(seeds=(1,), grid={"data.parts": (["composed", "real"],)}), CONFIGS)
    assert cell.config.data.parts == ("composed", "real")
    assert cell.label == 'majority data.parts=["composed", "real"]'


def test_there_are_no_more_seeds_than_an_interval_can_be_made_of(tmp_path: Path) -> None:
    assert over_seeds([float(seed) for seed in sweep(seeds=range(16)).seeds]).n == 16
    path = tmp_path / "sweep.yaml"
    path.write_text(f"name: x\nquestion: y\nconfigs: [a.yaml]\nseeds: {list(range(17))}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sweep\.yaml: seeds: .*at most 16"):
        load_sweep(path)


@pytest.mark.parametrize(
    "data",
    ["question: Où?".encode("latin-1"), b"name: [", b"name: ${nowhere}"],
    ids=["latin-1", "yaml", "key"],
)
def test_a_file_that_is_no_sweep_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "sweep.yaml").write_bytes(data)
    with pytest.raises(ConfigError, match=r"sweep\.yaml") as caught:
        load_sweep(tmp_path / "sweep.yaml")
    assert "\n" not in str(caught.value)


def test_a_missing_sweep_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no sweep at .*sweep\.yaml"):
        load_sweep(tmp_path / "sweep.yaml")


def test_a_run_is_known_again_by_configuration_and_corpus() -> None:
    one, other = cells(sweep(), CONFIGS)
    config = one.config
    assert config.digest("corpus") == cells(sweep(), CONFIGS)[0].config.digest("corpus")
    assert len({config.digest("corpus"), other.config.digest("corpus"), config.digest("another")}) == 3


def test_seeds_become_a_mean_with_an_interval() -> None:
    runs = [{"f1": 0.4}, {"f1": 0.6}]
    (summary,) = summarise(cells(sweep(), CONFIGS), runs)
    assert summary.metrics["f1"].mean == pytest.approx(0.5)
    assert summary.metrics["f1"].n == 2


def test_a_misspelt_key_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sweep.yaml"
    path.write_text("name: x\nquestion: y\nconfigs: [a.yaml]\nseed: [1]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sweep\.yaml: seed"):
        load_sweep(path)


def test_overrides_of_the_command_line_come_last() -> None:
    path = ROOT / "experiments" / "baselines" / "sweep.yaml"
    assert load_sweep(path, ["linear.c=3"]).overrides[-1] == "linear.c=3"


RESULTS = [
    Summary("a", {"test_macro_f1": Interval(0.5, 0.45, 0.55, 5)}),
    Summary("b", {"test_macro_f1": Interval(0.6, 0.55, 0.65, 5), "test_ece": Interval(0.1, 0.1, 0.1, 1)}),
]


def test_the_table_has_a_row_a_model_and_skips_what_nobody_measured() -> None:
    table = markdown_table(RESULTS, ["test_macro_f1", "unknown"])
    assert table.splitlines() == [
        "| model | test macro-F1 |",
        "| --- | --- |",
        "| a | 0.500 [0.450, 0.550] |",
        "| b | 0.600 [0.550, 0.650] |",
    ]


def test_a_missing_value_is_a_dash() -> None:
    assert "| a | - |" in markdown_table(RESULTS, ["test_ece"])


def test_the_picture_has_a_panel_a_metric() -> None:
    assert len(comparison_picture(RESULTS, ["test_macro_f1", "test_ece"]).axes) == 2


def test_headings_are_spelt_as_in_the_field() -> None:
    assert heading("real_dev_macro_f1_three") == "real dev macro-F1 (three labels)"
