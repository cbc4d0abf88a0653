"""Subtitles: speech as paragraphs, each voice by its name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import normalise
from explorer.reading.subtitles import read_subtitles

VTT = """WEBVTT - A talk at the pier
Kind: captions
Language: en-GB

NOTE nobody hears this
nor this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ada Quill>We left at <i>dawn</i>,

2
00:04.000 --> 00:06.000
<v Ada Quill>and nobody was hurt.

00:06.100 --> 00:08.000
<v.loud Tom Reed>Really? You &amp; who?</v>
<v Ada Quill>The master.

01:00:20.000 --> 01:00:21.000
The <00:20.500><c>water</c> was high.
"""


def test_voices_paragraphs_and_head_of_webvtt() -> None:
    reading = read_subtitles(VTT.encode())
    assert reading.text == (
        "Ada Quill: We left at dawn, and nobody was hurt.\n\nTom Reed: Really? You & who?\n\n"
        "Ada Quill: The master.\n\nThe water was high."
    )
    assert (reading.title, reading.language, reading.guessed) == ("A talk at the pier", "en", ())


def srt(*cues: str, step: float = 2.0, gap: float = 0.0) -> bytes:
    blocks = []
    for number, words in enumerate(cues):
        start, end = number * step, (number + 1) * step - gap
        blocks.append(f"{number + 1}\n{stamp(start)} --> {stamp(end)}\n{words}\n")
    return "\n".join(blocks).encode()


def stamp(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60) % 60:02}:{int(seconds) % 60:02},{int(seconds * 1000) % 1000:03}"


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        (
            ("hello and welcome", "hello and welcome\nto the show", "to the show\ntoday we talk"),
            "hello and welcome to the show today we talk",
        ),
        (("hello", "hello and", "hello and welcome"), "hello and welcome"),
        (("- Who is it?\n- Me, {\\an8}sir.",), "- Who is it?\n\n- Me, sir."),
        (("REED: We sail.", "At dawn."), "REED: We sail. At dawn."),
        (("It was", "1984"), "It was 1984"),
    ],
)
def test_cues_become_paragraphs(cues: tuple[str, ...], text: str) -> None:
    assert read_subtitles(srt(*cues)).text == text


def test_a_silence_ends_a_paragraph() -> None:
    assert read_subtitles(srt("We left", "at dawn", step=10.0, gap=4.0)).text == "We left\n\nat dawn"
    assert read_subtitles(srt("We left.", "At dawn", step=10.0, gap=1.0)).text == "We left.\n\nAt dawn"


def test_cues_without_blank_lines_between() -> None:
    data = b"1\n00:00:01,000 --> 00:00:02,000\nWe left\n2\n00:00:02,000 --> 00:00:03,000\nat dawn\n"
    assert read_subtitles(data).text == "We left at dawn"


def test_other_encodings_and_nothing_said() -> None:
    assert read_subtitles(srt("Où est-il?").decode().encode("utf-16")).text == "Où est-il?"
    assert read_subtitles(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n").state == "unreadable"
    assert read_subtitles(b"Only words").text == "Only words", "as text at worst"


@settings(max_examples=50)
@given(st.lists(st.one_of(st.sampled_from(VTT.encode().split(b"\n")), st.binary(max_size=10)), max_size=30), st.booleans())
def test_any_bytes_give_a_clean_reading(lines: list[bytes], cut: bool) -> None:
    reading = read_subtitles(b"\n".join(lines), cut)
    assert reading.text == normalise(reading.text)
    assert (reading.state == "unreadable") == (not reading.text)
