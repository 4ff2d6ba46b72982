"""Edge: where finished work is kept, and how work is run."""
