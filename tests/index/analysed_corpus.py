"""A real index of three documents with analyses made here: names, quotes, speakers and all that is known of a file."""

from __future__ import annotations

from pathlib import Path

from explorer.index import analyser, files, store
from explorer.index.corpus import CorpusIndex
from explorer.index.files import FileState
from explorer.model import Analysis, Cue, EntityType, Mention, Quote, QuoteKind, Reading, Speaker

ANALYSER = "rules 7 / test"

TEXTS = {
    "herald/2024/one.txt": (
        "Storm",
        "2024-03-05",
        "The Harbour Herald",
        "Jane Doe said: “The tax cut will not be delayed.” Doe met the OECD in Paris. Paris Jones denied “a plan”.",
    ),
    "courier/two.PDF": (
        "Calm",
        "2024-04",
        "The Courier",
        "John Doe said the vote was delayed, and “nobody knew”. “Nobody,” they wrote.",
    ),
    "café/three.txt": ("Rain", None, "", "Nothing was said by Jane. The Organisation met."),
}

# What else is known of them: author, language, sender, recipients.
FACTS = {
    "herald/2024/one.txt": ("Ann Archer", "en", "", ""),
    "courier/two.PDF": ("", "de", "", ""),
    "café/three.txt": (
        "Ada Quill",
        "en-GB",
        '"Quill, Ada" <ada.quill@example.org>',
        "Bo Berg <bo@north.example>\nTeam Archer <all@south.example>",
    ),
}


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def mention(text: str, words: str, kind: EntityType, name: str) -> Mention:
    return Mention(*at(text, words), words, kind, name, "test")


def quote(
    text: str,
    words: list[str],
    kind: QuoteKind,
    speaker: tuple[str, str] | None,
    cue: str | None,
    denied: bool = False,
    how: str = "test",
) -> Quote:
    segments = tuple(at(text, piece) for piece in words)
    start, end = segments[0][0], segments[-1][1]
    said_by = Speaker(*at(text, speaker[0]), speaker[0], speaker[1], how) if speaker else None
    cued = Cue(*at(text, cue), cue) if cue else None
    return Quote(start, end, text[start:end], segments, kind, said_by, cued, segments, "test", denied=denied)


def analyses() -> dict[str, Analysis]:
    one, two, three = (TEXTS[path][3] for path in TEXTS)
    return {
        "herald/2024/one.txt": Analysis(
            (
                mention(one, "Jane Doe", "PERSON", "Jane Doe"),
                mention(one, "OECD", "ORG", "Organisation for Economic Co-operation and Development"),
                mention(one, "Paris", "PLACE", "Paris"),
                mention(one, "Paris Jones", "PERSON", "Paris Jones"),
            ),
            (
                quote(one, ["The tax cut will not be delayed."], "direct", ("Jane Doe", "Jane Doe"), "said"),
                quote(
                    one,
                    ["a plan"],
                    "mixed",
                    ("Paris Jones", "Paris Jones"),
                    "denied",
                    True,
                    "the same words elsewhere in the text",
                ),
            ),
        ),
        "courier/two.PDF": Analysis(
            (mention(two, "John Doe", "PERSON", "John Doe"),),
            (
                quote(two, ["the vote was delayed", "nobody knew"], "indirect", ("John Doe", "John Doe"), "said"),
                quote(two, ["Nobody,"], "direct", None, None),
            ),
        ),
        "café/three.txt": Analysis(
            (mention(three, "Jane", "PERSON", "Jane"), mention(three, "Organisation", "ORG", "The Organisation"))
        ),
    }


def make(folder: Path) -> CorpusIndex:
    """Reads, indexes and analyses the three."""
    made = CorpusIndex(folder, writable=True)
    analyser.expect(made, ANALYSER)
    found = analyses()
    for path, (title, date, source, text) in TEXTS.items():
        author, language, sender, recipients = FACTS[path]
        reading = Reading(text, title, author, date, source, language, body_end=len(text), recipients=recipients, sender=sender)
        entries = []
        made.change(
            lambda c, p=path, r=reading, e=entries: e.extend(
                files.put_file(c, FileState(p, 1, 2, 3, 4, 1), p, [("", r)], None)[0]
            )  # type: ignore[misc]
        )
        made.index_texts(entries, ())
        (entry,) = entries
        quotes = []
        made.change(lambda c, n=entry.number, p=path, q=quotes: q.extend(store.put_analysis(c, n, found[p])[0]))  # type: ignore[misc]
        made.quotes.apply(quotes)
        made.change(lambda c, n=entry.number: analyser.mark_analysed(c, [n], ANALYSER))  # type: ignore[misc]
    return made
