"""What a text calls those it names: "Foreign Minister NAME", "NAME, 42, a baker from Leeds,", "NAME is the union's treasurer"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.analysis.cues import verbs
from explorer.analysis.grammar import group
from explorer.analysis.lists import words
from explorer.analysis.noun_phrases import CLAUSE_WORDS, PREPOSITIONS, VERBS
from explorer.model import EntityType, Mention

REACH = 90
"""Characters beside a name that may tell who it is."""
FREQUENT = 4
"""The organisations that a text names most."""
LOOKED_AT = 3
"""Mentions of a name whose surroundings are kept as its context."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]")
_LONGEST = 9
_LINE = 120
_ENDS = frozenset(".!?\"”’'…")
_OF = frozenset({"of", "for", "at"})
_LEADING = group("speakers leading")
_SMALL = _OF | {"the", "and", "&", "a", "an", "'s", "’s", "de", "'", "’"}
_DOES = {
    "heads": "head", "headed": "head", "leads": "leader", "led": "leader", "runs": "head", "chairs": "chairman",
    "owns": "owner", "founded": "founder", "represents": "lawyer", "coaches": "coach", "edits": "editor", "directs": "director",
}  # fmt: skip
COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
_AGE = re.compile(r"\d{1,3}$")
_HUMAN = words("job_words") | words("title_words_lower") | words("kin") | group("roles human")


@dataclass(frozen=True, slots=True)
class Description:
    """What a name at ``offset`` is called: the noun that decides (``head``, "" for none) and all the words, in lower case."""

    offset: int
    name: str
    head: str
    said: str

    @property
    def words(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.said.split())


@dataclass(slots=True)
class Known:
    """Everything that a text says of its names: descriptions by head and by name, words near a name, people in order,
    how often each name stands there, and the organisations named most."""

    by_head: dict[str, list[Description]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Description]] = field(default_factory=lambda: defaultdict(list))
    context: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    offsets: list[int] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    types: dict[str, EntityType] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    frequent: list[str] = field(default_factory=list)

    def after(self, offset: int, most: int) -> list[str]:
        """The first people named behind ``offset``, in order, each once."""
        place = bisect_left(self.offsets, offset)
        return list(dict.fromkeys(self.people[place : place + 4 * most]))[:most]


def stem(word: str) -> str:
    """What words of one family share: their first five letters."""
    return word[:5]


def describe(text: str, mentions: Sequence[Mention]) -> Known:
    """What ``text`` says of its people and organisations; ``mentions`` are sorted and do not overlap."""
    known = Known()
    seen: dict[str, int] = defaultdict(int)
    for number, mention in enumerate(mentions):
        if mention.type == "DATE":
            continue
        known.types.setdefault(mention.name, mention.type)
        known.counts[mention.name] += 1
        if mention.type == "PERSON" and _in_sentence(text, mention):
            known.offsets.append(mention.start)
            known.people.append(mention.name)
        earlier = mentions[number - 1].end if number else 0
        before = text[max(0, mention.start - REACH) : mention.start].rpartition("\n")[2]
        after = text[mention.end : mention.end + REACH].partition("\n")[0]
        for found in (_before(before, max(0, len(before) - (mention.start - earlier))), *_after(after)):
            if found:
                head, described = found
                one = Description(mention.start, mention.name, head, " ".join(described))
                if head:
                    known.by_head[head].append(one)
                known.by_name[mention.name].append(one)
        if seen[mention.name] < LOOKED_AT:
            seen[mention.name] += 1
            near = f"{before[-80:]} {after[:80]}".lower()
            known.context[mention.name].update(stem(word) for word in _TOKEN.findall(near) if len(word) > 2)
    bodies = [name for name, _ in known.counts.most_common() if known.types[name] == "ORG"]
    known.frequent = bodies[:FREQUENT]
    return known


def _in_sentence(text: str, mention: Mention) -> bool:
    """Whether the line of a name is no byline or caption: it is long, or ends as a sentence does."""
    start = text.rfind("\n", max(0, mention.start - _LINE), mention.start)
    end = text.find("\n", mention.end, mention.end + _LINE)
    if end < 0:
        end = len(text) if len(text) - mention.end < _LINE else mention.end + _LINE
    return (start < 0 and mention.start > _LINE) or end - start > _LINE or text[:end].rstrip()[-1:] in _ENDS


