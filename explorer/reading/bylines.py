"""Names of authors as pages write them: "By Ada Quill, 5 March", "Text: Bo Reed", a link to somebody's articles."""

from __future__ import annotations

import re

from explorer.reading.clean import clean_line
from explorer.reading.visible import Block

_PREFIX = re.compile(
    r"(?:(?:written|posted|published|reported|words|story|text|edited|reviewed|geschrieben|verfasst|veröffentlicht|erstellt"
    r"|article|artikel|beitrag|ein beitrag|publié|escrito|scritto|publicado|napisał|opracował)\s{1,3})?"
    r"(?:by|von|par|por|di|da|door|af|av|przez)\b[:\s]{1,3}"
    r"|(?:author|autor|autorin|autore|auteur|autora|text|texte|testo|tekst|verfasser|words|redaktion)\s{0,3}[:/]\s{0,3}"
    r"|(?:author|autor|autorin|auteur|autore)\s{1,3}(?=\w)",
    re.I,
)
_TAIL = re.compile(  # what follows a name: dates, other roles, other columns of the line
    r"(?<=[\w.,)])\s{0,3}(?:[|•·]|\s[-–—]\s|\b\d{1,2}[./]\s?\d|\b(?:19|20)\d\d\b|\b(?:on|am|le|el|il)\b\s(?:\w{2,12}[.,]?\s)?\d"
    r"|\b(?:updated|published|posted|aktualisiert|illustrations?|fotos?|photos?|photography|bilder|grafik)\b\s"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,3}\d|\s\d{1,2}:\d\d).{0,300}$",
    re.I,
)
_PARTICLE = re.compile(r"(?:von|par|por|di|da|door|af|av|przez)\s{1,3}", re.I)  # that family names begin with as well
_ADDRESS = re.compile(r"[\s,;(<–-]{1,5}(?:https?://|www\.)\S{1,200}$", re.I)
_MONTH = re.compile(
    r",?\s(?:january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|mai|juni"
    r"|juli|oktober|dezember)$",
    re.I,
)
_NOBODY = frozenset(
    (
        *("admin", "administrator", "webmaster", "editor", "editors", "root", "user", "author", "autor", "guest", "staff"),
        *("facebook", "twitter", "instagram", "linkedin", "wordpress", "youtube", "share", "redaktion", "webredaktion"),
        *("unknown", "anonymous", "null", "none", "undefined", "default", "superuser", "super user", "test", "by", "von"),
    )
)
_AROUND = 8  # blocks before and after the main text's beginning
_MAX_NAME = 100


def clean_author(said: str, strict: bool = False) -> str:
    """A name out of what stands where an author's name should; "" if it is none. ``strict`` asks for one to five words, the
    first with a capital, as in text that is only marked as a byline."""
    name = clean_line(said, 300)
    if name.startswith(("http:", "https:", "www.", "@", "//")) or "@" in name.split(" ")[0]:
        return ""
    prefix = _PREFIX.match(name)
    if prefix and (not _PARTICLE.fullmatch(prefix[0]) or " " in name[prefix.end() :].strip()):
        name = name[prefix.end() :]
    name = _MONTH.sub("", _TAIL.sub("", _ADDRESS.sub("", name))).strip(" ,;:|/–—-·•")
    if name.lower() in _NOBODY or len(name) > _MAX_NAME or not any(map(str.isalpha, name)):
        return ""
    if strict and not (name[:1].isupper() and len(name.split()) <= 5 and name[-1] not in ".!?:" and not re.search(r"\d", name)):
        return ""
    return name


def author_in_blocks(parts: list[Block], first: int) -> str:
    """The name in a short line "By …" round the beginning of the main text, block ``first``; "" if there is none."""
    for part in parts[max(0, first - _AROUND) : first + _AROUND]:
        named = len(part.text) <= 80 and not part.aside and _PREFIX.match(part.text)
        if named and (name := clean_author(part.text, strict=True)):
            return name
    return ""
