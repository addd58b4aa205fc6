"""Classifiers: from an example to probabilities over the four labels."""
