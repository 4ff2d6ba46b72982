"""Reads corridor networks: a directory of plain tables."""
