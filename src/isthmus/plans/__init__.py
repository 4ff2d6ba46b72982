"""Station 1: what each side says it wants."""
