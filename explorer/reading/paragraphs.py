"""How the lines that a reader found become a text that reads well: paragraphs set apart, table rows one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_PROSE = 100  # characters: shorter lines may belong together, as those of a list or an address
_CELL_PROSE = 300  # characters: a cell with paragraphs that long is no entry of a table but a page's column


def set_apart(blocks: Iterable[str]) -> str:
    """Joins paragraphs; one that is prose, or has several lines as a table has, gets blank lines round it. "" stands for a
    blank line; there is never more than one, and none at the ends."""
    pieces: list[str] = []
    blank = long = False
    for raw in blocks:
        block = raw.strip("\n")
        if not block.strip():
            blank = True
            continue
        prose = len(block) > _PROSE or "\n" in block
        if pieces:
            pieces.append("\n\n" if blank or long or prose else "\n")
        pieces.append(block)
        blank, long = False, prose
    return "".join(pieces)


def row_line(cells: Sequence[str]) -> str:
    """A row of a table, its cells set apart by bars, on one line; where a cell holds long paragraphs, they stay lines."""
    filled = [cell.strip() for cell in cells]
    while filled and not filled[-1]:
        filled.pop()
    if any("\n" in cell and len(cell) > _CELL_PROSE for cell in filled):
        return "\n".join(filter(None, filled))
    return " | ".join(" ".join(cell.split()) for cell in filled)
