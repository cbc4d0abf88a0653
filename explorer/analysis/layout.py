"""What each paragraph of a document is: body text, a heading, a caption, a credit line, a byline; and its dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from explorer.analysis.lists import words
from explorer.analysis.segment import TOKEN, paragraphs, sentences
from explorer.model import Span

Role = Literal["body", "heading", "caption", "credit", "byline", "header"]
"""Header: the lines before the words of a mail (From:, Subject:) or of Markdown (between two ---)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, what it is, and its sentences; ``dateline`` spans "CITY, April 14 (Agency) - " at its head."""

    start: int
    end: int
    role: Role
    sentences: tuple[Span, ...]
    dateline: Span | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a text in order, up to the end of its body."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def sentences(self) -> list[Span]:
        """Every sentence in order."""
        return [span for paragraph in self.paragraphs for span in paragraph.sentences]


_AGENCY = r"(?:Getty|Reuters|AFP|AP|EPA|Shutterstock|Alamy|Bloomberg|Xinhua|PA|Images|Handout|Pool|File|iStock|Anadolu|TASS)"
_PICTURE = r"(?:photo|photograph|photography|image|picture|pic|credit|graphic|illustration|video)s?"
_CREDIT = re.compile(
    r"\(?\s{0,3}(?:"
    rf"(?:file )?{_PICTURE}(?: (?:by|credit|courtesy|courtesy of|illustration))?\s{{0,3}}[:©]"
    rf"|{_PICTURE} (?:by|courtesy)\b|©|\(c\)|file (?:photo|picture)\b|copyright\b)",
    re.I,
)
_AGENCY_LINE = re.compile(rf"[^\n/]{{0,60}}(?:/| via )[^\n/.]{{0,40}}\b{_AGENCY}\b[^\n.]{{0,40}}$")
_CREDIT_END = re.compile(rf"[(\[][^()\[\]\n]{{0,40}}\b{_PICTURE}\b[^()\[\]\n]{{0,80}}[)\]]$|/{_AGENCY}\)?$", re.I)
_BYLINE = re.compile(
    r"\(?(?:by|reporting by|editing by|additional reporting by|written by|story by|words by|edited by|compiled by):?\s",
    re.I,
)
_BYLINE_WORDS = words("byline_words")
_FURNITURE = re.compile(
    r"advertisement|advertising|(?:read more|sign up|subscribe|follow us|click here|watch:)\b.{0,120}"
    r"|related(?: articles| stories)?:?|share this.{0,60}|story continues below.{0,60}"
    r"|(?:last )?(?:updated|published|posted):.{0,60}|skip to .{0,60}|all rights reserved\.?|\d{1,3} comments?",
    re.I,
)
_DAY = r",? {0,2}(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATE = rf"(?:{_DAY})?"
_BRACKET = r"[(\[][^()\[\]\n]{1,60}[)\]]"
_DATELINE = re.compile(
    rf"[A-Z][A-Z.’'-]+(?:[ ,/]{{1,2}}[A-Z][A-Za-z.’'-]+){{0,6}}{_DATE} {{0,2}}(?:{_BRACKET})? {{0,2}}[-–—]+\s"
    rf"|(?:[A-Z][\w.’'-]+(?:[ ,]{{1,2}}[A-Z][\w.’'-]+){{0,4}}{_DATE} {{0,2}})?{_BRACKET} {{0,2}}[-–—]+\s"
    rf"|[A-Z][\w.’'-]+(?:[ ,]{{1,2}}[A-Z][\w.’'-]+){{0,3}}{_DAY} {{0,2}}[-–—]+\s"
)
_FRONT_MATTER = re.compile(r"\s{0,20}---[ \t]*\n(?:(?!---[ \t]*\n).{0,500}\n){1,60}?---[ \t]*(?=\n)")
_FIELD = r"(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Sender|Message-ID|Organi[sz]ation|Attachments?|Importance|X-[\w-]{1,30})"
_MAIL_HEADER = re.compile(rf"\s{{0,20}}(?:{_FIELD}:.{{0,1000}}\n(?:[ \t]+\S.{{0,1000}}\n){{0,20}}){{1,40}}", re.I)
_SENDER = re.compile(r"^\s*(?:From|To|Subject):", re.I | re.M)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}$")


def layout(text: str, body_end: int | None = None) -> Layout:
    """The paragraphs of ``text[:body_end]`` with their roles and sentences."""
    body = text if body_end is None else text[:body_end]
    spans = paragraphs(body)
    head = header_end(body)
    roles = [_role(body[start : min(end, start + 401)]) if start >= head else "header" for start, end in spans]
    for index, (start, end) in enumerate(spans):
        if roles[index] == "heading" and "credit" in roles[max(0, index - 1) : index + 2] and _names_only(body[start:end]):
            roles[index] = "caption"
    return Layout(tuple(_paragraph(body, span, role) for span, role in zip(spans, roles, strict=True)))


def header_end(text: str) -> int:
    """Where the header at the top of a mail or of Markdown ends; 0 where there is none."""
    matter = _FRONT_MATTER.match(text)
    if matter:
        return matter.end()
    mail = _MAIL_HEADER.match(text)
    return mail.end() if mail and mail.group().count("\n") > 1 and _SENDER.search(mail.group()) else 0


def _paragraph(text: str, span: Span, role: Role) -> Paragraph:
    dateline = _DATELINE.match(text, span[0], min(span[1], span[0] + 200)) if role == "body" else None
    return Paragraph(span[0], span[1], role, tuple(sentences(text, span)), dateline.span() if dateline else None)


def _names_only(line: str) -> bool:
    found = TOKEN.findall(line)
    return 2 <= len(found) <= 5 and all(word[0].isupper() or word in _BYLINE_WORDS for word in found)


def _role(line: str) -> Role:
    if len(line) > 400:
        return "body"
    if _FURNITURE.fullmatch(line) or (len(line) < 200 and _CREDIT.match(line)):
        return "credit"
    byline = _BYLINE.match(line)
    if byline and all(word[0].isupper() or word.lower() in _BYLINE_WORDS or word in "()" for word in TOKEN.findall(line)):
        return "byline"
    if _CREDIT_END.search(line):
        return "caption"
    if _AGENCY_LINE.match(line):
        return "credit"
    if len(line) < 120 and not _SENTENCE_END.search(line):
        return "heading"
    return "body"
