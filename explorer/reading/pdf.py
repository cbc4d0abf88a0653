"""PDF files: the text of each page, its printed lines joined into paragraphs, with what is filled in and noted on it."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from explorer.model import Fault, Reading
from explorer.reading.clean import normalise
from explorer.reading.fields import MAX_CHARACTERS, cut_text, unreadable
from explorer.reading.member_names import safe_name, unique
from explorer.reading.members import MAX_MEMBER, Budget, Member
from explorer.reading.patience import read_seconds
from explorer.reading.pdf_facts import pdf_facts
from explorer.reading.pdf_hyphens import mend_hyphens
from explorer.reading.pdf_lines import join_lines, separator
from explorer.reading.pdf_marks import flatten, has_marks, marked_texts, missing, open_forms
from explorer.reading.pdf_running import without_running_lines
from explorer.reading.pdf_scattered import gathered, looks_scattered
from explorer.reading.pdf_streams import has_damaged_streams

_PATIENCE = 0.6  # of what a file may take: a reader that stops by itself keeps what it has; one that is killed keeps nothing
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_MAX_ATTACHMENTS = 200
_HOPELESS = 1000  # pages in a row that fail: a page tree that lies can name a million
_WHY_STOPPED: dict[Fault, str] = {
    "too slow": "it takes too long",
    "too large": "it is very large",
    "damaged": "none of many after them can be",
}
_CATALOGUE = re.compile(rb"(?<!\d)(\d{1,9})\s{1,9}(\d{1,5})\s{1,9}obj\b[^<>]{0,20}<<[^<>]{0,500}/Type\s{0,9}/Catalog\b")
_LOCKED_FILES = re.compile(rb"/EFF\s{0,9}/(?!Identity\b)\w")  # their own filter (ISO 32000, 7.6.6)
_LOST = "damaged: attachment cannot be read"


@dataclass(slots=True)
class _Pages:
    """The pages as they were read: clean texts ("" for one that failed), which of them end inside a word, which failed, and
    what stopped the reading."""

    count: int
    texts: list[str] = field(default_factory=list)
    hyphenated: list[bool] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    stopped: Fault = ""


def read_pdf(data: bytes) -> Reading:
    """Reads page by page, form fields and notes included; a page that fails is named and the others are kept. The file's
    creation date stands in for the document's, marked as guessed. ``pages`` says where each page's text begins."""
    return read_pdf_with_attachments(data)[0]


def read_pdf_with_attachments(data: bytes) -> tuple[Reading, Iterable[Member]]:
    """What ``read_pdf`` gives, and the files inside the PDF, which are unpacked as they are asked for."""
    until = time.monotonic() + _PATIENCE * read_seconds()
    opened = _opened(data)
    if isinstance(opened, Reading):
        return opened, ()
    document, cut_off = opened
    try:
        open_forms(document)
        reading = _reading(document, data, _read_pages(document, until), cut_off)
        return reading, attachments(data, Budget()) if document.count_attachments() > 0 else ()
    finally:
        document.close()


def attachments(data: bytes, budget: Budget) -> Iterator[Member]:
    """The files inside a PDF that is opened anew; one that is damaged or too much for the budget has a problem instead."""
    opened = _opened(data)
    if isinstance(opened, Reading):
        return
    document, _ = opened
    locks_attachments = b"/Encrypt" in data and _LOCKED_FILES.search(data) is not None  # PDFium gives them as they are
    taken: dict[str, int] = {}
    try:
        for index in range(min(document.count_attachments(), _MAX_ATTACHMENTS)):
            if budget.entries <= 0:
                return
            budget.entries -= 1
            member = _attachment(document, index, budget, taken)
            locked = member.data and locks_attachments
            yield Member(member.name, problem=unreadable("password needed", "password")) if locked else member
    finally:
        document.close()


def _opened(data: bytes) -> tuple[Any, bool] | Reading:
    """The open document and whether its end had to be made up, or the reading that says why there is none."""
    import pypdfium2  # one process, one thread: PDFium is not thread-safe

    try:
        return pypdfium2.PdfDocument(data), False
    except pypdfium2.PdfiumError as error:
        # PDFium may tell the error of an earlier file; the word is never packed, as the trailer is not
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY) and b"/Encrypt" in data:
            return unreadable("password needed", "password")
    roots = _CATALOGUE.findall(data)
    try:
        if roots:  # PDFium finds all objects by itself, but not where to begin
            return pypdfium2.PdfDocument(
                data + b"\nendstream\nendobj\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % roots[-1]
            ), True
    except pypdfium2.PdfiumError:
        pass
    return unreadable("damaged: not a PDF file that can be opened", "damaged")


def _attachment(document: Any, index: int, budget: Budget, taken: dict[str, int]) -> Member:
    try:
        attached = document.get_attachment(index)
        name = unique(safe_name(attached.get_name()) or f"attachment {index + 1}", taken)
    except Exception:  # PDFium's own, ctypes' and decoding errors
        return Member(
            unique(f"attachment {index + 1}", taken), problem=unreadable("damaged: attachment cannot be read", "damaged")
        )
    try:
        data = bytes(attached.get_data())
    except Exception:  # the same, of its content
        return Member(name, problem=unreadable(_LOST, "damaged"))
    if len(data) > budget.inflated:
        return Member(name, problem=unreadable("too large: more than is unpacked of one file", "too large"))
    budget.inflated -= len(data)
    return Member(name, data[:MAX_MEMBER], len(data) > MAX_MEMBER)


def _reading(document: Any, data: bytes, pages: _Pages, cut_off: bool) -> Reading:
    problems, fault = _problems(pages)
    if cut_off:
        problems, fault = ("damaged: its end is missing", *problems), fault or "damaged"
    whole, starts = _joined(pages)
    if not whole.strip():
        if problems:
            return Reading("", state="unreadable", problems=problems, fault=fault)
        if not pages.count:
            return unreadable("damaged: no page in it", "damaged")
        if has_damaged_streams(data):
            return unreadable("damaged: what its pages hold cannot be unpacked", "damaged")
        return unreadable("no text layer: its pages are pictures or empty", "no text")
    text, cut_problems = cut_text(whole)
    head, guessed = pdf_facts(document, data, text)
    fault = fault or ("too large" if cut_problems else "")
    return Reading(
        text,
        head.title,
        head.author,
        head.date,
        head.source,
        head.language,
        guessed,
        (*cut_problems, *problems),
        "partial" if fault else "ok",
        len(text),
        fault=fault,
        pages=tuple(start for start in starts if start <= len(text)),
    )


def _problems(pages: _Pages) -> tuple[tuple[str, ...], Fault]:
    """One line for the pages that failed, one for those that were not come to, and what fault that is."""
    problems = []
    if pages.failed:
        named = ", ".join(map(str, pages.failed[:10])) + (" …" if len(pages.failed) > 10 else "")
        problems.append(f"{'page' if len(pages.failed) == 1 else 'pages'} {named} of {pages.count} could not be read")
    if pages.stopped:
        why = _WHY_STOPPED[pages.stopped]
        problems.append(f"only the first {len(pages.texts)} of {pages.count} pages read: {why}")
    return tuple(problems), pages.stopped or ("damaged" if pages.failed else "")


def _read_pages(document: Any, until: float) -> _Pages:
    """The text of every page that can be read in time."""
    pages = _Pages(len(document))
    found: list[tuple[str, list[str]]] = []
    length = 0
    for number in range(pages.count):
        if time.monotonic() > until or length > MAX_CHARACTERS:
            pages.stopped = "too large" if length > MAX_CHARACTERS else "too slow"
            break
        try:
            found.append(_page_text(document, number))
        except Exception:  # PDFium's own, ctypes' and decoding errors: a bad page must not take the others along
            pages.failed.append(number + 1)
            found.append(("", []))
            if len(pages.failed) >= _HOPELESS and pages.failed[-_HOPELESS] == number + 2 - _HOPELESS:
                pages.stopped = "damaged"
                break
        length += len(found[-1][0]) + sum(map(len, found[-1][1]))
    for mended, (_, marks) in zip(mend_hyphens(without_running_lines([raw for raw, _ in found])), found, strict=True):
        pages.texts.append(normalise("\n".join([join_lines(mended.text), *marks]).strip()))
        pages.hyphenated.append(mended.goes_on)
    return pages


def _page_text(document: Any, number: int) -> tuple[str, list[str]]:
    """A page's text as PDFium gives it, and the fields and notes that are not drawn on it."""
    page = document[number]
    try:
        text = _layer(page)
        if not has_marks(page):
            return text, []
        marks = marked_texts(page)
        if flatten(page):
            page.close()
            page = document[number]
            drawn = _layer(page)
            if not Counter(text.split()) - Counter(drawn.split()):  # what is drawn over words may cut them in two
                text = drawn
        return text, missing(marks, text)
    finally:
        page.close()


def _layer(page: Any) -> str:
    layer = page.get_textpage()
    try:
        text, whole = str(layer.get_text_bounded(errors="replace")), str(layer.get_text_range(errors="replace"))
        # only the first leaves out what lies off the page, and only the second has the line ends of turned pages
        text = whole if whole.count("\n") > text.count("\n") and "".join(whole.split()) == "".join(text.split()) else text
        return gathered(layer, text) if looks_scattered(text) else text
    finally:
        layer.close()


def _joined(pages: _Pages) -> tuple[str, list[int]]:
    """The pages as one text, and where each begins: what parts two pages belongs to the first of them."""
    pieces: list[str] = []
    starts: list[int] = []
    length, before, hyphenated = 0, "", False
    for number, text in enumerate(pages.texts):
        if not text:
            continue
        between = separator(before, text, hyphenated) if before else ""
        starts += [length + len(between)] * (number + 1 - len(starts))  # pages without text begin where the next one does
        pieces += [between, text]
        length += len(between) + len(text)
        before, hyphenated = text, pages.hyphenated[number]
    return "".join(pieces), starts + [length] * (len(pages.texts) - len(starts))
