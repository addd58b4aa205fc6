"""Which way does each state lean in the news: toward a power, away from it, or in between?"""

__version__ = "0.1.0"
