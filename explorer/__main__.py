"""The command `explorer`."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line and returns its exit code; interrupted while it is still starting, it ends quietly too."""
    try:
        from explorer.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
