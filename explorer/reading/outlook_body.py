"""The text of a message that Outlook keeps as a web page or as RTF, in its own files and in what it attaches to mails."""

from __future__ import annotations

from typing import NamedTuple

from explorer.model import Fault
from explorer.reading.mail_parts import MAX_PAGE, PAGE_CUT
from explorer.reading.outlook_rtf import MAX_RTF, decompressed, unwrapped
from explorer.reading.page_layout import laid_out
from explorer.reading.visible import visible_text


class Body(NamedTuple):
    """A message's text, and why not all of it was read; "" where it was."""

    text: str
    problem: str = ""
    fault: Fault = ""


def body_of(html: str, packed_rtf: bytes) -> Body:
    """The text of the page ``html``, or where that is blank of the compressed RTF, which may hold a page or plain text."""
    if html.strip():
        return _page(html)
    rtf = decompressed(packed_rtf)
    cut = len(rtf) >= MAX_RTF
    kind, source = unwrapped(rtf)
    if kind == "html":
        body = _page(source)
    elif kind == "text" or not rtf:
        body = Body(source)
    else:
        from explorer.reading.rtf import read_rtf  # seldom needed

        reading = read_rtf(rtf, cut)
        body = Body(reading.text, PAGE_CUT, "too slow") if reading.fault == "too slow" else Body(reading.text)
    return body._replace(problem=PAGE_CUT, fault="too large") if cut else body


def _page(html: str) -> Body:
    text = laid_out(visible_text(html[:MAX_PAGE]).parts)
    return Body(text, PAGE_CUT, "too large") if len(html) > MAX_PAGE else Body(text)
