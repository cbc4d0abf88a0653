"""Structured records (JSON, JSON Lines, notebooks): every value readable, metadata from the usual names."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.embedded import without_markup
from explorer.reading.fields import MAX_CHARACTERS, cut_text, encoding_problems, first_words, iso_date, unreadable
from explorer.reading.patience import read_seconds
from explorer.reading.text import read_text

_MAX_BYTES = 8 << 20  # a parsed value takes up to thirty times its bytes
_MAX_LENGTH = 48_000_000  # characters of lines, of which 20 million are kept
_PROSE = 120  # characters: a longer value is a paragraph, not an entry
_FIRST_RECORDS = 50
_SHARE = 0.45  # of the time there is, for the lines of a file
_LINE = re.compile(r"[^\r\n]+")
_INDENT = 6  # levels that are shown by blanks
_BODIES = frozenset(("text", "body", "content", "articlebody", "article", "message", "full_text", "description", "abstract"))
_TITLES = ("title", "headline", "subject", "name")
_AUTHORS = ("author", "authors", "byline", "creator", "by", "writer")
_DATES = (
    *("date", "published", "datepublished", "published_at", "publishedat", "publication_date", "pubdate", "date_published"),
    *("publish_date", "published_date", "publicationdate", "created_at", "created", "timestamp", "datecreated", "publishedtime"),
)
_SOURCES = ("source", "publisher", "site_name", "sitename", "outlet", "publication", "journal", "newspaper", "hostname")
_LANGUAGES = ("language", "lang", "inlanguage")

Object = tuple[tuple[str, Any], ...]  # a JSON object as written, names that come twice included


def read_json(data: bytes, cut: bool = False) -> Reading:
    """Reads JSON: a line "name: value" for each short value, paragraphs for long ones, records set apart; notebooks as their
    cells. What is not valid, too deep or too large is shown as it is in the file."""
    if not data.strip():
        return unreadable("empty file", "empty")
    if cut or len(data) > _MAX_BYTES:
        return _as_it_is(data, cut, "too large to be taken apart: shown as it is in the file")
    decoded = decode(data)
    if decoded.binary:
        return unreadable("damaged: binary data, not JSON")
    try:
        value = _parsed(decoded.text)
    except RecursionError:
        return _as_it_is(data, cut, "nested too deeply: shown as it is in the file")
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return read_json_lines(data, cut)
        if not decoded.text[error.pos :].strip() or error.msg.startswith("Unterminated string"):
            return _as_it_is(data, cut, "damaged: it breaks off; shown as it is in the file", "damaged")
        return _as_it_is(data, cut, f"not valid JSON (line {error.lineno}): shown as it is in the file")
    if isinstance(value, tuple) and (cells := _cells(value)) is not None:
        return _notebook(value, cells, decoded)
    records = value if isinstance(value, list) else [value]
    return _reading(records, len(records), _layout(records), decoded, [])


def read_json_lines(data: bytes, cut: bool = False) -> Reading:
    """Reads JSON Lines: the record of each line; lines that are not valid are shown as they are, and counted."""
    if not data.strip():
        return unreadable("empty file", "empty")
    decoded = decode(data, cut=cut, most=_MAX_LENGTH + 1)
    if decoded.binary:
        return unreadable("damaged: binary data, not JSON")
    records: list[Any] = []  # the first few, for a title
    pieces: list[str] = []
    length = bad = 0
    until = time.monotonic() + _SHARE * read_seconds()
    short: Fault = "too large" if len(decoded.text) > _MAX_LENGTH else ""
    end = decoded.text.rfind("\n") if short else len(decoded.text)  # half a line is none
    for match in _LINE.finditer(decoded.text, 0, max(end, 0)):
        line = match.group()
        if not line.strip():
            continue
        try:
            record = _parsed(line) if len(line) <= _MAX_BYTES else line
        except (json.JSONDecodeError, RecursionError):
            bad += 1
            record = line
        if len(records) < _FIRST_RECORDS:
            records.append(record)
        pieces.append(_layout([record]))
        length += len(pieces[-1]) + 2
        if length > MAX_CHARACTERS:
            break
        if time.monotonic() > until:
            short = "too slow"
            break
    if bad * 2 > len(pieces):
        return _as_it_is(data, cut, "not valid JSON: shown as it is in the file")
    lines = "a line is" if bad == 1 else f"{bad} lines are"
    problems = [f"{lines} not valid JSON: shown as in the file"] if bad else []
    if short:
        why = ": it took too long" if short == "too slow" else ""
        problems.insert(0, f"only the first {len(pieces):,} records read{why}")
    reading = _reading(records, len(pieces), "\n\n".join(filter(None, pieces)), decoded, problems)
    return replace(reading, state="partial", fault=short) if short and reading.text else reading


def _parsed(text: str) -> Any:
    """A JSON value; objects are tuples of pairs, numbers and constants as written, null is None."""
    return json.loads(
        text.removeprefix("\ufeff"), object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=str, strict=False
    )


def _as_it_is(data: bytes, cut: bool, problem: str, fault: Fault = "") -> Reading:
    reading = read_text(data, cut=cut)
    if reading.state == "unreadable":
        return reading
    state = "partial" if fault else reading.state
    return replace(reading, problems=(problem, *reading.problems), fault=reading.fault or fault, state=state)


def _reading(records: list[Any], count: int, laid_out: str, decoded: Decoded, problems: list[str]) -> Reading:
    """The reading of ``count`` records, the first of which are given; one alone says what it is itself."""
    text, cut_problems = cut_text(normalise(laid_out))
    if not text.strip():
        return unreadable("nothing is in it but empty values", "empty")
    found = Reading(text, body_end=len(text), problems=(*cut_problems, *problems, *encoding_problems(decoded)))
    if cut_problems:
        found = replace(found, state="partial", fault="too large")
    if count == 1 and isinstance(records[0], tuple):
        return _with_metadata(found, records[0])
    return replace(found, title=_title_of_many(records, count) or first_words(text).rstrip(":"), guessed=("title",))


def _title_of_many(records: list[Any], count: int) -> str:
    objects = [record for record in records[:_FIRST_RECORDS] if isinstance(record, tuple)]
    names = list(dict.fromkeys(clean_line(name, 40) for record in objects for name, _ in record[:20]))
    if count < 2 or not names:
        return ""
    return f"{count:,} records: {', '.join(names[:6])}{', …' if len(names) > 6 else ''}"


def _with_metadata(found: Reading, record: Object) -> Reading:
    by_name: dict[str, Any] = {}
    for name, value in record[:200]:
        by_name.setdefault(name.lower(), value)
    title, named = next(((words, name) for name in _TITLES if (words := _name(by_name.get(name)))), ("", ""))
    date = next((day for name in _DATES if (day := iso_date(_name(by_name.get(name))))), None)
    language = next((words for name in _LANGUAGES if (words := _name(by_name.get(name)))), "")
    return replace(
        found,
        title=clean_line(title) or first_words(found.text).rstrip(":"),
        author=clean_line(next((words for name in _AUTHORS if (words := _name(by_name.get(name)))), "")),
        date=date,
        source=clean_line(next((words for name in _SOURCES if (words := _name(by_name.get(name)))), "")),
        language=language[:2].lower() if language[:2].isalpha() and language[:2].isascii() else None,
        guessed=() if title and named != "name" else ("title",),
    )


def _name(value: Any) -> str:
    """A value as a name: itself, the name of an object, or those of a list."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item) for item in value[:20] if not isinstance(item, list))))
    if isinstance(value, tuple):
        return next((item for name, item in value if name.lower() == "name" and isinstance(item, str)), "")
    return " ".join(value[:1000].split()) if isinstance(value, str) else ""


