"""Documents inside old Office documents: wrapped files, sheets in letters, objects on slides."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.doc import read_doc
from explorer.reading.ole import open_container
from explorer.reading.ole_embedded import documents_of_objects, embedded_documents, native_file
from explorer.reading.ppt import read_ppt
from explorer.reading.xls import read_xls
from tests.reading.old_office import compound_file

WRAPPED = b"label.txt\0C:\\label.txt\0" + struct.pack("<HHI", 0, 3, 4) + b"tmp\0" + struct.pack("<I", 9) + b"the words"
NATIVE = struct.pack("<IH", len(WRAPPED) + 2, 2) + WRAPPED
SHEET = (
    struct.pack("<HHHH12x", 0x0809, 16, 0x0600, 0x10)
    + struct.pack("<HHHHHHB", 0x0204, 12, 0, 0, 0, 3, 0)
    + b"Cod"
    + struct.pack("<HH", 0x0A, 0)
)
STREAMS = {
    "WordDocument": b"?",
    "ObjectPool/_1/Workbook": SHEET,
    "ObjectPool/_2/\x01Ole10Native": NATIVE,
    "ObjectPool/_3/CONTENTS": b"%PDF-1.4",
    "ObjectPool/_4/Equation Native": b"x",
}


def test_wrapped_files_and_old_documents_are_members() -> None:
    container = open_container(compound_file(STREAMS))
    assert container is not None
    members = {member.name: member.data for member in embedded_documents(container)}
    assert sorted(members) == ["_1.xls", "_3.pdf", "label.txt"]
    assert members["label.txt"] == b"the words"
    assert members["_3.pdf"] == b"%PDF-1.4"
    assert read_xls(members["_1.xls"])[0].text == "Cod"


def test_a_large_document_in_a_document_keeps_all_its_streams() -> None:
    sheet = SHEET + bytes(100_000)
    container = open_container(compound_file({**STREAMS, "ObjectPool/_1/Workbook": sheet, "ObjectPool/_1/Other": b"small"}))
    assert container is not None
    inner = open_container({member.name: member.data for member in embedded_documents(container)}["_1.xls"])
    assert inner is not None
    assert (inner.stream("Workbook"), inner.stream("Other"), inner.damaged) == (sheet, b"small", False)


def test_readers_hand_the_members_on() -> None:
    assert [member.name for member in read_doc(compound_file(STREAMS))[1]] == ["_1.xls", "label.txt", "_3.pdf"]
    book = {"Workbook": SHEET, "MBD0001/Package": b"PK\x03\x04rest"}
    assert [member.name for member in read_xls(compound_file(book))[1]] == ["MBD0001.zip"]


def test_objects_on_slides_are_unpacked_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.reading.ppt.MAX_MEMBER", 1 << 20)
    inner = compound_file({"\x01Ole10Native": NATIVE})
    packed = struct.pack("<I", len(inner)) + zlib.compress(inner)
    bomb = struct.pack("<I", 1) + zlib.compress(bytes(4 << 20))
    stream = b"".join(struct.pack("<HHI", 0x10, 0x1011, len(data)) + data for data in (packed, bomb, b"", b"????not packed"))
    members = list(read_ppt(compound_file({"PowerPoint Document": stream}))[1])
    assert [(member.name, member.data) for member in members] == [("label.txt", b"the words")]


@given(st.binary(max_size=80), st.integers(0, len(NATIVE)))
@settings(max_examples=40)
def test_damaged_wrappers_never_raise(data: bytes, end: int) -> None:
    for candidate in (data, NATIVE[:end] + data):
        name, found = native_file(candidate)
        assert "/" not in name
        assert len(found) <= len(candidate)
        list(documents_of_objects(iter([compound_file({"\x01Ole10Native": candidate}), data])))
