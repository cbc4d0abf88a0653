"""Zip packages within bounds: bombs, lies, damage, encryption."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import packages
from explorer.reading.members import Budget
from explorer.reading.packages import PackageError, open_package

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


def words(count: int) -> str:
    """Text that does not pack well."""
    source = random.Random(7)
    return " ".join(f"{source.getrandbits(40):x}" for _ in range(count))


def opened(data: bytes, budget: Budget | None = None):
    return open_package(io.BytesIO(data), budget)


def test_parts_are_found_whatever_the_case_and_slashes(make_zip):
    package = opened(make_zip({"Word/Document.xml": "<a>x</a>", "folder/": ""}))
    assert package.names() == ["Word/Document.xml"]
    assert package.find("/word/document.xml") == "Word/Document.xml"
    assert "word/none.xml" not in package
    assert package.read("word/document.xml") == b"<a>x</a>"
    assert (package.problems, package.fault) == ([], "")


def test_parts_are_read_side_by_side(make_zip):
    parts = {name: f"<{name}>{words(30_000)}</{name}>" for name in "ab"}
    package = opened(make_zip(parts))
    first, second = package.chunks("a"), package.chunks("b")
    pieces = [next(first), next(second), *first, *second]
    assert sorted(map(len, pieces)) and sum(map(len, pieces)) == sum(map(len, parts.values()))
    assert package.problems == []


def test_a_missing_part_is_an_error_and_ends_events(make_zip):
    package = opened(make_zip({"a": "x"}))
    with pytest.raises(PackageError, match="b is missing"):
        package.read("b")
    assert list(package.events("b")) == []
    assert package.fault == "damaged"


def test_a_bomb_is_stopped_at_the_ratio_and_its_beginning_kept(make_zip):
    package = opened(make_zip({"a.xml": "<a>probe</a>" + " " * 30_000_000}))
    data = package.read("a.xml")
    assert data.startswith(b"<a>probe</a>") and 1 << 20 <= len(data) < 10_000_000
    assert package.fault == "too large"
    assert re.fullmatch(r"only the first \d MB of a\.xml read: it is too large", package.problems[0])


def test_a_hundred_megabyte_bomb_costs_under_a_second(make_zip):
    data = make_zip({"a.xml": b"<a>" + bytes(100 << 20)})
    started = time.process_time()
    package = opened(data)
    assert len(package.read("a.xml")) <= len(data) * 200
    assert time.process_time() - started < 1
    assert package.fault == "too large"


def test_the_budget_is_of_all_parts_together(make_zip):
    budget = Budget(inflated=1500)
    package = opened(make_zip({"a": "a" * 1000, "b": "b" * 1000}), budget)
    assert len(package.read("a")) == 1000 and package.fault == ""
    assert len(package.read("b")) == 500 and package.fault == "too large"
    assert budget.inflated == 0


def test_too_many_entries_are_cut(make_zip):
    package = opened(make_zip({f"part{i}": "x" for i in range(30)}), Budget(entries=10))
    assert len(package.names()) == 10 and package.fault == "too large"


def test_a_limit_of_a_part_is_kept_to_the_byte(make_zip):
    package = opened(make_zip({"a": words(40_000)}))
    assert len(package.read("a", limit=70_000)) == 70_000
    assert package.fault == "too large"


def test_a_slow_reading_stops_by_itself(make_zip, monkeypatch):
    monkeypatch.setenv("EXPLORER_READ_SECONDS", "0.1")
    package = opened(make_zip({"a": words(100_000)}))
    pieces = package.chunks("a")
    next(pieces)
    time.sleep(0.08)
    assert len(b"".join(pieces)) <= packages.FREE
    assert package.fault == "too slow"


def test_small_parts_are_read_though_time_is_up(make_zip, monkeypatch):
    monkeypatch.setenv("EXPLORER_READ_SECONDS", "0.1")
    package = opened(make_zip({"a": words(200_000), **{f"{i}": "title" for i in range(50)}}))
    time.sleep(0.08)
    assert [package.read(f"{i}") for i in range(20)] == [b"title"] * 20
    assert package.problems == []
    package.read("a")
    assert package.fault == "too slow"


def test_size_fields_that_lie_are_not_believed(make_zip):
    data = make_zip({"a": "x" * 5000})
    for place, offset in ((data.find(CENTRAL), 24), (data.find(LOCAL), 22)):
        for size in (0, 10, 0xFFFFFFF0):
            lying = data[: place + offset] + struct.pack("<I", size) + data[place + offset + 4 :]
            package = opened(lying)
            assert package.read("a") == b"x" * 5000
            assert package.problems == []


def test_a_crc_error_is_named_and_the_part_kept(make_zip):
    data = make_zip({"a": "hello", "b": "sound"})
    place = data.find(CENTRAL) + 16
    package = opened(data[:place] + bytes(4) + data[place + 4 :])
    assert package.read("a") == b"hello" and package.read("b") == b"sound"
    assert package.problems == ["damaged: a is not what was packed (CRC error)"]


def test_a_cut_file_gives_what_is_before_the_cut(make_zip):
    text = words(20_000)
    data = make_zip({"a": "whole", "b": text, "c": "never"})
    package = opened(data[: data.find(LOCAL, 4) + 60_000])
    assert package.names() == ["a", "b"]
    assert package.read("a") == b"whole"
    begun = package.read("b").decode()
    assert len(begun) > 50_000 and text.startswith(begun)
    assert package.fault == "damaged" and len(package.problems) == 2


def test_a_lost_directory_is_done_without(make_zip):
    data = make_zip({"a": "one", "b": "two"})
    for broken in (data[: data.find(CENTRAL)], data.replace(CENTRAL, b"PK\0\0"), data.replace(END, b"PK\0\0")):
        package = opened(broken)
        assert [package.read(name) for name in package.names()] == [b"one", b"two"]
        assert package.fault == "damaged"


def test_bytes_before_the_zip_do_no_harm(make_zip):
    package = opened(b"#!/bin/sh\n" + make_zip({"a": "one"}))
    assert package.read("a") == b"one" and package.problems == []


def test_names_that_are_there_twice_are_named():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "second")
    package = opened(data.getvalue())
    assert package.read("a") == b"second"
    assert package.problems == ["a is in it more than once: the last is read"] and package.fault == ""


@pytest.mark.parametrize(("data", "fault"), [(b"", "damaged"), (b"PK\3\4", "damaged"), (b"no zip" * 100, "damaged")])
def test_what_is_no_zip_is_damaged(data, fault):
    with pytest.raises(PackageError) as caught:
        opened(data)
    assert caught.value.fault == fault


def test_passwords(make_zip):
    data = bytearray(make_zip({"a": "one", "b": "two"}))
    data[data.find(CENTRAL) + 8] |= 1
    package = opened(bytes(data))
    with pytest.raises(PackageError, match="password needed"):
        package.read("a")
    assert package.read("b") == b"two"
    data[data.rfind(CENTRAL) + 8] |= 1
    with pytest.raises(PackageError) as caught:
        opened(bytes(data))
    assert caught.value.fault == "password"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(PackageError) as caught:
        opened(ole + "EncryptedPackage".encode("utf-16-le"))
    assert caught.value.fault == "password"
    with pytest.raises(PackageError) as caught:
        opened(ole)
    assert caught.value.fault == "damaged"


def test_an_unknown_packing_is_named(make_zip):
    data = bytearray(make_zip({"a": "one", "b": "two"}))
    data[data.find(CENTRAL) + 10] = 9
    with pytest.raises(PackageError, match="method 9"):
        opened(bytes(data)).read("a")


def test_damaged_xml_is_kept_up_to_the_damage_and_said_once(make_zip):
    package = opened(make_zip({"a.xml": "<a><b>kept</b><c"}))
    texts = [name for kind, name, _ in package.events("a.xml") if kind == "text"]
    assert texts == ["kept"]
    assert len(package.problems) == 1 and package.problems[0].startswith("damaged: a.xml: not well-formed XML")


def test_characters_are_bounded(make_zip, monkeypatch):
    monkeypatch.setattr(packages, "MAX_CHARACTERS", 100_000)
    package = opened(make_zip({"a.xml": f"<a>{words(60_000)}</a>"}))
    length = sum(len(name) for kind, name, _ in package.events("a.xml") if kind == "text")
    assert 100_000 < length < 250_000
    assert package.fault == "too large"


@settings(max_examples=60)
@given(st.data())
def test_mutated_zips_raise_nothing_else(data):
    sound = io.BytesIO()
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.xml", "b/c.xml"):
            archive.writestr(name, f"<a>{name * 20}</a>")
    raw = bytearray(sound.getvalue())
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=12)):
        raw[place] = value
    try:
        package = opened(bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw))
    except PackageError as error:
        assert error.reason and error.fault
        return
    for name in package.names():
        list(package.events(name))
