"""Standard output and standard error: data to the one, notes to the other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from explorer.export.answers import Answer, Format

LONGEST_NOTE = 400


def prepare_streams() -> None:
    """Makes the streams able to write any text, whatever the locale; data is UTF-8 wherever the terminal is."""
    import io

    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (as long as the program)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=sys.stdout.encoding if sys.stdout.isatty() else "utf-8", errors="replace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")


def write(answer: Answer, form: Format) -> None:
    """Writes an answer to standard output."""
    match form:
        case "json":
            from explorer.export.json_form import dump, to_json

            sys.stdout.write(dump(to_json(answer), indent=2) + "\n")
        case "jsonl":
            from explorer.export.json_form import dump, to_json_rows

            sys.stdout.writelines(dump(row) + "\n" for row in to_json_rows(answer))
        case "csv":
            from explorer.export.csv_form import to_csv

            sys.stdout.write(to_csv(answer))
        case "md":
            from explorer.export.markdown_form import to_markdown

            sys.stdout.write(to_markdown(answer))
        case "text":
            from explorer.export.text_form import to_lines, write_lines

            write_lines(to_lines(answer), sys.stdout)


def note(message: str) -> None:
    """Says something beside the data: one line on standard error, whatever is in the message."""
    from explorer.reading.clean import clean_line

    line = clean_line(message, len(message))
    if len(line) > LONGEST_NOTE:  # something long was quoted in it: what was said of it stands before and after
        line = f"{line[: LONGEST_NOTE // 2]} … {line[-LONGEST_NOTE // 2 :]}"
    print(f"explorer: {line}", file=sys.stderr)
