"""Station 3: the world as it is, from input-output tables to a calibrated baseline."""