def _layout(records: list[Any]) -> str:
    """The text of all records, a blank line between them."""
    pieces: list[str] = []
    length = 0
    for piece in _blocks(records):
        if not piece and pieces and not pieces[-1]:
            continue  # one blank line is enough
        pieces.append(piece)
        length += len(piece) + 1
        if length > MAX_CHARACTERS + 1:
            break
    return "\n".join(pieces).strip("\n")


def _blocks(records: list[Any]) -> Iterator[str]:
    """Lines in order, "" for a blank one; no recursion, so that depth does not matter."""
    waiting: list[tuple[int, Iterator[tuple[str, Any]], bool]] = [(0, (("", record) for record in records), True)]
    while waiting:
        depth, members, listed = waiting[-1]
        name, value = next(members, ("", waiting))
        if value is waiting:
            waiting.pop()
            yield from [""] if len(waiting) < 2 or listed else []
            continue
        label = " " * 2 * min(depth, _INDENT) + (f"{name}: " if name else "")
        if isinstance(value, list) and value and all(map(_is_entry, value)):
            yield f"{label}{', '.join(map(_word, value))}"
        elif isinstance(value, tuple | list):
            if name and value:
                yield label.rstrip()
            inner = iter(value) if isinstance(value, tuple) else (("", item) for item in value)
            waiting.append((depth + bool(name), inner, isinstance(value, list) or listed))
        elif _is_entry(value):
            if value is not None and value != "":
                yield label + _word(value)
        else:
            yield from ("", *([] if not name or name.lower() in _BODIES else [label.rstrip()]), without_markup(value), "")


