"""Station 4: what the border costs."""
