"""From an article to alignments: which states lean where, how surely, and which sentences say so."""
