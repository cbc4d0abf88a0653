"""Mutations of files: of their bytes, or of the members of a package, which is packed again."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
import zlib

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_DIGITS = re.compile(rb"-?\d+")
_EXTREMES = (b"0", b"-1", b"99999999999999999999", b"2147483648", b"1e308", b"NaN", b"-0", b"65536", b"0.0000001")
_TAGS = re.compile(rb"</?[A-Za-z][^<>]{0,200}>")
_BAITS = (
    b"&#0;",
    b"&#x1b;[31m",
    b"\x1b]0;x\x07",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"\xff\xfe",
    b"\x00",
    b'"',
    b"\\u0000",
    b"../",
)
_MOST = 2_000_000  # bytes: an input is not to be long, but odd


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """``data`` after one to eight mutations; ``other`` gives pieces."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.8:
        mutated = _mutate_zip(data, other, chance)
    elif data[:2] == b"\x1f\x8b" and chance.random() < 0.7:
        mutated = _mutate_gzip(data, other, chance)
    else:
        mutated = _mutate_bytes(data, other, chance)
    return mutated[:_MOST]


def _mutate_zip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A package with one or two members mutated inside, or renamed, dropped, doubled; sound as a package again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [(info.filename, package.read(info)) for info in package.infolist() if info.file_size < _MOST]
    except Exception:  # a seed that is no sound package, which is what it tests
        return _mutate_bytes(data, other, chance)
    for _ in range(chance.randint(1, 2)):
        if not members:
            break
        place = chance.randrange(len(members))
        name, inside = members[place]
        match chance.randrange(10):
            case 0:
                del members[place]
            case 1:
                members.append((name, inside))
            case 2:
                members[place] = (members[chance.randrange(len(members))][0], inside)
            case _:
                pieces = members[chance.randrange(len(members))][1]
                members[place] = (name, _mutate_bytes(inside, pieces, chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, inside in members:
            package.writestr(zipfile.ZipInfo(name), inside)
    whole = packed.getvalue()
    return _mutate_bytes(whole, other, chance) if chance.random() < 0.1 else whole


def _mutate_gzip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    try:
        inside = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return _mutate_bytes(data, other, chance)
    return gzip.compress(_mutate_bytes(inside, other, chance))


def _mutate_bytes(data: bytes, other: bytes, chance: random.Random) -> bytes:
    piece = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        _once(piece, other, chance)
        if not piece:
            break
    return bytes(piece)


def _once(piece: bytearray, other: bytes, chance: random.Random) -> None:
    """One mutation, in place."""
    if not piece:
        return
    at = chance.randrange(len(piece))
    length = min(len(piece) - at, int(2 ** chance.uniform(0, 12)))
    match chance.randrange(12):
        case 0:
            piece[at] ^= 1 << chance.randrange(8)
        case 1:
            for _ in range(chance.randint(2, 60)):
                piece[chance.randrange(len(piece))] = chance.randrange(256)
        case 2:
            del piece[at:]
        case 3:
            del piece[at : at + length]
        case 4:
            piece[at:at] = piece[at : at + length] * chance.choice((1, 2, 50))
        case 5 if other:
            start = chance.randrange(len(other))
            piece[at : at + length] = other[start : start + int(2 ** chance.uniform(0, 14))]
        case 6:
            width = chance.choice((1, 2, 4, 8))
            number = chance.choice(_NUMBERS) & ((1 << 8 * width) - 1)
            piece[at : at + width] = number.to_bytes(width, chance.choice(("big", "little")))
        case 7:
            _replace(piece, _DIGITS, chance.choice(_EXTREMES), chance)
        case 8:
            tag = _TAGS.search(piece, at)
            if tag:
                piece[tag.end() : tag.end()] = bytes(tag[0]) * chance.choice((1, 3, 300, 3000))
        case 9:
            _replace(piece, _TAGS, b"", chance)
        case 10:
            piece[at:at] = chance.choice(_BAITS) * chance.choice((1, 1, 100))
        case _:
            piece[at : at + length] = chance.randbytes(length)


def _replace(piece: bytearray, pattern: re.Pattern[bytes], with_: bytes, chance: random.Random) -> None:
    """Replaces the next match behind a place chosen by chance."""
    found = pattern.search(piece, chance.randrange(len(piece))) or pattern.search(piece)
    if found:
        piece[found.start() : found.end()] = with_
