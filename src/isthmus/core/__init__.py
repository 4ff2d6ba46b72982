"""Shared vocabulary of all stations; it knows none of them."""
