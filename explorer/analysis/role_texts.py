"""The role of a person in the words of the text: "US Secretary of State NAME", "NAME, the energy minister,"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from explorer.analysis.lexicon import DEMONYM, TITLE, flags
from explorer.analysis.lists import words as word_list
from explorer.analysis.people import NEAR, role_before
from explorer.model import Mention

LONGEST = 9
"""Words of the longest role that is kept."""
_REACH = 110
_PIECE = re.compile(r"[^,.;:\n()\"“”—–]*")
_WORDS = re.compile(r"[^\W\d_][\w.’'&-]*")
_LINKS = frozenset({"of", "for", "at", "to", "in", "on", "with"})
_LEADING = frozenset({"the", "a", "an", "his", "her", "its", "their", "then", "our", "who", "is", "was"})
_KIN = word_list("kin")
_JOBS = word_list("title_words_lower") - _KIN


def with_roles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` (sorted), those of people with their fullest role anywhere in the text."""
    roles: dict[str, str] = {}
    for index, mention in enumerate(mentions):
        if mention.type != "PERSON":
            continue
        for role in (_before(text, mentions, index), _behind(text, mention.end), _clause_before(text, mention.start)):
            if len(role.split()) > len(roles.get(mention.name, "").split()):
                roles[mention.name] = role
    return [replace(one, role=roles[one.name]) if one.type == "PERSON" and one.name in roles else one for one in mentions]


def _before(text: str, mentions: Sequence[Mention], index: int) -> str:
    """The title right before a name, with the country or body right before that."""
    start = mentions[index].start
    before = text[max(0, start - NEAR) : start].rpartition("\n")[2]
    role = role_before(before)
    if not role or role.split()[-1].lower() in _KIN:
        return ""
    words = role.split()
    at = before.rfind(words[0])
    lead = before[:at].rstrip()
    place = start - len(before) + len(lead)
    body = next((one for one in reversed(mentions[max(0, index - 3) : index]) if one.end == place and one.type != "DATE"), None)
    if body is not None and body.type != "PERSON":
        return _kept([*text[body.start : body.end].split(), *words])
    last = lead.rpartition(" ")[2]
    return _kept([last, *words] if flags(last) & DEMONYM else words)


def _behind(text: str, end: int) -> str:
    """The role in the apposition behind a name, which may have an age before it."""
    found = _PIECE.match(text, end, end + _REACH)
    if text[end : end + 1] != "," or found is None:
        return ""
    piece = _piece(text, end + 1)
    if piece.strip().isdigit():
        piece = _piece(text, end + len(piece) + 2)
    return _role(piece)


def _piece(text: str, start: int) -> str:
    """The words from ``start`` to the next stop; "" where they do not end within reach."""
    found = _PIECE.match(text, start, start + _REACH)
    return found.group() if found and found.end() < min(len(text), start + _REACH) else ""


def _clause_before(text: str, start: int) -> str:
    """The role in "The energy minister, NAME"."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    if not before.endswith(", "):
        return ""
    piece = re.split(r"[,.;:()\"“”—–]", before[:-2])[-1]
    words = piece.split()
    return _role(piece) if words and words[0].lower() in _LEADING else ""


def _role(piece: str) -> str:
    """The piece as a role, where its head is one: "the energy minister of Quorl", not "who was mayor once" or "said"."""
    words = piece.split()
    while words and words[0].lower() in _LEADING:
        words.pop(0)
    head = next((place for place, word in enumerate(words) if word in _LINKS), len(words)) - 1
    if head < 0 or not (words[head] in _JOBS or (words[head][0].isupper() and flags(words[head]) & TITLE)):
        return ""
    return _kept(words) if all(_WORDS.fullmatch(word) for word in words) else ""


def _kept(words: Sequence[str]) -> str:
    return " ".join(words) if len(words) <= LONGEST else ""
