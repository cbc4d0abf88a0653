"""Declared languages that the letters of the text deny."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.reading.languages import plausible_language
from explorer.reading.registry import read_file

RUSSIAN = "Паром вышел из гавани на рассвете, сказал в понедельник начальник порта. "
ENGLISH = "The ferry left the harbour at dawn, the harbour master said on Monday. "


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", RUSSIAN, False),
        ("ru", RUSSIAN, True),
        ("ru", ENGLISH, False),
        ("ru", RUSSIAN + ENGLISH * 9, True),
        ("en", ENGLISH + RUSSIAN[:30], True),
        ("ja", "フェリーは夜明けに港を出た。" * 5, True),
        ("en", "フェリーは夜明けに港を出た。" * 5, False),
        ("sr", ENGLISH, True),
        ("en", "Паром", True),
        ("en", "", True),
        (None, ENGLISH, True),
    ],
)
def test_a_language_is_kept_where_its_letters_are(language: str | None, text: str, kept: bool) -> None:
    assert plausible_language(language, text) == (language if kept else None)


def test_every_format_s_language_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html lang=en><p>{RUSSIAN}</p>", "utf-8")
    assert [reading.language for _, reading in read_file(tmp_path / "a.html")] == [None]
