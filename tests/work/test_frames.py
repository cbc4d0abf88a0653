"""Frames and forms: what goes over the pipe comes out the same, and nothing else is taken for a frame."""

from __future__ import annotations

import io
import struct
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model import Analysis, Cue, Mention, Pronoun, Quote, Reading, Speaker
from explorer.work import frames
from explorer.work.forms import analysis_from_json, analysis_to_json, reading_from_json, reading_to_json
from explorer.work.frames import FrameError, encode_frame, read_frame, write_frame

WORDS = st.text(st.characters(codec=None), max_size=30)
NUMBER = st.integers(0, 10**7)
SPANS = st.lists(st.tuples(NUMBER, NUMBER), max_size=3).map(tuple)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
CONFIDENCE = st.floats(0, 1)
READINGS = st.builds(Reading, WORDS, WORDS, WORDS, st.none() | WORDS, WORDS, st.none() | WORDS, NAMES, NAMES, body_end=NUMBER)
MENTIONS = st.builds(
    *(Mention, NUMBER, NUMBER, WORDS, st.sampled_from(["PERSON", "DATE"]), WORDS, WORDS, CONFIDENCE),
    *(st.none() | WORDS, st.none() | WORDS, WORDS),
)
QUOTES = st.builds(
    *(Quote, NUMBER, NUMBER, WORDS, SPANS, st.sampled_from(["direct", "indirect"])),
    st.none() | st.builds(Speaker, NUMBER, NUMBER, WORDS, WORDS, WORDS),
    st.none() | st.builds(Cue, NUMBER, NUMBER, WORDS),
    *(SPANS, WORDS, CONFIDENCE, st.none() | WORDS, st.booleans(), st.none() | NUMBER),
)
ANALYSES = st.builds(
    Analysis,
    st.lists(MENTIONS, max_size=3).map(tuple),
    st.lists(QUOTES, max_size=3).map(tuple),
    st.lists(st.builds(Pronoun, NUMBER, NUMBER, WORDS), max_size=3).map(tuple),
)


class Dribble(io.BytesIO):
    """A stream without a buffer: it gives one byte at a time, as a pipe may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(1 if size else 0)


def there_and_back(value: Any, stream: type[io.BytesIO] = io.BytesIO) -> Any:
    return read_frame(stream(encode_frame(value)))


@given(st.recursive(st.none() | st.booleans() | NUMBER | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner)))
def test_values_survive_surrogates_included(value: Any) -> None:
    assert there_and_back([value]) == [value]
    assert there_and_back([value], Dribble) == [value]


def test_frames_follow_each_other_until_the_end() -> None:
    stream = io.BytesIO()
    for number in range(3):
        write_frame(stream, {"n": number})
    stream.seek(0)
    assert [read_frame(stream) for _ in range(4)] == [{"n": 0}, {"n": 1}, {"n": 2}, None]


@pytest.mark.parametrize(
    "data",
    [b"\0", b"\0\0\0", b"\0\0\0\5ab", b"\0\0\0\2{]", struct.pack(">I", frames.MAX_FRAME + 1), b"\0\0\0\2\xff\xff"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(io.BytesIO(data))


def test_a_value_above_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MAX_FRAME", 100)
    with pytest.raises(FrameError):
        encode_frame("x" * 200)


@given(READINGS)
def test_readings_survive(reading: Reading) -> None:
    assert reading_from_json(there_and_back(reading_to_json(reading))) == reading


@given(ANALYSES)
def test_analyses_survive(analysis: Analysis) -> None:
    assert analysis_from_json(there_and_back(analysis_to_json(analysis))) == analysis


def test_thousands_of_analyses_a_second() -> None:
    quote = Quote(0, 9, "word " * 20, ((0, 9),), "direct", Speaker(0, 9, "she", "Ada Quill", "cue"), None, ((0, 9),), "said")
    analysis = Analysis((Mention(0, 9, "Ada Quill", "PERSON", "Ada Quill", "list"),) * 40, (quote,) * 10)
    start = time.process_time()
    for _ in range(300):
        analysis_from_json(there_and_back(analysis_to_json(analysis)))
    assert time.process_time() - start < 0.3
