"""Station 8': is a plan on course, how likely is it to arrive, and what would change the answer."""
