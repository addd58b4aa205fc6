"""Readers of public data sets and of users' own tables: one module a format, gathered in ``registry``.

What the labels of a format mean here, and what they do not:

=============  ==============================================================================================
newsmtsc       the sentiment of a sentence toward a target; nobody holds it, so no dyad: a target table
dse            the sentiment of one entity toward another; where the holder is a state and the other a power
               it is taken for a stance (``toward``, ``away``, ``none``), else a row of the target table
semeval2016    the stance of a tweet's author toward a target; the author is no state: a target table
csv            the user's own labels of (text, state, power), by the codebook or mapped to it
label-studio   the same, from an export of Label Studio; or a target table
=============  ==============================================================================================

**Sentiment is not alignment.** A government can praise a power that it keeps at a distance, and rely on one
that it scolds; sentiment knows no hedging. Imported records therefore carry ``origin`` = the format's name
and ``phenomenon`` = "imported", so that they can be told from annotated ones, left out, or measured apart.

The target table is one JSON object a line: ``text``, ``target``, ``label`` (the source's own word in lower
case) and, where the source names one, ``holder``. A transformer can learn it as an intermediate task before
it learns stances: ``stance train configs/minilm.yaml transformer.intermediate=TABLE.jsonl``.
"""
