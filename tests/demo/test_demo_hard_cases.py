"""Every planted hard case is really in the document that the README names."""

from __future__ import annotations

import re

import pytest

HARD_CASES = [
    ("title, then surname", "ferry-fire", r"Harbour Master Nadia Verrall told[^\n]+\n\nVerrall said"),
    ("title, then surname", "water-notice", r"Dr\. Amara Quist, the town’s health officer, said[^\n]+\n\nQuist said"),
    ("title with surname", "ferry-passengers", r'give it again," Captain Vandeloo said'),
    ("he added, next paragraph", "ferry-fire", r"Robert Lanyon said\.\n\n“[^”]+,” he added\. “"),
    ("he added, next paragraph", "water-council", r"” he said\. “[^”]+”\n\n“[^”]+,” he added\."),
    ("quote over paragraphs", "cable-accord", r"\n“[^”\n]+\n\n“[^”\n]+,” van der Meyde said"),
    ("fragment", "water-notice", r"but there was “nothing yet” to tie"),
    ("fragment", "plant-closure", r"It would “honour every condition” attached"),
    ("no subject", "ferry-fire", r"\nIn a statement late on Thursday said: “"),
    ("at second hand", "water-notice", r"officials said [^.\n]+, according to Benedict Oyelaran"),
    ("at second hand", "plant-closure", r"Officials in Poland said [^.\n]+, according to a person"),
    ("at second hand", "cable-landing", r"secretariat said[^.]+, according to the town clerk"),
    ("photo credit", "ferry-inquiry", r"\nPhoto: [^\n]+ Ines Calloway/Corvane\n"),
    ("photo credit", "plant-workers", r"\nPhotograph: Tom Reddaway\n"),
    ("photo credit", "ferry-warning", r"\n\*Picture credit: "),
    ("mixed marks", "ferry-correction", r'(?s)"people stop guessing.*“The order came before the bell\.”'),
    ("mixed marks", "ferry-warning", r'(?s)"We were warned.*“I gave the order'),
    ("quote in a quote", "plant-workers", r'"He said, \'Son, I was going to ask you,\'" Reyes said'),
    ("quote in a quote", "cable-explained", r"“Somebody said to me, ‘You cannot hurry the sea,’” she told us"),
    ("acronym", "ferry-fire", r"(?s)Sarrow Sound Ferries \(SSF\).*\nThe Coastal Safety Board \(CSB\)"),
    ("acronym", "plant-closure", r"(?s)Allied Turbine Workers’ Federation \(ATWF\).*the ATWF’s"),
    ("acronym", "cable-talks", r"(?s)Atlantic Cable Forum \(ACF\).*The ACF has"),
    (
        "country names",
        "cable-talks",
        r"(?s)The United States.*U\.S\..*Britain.*the United Kingdom.*Washington.*The Hague",
    ),
    ("country names", "cable-accord", r"(?s)the U\.K\., said London.*Holland"),
    ("country names", "cable-explained", r"(?s)America.*Great Britain, the Netherlands.*Washington.*The UK"),
    ("nickname", "ferry-fire", r"Lanyon, known to everyone on the quays as Bobby"),
    ("nickname", "plant-closure", r"Dunmore, widely known as Red"),
    ("one surname, two people", "water-notice", r"Thorsby, who is not related to [^.]+, Daniel Thorsby"),
    ("one surname, two people", "water-hearing", r"(?s)\nMR\. THORSBY: .*\nMS\. THORSBY: "),
    ("denial", "ferry-inquiry", r"denied that he had ever called"),
    ("denial", "water-notice", r"Pell-Stratton denied that the company"),
    ("denial", "cable-accord", r"Harkwell denied that Britain"),
    ("not named", "ferry-inquiry", r"Two people who work at SSF said[^\n]+not to be named"),
    ("not named", "cable-talks", r"A senior European diplomat, who asked not to be named"),
    ("correction", "ferry-correction", r"\nCORRECTION: An article on Saturday quoted Robert Lanyon"),
    ("transcript", "water-hearing", r"\nMR\. OYELARAN: [^\n]+\n\nMR\. PELL-STRATTON: It was\.\n"),
    ("headline quote", "ferry-passengers", r'\A"We went up because down was not an option": '),
    ("block quote", "ferry-warning", r'\n> "We were warned'),
    (
        "front matter",
        "plant-numbers",
        r"\A---\ntitle: .*\nauthor: .*\ndate: 2026-04-09\nsource: Quayside Review\n---\n",
    ),
    ("furniture", "water-leak", r"(?s)Join us for £4 a month.*On the third of March.*Privacy"),
    ("furniture", "cable-explained", r"(?s)Sign in.*Almost everything.*Terms"),
    ("no-break space", "water-leak", "Dr\N{NO-BREAK SPACE}Amara Quist"),
    ("words over lines", "cable-landing", r"that leaves\r?\nrepair ships waiting"),
]


@pytest.mark.parametrize(("case", "stem", "pattern"), HARD_CASES)
def test_a_hard_case_is_really_there(case, stem, pattern, text_of):
    assert re.search(pattern, text_of(stem)), case
