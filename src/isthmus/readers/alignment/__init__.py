"""What alignment starts from: statements, models, words and verdicts."""
