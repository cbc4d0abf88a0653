"""F22, F23, F25, F26: texts that lead readers and patterns to take forever; ``size`` scales each, so that time can be told."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.faults.build import Folder

Make = Callable[[int], str]

# F22: for the finders of quotes, names and dates; n is about the length in characters.
ANALYSIS_BAIT: dict[str, Make] = {
    "quotes": lambda n: '"' * n,
    "open-quotes": lambda n: "“" * n,
    "quotes-spaced": lambda n: 'a "b ' * (n // 5),
    "single-quotes": lambda n: "it's 'x " * (n // 8),
    "nested-quotes": lambda n: "“‘" * (n // 4) + "x" + "’”" * (n // 4),
    "said": lambda n: '"No," said ' * (n // 11),
    "he-said": lambda n: "he said that she said that " * (n // 27),
    "capitals": lambda n: "A " * (n // 2),
    "long-name": lambda n: "Aa" * (n // 2),
    "names": lambda n: "Jane Holt and " * (n // 14),
    "titles": lambda n: "Mr. Dr. Prof. " * (n // 14),
    "of": lambda n: "Ministry of the " * (n // 16),
    "dates": lambda n: "1 March 2021 " * (n // 13),
    "digits": lambda n: "1" * n,
    "date-digits": lambda n: "1/2/" * (n // 4),
    "months": lambda n: "May " * (n // 4),
    "spaces": lambda n: " " * n + "x",
    "lines": lambda n: "\n" * n + "x",
    "points": lambda n: "." * n,
    "abbreviations": lambda n: "a.b." * (n // 4),
    "dashes": lambda n: "-—" * (n // 2),
    "brackets": lambda n: "(" * n,
    "colons": lambda n: "A: " * (n // 3),
    "addresses": lambda n: "a@b." * (n // 4),
    "quoted-lines": lambda n: "> " * (n // 2),
    "one-word": lambda n: "a" * n,
}


def _tags(folder: Folder) -> None:
    """F23: pages no browser wrote."""

    def put(name: str, page: str, what: str, words: str | tuple[str, ...] = ()) -> None:
        folder.put("F23", name, page, what, words)

    start = "<html><body><p>a word {} is here</p>"
    put("unclosed.html", start.format("probeunclosed") + "<p>word " * 20_000, "20 000 unclosed paragraphs", "probeunclosed")
    attributes = " ".join(f"a{n}=x" for n in range(100_000))
    put("attributes.html", f"{start.format('probeattributes')}<div {attributes}>x</div>", "100 000 attributes", "probeattributes")
    put(
        "adoption.html",
        start.format("probeadoption") + "<b><i><a>x</b>" * 20_000,
        "formatting closed in the wrong order",
        "probeadoption",
    )
    put("tables.html", start.format("probetables") + "<table><tr><td>" * 20_000, "20 000 tables in each other", "probetables")
    put("less.html", start.format("probeless") + "<" * 300_000, "300 000 <", "probeless")
    put("comment.html", start.format("probecomment") + "<!-- " + "x" * 100_000, "a comment that never ends", "probecomment")
    put(
        "script.html",
        start.format("probescripted") + "<script>" + "x < y;" * 200_000,
        "a script that never ends",
        "probescripted",
    )
    put(
        "entities.html",
        start.format("probeentities") + "&#x1b;&#0;&#xd800;&#99999999999;&amp" * 20_000,
        "impossible entities",
        "probeentities",
    )
    put("ampersands.html", start.format("probeamps") + "&" * 300_000, "300 000 &", "probeamps")
    put("value.html", f'{start.format("probevalue")}<div title="{"y" * 2_000_000}">z</div>', "an attribute of 2 MB", "probevalue")
    put("no-end.html", start.format("probenoend") + '<a href="' + "x" * 500_000, "an attribute that never ends", "probenoend")
    put("select.html", start.format("probeselect") + "<select><option>" * 20_000, "20 000 lists", "probeselect")
    put("two.html", "<html><body><p>a word probefirstbody</p></body></html>" * 2000, "2 000 pages in one", "probefirstbody")
    put(
        "frames.html",
        "<html><frameset><frame src=x><noframes>a word probenoframes</noframes></frameset></html>",
        "a page of frames",
    )
    chance = random.Random(folder.seed)
    tags = ("<p>", "</p>", "<div>", "</table>", "<td>", "</a>", "<li", "'\"", "&lt;", "<!", "]]>", "<?", "</", "<svg>", "<math>")
    put(
        "soup.html",
        start.format("probesoup") + "".join(f"{chance.choice(tags)} w{n} " for n in range(30_000)),
        "tags by chance",
        "probesoup",
    )


def _markdown(folder: Folder) -> None:
    """F25: Markdown that its renderers choke on."""
    baits = {
        "stars": "*" * 50_000,
        "pairs": "*a **" * 20_000,
        "brackets": "[" * 50_000,
        "links": "[a](" * 20_000,
        "ticks": "".join("`" * n + "a" for n in range(300)),
        "quotes": ">" * 20_000 + " x",
        "lists": "".join("  " * n + "* x\n" for n in range(300)),
        "table": "|" * 20_000 + "\n" + "|-" * 20_000 + "|\n" + "|x" * 20_000,
        "references": "".join(f"[a{n}]: /u\n" for n in range(8_000)),
        "headings": "# x\n" * 20_000,
        "html": "<div>" * 20_000,
        "fence": "```" * 20_000,
    }
    for name, text in baits.items():
        word = f"probemd{name}"
        folder.put("F25", f"{name}.md", f"# Bait\n\na word {word}\n\n{text}\n", "Markdown that is hard to render", word)


def _structured(folder: Folder) -> None:
    """F26: tables, JSON and RTF that are broken."""

    def put(name: str, data: str | bytes, what: str, words: str | tuple[str, ...] = ()) -> None:
        folder.put("F26", name, data, what, words)

    put("quote.csv", 'a,b\n"never closed probecsvopen,\n' + "x,y\n" * 15_000, "a quote that never closes", "probecsvopen")
    put("wide.csv", ",".join(f"c{n}" for n in range(15_000)) + "\nprobecsvwide\n", "15 000 columns", "probecsvwide")
    put("field.csv", "a,b\n" + "x" * 150_000 + ",probecsvfield\n", "a field of 150 000 letters", "probecsvfield")
    put("ragged.csv", "a,b,c\n1\n1,2,3,4,5\n;;;\n\t\nprobecsvragged\n", "rows of any length", "probecsvragged")
    put("quotes.csv", "a,b\nprobecsvquotes," + '"' * 200_001, "200 001 quotes", "probecsvquotes")
    put("commas.csv", "probecsvcommas" + "," * 150_000, "150 000 commas", "probecsvcommas")
    put("cut.json", '{"a": "a word probejsoncut", "b": [1, 2', "cut JSON", "probejsoncut")
    put("trailing.json", '{"a": "a word probejsontrail",} // word', "JSON with a comment", "probejsontrail")
    put(
        "number.json",
        '{"a": ' + "9" * 100_000 + ', "b": "a word probejsonnumber"}',
        "a number of 100 000 digits",
        "probejsonnumber",
    )
    put("nan.json", '{"a": NaN, "b": -Infinity, "c": 1e999, "d": "a word probejsonnan"}', "numbers that are none", "probejsonnan")
    put(
        "keys.json",
        "{" + ",".join(f'"k{n % 7}": "v{n}"' for n in range(8_000)) + ', "z": "probejsonkeys"}',
        "the same keys again",
        "probejsonkeys",
    )
    put("surrogate.json", r'{"a": "\ud800 \udc00 \ud83d\ude00 a word probejsonhalf"}', "half letters", "probejsonhalf")
    put(
        "lines.jsonl",
        '{"a": "a word probejsonlfirst"}\nnot json\n{"a": \n{"a": "a word probejsonllast"}\n',
        "bad lines among good",
        ("probejsonlfirst", "probejsonllast"),
    )
    put("braces.rtf", r"{\rtf1 a word probertfbraces " + "{" * 20_000, "20 000 open groups", "probertfbraces")
    put("closed.rtf", r"{\rtf1 a word probertfclosed " + "}" * 20_000 + " after", "20 000 closed groups", "probertfclosed")
    put(
        "words.rtf",
        r"{\rtf1 a word probertfwords " + r"\b\i0\x99999999999999999999 " * 20_000 + "}",
        "impossible control words",
        "probertfwords",
    )
    put(
        "binary.rtf",
        b"{\\rtf1 a word probertfbin {\\pict\\bin99999999 \x00\x01\x02} after}",
        "binary said to be 99 MB",
        "probertfbin",
    )
    put("hex.rtf", r"{\rtf1 a word probertfhex " + r"\'" * 20_000 + "}", "hex that is none", "probertfhex")
    put("unicode.rtf", r"{\rtf1\uc99999 \u-99999999? \ud \u8364? a word " + "x" * 99 + "}", "letters beyond Unicode")
    put(
        "pages.rtf",
        r"{\rtf1\ansi\ansicpg99999\deff0{\fonttbl{\f0\fcharset999 X;}}\f0 a word probertfpage}",
        "an unknown code page",
        "probertfpage",
    )


def write(folder: Folder) -> None:
    """F22, F23, F25 and F26."""
    for name, make in ANALYSIS_BAIT.items():
        word = f"probebait{name.replace('-', '')}"
        folder.put("F22", f"{name}.txt", f"a word {word}\n\n{make(20_000)}\n", "bait for the finders of names", word)
    _tags(folder)
    _markdown(folder)
    _structured(folder)
