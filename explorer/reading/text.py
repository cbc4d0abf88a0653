"""Plain text and Markdown: the file's own text, with title, source, author and date from its head."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import decode
from explorer.reading.fields import MAX_CHARACTERS, cut_text, encoding_problems, first_words, iso_date, unreadable

_HEAD_LENGTH = 20_000
_HEADING_LENGTH = 300
_SOURCE_LENGTH = 80
_BYLINE = re.compile(r"[Bb]y[: ] {0,3}(?=\w)(.{2,100})")
_FIELD = re.compile(r"(?:#\+)?[\"']?([A-Za-z][A-Za-z_. -]{1,30})[\"']?[ \t]{0,5}[:=][ \t]{0,5}(.{0,1000})")
_HASH_HEADING = re.compile(r" {0,3}# {1,5}(.{1,1000})")
_ATTRIBUTES = re.compile(r"\{[#.][^{}]{0,300}\}\s{0,9}$")  # of a heading: {#name .sort}
_SEPARATOR = re.compile(r", | [|·–—-] ")
_TEX = re.compile(r"\\(title|author|date)\{([^{}\n]{2,300})\}")
_UNDERLINE = re.compile(r"={2,}[ \t]{0,20}")
_FIELD_NAMES = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "by": "author",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "pubdate": "date",
    "source": "source",
    "outlet": "source",
    "publication": "source",
    "publisher": "source",
    "lang": "language",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say of the document; empty where they say nothing."""

    title: str = ""
    author: str = ""
    date: str | None = None
    source: str = ""
    language: str | None = None


def read_markdown(data: bytes, cut: bool = False) -> Reading:
    """Reads a Markdown file as a text file whose first heading is its title."""
    return read_text(data, cut, markdown=True)


def read_text(data: bytes, cut: bool = False, markdown: bool = False) -> Reading:
    """Reads a text file. The reading's text is the whole file, head included, so offsets are the file's own (after line
    ends were normalised and a byte order mark dropped). ``cut`` says that ``data`` is only the file's beginning."""
    if not data:
        return unreadable("empty file", "empty")
    decoded = decode(data, cut=cut, most=MAX_CHARACTERS + 1)
    if decoded.binary:
        return unreadable("binary data, not text", "not a document")
    text, problems = cut_text(decoded.text)  # first, as each step makes a copy
    text = normalise(text)
    if not text.strip():
        return unreadable("no text in it, only white space", "empty")
    head = read_head(text, markdown)
    guessed = () if head.title else ("title",)
    if guessed:
        head = replace(head, title=first_words(text))
    return Reading(
        text,
        head.title,
        head.author,
        head.date,
        head.source,
        head.language,
        guessed,
        (*problems, *encoding_problems(decoded)),
        "partial" if problems else "ok",
        len(text),
        fault="too large" if problems else "",
    )


def read_head(text: str, markdown: bool = False) -> Head:
    """Title, author, date and source from the first lines of a clean text: front matter or a block of "Title: …" lines,
    a Markdown heading, or a title line with "Source, 2001-03-05" or "By Somebody" in the lines right below it."""
    lines = [line.strip() for line in text[:_HEAD_LENGTH].split("\n")]
    while lines and not lines[0]:
        del lines[0]
    if not lines:
        return Head()
    if lines[0].startswith(("\\documentclass", "%")) and "\\document" in text[:_HEAD_LENGTH]:
        said = dict(reversed(_TEX.findall(text[:_HEAD_LENGTH])))  # the first of each
        names = clean_line(said.get("author", "").replace(" \\and", ","))
        return Head(clean_line(said.get("title", "")), "" if "\\" in names else names, iso_date(said.get("date", "")))
    if lines[0] in ("---", "+++") and lines[0] in lines[1:]:
        end = lines.index(lines[0], 1)
        head, rest = _fields(lines[1:end]), lines[end + 1 :]
        return head if head.title or not markdown else replace(head, title=_heading(rest)[0])
    if lines[0].startswith("#+") and (head := _fields([line for line in lines if line.startswith("#+")])).title:
        return head  # Org: blank lines may stand between its fields
    if markdown and lines[0].startswith("% "):
        return _title_block(lines[: lines.index("")] if "" in lines else lines)
    head = _fields(lines[: lines.index("")] if "" in lines else lines, block=True)
    if head.title:
        return head
    title, end = _heading(lines) if markdown else ("", 0)
    if title:
        author, date, source, _ = _lines_below(lines[end:])
        return Head(title, author, date, source)
    if len(lines[0]) > _HEADING_LENGTH:
        return Head()
    author, date, source, known = _lines_below(lines[1:])  # any line may come first: those below it prove it a title
    return Head(clean_line(lines[0]), author, date, source) if known else Head()


def _title_block(lines: list[str]) -> Head:
    """Pandoc's title, authors and date, each behind a "%", each in as many lines as it needs."""
    said: list[str] = []
    for line in lines:
        if line.startswith("%"):
            said.append(line[1:])
        else:
            said[-1] = said[-1].rstrip("; ") + (" " if len(said) == 1 else "; ") + line
    title, authors, date = (clean_line(value).strip("; ") for value in (*said, "", "")[:3])
    return Head(title, authors, iso_date(date))


def _heading(lines: list[str]) -> tuple[str, int]:
    """The first top heading of Markdown, and the number of lines up to its end; code fences are passed over."""
    fenced = False
    for i, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (match := _HASH_HEADING.fullmatch(line)):
            return clean_line(_ATTRIBUTES.sub("", match[1]).rstrip("# ")), i + 1
        elif not fenced and line and i + 1 < len(lines) and _UNDERLINE.fullmatch(lines[i + 1]):
            return clean_line(line), i + 2
    return "", 0


def _fields(lines: list[str], block: bool = False) -> Head:
    """ "Title: …" lines as a head. With ``block`` every line must be a field, else nothing counts."""
    found: dict[str, str] = {}
    for line in lines[:60]:
        match = _FIELD.fullmatch(line)
        if match:
            name = _FIELD_NAMES.get(match[1].strip().lower())
            value = clean_line(match[2]).strip("\"'[] ")
            if name and value:
                found.setdefault(name, value)
        elif block:
            return Head()
    return Head(
        found.get("title", ""),
        found.get("author", ""),
        iso_date(found.get("date", "")),
        found.get("source", ""),
        found.get("language"),
    )


def _lines_below(lines: list[str]) -> tuple[str, str | None, str, bool]:
    """Author, date and source from the lines below a title, and whether any of them was there."""
    author, date, source, known = "", None, "", False
    for line in [line for line in lines[:6] if line][:3]:
        if match := _BYLINE.fullmatch(line):
            author = clean_line(match[1])
        elif found := _source_and_date(line):
            source, date = found
        else:
            break
        known = True
    return author, date, source, known


def _source_and_date(line: str) -> tuple[str, str] | None:
    """ "Reuters, 2001-03-05", "Reuters, 5 March 2001", "Reuters | March 5, 2001" or a date alone."""
    line = clean_line(line.strip("*_ "), 200)
    date = iso_date(line)
    if date and len(date) == 10:
        return "", date
    for mark in _SEPARATOR.finditer(line, 1, _SOURCE_LENGTH):
        if date := iso_date(line[mark.end() :]):
            return line[: mark.start()].strip(), date
    return None
