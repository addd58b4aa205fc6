"""How many megabytes of text a second the gazetteer reads on one core.

Run ``python experiments/benchmarks/gazetteer.py``. The text is made of sentence frames filled with forms
of the project's own table, so that it is dense with names, as in news about foreign affairs.
"""

from __future__ import annotations

import random
import time

from stance.text.forms import Form, read_forms
from stance.text.gazetteer import Gazetteer

FRAMES = (
    "Officials of {} said on Tuesday that the agreement with {} would be signed before the end of the year.",
    "The minister told reporters that {} had not yet decided whether to buy the aircraft that were on offer.",
    "After months of negotiation the two sides settled the dispute over fishing rights near the islands.",
    "Analysts expect {} to keep its distance from {}, although trade between them has doubled since then.",
    "Nobody in the room could say how long the talks would take or who would pay for the new railway line.",
)


def sample(sentences: int, seed: int = 0) -> list[str]:
    """Return sentences with random forms in their frames."""
    rng = random.Random(seed)  # noqa: S311
    forms: list[Form] = [
        form for form in read_forms() if form.kind in ("name", "demonym", "capital", "leader")
    ]
    texts = []
    for _ in range(sentences):
        frame = rng.choice(FRAMES)
        names = [rng.choice(forms).form for _ in range(frame.count("{}"))]
        texts.append(frame.format(*names))
    return texts


def main() -> None:
    """Print the rate sentence by sentence, and over articles of 30 sentences."""
    gazetteer = Gazetteer.load()
    sentences = sample(60_000)
    articles = [" ".join(sentences[i : i + 30]) for i in range(0, len(sentences), 30)]
    for name, texts in (("sentences", sentences), ("articles", articles)):
        size = sum(len(text.encode()) for text in texts) / 1e6
        began = time.perf_counter()
        mentions = sum(len(gazetteer.find(text)) for text in texts)
        seconds = time.perf_counter() - began
        print(f"{name}: {size:.1f} MB, {mentions} mentions, {size / seconds:.1f} MB/s")


if __name__ == "__main__":
    main()
