"""Sphinx: Markdown pages by MyST, built with warnings as errors."""

from importlib.metadata import version as installed

project = "Isthmus"
author = "The Isthmus contributors"
copyright = "The Isthmus contributors"
version = release = installed("isthmus")
extensions = ["myst_parser", "sphinx.ext.mathjax"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["amsmath", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
math_number_all = False
math_eqref_format = "({number})"
nitpicky = True
html_theme = "furo"
html_title = "Isthmus"
html_show_sphinx = False
