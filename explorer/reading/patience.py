"""How long the reading of one document may take."""

from __future__ import annotations

import os

SECONDS = 20.0


def read_seconds() -> float:
    """Seconds that a reader may take for a file or for a member of one; EXPLORER_READ_SECONDS overrides the usual 20."""
    try:
        wanted = float(os.environ.get("EXPLORER_READ_SECONDS", SECONDS))
    except ValueError:
        return SECONDS
    return wanted if 0.1 <= wanted <= 3600 else SECONDS
