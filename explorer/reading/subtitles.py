"""Subtitles (WebVTT, SubRip): what is said, as paragraphs, without numbers, times and repetitions."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import decode
from explorer.reading.fields import cut_text, encoding_problems, first_words, unreadable

_TIMES = re.compile(
    r"\s{0,20}(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s{0,20}-->\s{0,20}(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,100})?\s([^<>]{1,200})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]{0,300}>|</?>|\{\\[^{}]{0,100}\}")
_MARKUP = re.compile("[<&{]")
_LABEL = re.compile(r"(?:>>\s?|[-–—]\s?)?[A-Z][^:\n“”\"?!;.]{0,40}:\s")
_TURN = re.compile(r"(?:>>|[-–—]\s?(?=\S))")
_SENTENCE_END = re.compile(r"[.!?…♪][\"'”’»)\]]{0,3}$")
_LANGUAGE = re.compile(r"Language:\s{0,9}([A-Za-z]{2,3})\b")
_ASIDE = ("NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP")
_PAUSE = 3.0  # seconds of silence that end a paragraph whatever was said
_BREATH = 0.5  # seconds that end it where a sentence has ended
_LONG = 300  # characters after which the end of a sentence ends the paragraph too
_MAX_LENGTH = 16_000_000  # characters: subtitles of 300 films
_LONGEST = 1000  # of speech without any punctuation


@dataclass(slots=True)
class _Cue:
    """A stretch of speech, from ``start`` to ``end`` in seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def read_subtitles(data: bytes, cut: bool = False) -> Reading:
    """Reads a VTT or SRT file. Cues are joined to paragraphs, which end with a speaker's turn, a pause or a sentence; a voice
    is put before its words as "Name: ". ``cut`` says that ``data`` is only the file's beginning."""
    if not data.strip():
        return unreadable("empty file", "empty")
    decoded = decode(data, cut=cut, most=_MAX_LENGTH + 1)
    if decoded.binary:
        return unreadable("damaged: binary data named as subtitles")
    header, cues = _cues(normalise(decoded.text[:_MAX_LENGTH]))
    if not cues:
        from explorer.reading.text import read_text

        return read_text(data, cut=cut)
    text, problems = cut_text("\n\n".join(_paragraphs(_once(cues))))
    if len(decoded.text) > _MAX_LENGTH:
        problems = (f"only the first {_MAX_LENGTH // 1_000_000} million characters read",)
    if not text.strip():
        return unreadable("nothing is said in it", "empty")
    title = clean_line(header.partition("\n")[0].removeprefix("WEBVTT").strip(" \t-–"))
    language = _LANGUAGE.search(header)
    return Reading(
        text,
        title or first_words(text),
        language=language[1][:2].lower() if language else None,
        guessed=() if title else ("title",),
        problems=(*problems, *encoding_problems(decoded)),
        state="partial" if problems else "ok",
        body_end=len(text),
        fault="too large" if problems else "",
    )


def _cues(text: str) -> tuple[str, list[_Cue]]:
    """What stands before the first cue, and the cues with their lines as written; asides are left out."""
    header: list[str] = []
    cues: list[_Cue] = []
    aside, blank = False, True
    for line in text.lstrip("\ufeff").split("\n"):
        if match := _TIMES.match(line):
            if cues:
                _without_number(cues[-1].lines)
            cues.append(_Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:])))
            aside = False
        elif not line.strip():
            aside, blank = False, True
            if cues:
                cues[-1].lines.append("")
            continue
        elif aside or (blank and line.startswith(_ASIDE) and line.split(maxsplit=1)[0].rstrip(":=") in _ASIDE):
            aside = True
        elif cues:
            cues[-1].lines.append(line)
        else:
            header.append(line)
        blank = False
    return "\n".join(header) if header and header[0].startswith("WEBVTT") else "", cues


def _without_number(lines: list[str]) -> None:
    """Takes away the name or number of the next cue: a line of its own right above its times, or a number."""
    if lines and (lines[-1].strip().isdigit() or (len(lines) > 1 and lines[-1] and not lines[-2] and len(lines[-1]) < 100)):
        lines.pop()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + int((fraction or "0").ljust(3, "0")) / 1000


def _plain(line: str) -> str:
    """A line without tags; a voice becomes a label."""
    if not _MARKUP.search(line):
        return " ".join(line.split())
    line = _VOICE.sub(lambda match: f"\0{match[1].strip()}: ", line)  # no clean text holds a NUL
    line = " ".join(html.unescape(_TAG.sub("", line)).split())
    return normalise(line.replace("\0", "\n").strip("\n")) if "\0" in line else normalise(line)


def _once(cues: list[_Cue]) -> list[_Cue]:
    """The cues in plain words; lines that roll on from one cue to the next stand there once."""
    kept: list[_Cue] = []
    shown: list[str] = []
    end = -1.0
    for cue in cues:
        lines = [part for raw in cue.lines for part in _plain(raw).split("\n") if part]
        rolls = abs(cue.start - end) < 0.2
        end = cue.end
        if not lines:
            continue
        new = lines
        if rolls and kept:
            if len(shown) == 1 and lines[0] != shown[0] and lines[0].startswith(shown[0] + " ") and kept[-1].lines[-1:] == shown:
                kept[-1].lines.pop()  # a line that grows word by word
            else:
                count = next((n for n in range(min(len(shown), len(lines), 5), 0, -1) if shown[-n:] == lines[:n]), 0)
                new = lines[count:]
        shown = lines
        if new:
            kept.append(_Cue(cue.start, cue.end, new))
        elif kept:
            kept[-1].end = cue.end
    return kept


def _paragraphs(cues: list[_Cue]) -> list[str]:
    paragraphs: list[list[str]] = []
    length, end, voice = 0, 0.0, ""
    for cue in cues:
        for number, written in enumerate(cue.lines):
            pause = cue.start - end if number == 0 else 0.0
            line, label = written, _LABEL.match(written)
            if label and label[0] == voice and paragraphs:
                line, label = line[label.end() :], None  # the same voice goes on
            elif label:
                voice = label[0]
            if not paragraphs or label or _TURN.match(line) or _ends(paragraphs[-1][-1], length, pause):
                paragraphs.append([])
                length = 0
            paragraphs[-1].append(line)
            length += len(line) + 1
        end = cue.end
    return [" ".join(paragraph) for paragraph in paragraphs]


def _ends(line: str, length: int, pause: float) -> bool:
    """Whether a paragraph is over after this line of it, before a silence of ``pause`` seconds."""
    if _SENTENCE_END.search(line[-10:]):
        return pause > _BREATH or length > _LONG
    return pause > _PAUSE or length > _LONGEST
