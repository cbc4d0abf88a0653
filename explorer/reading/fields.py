"""What the readers of all formats share: titles, dates and the Reading of a file without text."""

from __future__ import annotations

import datetime
import re

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line
from explorer.reading.decode import Decoded

TITLE_LENGTH = 100
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.I)
_TEX_TITLE = re.compile(r"\\(?:title|chapter|section)\*?\{([^{}\n]{2,300})\}")
_TOOL_LINE = re.compile(
    r"\s{0,20}(?:\\[a-z]{3,20}\b|:::|#!|#(?:set|show|let|import|include)\b|```|<\?xml|<!|\.\. |\.[A-Z]{2}\b|['.]\\\""
    r"|This is \S{1,80}, produced by makeinfo)"
)
_SHEET = re.compile(
    r"(?:sheet|tabelle|feuil|hoja|foglio|planilha|folha|blad|ark|arkusz|list|munka|лист|аркуш|シート) ?\d{1,3}", re.I
)
MAX_CHARACTERS = 20_000_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]{0,2}\s")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.{0,24})?")
_DAY_MONTH = re.compile(r"(?:[A-Za-z]{2,9},? )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})")
_MONTH_DAY = re.compile(r"(?:[A-Za-z]{2,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def unreadable(reason: str, fault: Fault = "damaged") -> Reading:
    """A file that gives no text, the one line that says why, and of what sort that is."""
    return Reading("", state="unreadable", problems=(clean_line(reason),), fault=fault)


def iso_date(text: str) -> str | None:
    """``text`` as an ISO date, partial where it is partial ("2001", "2001-03"); None if it is none or impossible.

    Knows 2001-03-05 (a time may follow), 5 March 2001 and March 5, 2001; English months, in full or by three letters.
    """
    text = " ".join(text[:100].split())
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return _checked(int(year), int(month) if month else None, int(day) if day else None)
    if match := _DAY_MONTH.fullmatch(text):
        return _checked(int(match[3]), _month(match[2]) or 0, int(match[1]))
    if match := _MONTH_DAY.fullmatch(text):
        return _checked(int(match[3]), _month(match[1]) or 0, int(match[2]))
    return None


def _month(word: str) -> int | None:
    word = word.lower()
    if word in _FULL_MONTHS:
        return _FULL_MONTHS.index(word) + 1
    short = "sep" if word == "sept" else word
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _checked(year: int, month: int | None, day: int | None) -> str | None:
    if not 1000 <= year <= 2999:
        return None
    try:
        whole = datetime.date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return whole[: 4 if month is None else 7 if day is None else 10]


def first_words(text: str) -> str:
    """A title for a text that has none: its first line that is none of a tool's, or where that is long its first sentence, cut
    at 100 or so; of TeX what it gives as its title or first heading."""
    head = text[:20_000]
    if "\\document" in head and (said := _TEX_TITLE.search(head)):
        return clean_line(said[1], TITLE_LENGTH)
    lines = (
        clean_line(line, 1000).lstrip("#%*=-_~ >|•").rstrip("#*=-_~ |•")
        for line in head.split("\n")
        if not _TOOL_LINE.match(line)
    )
    named = [line for line in lines if any(map(str.isalnum, line)) and not _PAGE_NUMBER.fullmatch(line)][:10]
    speaking = [line for line in named if not _SHEET.fullmatch(line)] or named
    line = next((line for line in speaking if sum(map(str.isalpha, line)) > 2), speaking[0] if speaking else "")
    if len(line) <= TITLE_LENGTH:
        return line
    end = _SENTENCE_END.search(line, 20, TITLE_LENGTH + 1)
    if end:
        return line[: end.end()].rstrip()
    cut = line.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return line[: cut if cut > 0 else TITLE_LENGTH - 1].rstrip(" ,;:–—-") + "…"


def encoding_problems(decoded: Decoded) -> tuple[str, ...]:
    """What the reader should know of how the bytes were understood; empty where nothing was guessed or lost."""
    problems = []
    if decoded.guessed:
        problems.append(f"encoding guessed: {decoded.encoding}")
    if decoded.damaged:
        what = "a character" if decoded.damaged == 1 else f"{decoded.damaged} characters"
        problems.append(f"{what} could not be decoded as {decoded.encoding}")
    return tuple(problems)


def cut_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, at most 20 million code points of it, and a problem if it was cut."""
    if len(text) <= MAX_CHARACTERS:
        return text, ()
    return text[:MAX_CHARACTERS], (f"only the first {MAX_CHARACTERS // 1_000_000} million characters read",)
