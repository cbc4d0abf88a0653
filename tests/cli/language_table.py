"""A small folder, and what every operator of the query language must find in it, worked out by hand."""

from __future__ import annotations

import datetime

TODAY = datetime.date.today()
FILES = {
    "delay.txt": """\
Tax delay
Tarn Valley News, 2024-03-05

The minister said the levy will not be delayed. A café opened in the old mill.

Nobody asked why.
""",
    "harbour.txt": """\
Harbour notes
Ledger, 2024-05-20

The minister spoke for a long while about many other things. Then a delay was mentioned.

Putin sent no word. No tax was due in the rail strike, and no tax cut
was near.
""",
    "notes/leak.md": """\
# Levy leak

Delay no more: the W-2 form, the C++ code and rule H52.1 came from O'Neill. The U.S.
paper FR12 is short, FR123 is long. Don't panic.

A plan for de-escalation: the company's women.
""",
    "impot.html": """\
<html lang="fr"><head><title>Impôt nouveau</title>
<meta property="og:site_name" content="Le Courrier"></head>
<body><article><p>Une taxe de plus pour la ville, et le tarif du pont sera plus haut dans un an, a-t-on appris.</p>
<p>Le conseil municipal a vu Poutin et une seule woman dans la salle,
et la salle est restée calme toute la nuit.</p></article></body></html>
""",
    "storm.eml": """\
From: Ann Reed <ann@tarn.example>
To: Bob Hill <bob@mill.example>
Date: Fri, 10 Jan 2025 09:00:00 +0000
Subject: Storm warning

The storm will be delayed. Levy payers in Paris wait.
""",
    "bridge.txt": f"""\
Bridge closed
Tarn Valley News, {TODAY - datetime.timedelta(days=1)}

Mayor Martha Keller said on Monday: "We will not cut the tax this year."

"Inflation is over," Robert Lanyon told reporters in Sarrow. Keller denied that the bridge was unsafe.
""",
    "ferry.txt": f"""\
Ferry fire
Ledger, {TODAY - datetime.timedelta(days=15)}

Robert Lanyon, of the Coastal Safety Board, said: "The tax cut is real, and inflation is not."

The ferry burned.
""",
    "council.txt": """\
Council meets
Post, 2023-07-01

"Nobody will pay for the pier, not one of us"

Paul Verrall said on Friday that the pier was "a bad joke" that nobody would pay.

The council met at noon. It was a cold day.

"Nobody will pay for the pier, not one of us," he said.
""",
    "sign.txt": """\
On the wall of the house stands in white paint: "Nobody may fish from this pier before noon."
""",
}
D, H, L, M, S = "delay.txt", "harbour.txt", "notes/leak.md", "impot.html", "storm.eml"
B, F, C, W = "bridge.txt", "ferry.txt", "council.txt", "sign.txt"
# fmt: off
TABLE: dict[str, set[str]] = {
    # all, any, none
    "tax delay": {D, H},
    "tax AND delay": {D, H},
    "tax && delay": {D, H},
    "+tax +delay": {D, H},
    "ferry OR storm": {F, S},
    "ferry | storm": {F, S},
    "ferry || storm": {F, S},
    "{ferry storm}": {F, S},
    "levy -leak": {D, S},
    "levy NOT leak": {D, S},
    "levy !leak": {D, S},
    "levy AND NOT leak": {D, S},
    "levy BUT NOT leak": {D, S},
    "levy (leak OR storm)": {L, S},
    "levy -(leak OR storm)": {D},
    "-=tax -levy -pier": {M},
    # phrases: stop words, negation and numbers count; a line break is crossed, a paragraph is not
    '"will not be delayed"': {D},
    '"will be delayed"': {S},
    "“will not be delayed”": {D},
    "«will not be delayed»": {D},
    '"tax cut was near"': {H},
    '"mentioned putin"': set(),
    '"old cafe"': set(),
    '"mill nobody"': set(),
    # near, in either order: side by side is 1
    "minister w/3 levy": {D},
    "levy w/3 minister": {D},
    "minister w/2 levy": set(),
    "minister w/7 delay": {D},
    "minister w/6 delay": set(),
    "minister NEAR/7 delay": {D},
    "minister /7 delay": {D},
    "minister AROUND(7) delay": {D},
    "minister NEAR(n=7) delay": {D},
    '"minister delayed"~7': {D},
    '"minister delayed"p7': {D},
    "minister w/12 delay": {D, H},
    "minister w/11 delay": {D},
    "(minister OR tax) w/7 (levy OR cut)": {D, H, B, F},
    # near, in order
    "minister pre/7 delay": {D},
    "delay pre/7 minister": set(),
    "minister ADJ/7 delay": {D},
    "minister +7 delay": {D},
    "minister ONEAR/7 delay": {D},
    '"minister delayed"o7': {D},
    # same sentence, same paragraph
    "minister w/s delay": {D},
    "minister /s delay": {D},
    "minister w/p delay": {D, H},
    "minister w/p nobody": set(),
    # forms, exact
    "delay": {D, H, L, S},
    "=delay": {D, H, L},
    "=delayed": {D, S},
    "Delayed": {D, S},
    "cafe": {D},
    "CAFÉ": {D},
    # joints: no word is too short or too common
    "W-2": {L},
    "C++": {L},
    "H52.1": {L},
    "H52": {L},
    "O'Neill": {L},
    "U.S.": {L},
    "don't": {L},
    "de-escalation": {L},
    "escalation": {L},
    "company": {L},
    "=company": {L},
    "no tax": {H},
    # wildcard, fuzzy, regular expression
    "inflat*": {B, F},
    "wom?n": {L, M},
    '"tax cu*"': {H, F},
    "putin~1": {H, M},
    "putni~1": {H},
    "putin~": {H, M},
    r"/FR\d{2}/": {L},
    r"/fr\d+/": {L},
    r"/H\d+\.\d/": {L},
    r"/ta(x|xe)/ -ext:html": {D, H, B, F},
    # a sign that is escaped is none
    r"\-leak": {L},
    r"title\:tax": set(),
    # where
    "title:tax": {D},
    "title:(levy OR ferry)": {L, F},
    "intitle:harbour": {H},
    "subject:storm": {S},
    "source:ledger": {H, F},
    'source:"Tarn Valley News"': {D, B},
    "path:notes": {L},
    "dir:notes": {L},
    "filename:ferry": {F},
    "in:notes": {L},
    "ext:eml": {S},
    "type:md": {L},
    "filetype:html": {M},
    "mime:text/html": {M},
    "lang:fr": {M},
    "lang:french": {M},
    "from:ann": {S},
    "author:reed": {S},
    "to:bob": {S},
    "recipient:mill.example": {S},
    # when
    "date:2024": {D, H},
    "date:2024-03": {D},
    "date:2024-03..2024-05": {D, H},
    "date:..2024-04": {C, D},
    "date:march2024": {D},
    "date:2024-Q2": {H},
    "date:[2024-03 TO 2024-04]": {D},
    "date:2024-05/2025-01": {H, S},
    "after:2024-05 before:2025-02": {H, S},
    "since:2024-05 until:2025": {H},
    "date:yesterday": {B},
    "date:3weeks..": {B, F},
    "newer_than:3d": {B},
    "older_than:30d date:2020..": {C, D, H, S},
    # who and what is mentioned
    'person:"Martha Keller"': {B},
    "person:keller": {B},
    "person:lanyon": {B, F},
    'org:"Coastal Safety Board"': {F},
    "place:paris": {S},
    "entity:lanyon": {B, F},
    # who said what
    "by:keller": {B},
    "speaker:lanyon": {B, F},
    "said:inflation": {B, F},
    "quote:tax": {B, F},
    'said:"tax cut"': {F},
    "said:(inflation w/2 over)": {B},
    "cue:denied": {B},
    "is:denied": {B},
    "is:direct": {B, F, C, W},
    "is:indirect said:levy": {D},
    "is:mixed": {C},
    "is:inferred": {C},
    "is:unattributed": {W},
    "quote:{by:lanyon said:inflation}": {B, F},
    "quote:{by:keller said:inflation}": set(),
    "by:keller said:inflation": {B},
    'quote:{by:lanyon said:"tax cut"}': {F},
    "quote:{by:lanyon -tax}": {B},
}
# fmt: on
