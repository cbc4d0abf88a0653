"""Quotes of a text with their speakers: in marks, in reported clauses, and both, over sentences and paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from explorer.analysis.attribution import closing_cut
from explorer.analysis.clauses import Report
from explorer.analysis.descriptions import describe
from explorer.analysis.drafts import Draft, finished, spans
from explorer.analysis.grammar import group
from explorer.analysis.layout import Layout, Paragraph
from explorer.analysis.mail import Block, quoted_blocks
from explorer.analysis.marks import find_marks
from explorer.analysis.noun_phrases import Subject
from explorer.analysis.phrases import Item
from explorer.analysis.pronouns import PERSONAL, Profile, Scene, Watch
from explorer.analysis.reports import find_reports, stray_marks
from explorer.analysis.rules import precision
from explorer.analysis.sentences import is_english, rows
from explorer.analysis.speakers import Resolved, resolve
from explorer.analysis.subjects import opening_subject
from explorer.analysis.transcripts import Turn, turns
from explorer.analysis.unspoken import is_code, is_reference, sounds_spoken, without_salutation
from explorer.model import Cue, Mention, Pronoun, Quote, Span, Speaker

_READ_ROLES = frozenset({"body", "heading"})
LONG = 7
"""Words that a stretch in marks with no cue must have to be taken for speech."""
_SURE = 0.3
"""Least confidence with which a pronoun is listed."""
LATELY = 4
"""Quotes back among which one that continues is looked for."""
LONGEST_BREAK = 2
"""Paragraphs from one that leaves a quote open to the one that goes on with it, at most."""
_FIRST_PERSON = group("quotes first person")


def find_quotes(
    text: str, layout: Layout, mentions: Sequence[Mention], profiles: Mapping[str, Profile], watch: Watch | None = None
) -> tuple[tuple[Quote, ...], tuple[Pronoun, ...]]:
    """The quotes of ``text`` and the third-person pronouns that could be resolved, both in order of place.

    ``mentions`` are sorted and do not overlap; ``profiles`` gives a person's gender by canonical name;
    ``watch`` is shown the choices of the ranker (see ``Scene``).
    """
    blocks, quoted = quoted_blocks(text, layout.paragraphs[-1].end if layout.paragraphs else 0, mentions)
    ends = [end for _, end in quoted]
    read = [
        paragraph
        for paragraph in layout.paragraphs
        if paragraph.role in _READ_ROLES and not _within(paragraph, quoted, ends) and not is_reference(text, paragraph)
    ]
    found = find_marks(text, [(paragraph.start, paragraph.end) for paragraph in read], closing_cut)
    marks = [[mark for mark in inside if not is_code(text[slice(*mark.inner)])] for inside in found]
    starts = [mention.start for mention in mentions]
    narrative = _Narrative(text, Scene(profiles, describe(text, mentions), watch))
    said = turns(text, read, mentions)
    for number, (paragraph, inside) in enumerate(zip(read, marks, strict=True)):
        if number in said:
            narrative.take_turn(said[number], [mark.inner for mark in inside if mark.start >= said[number].words[0]])
            continue
        first, last = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        for row in rows(text, paragraph, inside, mentions[first:last]):
            narrative.take(without_salutation(row), number, heading=paragraph.role == "heading")
    narrative.take_mail(blocks)
    return narrative.quotes(), tuple(narrative.pronouns)


def _within(paragraph: Paragraph, lines: Sequence[Span], ends: Sequence[int]) -> bool:
    """Whether a paragraph begins in one of the lines that a mail quotes."""
    place = bisect_right(ends, paragraph.start)
    return place < len(lines) and lines[place][0] <= paragraph.start


def _opens_row(row: Sequence[Item], index: int) -> bool:
    """Whether words in marks open their sentence and a comma follows, as before an attribution."""
    comma = (index + 1 < len(row) and row[index + 1].low == ",") or row[index].low[-1:] == ","
    opens = index == 0 or row[index - 1].low in (".", "!", "?")
    return opens and comma and row[index].capital and len(row[index].low.split()) >= 3


class _Narrative:
    """Goes through the sentences in order and keeps who spoke last."""

    def __init__(self, text: str, scene: Scene) -> None:
        self._text = text
        self._scene = scene
        self._drafts: list[Draft] = []
        self._last: Draft | None = None  # the draft of the sentence before, where it had one
        self._subject: Speaker | None = None  # the subject of the sentence before
        self._english = is_english(text)
        self.pronouns: list[Pronoun] = []

    def take(self, row: Sequence[Item], paragraph: int, *, heading: bool) -> None:
        """Adds the quotes and pronouns of a sentence."""
        reports = find_reports(row, heading=heading)
        opening = opening_subject(row, len(row))
        subjects = {report.subject.head for report in reports if report.subject is not None}
        self._scene.enter(row, subjects if opening is None else subjects | {opening.head})
        before = self._last
        subject = self._opening(row, opening, reports)
        drafts = [self._draft(row, report, paragraph) for report in reports]
        if not reports and all(item.kind in ("mark", "stop") for item in row):
            drafts = self._alone(row, paragraph, before, heading)
        else:
            near = drafts[-1].speaker if drafts else subject or self._subject
            drafts.extend(self._strays(row, reports, near, paragraph, heading=heading))
        if before is not None and drafts and any(item.mark is not None and item.mark.reopened for item in row):
            self._join(before, drafts[0])
        if not drafts and subject is not None and before is not None and before.speaker is None and before.cue is None:
            before.speaker = None if before.heading else replace(subject, how="subject of the sentence after")
        self._list_pronouns(row)
        self._drafts.extend(draft for draft in drafts if draft not in self._drafts[-LATELY:])
        self._last = drafts[-1] if drafts else None
        self._subject = drafts[-1].speaker if drafts and drafts[-1].speaker else subject

    def take_turn(self, turn: Turn, marks: list[Span]) -> None:
        """Adds a turn of a transcript."""
        start, end = turn.label
        if turn.goes_on and self._last is not None:
            self._last.segments.append(turn.words)
            self._last.marks.extend(marks)
            return
        speaker = None
        if turn.name != "Q":
            speaker = Speaker(start, end, self._text[start:end], turn.name, "turn of a transcript")
        cue = Cue(end, end + 1, self._text[end : end + 1])
        self._last = Draft([turn.words], marks, True, speaker, cue, "turn of a transcript", precision("turn of a transcript"))
        self._drafts.append(self._last)

    def take_mail(self, blocks: Sequence[Block]) -> None:
        """Adds what a mail quotes of other mails, a quote a block."""
        for block in blocks:
            if block.label is None or block.cue is None or block.name is None:
                continue
            speaker = Speaker(*block.label, self._text[slice(*block.label)], block.name, "author of a quoted mail")
            cue = Cue(*block.cue, self._text[slice(*block.cue)])
            how = "lines quoted in a mail"
            self._drafts.append(Draft(block.words, [], True, speaker, cue, how, precision(how)))

    def _opening(self, row: Sequence[Item], opening: Subject | None, reports: Sequence[Report]) -> Speaker | None:
        """The subject of a sentence without a cue, noted for pronouns to come; a place that is named says nothing."""
        if opening is None or any(report.subject is not None and report.subject.head == opening.head for report in reports):
            return None
        found = resolve(self._text, row, opening, self._scene, "the sentence")
        name = row[opening.head].name
        return found.speaker if found is not None and (name is None or name.type != "PLACE") else None

    def _draft(self, row: Sequence[Item], report: Report, paragraph: int) -> Draft:
        cue_span = (row[report.cue[0]].start, row[report.cue[1] - 1].end) if report.cue else None
        cue = Cue(*cue_span, self._text[slice(*cue_span)]) if cue_span else None
        found: Resolved | None = None
        if report.subject is not None and (self._english or report.subject.kind == "name"):
            place = row[report.subject.start].start
            first = row[report.parts[0][0]].start
            limit = min(first, place)
            found = resolve(self._text, row, report.subject, self._scene, cue.text if cue else "", limit)
        via = resolve(self._text, row, report.via, self._scene, "according to") if report.via is not None else None
        segments, marks, words = spans(row, report.parts)
        confidence = precision(report.rule) * (1.0 if found is not None or report.subject is None else 0.8)
        return Draft(
            segments,
            marks,
            words,
            found.speaker if found is not None else None,
            cue,
            report.rule,
            confidence,
            via.speaker.name if via is not None else None,
            report.denied,
            paragraph,
        )

    def _alone(self, row: Sequence[Item], paragraph: int, before: Draft | None, heading: bool) -> list[Draft]:
        """A sentence that is only words in marks: it continues the quote before, or takes its speaker."""
        segments, marks, _ = spans(row, [(index, index + 1) for index, item in enumerate(row) if item.kind == "mark"])
        if not segments:
            return []
        if heading:
            return [
                Draft(
                    segments,
                    marks,
                    False,
                    None,
                    None,
                    "words in marks in a heading",
                    0.5 * precision("words in marks in a heading"),
                    paragraph=paragraph,
                    heading=True,
                )
            ]
        reopened = any(item.mark is not None and item.mark.reopened for item in row)
        last = before if before is not None or not self._drafts else self._open(paragraph)
        near = last is not None and last.speaker is not None and paragraph - last.paragraph <= 1
        if (
            self._english
            and not near
            and not any(sounds_spoken(row, index) for index, item in enumerate(row) if item.kind == "mark")
        ):
            return []
        if last is not None and (reopened or (last.paragraph == paragraph and last.marks and not last.words)):
            last.segments.extend(segments)
            last.marks.extend(marks)
            last.paragraph = paragraph
            return [last]
        # "sure" is how often the one who is in mind is the speaker, where no cue says so
        speaker, how, sure = None, "words in marks with no cue", 0.5
        if last is not None and last.speaker is not None:
            near = last.paragraph == paragraph
            speaker = replace(last.speaker, how="continues the quote above")
            how, sure = "continues the words before", 0.9 if near else 0.7
        elif self._subject is None and self._drafts and self._drafts[-1].paragraph == paragraph and self._drafts[-1].speaker:
            speaker = replace(self._drafts[-1].speaker, how="last speaker of the paragraph")
            how, sure = "words in marks in the paragraph of a speaker", 0.6
        elif self._subject is not None:
            speaker = replace(self._subject, how="subject of the sentence before")
            how, sure = "words in marks after the subject's sentence", 0.7
        return [Draft(segments, marks, False, speaker, None, how, sure * precision(how), paragraph=paragraph)]

    def _open(self, paragraph: int) -> Draft | None:
        """The quote that was left open where a picture or link breaks it off, and goes on in this paragraph."""
        last = self._drafts[-1]
        if not last.marks or not 0 < paragraph - last.paragraph <= LONGEST_BREAK:
            return None
        return last if self._text[last.marks[-1][1] : last.marks[-1][1] + 1] in ("", "\n", "\r") else None

    def _strays(
        self, row: Sequence[Item], reports: Sequence[Report], near: Speaker | None, paragraph: int, *, heading: bool
    ) -> list[Draft]:
        """Words in marks that no cue reports: speech where they are long or in the first person, else at arm's length."""
        speaker = replace(near, how="nearest subject") if near is not None and not heading and self._english else None
        how = "words in marks in a heading" if heading else "words in marks with no cue"
        found: list[Draft] = []
        for index in stray_marks(row, reports):
            words = row[index].low.split()
            personal = any(word.strip(".,!?").replace("’", "'") in _FIRST_PERSON for word in words)
            led = index > 0 and row[index - 1].low == ":"
            title = speaker is None and self._english and not sounds_spoken(row, index)
            if heading or (len(words) >= LONG and not title) or (personal and len(words) >= 3) or led or _opens_row(row, index):
                segments, marks, _ = spans(row, [(index, index + 1)])
                found.append(
                    Draft(segments, marks, False, speaker, None, how, 0.6 * precision(how), paragraph=paragraph, heading=heading)
                )
        return found

    def _join(self, before: Draft, draft: Draft) -> None:
        """A quote that began in the paragraph before and is attributed only now is one quote."""
        if before.cue is None and draft.cue is not None and not before.words and before in self._drafts[-LATELY:]:
            self._drafts[-LATELY:] = [other for other in self._drafts[-LATELY:] if other is not before]
            draft.segments = before.segments + draft.segments
            draft.marks = before.marks + draft.marks

    def _list_pronouns(self, row: Sequence[Item]) -> None:
        for item in row:
            found = self._scene.resolve(item.low, item.start) if item.kind == "word" and item.low in PERSONAL else None
            if found is not None and found.confidence >= _SURE and found.candidate.final().kind != "someone":
                how = f"{self._text[item.start : item.end]} → {found.name}"
                self.pronouns.append(Pronoun(item.start, item.end, found.name, how, found.confidence))

    def quotes(self) -> tuple[Quote, ...]:
        """The quotes in order of place."""
        return finished(self._text, self._drafts)