def _is_entry(value: Any) -> bool:
    """Whether a value fits on a line with others."""
    return not isinstance(value, tuple | list) and not (isinstance(value, str) and (len(value) > _PROSE or "\n" in value))


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else without_markup(str(value))


def _cells(value: Object) -> list[Object] | None:
    """The cells of a notebook (nbformat 3 and 4); None where it is none."""
    top = dict(value)
    if "nbformat" not in top:
        return None
    sheets = top.get("worksheets")
    holders = [dict(sheet) for sheet in sheets if isinstance(sheet, tuple)] if isinstance(sheets, list) else [top]
    lists = [holder.get("cells") for holder in holders]
    return [cell for cells in lists if isinstance(cells, list) for cell in cells if isinstance(cell, tuple)]


def _notebook(value: Object, cells: list[Object], decoded: Decoded) -> Reading:
    """A notebook: sources and what they put out, in order."""
    pieces: list[str] = []
    heading = ""
    for cell in map(dict, cells):
        source = _joined(cell.get("source", cell.get("input")))
        pieces.append(source)
        if not heading and cell.get("cell_type") in ("markdown", "heading"):
            heading = next((line.strip("# ") for line in source.split("\n") if line.startswith("#")), "")
        outputs = cell.get("outputs")
        pieces.extend(_output(dict(output)) for output in outputs or () if isinstance(output, tuple))
    text, problems = cut_text(normalise("\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())))
    if not text.strip():
        return unreadable("nothing is in its cells", "empty")
    metadata = dict(value).get("metadata")
    known = dict(metadata) if isinstance(metadata, tuple) else {}
    title = clean_line(_name(known.get("title")) or heading)
    return Reading(
        text,
        title or first_words(text),
        clean_line(_name(known.get("authors")) or _name(known.get("author"))),
        iso_date(_name(known.get("date"))),
        guessed=() if title else ("title",),
        problems=(*problems, *encoding_problems(decoded)),
        state="partial" if problems else "ok",
        body_end=len(text),
        fault="too large" if problems else "",
    )


def _output(output: dict[str, Any]) -> str:
    """The text of a cell's output: printed, a value's plain form, or an error."""
    data = output.get("data")
    shown = {**output, **(dict(data) if isinstance(data, tuple) else {})}
    for name in ("text", "text/plain", "text/markdown"):
        if found := _joined(shown.get(name)):
            return found
    if found := _joined(shown.get("text/html")):
        return without_markup(found)
    return ": ".join(filter(None, (_joined(output.get("ename")), _joined(output.get("evalue")))))


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "".join(piece for piece in value if isinstance(piece, str))
    return value if isinstance(value, str) else ""
