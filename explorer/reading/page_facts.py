"""Title, author, date and source of a web page: what it declares first, what is only found in it second and marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from explorer.reading.bylines import author_in_blocks, can_be_name, clean_author
from explorer.reading.clean import clean_line
from explorer.reading.fields import iso_date
from explorer.reading.linked_data import Article, article_of
from explorer.reading.visible import Page

_TITLE_NAMES = ("dc:title", "dc.title", "dcterms.title", "dcterm:title", "og:title", "citation_title", "twitter:title")
_AUTHOR_NAMES = (
    *("dc:creator", "dc.creator", "dcterms.creator", "dcterm:creator", "author", "article:author", "og:article:author"),
    *("parsely-author", "sailthru.author", "byl", "citation_author", "article:author_name", "cxenseparse:author", "creator"),
)
_DATE_NAMES = (
    *("article:published_time", "datepublished", "og:article:published_time", "og:published_time", "publication_date"),
    *("article.published", "date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created"),
    *("dcterms.issued", "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date", "published-date"),
    *("publish_date", "published_time", "citation_publication_date", "citation_date", "article_date_original", "pub_date"),
    *("datecreated", "originalpublicationdate", "cxenseparse:recs:publishtime", "lastpubdate", "date_published"),
)
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
_LABELS = re.compile(r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|author|autor", re.I)
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=(?:\(\d{1,5}\))?(\S{4,500})", re.I)
_HOST = re.compile(r"https?://(?:www\d?\.)?([^/\s:?#]{3,200})", re.I)
_MARKS = (" | ", " - ", " – ", " — ", " · ", " :: ", " • ", " » ", " « ", ": ", " / ")
_SHORT_LINE = 200  # characters
_MARKS_INSIDE = (": ", " / ")  # that titles have of their own as well
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d/\d{1,2}")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_MONTH_NAMED = re.compile(r"([A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page; ``guessed`` names what it does not declare."""

    title: str
    author: str
    date: str | None
    source: str
    guessed: tuple[str, ...]


def page_facts(page: Page, found: Any, html: str, first: int) -> Facts:
    """The facts of a page; ``found`` is what trafilatura says of it (or None), ``first`` the number of the main text's first
    block."""
    article = article_of(page.linked_data)
    host = _host(page, found, html)
    source = _site_name(page, found, article) or host
    author, author_guessed = _author(page, found, article, source, first)
    date, date_guessed = _date(page, found, article, html)
    guessed = (*(("author",) if author_guessed else ()), *(("date",) if date_guessed else ()))
    return Facts(_title(page, found, article, source, host), author, date, source, guessed)


def _title(page: Page, found: Any, article: Article, source: str, host: str) -> str:
    """The declared title that the page also shows as its heading; else the heading that its title holds; else what is
    declared."""
    whole = clean_line(page.title)
    declared = [_without_source(clean_line(page.declared.get(name, "")), source, host) for name in _TITLE_NAMES]
    candidates = [title for title in (clean_line(article.headline), *declared) if _speaks(title)]
    heads = [clean_line(text) for tag, text in page.headings if tag == "h1" and _squeezed(text) != _squeezed(source)]
    heads = [head for head in heads if len(_squeezed(head)) > 3]
    heads = _under_a_logo(page, whole, heads) or heads
    for title in candidates:
        if any(_squeezed(head) in _squeezed(title) for head in heads):
            return title
    shown = [head for head in heads if _squeezed(head) in _squeezed(whole)]
    if shown:
        return max(shown, key=len)
    if len(whole) > 8 and " " in whole and any(_squeezed(whole) in _squeezed(head) for head in heads):
        return whole
    if candidates:
        return candidates[0]
    lower = any(tag == "h2" and len(text) > 8 and _squeezed(text) in _squeezed(whole) for tag, text in page.headings)
    if len(heads) == 1 and len(heads[0]) > 8 and not lower:
        return heads[0]
    guess = clean_line(str((found and found.title) or ""))
    return _without_source(whole, source, host) or guess or (heads[0] if heads else "")


def _under_a_logo(page: Page, whole: str, heads: list[str]) -> list[str]:
    """The h2 that the page's title begins with, where its h1 is only what stands behind it: "Ferry leaves | News"."""
    behind = [head for head in heads if _squeezed(head) in _squeezed(whole) and not whole.startswith(head)]
    beginnings = [clean_line(text) for tag, text in page.headings if tag == "h2"]
    marks = tuple(mark for mark in _MARKS if mark not in _MARKS_INSIDE)
    firsts = [text for text in beginnings if whole.startswith(tuple(text + mark for mark in marks))]
    return [text for text in firsts[:1] if len(behind) == len(heads) == 1 and len(text) > len(behind[0])]


def _speaks(title: str) -> bool:
    """Whether a declared title is made for people: no file name, no "a-b-c" out of an address, no placeholder."""
    return any(map(str.isalpha, title)) and (" " in title or title.count("-") + title.count("_") < 2) and "{{" not in title


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _without_source(title: str, source: str, host: str) -> str:
    """A title without the name of the site, or of its host, that many pages put behind or before it."""
    for mark in _MARKS:
        before, _, last = title.rpartition(mark)
        if before and len(last) > 3 and mark not in _MARKS_INSIDE and _squeezed(last) in _squeezed(host):
            return before.rstrip()
        if not source or len(title) <= len(source):
            continue
        if title.lower().endswith((mark + source).lower()):
            return title[: -len(mark + source)].rstrip() or title
        if mark not in _MARKS_INSIDE and title.lower().startswith((source + mark).lower()):
            return title[len(source + mark) :].lstrip() or title
    if title.lower().endswith(f"[{source}]".lower()):
        return title[: -len(source) - 2].rstrip() or title
    return title


