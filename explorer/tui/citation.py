"""What is copied: words, and the line that says where they stand."""

from __future__ import annotations

from explorer.model import Document, FoundQuote, Passage


def cite(words: str, *, title: str, source: str, date: str | None, path: str, speaker: str = "") -> str:
    """Returns words followed by a line with speaker, title, source, date and path, as far as known."""
    parts = [part for part in (speaker, title, source, date or "", path) if part]
    return f"{words.strip()}\n— {', '.join(' '.join(part.split()) for part in parts)}"


def cite_passage(passage: Passage) -> str:
    """Returns a passage with its citation."""
    return cite(passage.text, title=passage.title, source=passage.source, date=passage.date, path=passage.path)


def cite_quote(found: FoundQuote) -> str:
    """Returns a quote with its speaker and citation."""
    speaker = found.quote.speaker.name if found.quote.speaker else ""
    return cite(found.quote.text, title=found.title, source=found.source, date=found.date, path=found.path, speaker=speaker)


def cite_stretch(document: Document, words: str) -> str:
    """Returns words of a document with its citation."""
    return cite(words, title=document.title, source=document.source, date=document.date, path=document.path)


def paragraph_around(text: str, offset: int) -> str:
    """Returns the line of a text that an offset is in, and the lines of the same paragraph around it."""
    start = text.rfind("\n\n", 0, offset) + 2 if "\n\n" in text[:offset] else 0
    end = text.find("\n\n", offset)
    return text[start : len(text) if end < 0 else end]
