"""A Reading out of what a reader found: the text made clean, and what the file says of itself where that can be believed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.fields import cut_text, first_words, unreadable
from explorer.reading.text import read_head

_TOOL_TITLE = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Excel) - |untitled\b|slide ?1\b|title\b$|(?:Microsoft )?PowerPoint[ -]Pr|Präsentation\d*$"
    r"|Présentation PowerPoint|Presentation\d*$|Word Document$|Document ?\d*$|(?:Book|Mappe|Classeur) ?\d+$|Normal$|Template$)",
    re.I,
)
_FILE_TITLE = re.compile(r"\S{1,200}\.(?:docx?|pptx?|xlsx?|rtf|od[tsp]|tex|dvi|indd|qxd|pdf|html?|txt|ps|eps|md)", re.I)
_NOBODY = frozenset(  # what programs put where an author's name should be
    (
        *("python-docx", "openpyxl", "apache poi", "pptxgenjs", "docx4j", "aspose", "phpword", "docx", "microsoft", "un-named"),
        *("unknown", "author", "user", "admin", "administrator", "your user name", "owner", "root", "anonymous", "default"),
        *("windows user", "microsoft office user", "windows-benutzer", "utilisateur windows", "usuario de windows", "home"),
        *("utente windows", "usuário do windows", "windows-gebruiker", "użytkownik systemu windows", "windows ユーザー"),
        *("пользователь windows", "пользователь", "windows 用户", "微软用户", "windows 使用者", "usuario", "utilisateur"),
        *("benutzer", "utente", "gebruiker", "pc", "hp", "dell", "acer", "asus", "lenovo", "toshiba", "compaq_owner"),
    )
)

_BEGINNING = 40_000  # characters: more than a title is sought in


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself, as it says it; ``date`` is ISO, that of the file's creation."""

    title: str = ""
    author: str = ""
    date: str | None = None
    language: str | None = None
    source: str = ""


def believed_title(title: str) -> str:
    """The title in one clean line; "" where it is a tool's or a file's name."""
    title = clean_line(title).strip("\ufffd ")
    tool = _TOOL_TITLE.match(title) or _FILE_TITLE.fullmatch(title)
    return "" if tool or not any(map(str.isalnum, title)) else title


def believed_author(author: str) -> str:
    """The author in one clean line; "" where it is a tool's name, an address or nobody's."""
    author = clean_line(author).strip("\ufffd ")
    nobody = author.lower() in _NOBODY or author.startswith(("http:", "https:")) or (author.isascii() and len(author) < 2)
    return "" if nobody or not any(map(str.isalpha, author)) else author


def assembled(
    body: str,
    furniture: str = "",
    said: Properties | None = None,
    heading: str = "",
    problems: tuple[str, ...] = (),
    fault: Fault = "",
    pages: tuple[int, ...] = (),
    nothing: Fault = "empty",
    head: str = "",
) -> Reading:
    """A Reading of ``body`` and, from ``body_end`` on, ``furniture``.

    ``pages`` are offsets into ``body``, whose line ends have to be ``\\n`` already. ``heading`` is the title that the text itself
    is marked with; ``head`` is what title, author and date are sought in where that is not the text. A ``fault`` makes the
    reading partial; where there is no text at all it is unreadable for that reason, else for ``nothing``.
    """
    said = said or Properties()
    if not body.strip() and not furniture.strip():
        only_pictures = nothing == "no text" and not fault
        reason = unreadable("no text in it, only pictures" if only_pictures else "no text in it", fault or nothing)
        return replace(reason, problems=problems or reason.problems)
    whole = f"{body}\n\n{furniture}" if body and furniture else body or furniture
    text, cut_problems = cut_text(normalise(whole))
    if cut_problems:
        problems, fault = tuple(dict.fromkeys((*cut_problems, *problems))), fault or "too large"
    beginning = normalise(head[:_BEGINNING]) or text
    found = read_head(beginning)
    title = believed_title(said.title) or believed_title(heading) or found.title
    date = found.date or said.date
    guessed = ("title",) * (not title) + ("date",) * bool(date and not found.date)
    return Reading(
        text,
        title or first_words(beginning),
        believed_author(said.author) or found.author,
        date,
        found.source or clean_line(said.source),
        said.language or found.language,
        guessed,
        problems,
        "partial" if fault else "ok",
        min(len(body), len(text)),
        fault=fault,
        pages=tuple(page for page in pages if page < len(text)),
    )
