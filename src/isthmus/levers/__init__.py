"""How plans and joint measures act on the model."""
