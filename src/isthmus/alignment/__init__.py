"""Where two plans meet, complement each other, collide and miss each other."""
