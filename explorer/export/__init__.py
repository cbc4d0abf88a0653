"""Answers as JSON, CSV, Markdown and text: one writer for screen and command line."""
