"""The query language: text → our own small syntax tree, which engines compile and the marker walks."""
