"""The blocks of a web page as a text that reads well."""

from __future__ import annotations

from itertools import groupby

from explorer.reading.paragraphs import row_line, set_apart
from explorer.reading.visible import Block

_COLUMN = 300  # characters of a cell with several paragraphs


def laid_out(blocks: list[Block]) -> str:
    """Blocks as a text: each is a line or a paragraph of its own, cells that are a table's stand on the line of their row."""
    lines: list[str] = []
    rows = groupby(blocks, lambda block: (block.kind == "cell", block.row if block.kind == "cell" else id(block)))
    for (is_row, _), members in rows:
        row = list(members)
        if is_row and len(row) > 1 and (line := _row_line(row)):
            lines.append(line)
            continue
        for block in row:
            if block.kind == "heading":
                lines += ["", block.text, ""]
            elif block.joined and lines and block.text[:1].islower():
                lines[-1] += "\n" + block.text
            else:  # an item that begins with a small letter would be taken for the line before it going on
                lines += ["", block.text] if block.text[:1].islower() else [block.text]
    return set_apart(lines)


def _row_line(row: list[Block]) -> str:
    """A table's row on one line; "" where its cells are the columns of a page."""
    cells = [[block.text for block in cell] for _, cell in groupby(row, lambda block: block.cell)]
    columns = any(len(cell) > 1 and sum(map(len, cell)) > _COLUMN for cell in cells)
    return "" if columns or len(cells) == 1 else row_line([" ".join(cell) for cell in cells])
