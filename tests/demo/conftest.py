"""The demo corpus as text, read by nothing of ours."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from explorer.demo import corpus_folder

DAMAGED = "ferry-deckplan.pdf"
FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\N{NO-BREAK SPACE}": " "})


class _PageText(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


@cache
def _path_of(stem: str) -> Path:
    """The one document of that name, with or without its extension."""
    found = [p for p in corpus_folder().rglob("*") if p.name == stem or (p.stem == stem and p.name != DAMAGED)]
    assert len(found) == 1, f"{stem}: {found}"
    return found[0]


@cache
def _text_of(stem: str) -> str:
    """The text of a document, read by nothing of ours."""
    path = _path_of(stem)
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return f"{message['Subject']}\n\n{message.get_content()}"
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        page = _PageText()
        page.feed(raw)
        return "".join(page.parts)
    return raw


def _folded(text: str) -> str:
    """One kind of marks, one space between words."""
    return " ".join(text.translate(FOLDED).split())


@pytest.fixture(scope="session")
def path_of() -> Callable[[str], Path]:
    return _path_of


@pytest.fixture(scope="session")
def text_of() -> Callable[[str], str]:
    return _text_of


@pytest.fixture(scope="session")
def folded() -> Callable[[str], str]:
    return _folded


@pytest.fixture(scope="session")
def stems() -> list[str]:
    """The readable documents' names without extension, which are unique."""
    return sorted(p.stem for p in corpus_folder().rglob("*") if p.is_file() and p.name != DAMAGED)