def _author(page: Page, found: Any, article: Article, source: str, first: int) -> tuple[str, bool]:
    """Who wrote it, and whether that is guessed. A site that names itself as the author counts only where nobody else is
    named."""
    itself = ""
    said_of = page.declared.get
    labelled = [said_of(f"twitter:data{n}", "") for n in "12" if _LABELS.match(said_of(f"twitter:label{n}", ""))]
    for said in (*article.authors, *(said_of(name, "") for name in _AUTHOR_NAMES), *labelled):
        name = clean_author(said)
        if name and _squeezed(name) != _squeezed(source):
            return name, False
        itself = itself or name
    for name in _guessed_authors(page, found, first):
        if name and _squeezed(name) != _squeezed(source):
            return name, True
    return itself, False


def _guessed_authors(page: Page, found: Any, first: int) -> Iterator[str]:
    yield from (clean_author(text, strict=True) for how, text in page.bylines if how == "rel")
    guess = clean_author(str((found and found.author) or ""))
    if can_be_name(guess) and not _only_offered(guess, page):
        yield guess
    yield from (clean_author(text, strict=True) for _, text in page.bylines)
    yield author_in_blocks(page.parts, first)


def _only_offered(name: str, page: Page) -> bool:
    """Whether a name stands in the page, and only with comments or what else it offers."""
    places = [part.offered for part in page.parts if name in part.text]
    return bool(places) and all(places)


def _date(page: Page, found: Any, article: Article, html: str) -> tuple[str | None, bool]:
    """When it was published, and whether that is guessed."""
    for said in (article.date, *(page.declared.get(name, "") for name in _DATE_NAMES)):
        if said and (day := _day(said)):
            return day, False
    day = iso_date(str((found and found.date) or ""))
    if day and day.endswith("-01-01") and day not in html and f"01.01.{day[:4]}" not in html:
        day = None  # a year alone, out of a copyright line mostly
    if day and not _is_apart(day, page):
        day = None  # out of a sentence or of a link
    day = day or next((day for said in page.times[:3] if (day := _day(said))), None)
    return day, day is not None


def _is_apart(day: str, page: Page) -> bool:
    """Whether a day stands where a page says of itself when it was made: in short lines, in what it declares, in its address."""
    year, month, date = day.split("-")
    short = rf"{date}[./-]{month}[./-]{year[2:]}"  # in full: 1.2.10 is a section's number
    month, date = month.lstrip("0"), date.lstrip("0")
    numbers = rf"{short}|{year}\D{{0,6}}0?{month}\D{{0,6}}0?{date}|0?{date}\D{{1,3}}0?{month}\D{{1,3}}{year}"
    pattern = re.compile(rf"(?<!\d)(?:{numbers}|0?{month}\D0?{date}\D{year}|0?{date}\D{{1,20}}{year})(?!\d)")
    own = (part for part in page.parts if part.kind != "pre" and not part.offered)
    lines = (part.text for part in own if len(part.text) <= _SHORT_LINE)
    return any(pattern.search(said) for said in (*page.declared.values(), *page.times, *page.linked_data, page.title, *lines))


def _day(said: str) -> str | None:
    said = clean_line(said, 100)
    if said.startswith("1970-01-01"):
        return None  # a clock that was never set
    if day := iso_date(said.replace("/", "-") if _YEAR_MONTH.fullmatch(said) else said):
        return day
    if match := _YEAR_FIRST.search(said):
        return iso_date("-".join(match.groups()))
    if match := _DAY_FIRST.search(said):
        return iso_date("-".join(reversed(match.groups())))
    match = _MONTH_NAMED.search(said)
    return iso_date(match[1]) if match else None


def _site_name(page: Page, found: Any, article: Article) -> str:
    """The site's name as it is declared, or else as trafilatura finds it."""
    first, *others = (page.declared.get(name, "") for name in _SITE_NAMES)
    guess = clean_line(str((found and found.sitename) or ""))
    if any(tag == "h1" and _squeezed(text) == _squeezed(guess) for tag, text in page.headings):
        guess = ""  # half of the page's title, and the wrong one
    if "_" in guess:
        guess = ""  # a name at some network
    for name in map(clean_line, (first, article.site, *others, guess)):
        if name and not name.startswith(("http:", "https:", "@", "©", "(c)", "Copyright")):
            return name
    return ""


def _host(page: Page, found: Any, html: str) -> str:
    """The host that a page came from: as a browser wrote it when it saved the page, or as the page's own links have it."""
    saved = _SAVED_FROM.search(html[:5_000])
    places = (saved[1] if saved else "", page.declared.get("og:url", ""), page.declared.get("canonical", ""))
    hosts = (host[1] for place in places if (host := _HOST.match(place)))
    return clean_line(next(hosts, "") or str((found and found.hostname) or ""))
