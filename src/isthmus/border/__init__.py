"""What the border between two economies costs, by cause."""
