"""Isthmus: two economies' development plans, the border between them, and what aligning them is worth."""
