"""Quotes and their speakers, pattern by pattern, in sentences of our own."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.analysis.layout import layout
from explorer.analysis.quotes import find_quotes
from explorer.model import Mention, Pronoun, Quote

NAMES = {
    "Elena Marsh": ("PERSON", "Elena Marsh"),
    "Marsh": ("PERSON", "Elena Marsh"),
    "Owen Pratt": ("PERSON", "Owen Pratt"),
    "Pratt": ("PERSON", "Owen Pratt"),
    "Tom Okafor": ("PERSON", "Tom Okafor"),
    "Harbour Trust": ("ORG", "Harbour Trust"),
    "Nordwind": ("ORG", "Nordwind"),
    "Coast Wire": ("ORG", "Coast Wire"),
    "Valdoria": ("PLACE", "Valdoria"),
    "Lisbon": ("PLACE", "Lisbon"),
    "on Friday": ("", ""),
    "Friday": ("DATE", "Friday"),
    "Monday": ("DATE", "Monday"),
}
PROFILES = {
    "Elena Marsh": SimpleNamespace(gender="female"),
    "Owen Pratt": SimpleNamespace(gender="male"),
    "Tom Okafor": SimpleNamespace(gender="male"),
}


def mentions(text: str) -> list[Mention]:
    pattern = "|".join(sorted((re.escape(name) for name, (kind, _) in NAMES.items() if kind), key=len, reverse=True))
    return [
        Mention(found.start(), found.end(), found.group(), *NAMES[found.group()], how="test")  # type: ignore[arg-type]
        for found in re.finditer(rf"\b(?:{pattern})\b", text)
    ]


def analysed(text: str) -> tuple[tuple[Quote, ...], tuple[Pronoun, ...]]:
    return find_quotes(text, layout(text), mentions(text), PROFILES)


def told(text: str) -> list[tuple[str, str | None]]:
    """Each quote's segments, joined by a bar, and its speaker's name."""
    return [
        (" | ".join(text[slice(*segment)] for segment in quote.segments), quote.speaker.name if quote.speaker else None)
        for quote in analysed(text)[0]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” Elena Marsh said.", [("We wait,", "Elena Marsh")]),
        ("“We wait,” said Elena Marsh.", [("We wait,", "Elena Marsh")]),
        ("Elena Marsh said: “We wait.”", [("We wait.", "Elena Marsh")]),
        ("Elena Marsh said, “We wait.”", [("We wait.", "Elena Marsh")]),
        ("“We wait,” Marsh said on Friday. “We hope.”", [("We wait, | We hope.", "Elena Marsh")]),
        ("“If it rains,” Marsh said, “we wait.”", [("If it rains, | we wait.", "Elena Marsh")]),
        ("“Who is there?” Marsh asked. “Speak!”", [("Who is there? | Speak!", "Elena Marsh")]),
        ("“We wait,” Marsh told reporters in Lisbon.", [("We wait,", "Elena Marsh")]),
        ("Marsh replied to them in Lisbon like this: “We wait.”", [("We wait.", "Elena Marsh")]),
        ("“No comment,” said a spokeswoman for Harbour Trust.", [("No comment,", "spokeswoman for Harbour Trust")]),
        ("Nordwind wrote on its account: “We sail.”", [("We sail.", "Nordwind")]),
        ("“We sail,” the visiting captain, Tom Okafor, said.", [("We sail,", "Tom Okafor")]),
        ("“We wait,” Ms. Marsh recalled.", [("We wait,", "Elena Marsh")]),
    ],
)
def test_direct(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected
    assert {quote.kind for quote in analysed(text)[0]} == {"direct"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsh said the pier was “quite safe” in winter.", [("the pier was “quite safe” in winter", "Elena Marsh")]),
        ("Marsh said that “the pier” was safe.", [("“the pier” was safe", "Elena Marsh")]),
        (
            "Nordwind learned of it at the “last minute” on Friday, officials said, according to Coast Wire.",
            [("Nordwind learned of it at the “last minute” on Friday", "officials")],
        ),
        ("The pier was “a gift”, Marsh said.", [("The pier was “a gift”", "Elena Marsh")]),
    ],
)
def test_mixed(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected
    assert {quote.kind for quote in analysed(text)[0]} == {"mixed"}
    for quote in analysed(text)[0]:
        assert [text[start - 1] + text[end] for start, end in quote.marks] == ["“”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsh said that the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("Marsh said the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("The pier was safe, Marsh said on Friday.", [("The pier was safe", "Elena Marsh")]),
        ("The pier was safe, said Elena Marsh, who runs it.", [("The pier was safe", "Elena Marsh")]),
        ("Valdoria, she said, has closed the pier.", [("Valdoria | has closed the pier", None)]),
        ("According to Harbour Trust, the pier was safe.", [("the pier was safe", "Harbour Trust")]),
        ("The pier was safe, according to Harbour Trust.", [("The pier was safe", "Harbour Trust")]),
        (
            "Marsh said the pier was safe, adding that nobody had looked.",
            [("the pier was safe", "Elena Marsh"), ("nobody had looked", "Elena Marsh")],
        ),
        ("Marsh stressed as Pratt had, that the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("Marsh told Coast Wire the pier would open on Monday.", [("the pier would open on Monday", "Elena Marsh")]),
        ("Marsh, in a statement, said the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("Marsh, an engineer from Lisbon, said the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("Marsh, who built the pier, said that it was safe.", [("it was safe", "Elena Marsh")]),
        ("On Friday the harbour master said the pier was safe.", [("the pier was safe", "harbour master")]),
        ("In a statement, Harbour Trust said the pier was safe.", [("the pier was safe", "Harbour Trust")]),
        ("Marsh said in an interview with a radio on Friday that the pier was safe.", [("the pier was safe", "Elena Marsh")]),
        ("Valdoria has insisted that it must close the pier.", [("it must close the pier", "Valdoria")]),
        ("Pratt accused Harbour Trust of hiding the report.", [("hiding the report", "Owen Pratt")]),
        ("A Valdoria official indicated that the pier was safe.", [("the pier was safe", "Valdoria official")]),
        (
            "Marsh said the pier was safe, while Pratt said that it was not.",
            [("the pier was safe", "Elena Marsh"), ("it was not", "Owen Pratt")],
        ),
    ],
)
def test_indirect(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(text) == expected
    assert {quote.kind for quote in analysed(text)[0]} == {"indirect"}


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace train” left on Friday.",
        "Her novel “The Long Pier” sold well, and the film “Ice” followed.",
        "Critics of the “train” stayed at home.",
        "Photo: “We wait,” Elena Marsh said.",
        "The minister did not say whether the pier was safe.",
        "Marsh was told that the pier was safe.",
        "Marsh said little.",
        "Claims are pending in two courts.",
        "Marsh left after Valdoria's earlier reported attack on the pier, which was old.",
        "Valdoria has not yet publicly claimed responsibility for the attack, which was small.",
    ],
)
def test_no_quotes(text: str) -> None:
    assert told(text) == []


def test_a_quote_whose_sentence_names_nobody_has_no_speaker() -> None:
    assert told("Elena Marsh left.\n\nOn Friday said, “The pier is safe.”") == [("The pier is safe.", None)]


def test_relayed_words_keep_the_relayer() -> None:
    (quote,) = analysed("The pier was safe, officials said, according to Coast Wire.")[0]
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.via) == ("officials", "Coast Wire")


def test_denials_are_marked() -> None:
    denied, said = analysed("Marsh denied that the pier was closed. Pratt said it was open.")[0]
    assert (denied.denied, said.denied) == (True, False)


def test_pronouns_follow_gender_and_subject() -> None:
    text = "Owen Pratt met Elena Marsh in Lisbon. “It is over,” she told him. He replied that it was not."
    assert told(text) == [("It is over,", "Elena Marsh"), ("it was not", "Owen Pratt")]
    quotes, pronouns = analysed(text)
    assert quotes[0].speaker is not None
    assert quotes[0].speaker.how == "she → Elena Marsh"
    assert {(text[pronoun.start : pronoun.end], pronoun.name) for pronoun in pronouns} >= {
        ("him", "Owen Pratt"),
        ("He", "Owen Pratt"),
    }


def test_roles_lead_back_to_their_holder() -> None:
    text = "Finance minister Elena Marsh came to Lisbon. Owen Pratt left. The minister said that the pier was safe."
    assert told(text) == [("the pier was safe", "Elena Marsh")]


def test_whose_sister_and_whose_lawyer() -> None:
    text = "Owen Pratt stayed at home. His sister said that he was ill. His lawyer said that he was well."
    assert told(text) == [("he was ill", "sister of Owen Pratt"), ("he was well", "lawyer for Owen Pratt")]


def test_a_second_verb_shares_the_subject() -> None:
    assert told("Marsh closed the pier and said that it was unsafe.") == [("it was unsafe", "Elena Marsh")]
    assert told("Marsh said that it was old, and added that it leaked.") == [
        ("it was old", "Elena Marsh"),
        ("it leaked", "Elena Marsh"),
    ]


def test_labels_keep_only_the_words_in_marks() -> None:
    assert told("Elena Marsh called the pier “a gift to the sea” on Monday.") == [("a gift to the sea", "Elena Marsh")]


def test_an_agency_that_reports_what_another_said_is_the_relayer() -> None:
    (quote,) = analysed("The minister said that the pier was safe, state news agency Coast Wire reported.")[0]
    assert quote.text == "the pier was safe"
    assert quote.via is not None and "Coast Wire" in quote.via


def test_a_role_named_only_later() -> None:
    text = "The pier is safe, its keeper said.\n\nIts keeper, Tom Okafor, lives there."
    assert told(text) == [("The pier is safe", "Tom Okafor")]


def test_a_paragraph_of_marks_continues_its_speaker() -> None:
    text = "“We wait,” Elena Marsh said.\n\n“It is late,” she added.\n\n“Nobody came.”"
    assert told(text) == [("We wait,", "Elena Marsh"), ("It is late,", "Elena Marsh"), ("Nobody came.", "Elena Marsh")]


def test_reopened_paragraphs_are_one_quote() -> None:
    text = "Tom Okafor said: “We heard it.\n\n“We went out.\n\n“It fell.”"
    assert told(text) == [("We heard it. | We went out. | It fell.", "Tom Okafor")]
    text = "“We heard it.\n\n“We went out,” said Tom Okafor."
    assert told(text) == [("We heard it. | We went out,", "Tom Okafor")]


def test_a_heading_takes_the_speaker_of_its_words_below() -> None:
    text = "“The pier is safe”: a day in Lisbon\n\n“The pier is safe,” Elena Marsh said.\n\n“Good,” said Owen Pratt."
    assert told(text)[0] == ("The pier is safe", "Elena Marsh")


def test_transcripts() -> None:
    text = "MARSH: Was it safe?\n\nPRATT: It was. I looked.\n\nMARSH: When did you look?\n\nPRATT: On Friday."
    found = [Mention(text.index(word, at), text.index(word, at) + 5, word, "PERSON", name, "test")
             for word, name, at in (("MARSH", "Elena Marsh", 0), ("PRATT", "Owen Pratt", 0), ("MARSH", "Elena Marsh", 20),
                                    ("PRATT", "Owen Pratt", 60))]  # fmt: skip
    quotes, _ = find_quotes(text, layout(text), sorted(found, key=lambda mention: mention.start), PROFILES)
    assert [(quote.text, quote.speaker.name if quote.speaker else None) for quote in quotes] == [
        ("Was it safe?", "Elena Marsh"),
        ("It was. I looked.", "Owen Pratt"),
        ("When did you look?", "Elena Marsh"),
        ("On Friday.", "Owen Pratt"),
    ]


PIECES = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "Elena Marsh", "Pratt", "said", "told", "according to", "adding", "that", "who", "he",
     "she", "it", "the minister", "of", ",", ".", "?", ":", ";", "(", ")", "\n", "\n\n", " ", "Friday", "safe",
     "was", "A:", "denied", "called"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80)))
def test_spans_of_any_text_lie_inside_it(text: str) -> None:
    quotes, pronouns = analysed(text)
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        assert text[quote.start : quote.end] == quote.text
        assert quote.segments
        assert list(quote.segments) == sorted(quote.segments)
        assert all(quote.start <= start < end <= quote.end for start, end in (*quote.segments, *quote.marks))
        assert all(any(s <= start and end <= e for s, e in quote.segments) for start, end in quote.marks)
        assert 0 <= quote.confidence <= 1
        for part in (quote.speaker, quote.cue):
            assert part is None or text[part.start : part.end] == part.text
    for pronoun in pronouns:
        assert text[pronoun.start : pronoun.end].isalpha()


@pytest.mark.parametrize("piece", ['"', "said ", "he ", '"a ', "“a\n\n", 'said: "a" ', "‘a ", '"Q," X, a b, said. ',
                                   "claim that a is ", "quoted him as saying ",
                                   "he said a, and that b, and that c ", "MARSH: a\n", "in the words of “a” ",
                                   "according to ", '6\'2" ', '"a “b” '])  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        parts = layout(text)
        begun = time.process_time()
        find_quotes(text, parts, (), {})
        return time.process_time() - begun

    seconds(5_000)
    small, large = seconds(8_000), seconds(64_000)
    assert large < 8 * small * 3 + 0.25
