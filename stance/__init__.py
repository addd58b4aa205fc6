"""Which way does each state lean in the news: toward a power, away from it, or in between?"""
