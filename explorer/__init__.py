"""A terminal explorer for a folder of documents: who said what, in which words, and where."""

__version__ = "0.1.0"
