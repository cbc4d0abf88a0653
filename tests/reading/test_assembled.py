"""What office files say of themselves: believed where a person has said it."""

from __future__ import annotations

import pytest

from explorer.reading.assembled import believed_author, believed_title


@pytest.mark.parametrize(
    "author", ["Admin", "Windows-Benutzer", "微软用户", "python-docx", "https://tool.test", "X", "12", " ", "\x00"]
)
def test_nobody_is_no_author(author: str) -> None:
    assert believed_author(author) == ""


@pytest.mark.parametrize("author", ["Ada Quill", "kshultz", "李", "Ada  Quill\ufffd"])
def test_somebody_is_one(author: str) -> None:
    assert believed_author(author) == " ".join(author.strip("\ufffd").split())


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "untitled", "ropes.docx", "Document 3", "Slide 1", "…"])
def test_a_tool_s_title_is_none(title: str) -> None:
    assert believed_title(title) == ""
