"""What is laid over a PDF's pages: values of form fields, notes and other annotations with words of their own."""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

_MAX_MARKS = 2_000  # on one page
_MAX_VALUE = 1 << 20  # bytes
_SPACE = re.compile(r"\s+")


def open_forms(document: Any) -> None:
    """Makes the values of form fields readable; a form that PDFium cannot open has none."""
    logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)  # it tells of XFA forms, whose fields it reads all the same
    try:
        if document.get_formtype():
            document.init_forms()
    except Exception:  # PDFium's own and ctypes' errors of damaged forms: the pages are read without them
        return


def has_marks(page: Any) -> bool:
    """Whether anything but links is laid over a page."""
    import pypdfium2.raw as pdfium

    return any(kind != pdfium.FPDF_ANNOT_LINK for kind, _ in _marks(page))


def flatten(page: Any) -> bool:
    """Draws what is laid over a page onto it, so that its words stand where they are seen; whether that was done. The page
    must be loaded anew then. Nothing is written to the file."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_GetAnnotCount(page) > _MAX_MARKS:
        return False
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def marked_texts(page: Any) -> list[str]:
    """The values of text and choice fields of a page and what its notes say, in their order."""
    import pypdfium2.raw as pdfium

    unread = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET)
    texts = []
    for kind, mark in _marks(page):
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            texts.append(_field_value(page, mark))
        elif kind not in unread:
            texts.append(
                _string(lambda buffer, size, mark=mark: pdfium.FPDFAnnot_GetStringValue(mark, b"Contents", buffer, size))
            )
    return [text for text in texts if text.strip()]


def missing(texts: list[str], page_text: str) -> list[str]:
    """Those of the texts that the page does not show yet, each once."""
    shown = _SPACE.sub("", page_text)
    return [text for text in dict.fromkeys(texts) if _SPACE.sub("", text) not in shown]


def _marks(page: Any) -> Iterator[tuple[int, Any]]:
    """The annotations of a page with their kinds; each is closed when the next is asked for."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_MARKS)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if not mark:
            continue
        try:
            yield pdfium.FPDFAnnot_GetSubtype(mark), mark
        finally:
            pdfium.FPDFPage_CloseAnnot(mark)


def _field_value(page: Any, mark: Any) -> str:
    import pypdfium2.raw as pdfium

    if page.formenv is None:
        return ""
    kind = pdfium.FPDFAnnot_GetFormFieldType(page.formenv, mark)
    if kind not in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        return ""
    return _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, page.formenv, mark))


def _string(ask: Any) -> str:
    """The UTF-16 string that a function of PDFium writes into a buffer, whose size it tells when asked without one."""
    import pypdfium2.raw as pdfium

    size = min(ask(None, 0), _MAX_VALUE)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    if ask(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size) > size:
        return ""
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
