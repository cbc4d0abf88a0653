"""Reads the marked articles of ``training/articles`` as gold documents: text, names, dates, quotes with their speakers.

One article a file: a line ``# id | outlet | yyyy-mm-dd | title``, then the text with marks: <p n=…> person, <o n=…> organisation,
<l n=…> place, <d v=…> date, <q i=… by=…> quoted or reported words, <s i=…> the words for their speaker, <c i=…> the cue.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

TYPES = {"p": "PERSON", "o": "ORG", "l": "PLACE", "d": "DATE"}
_MARK = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+=\"[^\"]*\")*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")
Mark = tuple[str, dict[str, str], int, int]


def read_article(path: Path) -> dict[str, Any]:
    """The article as a document of the gold's form, offsets half-open in code points; ValueError names a slip in the marks."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    fields = [part.strip() for part in head.lstrip("# ").split("|", 3)]
    if len(fields) != 4:
        raise ValueError(f"{path.name}: the first line is not '# id | outlet | date | title'")
    text, marks = read_marks(body.strip("\n"))
    names = _in_this_article(text, marks)
    return {
        "id": fields[0],
        "source": "own",
        "outlet": fields[1],
        "date": fields[2],
        "title": fields[3],
        "licence": "CC0-1.0",
        "genre": "news",
        "layers": ["entities", "quotes"],
        "types": sorted(TYPES.values()),
        "text": text,
        "entities": [_entity(text, mark, names) for mark in sorted(marks, key=lambda mark: mark[2]) if mark[0] in TYPES],
        "quotes": sorted(_quotes(text, marks, names), key=lambda quote: quote["start"]),
    }


def read_marks(marked: str) -> tuple[str, list[Mark]]:
    """The text without its marks, and (mark, attributes, start, end) of each; ValueError where they do not nest."""
    text, place = "", 0
    open_marks: list[tuple[str, dict[str, str], int]] = []
    found: list[Mark] = []
    for match in _MARK.finditer(marked):
        text += unescape(marked[place : match.start()])
        place = match.end()
        closes, name, attributes = match.groups()
        if name not in (*TYPES, "q", "s", "c"):
            raise ValueError(f"unknown mark <{name}> after {text[-40:]!r}")
        if not closes:
            pairs = _ATTRIBUTE.findall(attributes)
            open_marks.append((name, {key: unescape(value) for key, value in pairs}, len(text)))
            continue
        if not open_marks or open_marks[-1][0] != name:
            raise ValueError(f"</{name}> closes nothing after {text[-40:]!r}")
        _, known, start = open_marks.pop()
        inside = text[start:]
        if not inside or inside != inside.strip() or "\n" in inside:
            raise ValueError(f"<{name}> is empty, has outer blanks or crosses a line: {inside!r}")
        found.append((name, known, start, len(text)))
    if open_marks:
        raise ValueError(f"<{open_marks[-1][0]}> is never closed")
    return text + unescape(marked[place:]), found


def _in_this_article(text: str, marks: list[Mark]) -> dict[str, str]:
    """Each canonical name as this article allows it: itself where it stands in the text, else its longest form here."""
    forms: dict[str, list[str]] = {}
    for name, attributes, start, end in marks:
        if name in "pol":
            forms.setdefault(attributes["n"], []).append(text[start:end])
    return {name: name if name in text else max(here, key=len) for name, here in forms.items()}


def _entity(text: str, mark: Mark, names: dict[str, str]) -> dict[str, Any]:
    name, attributes, start, end = mark
    entity: dict[str, Any] = {"start": start, "end": end, "text": text[start:end], "type": TYPES[name]}
    if name == "d":
        if attributes.get("v"):
            entity["iso"] = attributes["v"]
    else:
        entity |= {"name": names[attributes["n"]], "aliases": [attributes["n"]]}
    return entity


def _quotes(text: str, marks: list[Mark], names: dict[str, str]) -> list[dict[str, Any]]:
    parts: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark[0] in "qsc":
            parts.setdefault(mark[1]["i"], []).append(mark)
    found = []
    for number, mine in parts.items():
        segments = sorted([start, end] for name, _, start, end in mine if name == "q")
        if not segments:
            raise ValueError(f"quote {number} has no <q>")
        by = next(attributes.get("by", "") for name, attributes, _, _ in mine if name == "q")
        found.append(
            {
                "start": segments[0][0],
                "end": segments[-1][1],
                "text": text[segments[0][0] : segments[-1][1]],
                "segments": segments,
                "speaker": _speaker(text, mine, by, names) if by else None,
                "cue": _span(text, mine, "c"),
                "speech": True,
            }
        )
    return found


def _span(text: str, marks: list[Mark], wanted: str) -> dict[str, Any] | None:
    for name, _, start, end in marks:
        if name == wanted:
            return {"start": start, "end": end, "text": text[start:end]}
    return None


def _speaker(text: str, marks: list[Mark], by: str, names: dict[str, str]) -> dict[str, Any]:
    words = _span(text, marks, "s") or {"start": None, "end": None, "text": None}
    aliases = [by, words["text"]] if words["text"] and by not in names else [by]
    return {**words, "name": names.get(by, by), "aliases": aliases}
