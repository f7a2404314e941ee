"""Measures the bot beside named peers, in one run on one machine: ``python -m bench``. The bot knows nothing of it."""
