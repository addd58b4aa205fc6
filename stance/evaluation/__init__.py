"""How right a classifier is, how sure it may be of itself, and by how much chance moves the figures."""
