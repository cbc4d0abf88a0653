"""Headlines, posts, press releases, transcripts, lists and captions."""

from __future__ import annotations

import pytest

HEADLINES = [
    ("Marsh: {We will wait}\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("Marsh says {bill is dead}\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("{Bill is dead}, says minister\n\nIt rained in Lisbon all day long.", "minister"),
    ("{Bill is dead}: Marsh\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("‘{We will wait}’: Marsh on the bill\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("Marsh: ‘{We will wait}’\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("Marsh calls bill ‘{a disgrace}’\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
    ("{Nordwind to cut 300 jobs} - sources\n\nIt rained in Lisbon all day long.", "sources"),
    ("{Bill is dead}, Marsh tells CNN\n\nIt rained in Lisbon all day long.", "Elena Marsh"),
]

POSTS = [
    ("@marsh: {We will wait for the vote}.", "marsh"),
    ("{We will wait for the vote}. — Elena Marsh (@marsh) March 3", "Elena Marsh"),
    ("Marsh tweeted: {We will wait for the vote}.", "Elena Marsh"),
    ("“{We will wait},” said Elena Marsh, Chief Executive of Nordwind. “{+We hope}.”", "Elena Marsh"),
    ("“{We will wait},” said Elena Marsh, President and CEO, Nordwind.", "Elena Marsh"),
    ("Commenting on the deal, Elena Marsh, CEO of Nordwind, said: “{We will wait}.”", "Elena Marsh"),
    ("Marsh made three demands:\n\n“{Open the pier}.”\n\n“{Pay the crew}.”", "Elena Marsh; Elena Marsh"),
    ("Elena Marsh, mayor: “{Open the pier}.”\n\nOwen Pratt, engineer: “{Close it}.”", "Elena Marsh; Owen Pratt"),
    ("• Elena Marsh: “{Open the pier}.”\n• Owen Pratt: “{Close it}.”", "Elena Marsh; Owen Pratt"),
    ("- “{Open the pier},” Elena Marsh said.", "Elena Marsh"),
    ("WASHINGTON (Coast Wire) - “{We wait},” Marsh said.", "Elena Marsh"),
    ("Marsh (left) said {the bill was dead}.", "Elena Marsh"),
]

TRANSCRIPTS = [
    ("MR. ODOM: {We wait}.\n\nMS. MARSH: {Why}?\n\nMR. ODOM: {It rains}.", "Raymond Odom; Elena Marsh; Raymond Odom"),
    ("ODOM: {We wait}.\n\nMARSH: {Why}?\n\nODOM: {It rains. [Laughter]}",
     "Raymond Odom; Elena Marsh; Raymond Odom"),
    ("Q: {Elena Marsh, what now}?\n\nA: {We wait}.\n\nQ: {Why}?\n\nA: {It rains}.", "-; Elena Marsh; -; Elena Marsh"),
    ("Sen. Elena Marsh: {We wait}.\n\nOwen Pratt: {Why}?\n\nSen. Elena Marsh: {It rains}.\n\nOwen Pratt: {Go on}.",
     "Elena Marsh; Owen Pratt; Elena Marsh; Owen Pratt"),
    ("THE PRESIDENT: {We wait}.\n\nQ: {Why}?\n\nTHE PRESIDENT: {It rains}.\n\nQ: {Go on}.", "THE PRESIDENT; -; THE PRESIDENT; -"),
    ("THE COURT: {Be seated}.\n\nTHE WITNESS: {Yes}.\n\nTHE COURT: {Go on}.", "THE COURT; THE WITNESS; THE COURT"),
    ("MR. ODOM: {We wait}.\n\n{+It is late}.\n\nMS. MARSH: {Why}?\n\nMR. ODOM: {It rains}.",
     "Raymond Odom; Elena Marsh; Raymond Odom"),
]  # fmt: skip

NOT_READ = [
    "Elena Marsh speaks in Lisbon on Friday. (Photo by Tom Okafor)",
    "Owen Pratt/Getty Images",
    "By Elena Marsh",
    "Time: Monday\n\nPlace: Lisbon\n\nTickets: $10",
]


@pytest.mark.parametrize(("marked", "speakers"), HEADLINES + POSTS + TRANSCRIPTS)
def test_lines(check, marked, speakers):
    check(marked, speakers)


@pytest.mark.parametrize("text", NOT_READ)
def test_lines_without_speech(check, text):
    check(text, "")
