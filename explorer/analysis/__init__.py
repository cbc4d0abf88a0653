"""Text to names, dates, quotes and speakers: strings in, spans out; knows no file and no index."""

from explorer.analysis.pipeline import analyse
from explorer.analysis.version import ANALYSIS_VERSION

__all__ = ["ANALYSIS_VERSION", "analyse"]
