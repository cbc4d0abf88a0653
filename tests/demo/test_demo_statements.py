"""Every statement of the README's sheet is printed where and how the sheet says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer import demo

README = Path(demo.__file__).with_name("README.md")


def sheet() -> list[tuple[str, str, str, str, str]]:
    """The promises of the README's tables: (number, who, words, treatment, document)."""
    rows = re.findall(r"^\| ([A-Z]\d) \| ([^|]+) \| ([^|]+) \|(.+)\|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    promises = []
    for number, who, words, cells in rows:
        for treatment, stem in re.findall(r"(\w+)[^`;|]*`([\w-]+)`", cells):
            promises.append((number, who, words, treatment, stem))
    return promises


def test_the_sheet_is_read_whole(stems):
    promises = sheet()
    assert len({number for number, *_ in promises}) == 22
    assert len(promises) >= 22 * 2
    assert {stem for *_, stem in promises} <= set(stems)


def fits(words: str, treatment: str, text: str) -> bool:
    """Whether the text prints the words in the way named."""
    whole = words.rstrip(".") in text
    tokens = words.rstrip(".").split()
    halves = [(" ".join(tokens[:k]).rstrip(".,"), " ".join(tokens[k:])) for k in range(2, len(tokens) - 1)]
    match treatment:
        case "verbatim" | "source" | "misattributed":
            return whole
        case "shortened":
            ends = [part for half in halves for part in half if len(part.split()) >= 4]
            return not whole and any(re.search(re.escape(part), text, re.IGNORECASE) for part in ends)
        case "split":
            pattern = '{}[.,]?" [^"]{{3,80}}[.,] "{}'
            return not whole and any(re.search(pattern.format(*map(re.escape, half)), text) for half in halves)
        case "partial":
            found = re.findall(r'"([^"]{5,80})"', text)
            return not whole and any(part.rstrip(".,") in words and " " in part for part in found)
        case "altered" | "indirect":
            return not whole
    raise ValueError(treatment)


@pytest.mark.parametrize("promise", sheet(), ids=lambda promise: f"{promise[0]}-{promise[4]}")
def test_a_statement_is_printed_as_the_sheet_says(promise, text_of, folded):
    _, who, words, treatment, stem = promise
    text = folded(text_of(stem))
    assert fits(words, treatment, text)
    if treatment == "verbatim":
        at = text.index(words.rstrip("."))
        assert who.split()[-1].lower() in text[max(0, at - 300) : at + len(words) + 300].lower()


def test_a_statement_promised_verbatim_in_two_outlets_is_in_both(path_of):
    verbatim: dict[str, set[str]] = {}
    for number, _, _, treatment, stem in sheet():
        if treatment in ("verbatim", "source"):
            verbatim.setdefault(number, set()).add(path_of(stem).parent.name)
    assert sum(len(outlets) >= 2 for outlets in verbatim.values()) >= 10


# What the sheet calls altered, indirect or misattributed: the words that stand there instead.
INSTEAD = {
    ("F1", "ferry-inquiry"): "Everyone had been taken off within nineteen minutes and no one was left behind",
    ("F1", "ferry-correction"): "including that nobody had been left behind",
    (
        "F2",
        "ferry-warning",
    ): '"We were warned about those engines in January and we were fixing them," Bobby Lanyon said',
    ("F4", "ferry-warning"): 'I would give it again," Verrall said.',
    ("F7", "ferry-warning"): '"I have seen the engine and it is safe," he went on.',
    ("W1", "water-council"): 'too long," Thorsby wrote in it, in a line that drew shouts',
    ("P2", "plant-workers"): "No one would lose their job before the end of September, Arcell said.",
    ("P2", "plant-numbers"): '"No one will lose their job before the end of the year," Arcell said',
    ("P5", "plant-closure"): "to Gdansk in Poland, two people briefed on the decision said.",
    ("P5", "plant-workers"): "The work is to go to Gdansk, according to the union",
    ("P5", "plant-numbers"): "Three people who have seen the plan told Quayside Review that hiring had begun.",
    ("C1", "cable-explained"): "they would not sign anything that left repair ships waiting for permits",
    ("C2", "cable-explained"): 'signature," Tobias Harkwell, the British delegate, said',
    (
        "C3",
        "cable-landing",
    ): "The United Kingdom wanted it done by summer and done properly, its delegate, Tobias Harkwell, told",
    (
        "C4",
        "cable-talks",
    ): "British officials said a joint patrol had been agreed in principle, according to two delegates",
    (
        "C4",
        "cable-explained",
    ): "officials had said that a joint patrol was agreed in principle, according to news reports",
}


def test_every_changed_wording_is_there(text_of, folded):
    changed = {(n, stem) for n, _, _, treatment, stem in sheet() if treatment in ("altered", "indirect", "misattributed")}
    assert changed == set(INSTEAD)
    for (number, stem), words in INSTEAD.items():
        assert words in folded(text_of(stem)), (number, stem)
