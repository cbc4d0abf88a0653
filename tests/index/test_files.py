"""Paths as the catalogue keeps and shows them."""

from __future__ import annotations

import pytest

from explorer.index.files import shown_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a\nb\x1b.txt", "a\u240ab\u241b.txt"),
        ("a\u2028b\x85c\u2029d.txt", "a\u2424b\u2424c\u2424d.txt"),
        ("caf\udce9.txt", "caf\\xe9.txt"),
    ],
)
def test_a_path_is_one_line_without_controls(path: str, shown: str) -> None:
    assert shown_path(path) == shown
