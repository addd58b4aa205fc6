"""The model as MLflow loads and serves it, from code: pairs or whole articles in, rows out.

=============================  ==============================================================
rows with                      give
=============================  ==============================================================
``text``, ``state``, ``power`` a row each: ``stance`` and one probability column a label
``text`` alone, maybe ``id``   a row an alignment: ``article`` (the row's ``id`` or index) and
                               the columns of ``stance score --format csv``
=============================  ==============================================================

It stands among the reports because it makes rows of an article's score; MLflow knows it by its path alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.exceptions import MlflowException
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from stance.errors import StanceError
from stance.models.bundle import Bundle, load_bundle
from stance.models.classifier import labels_of
from stance.report.records import ROW_COLUMNS, to_rows
from stance.schema import LABELS, Article, Example, power_code
from stance.scoring.scorer import Scorer
from stance.text.mentions import find_mentions

BUNDLE = "bundle"
PAIR = ("state", "power")
ARTICLE_COLUMNS = [column for column in ROW_COLUMNS if column not in ("title", "date", "source")]
"""The columns of alignments; an article that is only a text has no title, date and source."""


class StanceModel(PythonModel):
    """Reads a bundle from the logged model's artifacts."""

    bundle: Bundle

    def load_context(self, context: Any) -> None:
        """Load the bundle; MLflow calls this once."""
        self.bundle = load_bundle(Path(context.artifacts[BUNDLE]))

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        """Return what the module docstring says for the columns of ``model_input``.

        Raises:
            MlflowException: a state or power is unknown, one of the two is given without the other, or
                there is no ``text``, or it is empty. (The server passes on the message of no other kind.)
        """
        given = [column for column in PAIR if column in model_input.columns]
        if "text" not in model_input.columns or len(given) == 1:
            raise MlflowException.invalid_parameter_value(
                f"the rows have the columns {', '.join(map(str, model_input.columns))}: give text, state and "
                "power for pairs, or text alone for whole articles"
            )
        if not all(isinstance(text, str) for text in model_input["text"]):
            raise MlflowException.invalid_parameter_value("a row has no text")
        try:
            return self._pairs(model_input) if given else self._articles(model_input)
        except StanceError as error:
            raise MlflowException.invalid_parameter_value(str(error)) from None

    def _pairs(self, rows: pd.DataFrame) -> pd.DataFrame:
        examples = [
            Example(text, state, power_code(power), find_mentions(text))
            for text, state, power in rows[["text", *PAIR]].itertuples(index=False)
        ]
        probabilities = self.bundle.classifier.predict_proba(examples)
        columns = {str(label): probabilities[:, i] for i, label in enumerate(LABELS)}
        return pd.DataFrame({"stance": [str(label) for label in labels_of(probabilities)], **columns})

    def _articles(self, rows: pd.DataFrame) -> pd.DataFrame:
        scorer = Scorer(self.bundle)
        names = rows["id"] if "id" in rows.columns else rows.index
        scored = (
            scorer.score(Article(str(name), text)) for name, text in zip(names, rows["text"], strict=True)
        )
        found = [row for one in scored for row in to_rows(one)]
        return pd.DataFrame(found, columns=ARTICLE_COLUMNS)


set_model(StanceModel())
