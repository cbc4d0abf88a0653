"""Bytes to text: every encoding people meet, and what is no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.decode import decode, is_binary

RUSSIAN = "Министр сказал журналистам, что переговоры начнутся в понедельник, сообщает агентство. " * 6
JAPANESE = "首相は記者会見で、来週から協議を始めると述べた。野党は早期の説明を求めている。" * 6
GREEK = "Ο υπουργός δήλωσε στους δημοσιογράφους ότι οι συνομιλίες θα αρχίσουν τη Δευτέρα. " * 6
ENGLISH = "The minister said “we shall see”, and left for Genève. " * 4


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin-1", "no-such-code", "rot13", "hex"]), st.booleans())
def test_any_bytes_give_a_text_or_are_binary(data: bytes, declared: str | None, cut: bool) -> None:
    found = decode(data, declared, cut)
    assert not (found.binary and found.text)
    assert found.damaged <= found.text.count("\ufffd")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_is_never_mistaken(text: str) -> None:
    text = "Some words in front. " + text.replace("~{", "").replace("\ufeff", "")
    found = decode(text.encode("utf-8"))
    assert (found.text, found.encoding, found.guessed, found.damaged) == (text, "utf-8", False, text.count("\ufffd") * 0)


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(name: str) -> None:
    found = decode(ENGLISH.encode(name))
    assert found.text == ENGLISH
    assert not found.guessed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (GREEK, "iso8859-7"),
        (ENGLISH, "cp1252"),
    ],
)
def test_other_encodings_are_guessed_right_and_said_to_be_guessed(text: str, name: str) -> None:
    found = decode(text.encode(name))
    assert found.text == text
    assert found.guessed


def test_a_true_declaration_is_believed_and_a_false_one_is_not() -> None:
    assert decode("größer".encode("latin-1"), "iso-8859-1").text == "größer"
    assert decode("größer".encode(), "ascii").text == "größer"
    assert decode(RUSSIAN.encode("koi8-r"), "utf-8").text == RUSSIAN


def test_utf8_with_a_few_damaged_bytes_stays_utf8() -> None:
    data = bytearray((RUSSIAN + ENGLISH).encode())
    data[100] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "utf-8"
    assert 0 < found.damaged < 4


def test_a_cut_in_the_middle_of_a_character_is_no_damage() -> None:
    data = RUSSIAN.encode()[:-3]
    assert decode(data, cut=True).damaged == 0
    assert decode(data, cut=True).encoding == "utf-8"


def test_binary_data_is_told_from_text() -> None:
    chooser = random.Random(1)
    for _ in range(20):
        assert is_binary(chooser.randbytes(4000))
    assert is_binary(bytes(1000))
    for text in (ENGLISH, RUSSIAN, "\x1b[31mred\x1b[0m log\n" * 50):
        assert not is_binary(text.encode())


def test_a_text_with_a_stray_nul_stays_text() -> None:
    found = decode(("word " * 200 + "\0" + " word" * 200).encode())
    assert not found.binary
    assert "\0" in found.text


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "cp1251"])
def test_no_more_is_decoded_than_is_wanted(name: str) -> None:
    text = RUSSIAN * 5000  # several of the pieces that bytes are taken in, some ending inside a character
    data = text.encode(name)
    assert decode(data).text == text
    assert [decode(data, most=most).text for most in (7, 2_000_000)] == [text[:7], text[:2_000_000]]
    assert decode((ENGLISH * 3).encode() + b"\xff" * 99, most=100).encoding == "utf-8", "what nobody wants is no damage"


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.replace(" ", " \0").encode(),
        ENGLISH.replace(" ", "\0").encode(),
        RUSSIAN.encode() + bytes(9000),
        bytes(20) + ENGLISH.encode() + bytes(500) + RUSSIAN.encode(),
    ],
    ids=["after each word", "between records", "padded", "with holes"],
)
def test_a_text_with_many_zeros_stays_text(data: bytes) -> None:
    found = decode(data)
    assert not found.binary and found.encoding == "utf-8"
    assert found.text == data.decode().rstrip("\0")


@pytest.mark.parametrize("data", [b"ID3" + bytes(99), bytes(500) + b"name" + bytes(500), b"\x01\0\0\0text of a record\0\0" * 20])
def test_marks_and_records_with_zeros_are_binary(data: bytes) -> None:
    assert is_binary(data)
