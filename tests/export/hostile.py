"""Answers made of hostile text: what a document, a file name or a caller may put into any field."""

from __future__ import annotations

from hypothesis import strategies as st

from explorer.export.answers import Entities, Extracted, Facets, Quotes, SavedQueries, Terms
from explorer.model import (
    Analysis,
    Cue,
    Entity,
    Facet,
    FoundQuote,
    Mention,
    Note,
    Passage,
    Pronoun,
    Quote,
    Reading,
    Repair,
    Report,
    Results,
    Speaker,
    Status,
    TermCount,
)  # fmt: skip

HOSTILE = "\x1b]0;x\x07 \x9b31m [bold]a[/] *b* _c_ `d` <e> | f & #g \u202eh \ud800 =1+1\nnew\tline"


def answers_of(text: str) -> list[object]:
    """An answer of every kind with ``text`` wherever there can be any."""
    quote = Quote(
        0, len(text), text, ((0, len(text)),), "direct", Speaker(0, 1, text, text, text), Cue(0, 1, text), ((0, 1),), text,
        via=text,
    )  # fmt: skip
    end = min(len(text), 3)
    passage = Passage(1, text, text, text, text, 0, len(text), text, ((0, end),), ((0, end),), 1.0)
    notes = (Note(text, text),)
    mention = Mention(0, len(text), text, "PERSON", text, text)
    return [
        Results(text, text, 1, (passage,), (text,), ((text, 1),), repairs=(Repair(text, text, 1),)),
        Quotes(1, (FoundQuote(quote, 1, text, text, text, text),)),
        Entities(1, (Entity(text, "PERSON", ((text, 2),), 1, 2),)),
        Report(1, 1, 0, 0, 0, notes, notes, notes),
        Status(text, text, 1, 1, 1, "whoosh", "rules", 1, notes, notes, notes),
        Extracted(text, Reading(text, text, "", text, text), Analysis((mention,), (quote,), (Pronoun(0, end, text),))),
        SavedQueries({text: text}),
        Facets((Facet("source", text, 3, text),)),
        Terms((TermCount(text, 3, 9, 1), TermCount(text, 0, 0, 0, text))),
    ]


texts = st.text(st.characters(), max_size=60) | st.text("*_`[]<>#|&~-+=1.) \\\n\t\x1b\x9b\u202e\ud800!", max_size=30)
