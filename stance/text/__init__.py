"""From bytes to examples: reading, sentences, the gazetteer, mentions, dyads."""
