"""Where the rows of tables end in an old Word document: only the properties of paragraphs tell ([MS-DOC] PlcBtePapx, PapxFkp)."""

from __future__ import annotations

import struct

_PAGE = 512
_MAX_PAGES = 200_000
_ROW_END_97 = b"\x17\x24\x01"  # sprmPFTtp, on
_ROW_END_95 = b"\x19\x01"


def row_ends(stream: bytes, table: bytes, place: tuple[int, int], word_97: bool) -> frozenset[int]:
    """The offsets in the main stream behind the marks that end a row, by the list of paragraph pages at ``place`` (offset, size)
    of the table stream. What is damaged is passed over."""
    offset, size = place
    size = min(size, max(0, len(table) - offset))
    width = 4 if word_97 else 2
    count = min((size - 4) // (4 + width) if size >= 8 else 0, _MAX_PAGES)
    first = offset + 4 * (count + 1)
    pages = {int.from_bytes(table[first + i * width : first + (i + 1) * width], "little") & 0x3FFFFF for i in range(count)}
    found: set[int] = set()
    for number in pages:
        page = stream[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            found |= _page_ends(page, word_97)
    return frozenset(found)


def _page_ends(page: bytes, word_97: bool) -> set[int]:
    """The row ends that one page of paragraph properties lists."""
    count, mark = page[_PAGE - 1], _ROW_END_97 if word_97 else _ROW_END_95
    width = 13 if word_97 else 7
    if not count or 4 * (count + 1) + width * count >= _PAGE:
        return set()
    ends = struct.unpack_from(f"<{count}I", page, 4)
    found: set[int] = set()
    for index, end in enumerate(ends):
        start = page[4 * (count + 1) + width * index] * 2
        if not start:
            continue
        length = page[start]
        size = length * 2 - (1 if word_97 else 0)
        if length == 0 and word_97:
            start, size = start + 1, page[min(start + 1, _PAGE - 1)] * 2
        if mark in page[start + 1 : start + 1 + size]:
            found.add(end)
    return found
