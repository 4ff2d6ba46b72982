"""Edge in: files become records. Every repair is counted and every refusal names file, row and remedy."""
