"""What each paragraph is."""

from __future__ import annotations

import pytest

from explorer.analysis import analyse
from explorer.analysis.layout import header_end, layout


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("By Ada Thornbury", "byline"),
        ("By ADA THORNBURY and Jo Li in Kirkwall", "byline"),
        ("By the time the ferry came the quay was empty.", "body"),
        ("(Photo: Ada Thornbury/Getty Images)", "credit"),
        ("Photo : Ada Thornbury/Getty Images", "credit"),
        ("ADVERTISEMENT", "credit"),
        ("A boat leaves the harbour. (Ada Thornbury/Handout Photo)", "caption"),
        ("Island votes to keep its ferry", "heading"),
        ("The island voted to keep its ferry.", "body"),
    ],
)
def test_roles(line, role):
    (paragraph,) = layout(line).paragraphs
    assert paragraph.role == role


def test_a_lone_name_beside_a_credit_is_a_caption():
    first, second, third = layout("Ada Thornbury\n(Photo: Jo Li/Reuters)\nThe minister spoke.\n").paragraphs
    assert (first.role, second.role, third.role) == ("caption", "credit", "body")


def test_dateline():
    text = "KIRKWALL, Orkney (Island Wire) — The ferry sailed."
    (paragraph,) = layout(text).paragraphs
    assert paragraph.dateline and text[slice(*paragraph.dateline)] == "KIRKWALL, Orkney (Island Wire) — "


def test_nothing_behind_the_body_is_read():
    assert layout("One.\nTwo.", 5).paragraphs[-1].end <= 5


@pytest.mark.parametrize(
    "header",
    [
        'From: Ada Quill <ada@example.org>\nTo: news@example.org\nSubject: Marsh said "it is over for us all, I know"\n',
        '---\ntitle: Marsh said "it is over for us all, I know"\nauthor: Ada Quill\n---\n',
    ],
)
def test_the_header_of_a_mail_or_of_markdown_is_read_for_names_and_not_for_quotes(header):
    text = f"{header}\nElena Marsh said it was over."
    found = analyse(text)
    assert [text[slice(*quote.segments[0])] for quote in found.quotes] == ["it was over"]
    assert "Ada Quill" in {one.name for one in found.entities}


@pytest.mark.parametrize("header", ["From: the quay they saw it.\n", "--- said nobody ---\n", "Note: it rained.\nTo: be\n"])
def test_prose_that_looks_like_a_header_is_prose(header):
    assert header_end(f"{header}\nElena Marsh said it was over.") == 0


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO/COPENHAGEN, Feb 11 (Nordwire) - ",
        "PORT SARROW, England, 12 March 2026 (Corvane) — ",
        "ROTTERDAM, 2 April 2026 – ",
        "Paris, March 12 — ",
        "GENEVA – ",
    ],
)
def test_a_dateline_is_no_part_of_what_was_said(dateline):
    text = f"{dateline}The talks stalled again, delegates said."
    assert [text[slice(*quote.segments[0])] for quote in analyse(text).quotes] == ["The talks stalled again"]
