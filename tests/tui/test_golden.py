"""Screens as plain text, kept beside the tests: `EXPLORER_GOLDEN=1 pytest tests/tui/test_golden.py` writes them anew."""

import os
from pathlib import Path

import pytest
from app_driver import SMALL, WIDE, running

GOLDEN = Path(__file__).parent / "golden"
SCENES = {
    "first": ("", ()),
    "results": ("bridge", ()),
    "reading": ("bridge", ("enter", "n")),
    "entities": ("bridge", ("enter", "4")),
    "quotes": ("bridge", ("enter", "4", "4", "a")),
    "filters": ("bridge", ("enter", "4", "4", "4", "a")),
    "why": ("bridge", ("enter", "4", "4", "w")),
    "help": ("bridge", ("enter", "?")),
    "files": ("bridge", ("enter", "x")),
    "alone": ("rain", ("enter", "z")),
}


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "140x40"])
@pytest.mark.parametrize("scene", SCENES)
async def test_screen(scene, size):
    query, keys = SCENES[scene]
    async with running(size=size) as app:
        if query:
            await app.type(query)
        if keys:
            await app.keys(*keys)
        await app.settle(0.1)
        shown = app.screen_text() + "\n"
    kept = GOLDEN / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("EXPLORER_GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
