"""Which way does each state lean in the news: toward a power, away from it, or in between?

>>> import stance
>>> stance.Scorer.load().score("Pakistan signed a defence pact with China.").states
(StateLean(state='PAK', lean=<Lean.CHN: 'CHN'>),)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.corpus.dataset import load_corpus as load_corpus
    from stance.evaluation.evaluate import evaluate as evaluate
    from stance.experiments.run import train as train
    from stance.models.classifier import Classifier as Classifier
    from stance.scoring.scorer import Scorer as Scorer

__version__ = "0.1.0"

_HOMES = {
    "Classifier": "stance.models.classifier",
    "Scorer": "stance.scoring.scorer",
    "evaluate": "stance.evaluation.evaluate",
    "load_corpus": "stance.corpus.dataset",
    "train": "stance.experiments.run",
}

__all__ = ["Classifier", "Scorer", "__version__", "evaluate", "load_corpus", "train"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import stance`` stays cheap."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'stance' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
