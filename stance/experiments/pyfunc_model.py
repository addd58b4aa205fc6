"""The model as MLflow loads and serves it, from code: rows of text, state and power in, stances out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from stance.models.bundle import Bundle, load_bundle
from stance.models.classifier import labels_of
from stance.schema import LABELS, Example, power_code
from stance.text.mentions import find_mentions

BUNDLE = "bundle"


class StanceModel(PythonModel):
    """Reads a bundle from the logged model's artifacts."""

    bundle: Bundle

    def load_context(self, context: Any) -> None:
        """Load the bundle; MLflow calls this once."""
        self.bundle = load_bundle(Path(context.artifacts[BUNDLE]))

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        """Return ``stance`` and one probability column a label for rows of ``text``, ``state``, ``power``."""
        examples = [
            Example(text, state, power_code(power), find_mentions(text))
            for text, state, power in model_input[["text", "state", "power"]].itertuples(index=False)
        ]
        probabilities = self.bundle.classifier.predict_proba(examples)
        columns = {str(label): probabilities[:, i] for i, label in enumerate(LABELS)}
        return pd.DataFrame({"stance": [str(label) for label in labels_of(probabilities)], **columns})


set_model(StanceModel())
