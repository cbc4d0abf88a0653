"""How quotes are written down in the tables of tests: in the sentences themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from explorer.analysis.layout import layout
from explorer.analysis.quotes import find_quotes
from explorer.model import EntityType, Mention, Quote

PEOPLE = ("Elena Marsh", "Owen Pratt", "Tom Okafor", "Raymond Odom", "Dana Whitlock", "Luis Ferrara", "William “Bill” Tanner")
BODIES = (
    *("Harbour Trust", "Nordwind", "Coast Wire", "Fox News", "CNN", "Twitter", "Facebook", "the Guardian", "AFP", "Senate"),
    *("White House", "FBI", "NBC", "State Department", "Republican National Committee", "Wall Street Journal", "Supreme Court"),
    *("Ohio Republican Party", "Justice Department"),
)
PLACES = ("Valdoria", "Lisbon", "Washington", "Iowa", "Ohio", "China", "Russia", "Iran", "Moscow")
DATES = ("Monday", "Tuesday", "Friday", "Sunday", "March 3", "2016", "last week")
NAMES: dict[str, tuple[EntityType, str]] = {
    **dict.fromkeys(PEOPLE, ("PERSON", "")),
    **{name.split()[-1]: ("PERSON", name) for name in PEOPLE},
    **{name.split()[-1].upper(): ("PERSON", name) for name in PEOPLE},
    **dict.fromkeys(BODIES, ("ORG", "")),
    **dict.fromkeys(PLACES, ("PLACE", "")),
    **dict.fromkeys(DATES, ("DATE", "")),
}
PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})(?!\w)")
PROFILES = {name: SimpleNamespace(gender="female" if name in ("Elena Marsh", "Dana Whitlock") else "male") for name in PEOPLE}
OUTER = " \t\n\"“”„«»‘’'`,.;:?!…"


def quotes_of(text: str) -> tuple[Quote, ...]:
    """The quotes of ``text``, in which the names above are known."""
    mentions = [
        Mention(
            found.start(), found.end(), found.group(), NAMES[found.group()][0], NAMES[found.group()][1] or found.group(), "test"
        )
        for found in PATTERN.finditer(text)
    ]
    return find_quotes(text, layout(text), mentions, PROFILES)[0]


def read(marked: str) -> tuple[str, list[list[str]], list[str]]:
    """A sentence without its signs, the segments of its quotes, and the cues that are marked in it."""
    segments: list[list[str]] = []
    for plus, inside in re.findall(r"\{(\+?)([^{}]*)\}", marked):
        words = inside.replace("_", "").strip(OUTER)
        if plus:
            segments[-1].append(words)
        else:
            segments.append([words])
    return re.sub(r"\{\+?|[}_]", "", marked), segments, re.findall(r"_([^_]+)_", marked)


def is_shown(quote: Quote, expected: str) -> bool:
    """Whether a quote has the speaker that the tables write down; a person or body by name, others by some of their words."""
    expected, _, via = expected.partition(" < ")
    name = expected.removeprefix("!")
    if quote.denied != expected.startswith("!") or (quote.via or "") != via:
        return False
    if quote.speaker is None or name == "-":
        return quote.speaker is None and name == "-"
    known = name in PEOPLE or name in BODIES or name in PLACES
    return quote.speaker.name == name if known else name.lower() in f"{quote.speaker.name} | {quote.speaker.text}".lower()


def shown(quotes: Sequence[Quote]) -> str:
    """The speakers as the tables write them down."""
    return "; ".join(
        ("!" if quote.denied else "") + (quote.speaker.name if quote.speaker else "-") + (f" < {quote.via}" if quote.via else "")
        for quote in quotes
    )


@pytest.fixture(scope="session")
def check() -> Callable[[str, str], None]:
    """Compares the quotes of a sentence with the signs in it.

    ``{words}`` is a segment (without marks and stops at its ends), ``{+words}`` another one of the quote before, ``_said_``
    a cue. The speakers are parted by semicolons: the canonical name, or some words of it or of the text; "-" nobody; "!" before
    one who denies; " < " before the relayer.
    """

    def compare(marked: str, speakers: str) -> None:
        text, segments, cues = read(marked)
        quotes = quotes_of(text)
        assert [[text[slice(*span)].strip(OUTER) for span in quote.segments] for quote in quotes] == segments
        expected = speakers.split("; ") if speakers else []
        assert len(quotes) == len(expected) and all(map(is_shown, quotes, expected)), shown(quotes)
        if cues:
            assert [quote.cue.text for quote in quotes if quote.cue] == cues

    return compare
