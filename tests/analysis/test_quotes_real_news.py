"""What real documents hold beside plain attributions: nouns that look like verbs, narration, lists, labels, mail."""

from __future__ import annotations

import pytest

from explorer.analysis.pipeline import analyse
from explorer.export.citation import quoted_words


def rows(text: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker.name if quote.speaker else None, quoted_words(quote)) for quote in analyse(text, "2024-05-10").quotes]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Reyes has claimed victory as the city council ended its third hearing on the bridge.",
        "Most of the dairies reported in-line or better than expected results.",
        "A series of text messages Reyes provided to the court showed a long dispute.",
        "The strong correlation reveals that the shells bind to the surface.",
        "The pumps were replaced, which suggests that the fault was known.",
        "Later in the day, Ana Reyes and Tom Mercer, both engineers, testified before the committee.",
        "During the whole of the term, Ana Reyes agrees to the following.",
        "If said insurance coverage expires, the owner pays.",
        "Someone asked Ana Reyes that question.",
        '^ "Harbour Light Record". Coastal Register. Dorset Press. Retrieved May 6, 2013.',
        'Run it with "pump --mode=slow" and see.',
        "Mark Hale Font: KODAX21",
        "A. Upon delivery the goods pass to the buyer.\n\nA. The buyer shall pay.\n\nA. This may be amended.",
        "The journal Tidewater published the findings in a paper titled: “A filtered approach to the control of pumps.”",
        'The station aired a morning show called "Tim Dale Country Hour" until 1980.',
    ],
)
def test_nobody_speaks(text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The owner was told, and Robert Lanyon, who runs the mill, says that it never came to him.",
            ("Robert Lanyon", "it never came to him"),
        ),
        ("Sales fell, and Robert Lanyon, the chief executive, said he would resign.", ("Robert Lanyon", "he would resign")),
        ("The pump failed, said another witness, former harbour adviser Fiona Hale.", ("Fiona Hale", "The pump failed")),
        ("Both Ana Reyes and Tom Mercer told lawmakers that it was wrong.", ("Ana Reyes and Tom Mercer", "it was wrong")),
        ("Ana Reyes told visiting Norway officials they would need to pay.", ("Ana Reyes", "they would need to pay")),
        (
            "Ana Reyes told reporters it was her duty, as she fended off the questions of rivals.",
            ("Ana Reyes", "it was her duty"),
        ),
        ("Ana Reyes said the mill was closed, as it was in May.", ("Ana Reyes", "the mill was closed, as it was in May")),
        (
            "Relatives said that the men left and had informed police of the loss.",
            ("relatives", "the men left and had informed police of the loss"),
        ),
        ("When Ana Reyes asked if the gate was open, the guard went home.", ("Ana Reyes", "if the gate was open")),
        ("Dorset floods: France sends boats and warns the worst is to come", ("France", "the worst is to come")),
        (
            "It rained. It was dark. Fog came. The driver who stayed back claimed that the lorry had burned. Tom Mercer died.",
            ("driver", "the lorry had burned"),
        ),
        (
            "A second person briefed on last weekend's call said the plan was dead.",
            ("second person briefed on last weekend's call", "the plan was dead"),
        ),
    ],
)
def test_who_says_what(text, expected):
    assert rows(text) == [expected]


def test_the_nearer_subject_goes_on():
    text = "France said it keeps to the plan, while the city's police deny accusations of brutality and say they show restraint."
    assert rows(text) == [("France", "it keeps to the plan"), ("city's police", "they show restraint")]


def test_a_second_verb_with_words_of_its_own_parts_them():
    text = "Tom Mercer said he had seen the vote and slammed the hearings as a “disgrace.”"
    assert rows(text) == [("Tom Mercer", "he had seen the vote"), ("Tom Mercer", "disgrace.")]


def test_a_quote_goes_on_behind_a_link():
    text = (
        "Tom Mercer said: “We stay here. We are ready.\n\nSEE MORE: The port in pictures\n\n“If it burns, we go. We have boats.”"
    )
    assert {speaker for speaker, _ in rows(text)} == {"Tom Mercer"}
    assert "We have boats." in rows(text)[-1][1]


def test_a_salutation_is_no_speaker():
    assert rows("DEAR NORA: My husband has bought a boat. He is happy.") == []


MAIL = """From: Tom Mercer <tom@example.org>
To: Ana Reyes <ana@example.org>
Subject: Re: pumps

On Tue, 7 May 2024 at 10:12, Ana Reyes <ana@example.org> wrote:
> On Mon, Jo Hale wrote:
> > The pumps are old.
> They are, but I have
> seen worse. "Nobody" cares.

Fine, we replace them.

> And the gate?

Later.
"""


def test_quoted_lines_of_a_mail_are_by_whoever_wrote_them():
    assert rows(MAIL) == [
        ("Jo Hale", "The pumps are old."),
        ("Ana Reyes", 'They are, but I have seen worse. "Nobody" cares.'),
        ("Ana Reyes", "And the gate?"),
    ]


def test_marks_before_lines_that_nobody_is_said_to_have_written_quote_nobody():
    assert rows("> A line.\n\nAna Reyes said it was late.") == [("Ana Reyes", "it was late")]
