"""Station 6: what changes when the border or the plans change."""
