"""Labelled data: records, validation, splits, statistics, and the cards that composed sentences follow."""
