"""Edge out: findings become sentences, charts, tables and one self-contained page, in every language."""
