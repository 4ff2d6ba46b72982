"""One module for each command of the command line; they are imported only when they are called."""
