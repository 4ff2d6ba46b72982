"""Published values in."""
