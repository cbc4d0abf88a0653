"""Archives: every file in them, counted bytes, harmless names, and what is damaged costs only itself."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.archives import is_packed_tar, packed_member, tar_members, zip_members
from explorer.reading.clean import clean
from explorer.reading.member_names import safe_path, unique
from explorer.reading.members import MAX_ENTRIES, MAX_INFLATED, MAX_MEMBER, Budget, Member
from explorer.reading.registry import read_file

FILES = {"notes/a.txt": b"It left at dawn.", "b.txt": b"It came back. " * 900, "c.txt": b"\x00" * 10}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w", **fields: object) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            for field, value in fields.items():
                setattr(entry, field, value)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def unzip(data: bytes, budget: Budget | None = None) -> list[Member]:
    return list(zip_members(io.BytesIO(data), budget or Budget()))


def untar(data: bytes, budget: Budget | None = None) -> list[Member]:
    return list(tar_members(io.BytesIO(data), budget or Budget()))


def held(members: list[Member]) -> dict[str, bytes]:
    return {member.name: member.data for member in members if member.name}


def notes(members: list[Member]) -> list[tuple[str, str]]:
    return [(member.problem.problems[0], member.problem.fault) for member in members if not member.name and member.problem]


def faults(members: list[Member]) -> dict[str, str]:
    return {member.name: member.problem.fault for member in members if member.name and member.problem}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_gives_its_files_by_every_known_method(method: int) -> None:
    budget = Budget()
    assert held(unzip(zipped(FILES, method), budget)) == FILES
    assert budget == Budget(MAX_INFLATED - sum(map(len, FILES.values())), MAX_ENTRIES - 3)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_gives_its_files_packed_or_not(mode: str) -> None:
    files = {**FILES, "x" * 90 + "/" + "é" * 90 + ".txt": b"long"}
    assert held(untar(tarred(files, mode))) == files
    assert is_packed_tar(io.BytesIO(tarred(files, mode))) == (mode != "w")


@pytest.mark.parametrize("made", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT])
def test_other_kinds_of_tar_are_read(made: int) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=made) as archive:
        entry = tarfile.TarInfo("f" * 60 + "/" + "g" * 60 + ".txt")
        entry.size = 3
        archive.addfile(entry, io.BytesIO(b"abc"))
    assert held(untar(out.getvalue())) == {"f" * 60 + "/" + "g" * 60 + ".txt": b"abc"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_one_member_named_after_it(pack: object) -> None:
    data = pack(b"It left at dawn.") + pack(b" It came back.")  # type: ignore[operator]
    members = list(packed_member(io.BytesIO(data), "folder/notes.txt.bz2", Budget()))
    assert held(members) == {"notes.txt": b"It left at dawn. It came back."}


def test_a_packed_file_has_the_name_that_gzip_kept_without_its_folders() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("inner.csv", "wb", fileobj=out) as packed:
        packed.write(b"a,b")
    data = out.getvalue().replace(b"inner.csv\0", b"../in.csv\0")
    assert held(list(packed_member(io.BytesIO(data), "outer.gz", Budget()))) == {"in.csv": b"a,b"}
    tar = tarred(FILES, "w:gz")
    assert held(list(packed_member(io.BytesIO(tar), "x.tgz", Budget()))) == FILES


def test_names_lead_nowhere_and_come_once() -> None:
    files = {"../../etc/x": b"1", "/abs/x": b"2", "C:\\w\\x": b"3", "etc/x": b"4", "a\x1b[31m\u202eb\n.txt": b"5", "..": b"6"}
    assert list(held(unzip(zipped(files)))) == ["etc/x", "abs/x", "w/x", "etc/x (2)", "a␛[31m\ufffdb .txt", "unnamed"]


@given(st.text(max_size=60) | st.from_regex(r"([A-Z]:)?[./\\]{0,9}[a-b.\x00-\x20\u202e]{0,5}[/\\.]{0,3}", fullmatch=True))
@settings(max_examples=150)
def test_no_name_leads_out_or_hides(name: str) -> None:
    path = safe_path(name)
    assert not path or all(part not in ("", ".", "..") for part in path.split("/"))
    assert clean(path) == path and "\n" not in path and "\\" not in path and len(path) < 30 * 201


def test_ten_thousand_equal_names_are_told_apart() -> None:
    taken: dict[str, int] = {}
    start = time.process_time()
    assert len({unique("a/b.txt", taken) for _ in range(10_000)} | {unique("a/b (2).txt", taken)}) == 10_001
    assert time.process_time() - start < 1


def test_names_in_code_page_437_are_read() -> None:
    raw = bytearray(zipped({"faur.txt": b"x"}))
    for at in (raw.find(b"faur"), raw.rfind(b"faur")):
        raw[at : at + 4] = b"f\x81\x9ar"
    assert list(held(unzip(bytes(raw)))) == ["füÜr.txt"]


def test_what_a_folder_walk_leaves_out_is_left_out_and_counted() -> None:
    files = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "w/Thumbs.db": b"x", "~$a.docx": b"x", "a.txt": b"x"}
    for members in (unzip(zipped(files)), untar(tarred(files))):
        assert held(members) == {"a.txt": b"x"}
        assert notes(members) == [("4 hidden or system files in it left out", "")]


def test_links_devices_and_folders_are_not_followed() -> None:
    links = untar(tarred({"l": b""}, type=tarfile.SYMTYPE, linkname="/etc/passwd"))
    assert notes(links) == [("1 link or device in it not followed", "")] and held(links) == {}
    assert notes(untar(tarred({"p": b""}, type=tarfile.FIFOTYPE))) == [("1 link or device in it not followed", "")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("l")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", "")
    assert notes(unzip(out.getvalue())) == [("1 link or device in it not followed", "")]


def test_an_empty_archive_says_so() -> None:
    assert notes(unzip(zipped({}))) == notes(untar(tarred({}))) == [("an archive without files", "empty")]


def test_encrypted_and_unknown_members_have_their_faults_and_the_others_go_on() -> None:
    raw = bytearray(zipped(FILES))
    first = raw.find(b"PK\x01\x02")
    second = raw.find(b"PK\x01\x02", first + 4)
    raw[first + 8] |= 1
    raw[second + 10 : second + 12] = struct.pack("<H", 9)
    members = unzip(bytes(raw))
    assert faults(members) == {"notes/a.txt": "password", "b.txt": "no reader"}
    assert held(members)["c.txt"] == FILES["c.txt"]


def test_a_damaged_member_costs_only_itself() -> None:
    raw = bytearray(zipped(FILES))
    at = raw.find(b"b.txt") + 5
    raw[at : at + 20] = b"\xff" * 20
    members = unzip(bytes(raw))
    assert faults(members) == {"b.txt": "damaged"} and held(members)["c.txt"] == FILES["c.txt"]
    stored = zipped(FILES, zipfile.ZIP_STORED).replace(b"left at dawn", b"left at noon")
    members = unzip(stored)
    assert held(members)["notes/a.txt"] == b"It left at noon."
    assert notes(members) == [("notes/a.txt: damaged: its checksum is wrong, so some of it may be too", "damaged")]


def test_without_its_list_a_zip_is_read_by_the_headers_in_it() -> None:
    data = zipped(FILES)
    members = unzip(data[: data.find(b"PK\x01\x02") + 30])
    assert held(members) == FILES
    assert notes(members) == [("damaged: its list of files cannot be read; 3 files found without it", "damaged")]
    members = unzip(data[: data.find(b"b.txt") + 30])  # cut inside a member
    assert held(members)["notes/a.txt"] == FILES["notes/a.txt"] and "c.txt" not in held(members)
    halved = bytearray(data)
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    halved[second] = 0
    assert sorted(held(unzip(bytes(halved)))) == sorted(FILES)


def test_a_zip_behind_a_program_is_read() -> None:
    assert held(unzip(b"#!/bin/sh\nexit\n" + zipped(FILES))) == FILES


def test_a_tar_with_a_damaged_header_gives_the_other_files() -> None:
    raw = bytearray(tarred(FILES))
    raw[0:8] = b"damaged!"
    members = untar(bytes(raw))
    assert held(members) == {name: FILES[name] for name in ("b.txt", "c.txt")}
    assert notes(members)[0][1] == "damaged"


def test_a_cut_stream_gives_what_came() -> None:
    noise = os.urandom(200_000)
    data = tarred({"a.txt": b"whole", "b.bin": noise}, "w:gz")
    members = untar(data[: len(data) // 2])
    assert held(members)["a.txt"] == b"whole" and members[1].cut and members[1].data == noise[: len(members[1].data)]
    assert {fault for _, fault in notes(members)} == {"damaged"}
    noise = base64.b64encode(noise)
    (member, note) = list(packed_member(io.BytesIO(gzip.compress(noise)[:100_000]), "n.gz", Budget()))
    assert member.cut and noise.startswith(member.data) and note.problem is not None


def test_bombs_stop_at_the_ratio_and_the_budget() -> None:
    start = time.process_time()
    words = b"word " * (12 << 20)
    budget = Budget()
    (bomb,) = unzip(zipped({"bomb.txt": words}), budget)
    assert bomb.cut and len(bomb.data) < len(words) and MAX_INFLATED - budget.inflated == len(bomb.data)
    files = {f"{number}.txt": b"word " * 100 for number in range(5)}
    for members in (unzip(zipped(files), Budget(1_200)), untar(tarred(files, "w:gz"), Budget(3_500))):
        assert sum(len(member.data) for member in members) <= 3_500
        assert notes(members)[0][0].startswith("too large when unpacked: only the first") and notes(members)[0][1] == "too large"
    packed = list(packed_member(io.BytesIO(gzip.compress(b"word " * (8 << 20))), "b.gz", Budget()))
    assert packed[0].cut and len(packed[0].data) < MAX_MEMBER
    assert time.process_time() - start < 5


def test_of_what_has_no_text_only_the_beginning_is_unpacked() -> None:
    budget = Budget()
    (picture,) = unzip(zipped({"a.jpg": b"\xff\xd8\xff" + os.urandom(500_000)}), budget)
    assert picture.cut and MAX_INFLATED - budget.inflated <= 65_536


def test_more_entries_than_allowed_are_told() -> None:
    members = unzip(zipped({f"{number}.txt": b"x" for number in range(30)}), Budget(entries=20))
    assert len(held(members)) == 20
    assert notes(members)[0] == ("only the first 20 of 30 files in it read", "too large")


def test_a_list_that_points_at_one_file_many_times_gives_it_once() -> None:
    raw = bytearray(zipped(FILES))
    places = [at for at in range(len(raw)) if raw[at : at + 4] == b"PK\x01\x02"]
    for at in places:
        raw[at + 42 : at + 46] = b"\0" * 4
    assert len(held(unzip(bytes(raw)))) == 1


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_any_bytes_are_survived(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 8, b"\x1f\x8b\x08\x08", b"BZh9", b"\xfd7zXZ\0"):
        for members in (
            unzip(start + data),
            untar(start + data),
            list(packed_member(io.BytesIO(start + data), "x.gz", Budget())),
        ):
            assert members
            assert all(member.name or member.problem for member in members)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=12), st.booleans())
@settings(max_examples=80)
def test_mutated_archives_are_survived(place: int, noise: bytes, cut: bool) -> None:
    for made, read in ((zipped(FILES), unzip), (tarred(FILES), untar), (tarred(FILES, "w:gz"), untar)):
        at = place % len(made)
        members = read(made[:at] + noise + (b"" if cut else made[at + len(noise) :]))
        for member in members:
            assert ".." not in member.name.split("/") and clean(member.name) == member.name
            assert member.name.isprintable() and not member.name.startswith("/")


def test_the_packed_samples_of_others_are_read(shared: Path) -> None:
    with (shared / "docs" / "tika" / "bob.gz").open("rb") as file:
        assert held(list(packed_member(file, "bob.gz", Budget()))) == {"alice.txt": b"hello world"}


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"It left at dawn, they say. "), ("a.pdf", b"%PDF-1.4\n1 0 obj\n")])
def test_the_beginning_of_a_broken_member_is_damaged_and_not_too_large(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(zipped({name: data + os.urandom(5000).hex().encode()})[:-3000])
    readings = dict(read_file(path))
    assert readings[name].fault == "damaged"
    assert not any("large" in problem or "first" in problem for problem in readings[name].problems)