def _before(before: str, other: int) -> tuple[str, list[str]] | None:
    """The role that ends right before a name, perhaps with a comma; ``other`` is where the name before ends in it."""
    tokens = list(_TOKEN.finditer(before))
    comma = bool(tokens) and tokens[-1].group() == ","
    if comma:
        tokens.pop()
    if not tokens or before[tokens[-1].end() :].strip(" \xa0,."):
        return None
    found: list[str] = []
    led = False
    for match in reversed(tokens[-_LONGEST:]):
        word = match.group()
        low = word.lower().replace("’", "'")
        if low == "." and not found:
            continue
        if not word[0].isalnum() or (low in VERBS and low != "may") or low in CLAUSE_WORDS - {"and"} or _said(low):
            break
        if low in PREPOSITIONS and low not in _OF:
            break
        found.append(low)
        if low in ("the", "a", "an", "his", "her", "its", "their") or low.endswith("'s"):
            led = True
            if match.start() >= other:
                break
    while found and found[-1] in _SMALL | {"and"}:
        found.pop()
    found.reverse()
    while found and found[-1] in COURTESY:
        found.pop()
    if not found or found[-1] in _OF or (comma and not led):
        return None
    head = _head(found)
    if head is None or (comma and head not in _HUMAN and not head.endswith(("er", "or", "ist", "man", "ant"))):
        return None
    return head, found


def _said(low: str) -> bool:
    return any(verb.form in ("past", "third") for verb in verbs().get(low, ()))


def _head(found: Sequence[str]) -> str | None:
    """The noun that decides: the last before "of", "for", "at"."""
    stop = next((index for index, word in enumerate(found) if word in _OF and index), len(found))
    head = found[stop - 1].rstrip(".")
    return head if head[:1].isalpha() and head not in _SMALL else None


def _after(after: str) -> list[tuple[str, list[str]]]:
    """What stands behind a name: an age, an apposition, "who leads ...", "is a ...", a party in brackets."""
    found: list[tuple[str, list[str]]] = []
    rest = after
    copula = re.match(r"[ \xa0](?:is|was|has been|became|, who (?:is|was)) (?=(?:the|a|an|his|her|its)\b)", rest)
    if copula:
        rest = "," + rest[copula.end() - 1 :]
    for _ in range(3):
        match = re.match(r"\s?(?:,|\(|—|–|-\s|\s-)\s?", rest)
        if not match:
            break
        inside = re.split(r"[,.;:()—–\n\"“”]", rest[match.end() :], maxsplit=1)[0]
        tokens = [token.lower().replace("’", "'") for token in _TOKEN.findall(inside)]
        rest = rest[match.end() + len(inside) :]
        if rest.startswith(")"):
            rest = rest[1:]
        if not tokens:
            break
        if len(tokens) <= 2 and _AGE.match(tokens[0]):
            found.append((f"{tokens[0]}-year-old", [f"{tokens[0]}-year-old"]))
            continue
        apposition = _apposition(tokens)
        if apposition is None:
            break
        found.append(apposition)
    return found


def _apposition(tokens: list[str]) -> tuple[str, list[str]] | None:
    if tokens[0] in ("who", "which"):
        does = _DOES.get(tokens[1]) if len(tokens) > 1 else None
        if does:
            return does, [does, *tokens[2:]]
        if len(tokens) < 4 or tokens[1] not in ("is", "was"):
            return None
        tokens = tokens[2:]
    if tokens[0] in ("of", "from", "at"):
        return "", tokens[1:_LONGEST]
    if _said(tokens[0]) or tokens[0] in CLAUSE_WORDS or (tokens[0] in VERBS and tokens[0] not in _LEADING):
        return None
    if tokens[0] in _LEADING:
        tokens = tokens[1:]
    stop = next(
        (i for i, word in enumerate(tokens) if i and (word in PREPOSITIONS or word in CLAUSE_WORDS - {"and"} or word in VERBS)),
        len(tokens),
    )
    head = tokens[stop - 1].rstrip(".") if tokens and stop else ""
    if not head[:1].isalpha() or head in _SMALL or head in PREPOSITIONS:
        return None
    return head, tokens[: _LONGEST + 3]
