"""Worlds in and out: tables of flows, use and value added, and what surrounds them."""
