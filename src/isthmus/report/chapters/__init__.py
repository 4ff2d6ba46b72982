"""One module for each chapter of the report, named as its station."""
