"""The version of what the analysis finds."""

ANALYSIS_VERSION = 4  # to be raised whenever the analysis finds other things, so that texts are analysed again
