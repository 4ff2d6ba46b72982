"""Which joint projects are worth doing, when, and paid by whom."""
