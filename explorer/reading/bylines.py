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
_NO_NAME = frozenset(  # in what is only marked as a byline: labels, links, what a column is called
    (
        *("about", "follow", "more", "view", "read", "see", "all", "posts", "articles", "share", "comment", "comments", "reply"),
        *("published", "posted", "updated", "written", "edited", "author", "authors", "contact", "email", "subscribe", "profile"),
        *("mehr", "alle", "über", "kontakt", "kommentar", "kommentare", "autor", "autoren", "autorin", "artikel", "beiträge"),
        *("veröffentlicht", "aktualisiert", "auteur", "auteurs", "publié", "suivre", "lire", "voir", "seguir", "leer", "más"),
        *("publicado", "autores", "autori", "correspondent", "reporter", "our"),
    )
)
_JOINS = frozenset(("and", "und", "et", "y", "e", "i", "en", "och", "og", "&", "with", "mit", "for"))
_PARTICLES = frozenset(
    ("von", "van", "der", "den", "de", "la", "le", "du", "da", "di", "dos", "del", "della", "zu", "zur", "bin")
)
_AROUND = 8  # blocks before and after the main text's beginning
_MAX_NAME = 100


def clean_author(said: str, strict: bool = False) -> str:
    """A name out of what stands where an author's name should; "" if it is none. ``strict`` asks for one to five words, the
    first with a capital and none that labels have, as in text that is only marked as a byline."""
    name = clean_line(said, 300)
    if name.startswith(("http:", "https:", "www.", "@", "//")) or "@" in name.split(" ")[0]:
        return ""
    prefix = _PREFIX.match(name)
    if prefix and (not _PARTICLE.fullmatch(prefix[0]) or " " in name[prefix.end() :].strip()):
        name = name[prefix.end() :]
    name = _MONTH.sub("", _TAIL.sub("", _ADDRESS.sub("", name))).strip(" ,;:|/–—-·•")
    if name.lower() in _NOBODY or len(name) > _MAX_NAME or not any(map(str.isalpha, name)):
        return ""
    if strict and not (name[:1].isupper() and len(name.split()) <= 5 and name[-1] not in ".!?:" and can_be_name(name)):
        return ""
    return name


def can_be_name(name: str) -> bool:
    """Whether a guess can be somebody's name: no digits, and no word that labels and links have."""
    words = re.findall(r"\w+", name.casefold())
    return len(name) > 2 and not re.search(r"\d", name) and not _NO_NAME.intersection(words)


def author_in_blocks(parts: list[Block], first: int) -> str:
    """The name in a short line "By …" round the beginning of the main text, block ``first``; "" if there is none."""
    for part in parts[max(0, first - _AROUND) : first + _AROUND]:
        named = len(part.text) <= 80 and not (part.aside or part.offered) and _PREFIX.match(part.text)
        if named and (name := clean_author(part.text, strict=True)) and _is_full_name(name):
            return name
    return ""


def _is_full_name(name: str) -> bool:
    """Whether all words but "and" and "von" have capitals, two at least: not "By Train to the Coast", "By Monday"."""
    words = [word.strip(",;.") for word in name.split()]
    capitals = [word for word in words if word[:1].isupper()]
    others = {word for word in words if not word[:1].isupper()}
    return len(capitals) > 1 and others <= _JOINS | _PARTICLES and words[0].lower() not in ("the", "a", "der", "die", "das", "el")
