"""Runs: from a YAML file to a trained, measured and tracked model."""
