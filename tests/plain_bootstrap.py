"""The cluster bootstrap as its definition says, slow and plain: the oracle of the fast one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.intervals import Interval, percentile_interval, resamples


def cluster_bootstrap(
    statistic: Callable[[NDArray[np.int64]], float], clusters: Sequence[str], seed: int = 0, draws: int = 1000
) -> Interval:
    """Return a statistic with its 95% percentile interval over resampled clusters (Field and Welsh, 2007).

    Args:
        statistic: gets indices of examples, with repetition, and returns the figure.
        clusters: the cluster (sentence, document) of each example; examples of one are drawn together.
        seed: of the draws.
        draws: how many resamples.
    """
    names = {name: index for index, name in enumerate(dict.fromkeys(clusters))}
    members: list[list[int]] = [[] for _ in names]
    for index, name in enumerate(clusters):
        members[names[name]].append(index)
    arrays = [np.array(one, dtype=np.int64) for one in members]
    picks = (pick for some in resamples(len(arrays), draws, seed) for pick in some)
    values = [statistic(np.concatenate([arrays[i] for i in pick])) for pick in picks]
    return percentile_interval(statistic(np.arange(len(clusters))), values, len(arrays))
