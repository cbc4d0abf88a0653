"""PDF files: the text of each page, its printed lines joined into paragraphs."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.fields import MAX_CHARACTERS, cut_text, first_words, iso_date, unreadable
from explorer.reading.text import Head, read_head

_SECONDS = 12.0  # a reader that stops by itself keeps what it has; one that is killed keeps nothing
_HYPHEN = re.compile("[\ufffe\x02][ \t]{0,3}(?:\r?\n)?")  # how PDFium marks a word that was hyphenated at a line's end
_ENDS = (".", "!", "?", ":", "”", '"', "’")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_TOOL_TITLE = re.compile(r"(?:Microsoft (?:Word|PowerPoint|Excel) - |untitled\b|slide 1\b|title\b$)", re.I)
_FILE_TITLE = re.compile(r"\S{1,200}\.(?:docx?|pptx?|xlsx?|rtf|odt|tex|dvi|indd|qxd|pdf|html?|txt|ps|eps|md)", re.I)


def read_pdf(data: bytes) -> Reading:
    """Reads the text layer page by page; a page that fails is named and the others are kept. Form fields and notes are
    not read. The file's creation date stands in for the document's, marked as guessed."""
    import pypdfium2  # one process, one thread: PDFium is not thread-safe

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (_PASSWORD, _SECURITY):
            return unreadable("password needed")
        return unreadable("damaged: not a PDF file that can be opened")
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: Any) -> Reading:
    pages, problems = _pages(document)
    if _has_form(document):
        problems.append("form fields not read")
    text, cut_problems = cut_text(normalise("\n\n".join(page for page in pages if page)))
    if not text.strip():
        broken = [problem for problem in problems if problem != "form fields not read"]
        reason = "no text layer: its pages are pictures or empty"
        return Reading("", state="unreadable", problems=(*broken, *(() if broken else (reason,))))
    partial = bool(cut_problems) or any("not be read" in problem or "only the first" in problem for problem in problems)
    head, guessed = _metadata(document, text)
    return Reading(
        text,
        head.title,
        head.author,
        head.date,
        head.source,
        head.language,
        tuple(guessed),
        (*cut_problems, *problems),
        "partial" if partial else "ok",
        len(text),
    )


def _pages(document: Any) -> tuple[list[str], list[str]]:
    """The text of every page that can be read in time, and one line for what could not."""
    until = time.monotonic() + _SECONDS
    pages: list[str] = []
    failed: list[int] = []
    problems: list[str] = []
    count, length = len(document), 0
    for number in range(count):
        if time.monotonic() > until or length > MAX_CHARACTERS:
            problems.append(f"only the first {number} of {count} pages read: it is very large")
            break
        try:
            pages.append(join_lines(_page_text(document, number)))
            length += len(pages[-1])
        except Exception:  # PDFium's own, ctypes' and decoding errors: a bad page must not take the others along
            failed.append(number + 1)
    if failed:
        named = ", ".join(map(str, failed[:10])) + (" …" if len(failed) > 10 else "")
        problems.insert(0, f"{'page' if len(failed) == 1 else 'pages'} {named} of {count} could not be read")
    return pages, problems


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            return str(layer.get_text_bounded(errors="replace"))
        finally:
            layer.close()
    finally:
        page.close()


def join_lines(text: str) -> str:
    """One page's printed lines as paragraphs: lines are joined where the next one's first word would not have fitted.

    The right edge is the length that nine in ten lines stay below; letters differ in width, so a word that comes within
    15 % of it counts as not fitting, unless the line ends a sentence. A small letter goes on with a line of any length
    above half of that.
    """
    lines = [line.rstrip() for line in _HYPHEN.sub("", text).replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    edge = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    joined: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        ended = line.endswith(_ENDS)
        full = len(line) + 1 + len(following.partition(" ")[0]) > (edge if ended else 0.85 * edge)
        goes_on = full or (following[:1].islower() and not ended)
        prose = edge >= 40 and len(line) > edge / 2 and following != "" and not following[0].isspace()
        joined += [line, " " if prose and goes_on else "\n"]
    return "".join(joined).strip()


def _has_form(document: Any) -> bool:
    try:
        return bool(document.get_formtype())
    except Exception:  # a damaged catalogue: there is nothing to say about its form then
        return False


def _metadata(document: Any, text: str) -> tuple[Head, list[str]]:
    """Title, author, date and source, by the first lines and what the file says of itself; and what was guessed."""
    try:
        said = document.get_metadata_dict()
    except Exception:  # damaged metadata is no metadata
        said = {}
    head = read_head(text)
    guessed: list[str] = []
    title = clean_line(str(said.get("Title") or "")).strip("\ufffd ")
    if not any(map(str.isalnum, title)) or _TOOL_TITLE.match(title) or _FILE_TITLE.fullmatch(title):
        title = head.title or first_words(text)
        guessed += [] if head.title else ["title"]
    date = head.date
    match = _PDF_DATE.match(str(said.get("CreationDate") or "").strip())
    if date is None and match and (date := iso_date("-".join(filter(None, match.groups())))):
        guessed.append("date")
    return replace(head, title=title, author=clean_line(str(said.get("Author") or "")) or head.author, date=date), guessed
