"""A few articles of our own, with what is named and said in them, found by hand-made rules."""

from __future__ import annotations

import re

from explorer.model import Analysis, Cue, Document, Mention, Quote, Speaker

Article = tuple[str, str, str, str | None, str]  # path, title, source, date, text

ARTICLES = (
    (
        "bridge.txt",
        "Harbour bridge to close for repairs",
        "The Harbour Post",
        "2024-03-04",
        "The old harbour bridge will close for six weeks, Mayor Ada Quill said on Monday.\n\n"
        "“The bridge is safe today, but it will not be safe for ever,” Quill said. “We close it now or we close it in winter.”"
        "\n\n"
        "Tom Vale of the Ferry Union denied that boats could carry everyone. “Nobody asked the ferry crews,” he said.\n\n"
        "The council in Port Lumen votes on the repairs on 12 March.\n",
    ),
    (
        "ferry.txt",
        "Ferry crews ask for a say",
        "Lumen Daily",
        "2024-03-05",
        "Ferry crews in Port Lumen want to be heard before the bridge closes.\n\n"
        "“Nobody asked the crews who know this water,” said Tom Vale, who speaks for the Ferry Union.\n\n"
        "Ada Quill answered that talks would begin this week. “There is room for everyone,” the mayor added.\n",
    ),
    (
        "storm.txt",
        "Storm damages the pier",
        "The Harbour Post",
        "2024-03-09",
        "A storm broke two pillars of the pier at Port Lumen overnight.\n\n" + "Rain fell on the town for hours. " * 60 + "\n\n"
        "“We were lucky that the bridge held,” Ada Quill said.\n",
    ),
)
PEOPLE = {"PERSON": ("Ada Quill", "Quill", "Tom Vale"), "ORG": ("Ferry Union",), "PLACE": ("Port Lumen",), "DATE": ("12 March",)}
NAMES = {"Quill": "Ada Quill", "the mayor": "Ada Quill", "he": "Tom Vale", "Ada Quill": "Ada Quill", "Tom Vale": "Tom Vale"}
SPOKEN = re.compile(r"“[^”]*”(?:,? (?P<a>Quill|he|Ada Quill|the mayor) (?P<c>said|added)| ?(?P<c2>said) (?P<b>Tom Vale))?")


def document(number: int, article: Article) -> Document:
    path, title, source, date, text = article
    return Document(number, path, title, "", date, source, "en", (), (), text, len(text), True)


def analyse(text: str) -> Analysis:
    mentions = [
        Mention(m.start(), m.end(), m.group(), type_, NAMES.get(m.group(), m.group()), "list of names", 0.9)  # type: ignore[arg-type]
        for type_, names in PEOPLE.items()
        for m in re.finditer("|".join(names), text)
    ]
    return Analysis(tuple(sorted(mentions, key=lambda m: m.start)), tuple(_quote(m) for m in SPOKEN.finditer(text)))


def _quote(match: re.Match[str]) -> Quote:
    end = match.string.index("”", match.start()) + 1
    span = (match.start(), end)
    group = "a" if match["a"] else "b"
    speaker = (
        Speaker(*match.span(group), match[group], NAMES[match[group]], f"subject of {match['c'] or match['c2']}")
        if match[group]
        else None
    )
    cue_group = "c" if match["c"] else "c2"
    cue = Cue(*match.span(cue_group), match[cue_group]) if match[cue_group] else None
    return Quote(*span, match.string[span[0] : span[1]], (span,), "direct", speaker, cue, (span,), "quote marks", 0.95)
