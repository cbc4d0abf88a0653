"""The container of old Office files: what is in it, lies and loops in its tables, the file cut anywhere."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.ole import ole_kind, open_container, other_kind
from explorer.reading.ole_properties import codec_of, file_time, summary
from tests.reading.old_office import MARCH_2001, compound_file, summary_stream

BIG = bytes(range(256)) * 40
STREAMS = {"WordDocument": BIG, "1Table": b"small", "ObjectPool/_1/Contents": b"inner", "\x05SummaryInformation": bytes(90)}
SOUND = compound_file(STREAMS)


def test_streams_come_out_as_they_went_in() -> None:
    container = open_container(SOUND)
    assert container is not None
    assert container.stream("worddocument") == BIG, "names are found in any case"
    assert container.stream("1Table") == b"small", "small streams lie in a stream of their own"
    assert container.stream("ObjectPool/_1/Contents") == b"inner"
    assert [entry.name for entry in container.folders["objectpool"]] == ["_1"]
    assert not container.damaged
    assert container.stream("no such") == b""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("BOOK", "xls"),
        ("PowerPoint Document", "ppt"),
        ("__properties_version1.0", "msg"),
        ("EncryptedPackage", "encrypted"),
        ("VisioDocument", ""),
    ],
)
def test_kinds_are_told_by_the_streams_of_the_root(name: str, kind: str) -> None:
    assert ole_kind(compound_file({name: b"?"})) == kind
    assert ole_kind(compound_file({f"ObjectPool/{name}": b"?"})) == "", "what is embedded does not count"


def test_works_documents_are_told_by_their_contents() -> None:
    assert ole_kind(compound_file({"CONTENTS": b"CHNKWKS "})) == "doc"
    assert ole_kind(compound_file({"CONTENTS": b"%PDF"})) == ""


def test_what_is_not_read_is_named() -> None:
    assert other_kind(compound_file({"VisioDocument": b"?"})) == "a Visio drawing"
    assert other_kind(compound_file({"whatever": b"?"})) == other_kind(b"no container") == ""


def test_bare_records_of_early_programs_are_known() -> None:
    assert ole_kind(b"\x09\x04\x06\x00" + bytes(20)) == "xls"
    assert ole_kind(b"\xdb\xa5-\x00" + bytes(20)) == "doc"
    assert ole_kind(b"text") == ole_kind(b"") == ""


def test_a_chain_that_bites_its_tail_ends() -> None:
    fat = len(SOUND) - 512
    looped = bytearray(SOUND)
    looped[fat + 4 * 3 : fat + 4 * 4] = struct.pack("<I", 1)  # the fourth sector of the first stream leads back to the second
    container = open_container(bytes(looped))
    assert container is not None
    assert container.stream("WordDocument") == BIG[: 4 * 512]
    assert container.damaged


def test_a_directory_whose_entries_lead_back_to_each_other_ends() -> None:
    place = SOUND.index("WordDocument".encode("utf-16-le"))
    looped = bytearray(SOUND)
    looped[place + 68 : place + 80] = struct.pack("<III", 1, 1, 1)
    container = open_container(bytes(looped))
    assert container is not None
    assert container.stream("WordDocument") == BIG
    assert container.stream("1Table") == b"small", "what the tree does not reach any more is found all the same"


def test_a_size_that_lies_gives_what_is_there() -> None:
    place = SOUND.index("WordDocument".encode("utf-16-le"))
    lying = bytearray(SOUND)
    lying[place + 120 : place + 124] = b"\xff\xff\xff\x7f"
    container = open_container(bytes(lying))
    assert container is not None
    assert container.stream("WordDocument").startswith(BIG)
    assert container.damaged
    assert len(container.stream("WordDocument")) <= len(SOUND)


def test_a_file_without_its_tables_still_has_the_main_stream() -> None:
    start = compound_file({"WordDocument": b"\xec\xa5" + BIG, "1Table": BIG})[: 512 * 12]
    container = open_container(start)
    assert container is not None
    assert container.stream("WordDocument") == (b"\xec\xa5" + BIG)[: 512 * 11]
    assert container.damaged
    assert ole_kind(start) == "doc"


def test_many_streams_on_one_chain_are_read_within_the_bound() -> None:
    container = open_container(SOUND)
    assert container is not None
    container.left = 3 * len(BIG)
    assert sum(len(container.stream("WordDocument")) for _ in range(10)) == 3 * len(BIG)


def test_a_large_directory_opens_in_linear_time() -> None:
    def seconds(count: int) -> float:
        data = compound_file({f"stream {number}": b"?" for number in range(count)})
        began = time.process_time()
        container = open_container(data)
        assert container is not None
        assert len(container.entries) == count
        return time.process_time() - began

    assert seconds(800) < 6 * seconds(200) + 0.2


@given(st.binary(max_size=2000))
@settings(max_examples=60)
def test_random_bytes_never_raise(data: bytes) -> None:
    for candidate in (data, SOUND[:8] + data, SOUND[:512] + data):
        assert isinstance(ole_kind(candidate), str)
        assert isinstance(other_kind(candidate), str)


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=30), st.integers(0, len(SOUND)))
@settings(max_examples=60)
def test_a_mutated_or_cut_file_never_raises(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    container = open_container(bytes(data[:end]))
    for path in container.entries if container else ():
        assert len(container.stream(path)) <= len(SOUND)


def test_the_summary_gives_title_author_and_date() -> None:
    data = compound_file({"\x05SummaryInformation": summary_stream("Отчёт", "Анна", MARCH_2001, 1251)})
    container = open_container(data)
    assert container is not None
    said = summary(container)
    assert (said.title, said.author, said.date) == ("Отчёт", "Анна", "2001-03-05")


@given(st.lists(st.tuples(st.integers(0, 199), st.integers(0, 255)), max_size=20), st.integers(0, 250))
@settings(max_examples=40)
def test_a_damaged_summary_is_left_empty_or_partly_read(changes: list[tuple[int, int]], end: int) -> None:
    stream = bytearray(summary_stream("A title", "An author", MARCH_2001).ljust(250, b"\0"))
    for place, value in changes:
        stream[place] = value
    container = open_container(compound_file({"\x05SummaryInformation": bytes(stream[:end])}))
    assert container is not None
    assert "\0" not in summary(container).title


def test_code_pages_have_pythons_names() -> None:
    assert [codec_of(page) for page in (1251, 65001, 10000, 28592, 936, 99999)] == [
        *("cp1251", "utf-8", "mac-roman", "iso8859-2", "gb18030", "cp1252")
    ]
    for page in (1200, 20866, 51932, 0x8001):
        "".encode(codec_of(page))


def test_impossible_file_times_are_none() -> None:
    assert file_time(MARCH_2001) == "2001-03-05T10:00:00+00:00"
    assert file_time(0) is None
    assert file_time(2**64 - 1) is None


def test_real_files_open(shared: Path) -> None:
    kinds = {path.suffix: ole_kind(path.read_bytes()) for path in sorted((shared / "docs" / "tika").glob("test*.*"))}
    assert {kinds[ending] for ending in (".doc", ".xls", ".ppt")} == {"doc", "xls", "ppt"}
