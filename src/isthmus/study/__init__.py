"""The whole flow, composed: a study goes in, findings come out."""
