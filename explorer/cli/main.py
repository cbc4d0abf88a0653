"""From the arguments to an exit code: 0 found or done, 1 nothing found, 2 an error, 130 interrupted."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from explorer.cli.commands import APP, COMMANDS
from explorer.cli.options import read_arguments
from explorer.cli.output import note, prepare_streams
from explorer.model import ExplorerError

ERROR, INTERRUPTED = 2, 130


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code; whatever goes wrong is one line on standard error."""
    prepare_streams()
    try:
        try:
            return _dispatch(arguments)
        finally:
            sys.stdout.flush()
    except SystemExit as leaving:  # argparse after -h
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        note("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        _drop_output()
        return 0
    except ExplorerError as error:
        note(_told(error))
        return ERROR
    except OSError as error:
        _drop_output()
        note(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
        return ERROR
    except Exception as error:
        from explorer.library.service import as_told

        note(str(as_told(error, f"explorer {' '.join(arguments)}")))
        return ERROR


def _dispatch(arguments: Sequence[str]) -> int:
    command = next((command for command in COMMANDS if arguments and command.name == arguments[0]), APP)
    options, words = read_arguments(command, arguments[1:] if command is not APP else arguments)
    module, function = command.run.split(":")
    code: int = getattr(import_module(f"explorer.cli.{module}"), function)(options, words)
    return code


def _told(error: ExplorerError) -> str:
    column, repair = getattr(error, "column", None), getattr(error, "repair", None)
    where = "" if column is None else f" (column {column + 1})"
    return f"{error}{where}" + (f"; perhaps: {repair}" if repair else "")


def _drop_output() -> None:
    """Sends what is still to be written to standard output nowhere, so that the interpreter does not try again at its end."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):
        return
