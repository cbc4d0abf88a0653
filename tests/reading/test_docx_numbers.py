"""The numbers that Word gives to paragraphs: formats, counting, where a paragraph's list is found, and odd lists."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import clean
from explorer.reading.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LEGAL = ("%1.", "%1.%2", "(%3)", "(%4)")
LEGAL_FORMATS = ("decimal", "decimal", "lowerLetter", "lowerRoman")


def part(root: str, content: str) -> str:
    return f'<w:{root} xmlns:w="{W}" xmlns:mc="{MC}">{content}</w:{root}>'


def level(index: int, text: str, kind: str = "decimal", more: str = "", start: int = 1) -> str:
    number = kind if kind.startswith("<") else f'<w:numFmt w:val="{kind}"/>'
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/>{number}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(identifier: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def num(identifier: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def anew(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def legal(*more: str) -> str:
    """A list of clauses as in a contract, and its uses."""
    levels = (level(i, text, kind) for i, (text, kind) in enumerate(zip(LEGAL, LEGAL_FORMATS, strict=True)))
    return abstract(0, *levels) + ("".join(more) or num(1, 0))


def p(text: str, index: int | None = None, use: int | None = 1, style: str = "", mark: str = "") -> str:
    """A paragraph; with a level it is numbered."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if index is not None:
        numbered = f'<w:numId w:val="{use}"/>' if use is not None else ""
        look += f'<w:numPr><w:ilvl w:val="{index}"/>{numbered}</w:numPr>'
    run = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{look}<w:rPr>{mark}</w:rPr></w:pPr>{run}</w:p>"


def style(name: str, base: str = "", numbered: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    look = f"<w:pPr><w:numPr>{numbered}</w:numPr></w:pPr>" if numbered else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{based}{look}</w:style>'


@pytest.fixture
def read(make_zip):
    def read(body, lists=None, styles="", **others):
        parts = {f"word/{name}.xml": text for name, text in others.items()}
        parts["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
        parts["word/numbering.xml"] = part("numbering", legal() if lists is None else lists)
        parts["word/styles.xml"] = part("styles", styles)
        return read_docx(io.BytesIO(make_zip(parts)))[0]

    return read


def test_clauses_are_numbered_as_on_the_page(read):
    body = p("Definitions", 0) + p("Terms", 1) + p("Buyer", 2) + p("Seller", 2) + p("Its heirs", 3) + p("Rules", 1)
    body += p("not numbered") + p("Liability", 0) + p("Limits", 1) + p("Carrier", 2)
    assert read(body).text.split("\n") == [
        *("1. Definitions", "1.1 Terms", "(a) Buyer", "(b) Seller", "(i) Its heirs", "1.2 Rules", "not numbered"),
        *("2. Liability", "2.1 Limits", "(a) Carrier"),
    ]


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        ("decimal", 12, "12 13"),
        ("decimalZero", 9, "09 10"),
        ("upperRoman", 1998, "MCMXCVIII MCMXCIX"),
        ("lowerRoman", 3, "iii iv"),
        ("upperLetter", 26, "Z AA"),
        ("lowerLetter", 53, "aaa bbb"),
        ("ordinal", 11, "11th 12th"),
        ("ordinal", 21, "21st 22nd"),
        ("decimalFullWidth", 1, "1 2"),
        ("upperRoman", 999_999, "999999 1000000"),
        ('<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>', 7, "007 008"),
        (
            '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="a, b, c, ..."/></mc:Choice>'
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
            1,
            "1 2",
        ),
    ],
)
def test_formats(read, kind, start, expected):
    first, second = expected.split()
    lists = abstract(0, level(0, "%1)", kind, start=start)) + num(1, 0)
    assert read(p("one", 0) + p("two", 0), lists).text == f"{first}) one\n{second}) two"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("\uf0b7", "bullet"), ("o", "bullet"), ("%1.", "none"), ("第%1条", "chineseCounting"), ("–", "decimal"), ("", "decimal")],
)
def test_bullets_and_what_is_no_known_number_give_nothing(read, text, kind):
    lists = abstract(0, level(0, text, kind), level(1, "%1.%2" if kind == "chineseCounting" else "%2)")) + num(1, 0)
    below = "b" if kind == "chineseCounting" else "1) b"
    assert read(p("a", 0) + p("b", 1), lists).text == f"a\n{below}"


def test_words_about_the_number(read):
    lists = abstract(0, level(0, "Article %1 –", "upperRoman"), level(1, "Section %1.%2", more="<w:isLgl/>")) + num(1, 0)
    lists += abstract(1, level(0, "(%1)", more='<w:suff w:val="nothing"/>'), level(1, "%2", more='<w:suff w:val="nothing"/>'))
    body = p("Term", 0) + p("Begin", 1) + p("the Buyer", 0, 2) + p("Buyer", 1, 2) + p("<w:r><w:tab/><w:t>tab</w:t></w:r>", 1)
    assert read(body, lists + num(2, 1)).text == "Article I – Term\nSection 1.1 Begin\n(1)the Buyer\n1 Buyer\nSection 1.2 tab"
    lists = abstract(0, level(0, "Note\uf0a7:", "none"), level(1, "%1%2.", "lowerLetter")) + num(1, 0)
    assert read(p("a", 0) + p("b", 1), lists).text == "Note: a\na. b"
    lists = abstract(0, level(0, "x" * 500 + "%1")) + num(1, 0)
    assert read(p("a", 0), lists).text == "x" * 60 + " a"


def test_uses_of_a_list_count_on_unless_a_start_is_given_anew(read):
    lists = legal(num(1, 0), num(2, 0), num(3, 0, anew(0, 1) + anew(1, 5)), num(4, 9), abstract(9, level(0, "%1)")))
    body = p("a", 0) + p("b", 0, 2) + p("c", 0, 3) + p("d", 0, 3) + p("e", 1, 3) + p("f", 0) + p("g", 1, 3) + p("h", 0, 4)
    assert read(body, lists).text.split("\n") == ["1. a", "2. b", "1. c", "2. d", "2.5 e", "3. f", "3.5 g", "1) h"]


def test_a_use_has_levels_of_its_own(read):
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "upperLetter", start=3)}</w:lvlOverride>'
    assert read(p("a", 0) + p("b", 1), legal(num(1, 0, own))).text == "C) a\nC.1 b"


def test_levels_that_begin_anew_seldom_or_never(read):
    restart = '<w:lvlRestart w:val="{}"/>'.format
    lists = abstract(0, level(0, "%1."), level(1, "%2)", more=restart(0)), level(2, "%3:", more=restart(1))) + num(1, 0)
    body = p("a", 0) + p("b", 1) + p("c", 2) + p("d", 1) + p("e", 2) + p("f", 0) + p("g", 1) + p("h", 2)
    assert read(body, lists).text.split("\n") == ["1. a", "1) b", "1: c", "2) d", "2: e", "2. f", "3) g", "1: h"]


def test_a_level_passed_over_counts_as_begun(read):
    assert read(p("a", 1) + p("b", 0) + p("c", 2) + p("d", 1)).text == "1.1 a\n2. b\n(a) c\n2.2 d"


def test_numbers_by_styles(read):
    lists = abstract(0, level(0, "%1.", more='<w:pStyle w:val="H1"/>'), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>'))
    styles = style("H1", "", '<w:numId w:val="1"/>') + style("H2", "H1", '<w:ilvl w:val="1"/>') + style("Mine", "H2")
    styles += style("Plain", "H1", '<w:numId w:val="0"/>') + style("Ring", "Round") + style("Round", "Ring")
    styles += '<w:style w:styleId="Once"><w:pPr><w:pPrChange><w:pPr><w:numId w:val="1"/></w:pPr></w:pPrChange></w:pPr></w:style>'
    styles += style("Linked", "H2", '<w:numId w:val="2"/>') + style("Top", "Linked", '<w:ilvl w:val="0"/>')
    lists += (
        abstract(7, level(0, "%1!"), level(1, "%2?"), level(2, "%3:", more='<w:pStyle w:val="Linked"/>')) + num(2, 7) + num(0, 7)
    )
    body = p("a", style="H1") + p("b", style="H2") + p("c", style="Mine") + p("d", style="Plain") + p("e", style="Ring")
    body += p("f", 0, 0, "H1") + p("g", 1, None, "H1") + p("h", style="Once") + p("i", 0, 99)
    body += p("j", style="Linked") + p("k", style="Top")
    expected = ["1. a", "1.1 b", "1.2 c", "d", "e", "f", "1.3 g", "h", "i", "1: j", "2! k"]
    assert read(body, lists + num(1, 0), styles).text.split("\n") == expected
    styles = style("N", "", '<w:numId w:val="1"/>').replace("<w:style ", '<w:style w:default="1" ')
    assert read("<w:p><w:r><w:t>a</w:t></w:r></w:p>", lists + num(1, 0), styles).text == "1. a"


def test_a_list_that_another_stands_for(read):
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Clauses"/></w:abstractNum>'
    link += '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="Self"/></w:abstractNum>'
    styles = style("Clauses", "", '<w:numId w:val="1"/>', "numbering") + style("Self", "", '<w:numId w:val="3"/>', "numbering")
    body = p("a", 0) + p("b", 0, 2) + p("c", 1, 2) + p("d", 0, 3)
    assert read(body, link + legal(num(2, 5), num(1, 0), num(3, 6)), styles).text == "1. a\n2. b\n2.1 c\nd"


def test_what_is_deleted_or_hidden_does_not_count(read):
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    body = p("a", 0) + p(gone, 0, mark="<w:del/>") + p("b", 0, mark="<w:ins/>") + p(gone, 0, mark="<w:moveFrom/>")
    body += p("joined", 0, mark="<w:del/>") + p("to this", 0) + p(hidden, 0, mark="<w:vanish/>") + p("c", 0)
    body += p("run in", 0, mark="<w:vanish/><w:specVanish/>") + p("seen", 0, mark="<w:vanish/>") + p("d", 0)
    expected = ["1. a", "2. b", "3. joined", "to this", "hidden", "4. c", "5. run in", "6. seen", "7. d"]
    assert [line for line in read(body).text.split("\n") if line] == expected


def test_what_a_paragraph_was_before_a_change_does_not_count(read):
    former = '<w:pStyle w:val="Title"/><w:numPr><w:ilvl w:val="2"/><w:numId w:val="0"/></w:numPr>'
    now = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    reading = read(
        f"<w:p><w:pPr>{now}<w:pPrChange><w:pPr>{former}</w:pPr></w:pPrChange></w:pPr><w:r><w:t>First of all</w:t></w:r></w:p>"
    )
    assert (reading.text, reading.title, reading.guessed) == ("1.1 First of all", "First of all", ("title",))


def test_parts_and_boxes_have_counters_of_their_own(read):
    box = f"<w:r><w:t>b</w:t><w:pict><w:txbxContent>{p('in box', 0)}</w:txbxContent></w:pict></w:r>"
    row = f"<w:tbl><w:tr><w:tc>{p('', 0)}</w:tc><w:tc>{p('c', 1)}</w:tc></w:tr></w:tbl>"
    notes = part("footnotes", f'<w:footnote w:id="2">{p("note", 0)}</w:footnote>')
    reading = read(p("a", 0) + p(box, 0) + row + p("d", 0), footnotes=notes, header1=part("hdr", p("top", 0)))
    assert reading.text == "1. a\n2. b\n1. in box\n3. | 3.1 c\n4. d\n\n1. note\n\n1. top"


def test_the_title_has_no_number(read):
    for look in ("Title", ""):
        reading = read(p("Terms of Sale", 0, style=look) + p("By Ana Reyes") + p("Scope", 0))
        assert (reading.title, reading.text) == ("Terms of Sale", "1. Terms of Sale\nBy Ana Reyes\n2. Scope")


def test_numbers_alone_are_no_text(read):
    assert (read(p("", 0)).state, read(p("", 0)).fault) == ("unreadable", "empty")
    assert read(p("", 0) + p("a", 0)).text == "1.\n2. a"


def test_more_lists_than_are_read_are_reported(read):
    lists = "".join(abstract(i, level(0, "%1.")) for i in range(2001)) + num(1, 0) + num(2, 2000)
    reading = read(p("a", 0) + p("b", 0, 2), lists)
    assert (reading.text, reading.fault) == ("1. a\nb", "too large")


_NAMES = ("abstractNum", "num", "lvl", "lvlOverride", "startOverride", "start", "numFmt", "lvlText", "lvlRestart", "numStyleLink")
_WORDS = st.sampled_from(("0", "1", "2", "8", "9", "-1", "99999999999", "²", "", "%1.%2", "%9", "lowerRoman", "bullet", "S", "x"))
_ELEMENTS = st.lists(st.tuples(st.sampled_from((*_NAMES, "abstractNumId", "isLgl", "suff", "pStyle")), _WORDS, st.booleans()))


@settings(max_examples=80, deadline=None)
@given(_ELEMENTS, st.lists(st.tuples(_WORDS, _WORDS), max_size=4), st.binary(max_size=20))
def test_odd_lists_raise_nothing(elements, uses, end):
    shown, open_ = "", []
    for name, word, is_left_open in elements:
        said = " ".join(f'w:{key}="{word}"' for key in ("val", "ilvl", "numId", "abstractNumId", "format"))
        shown += f"<w:{name} {said}{'' if is_left_open else '/'}>"
        open_ += [f"</w:{name}>"] * is_left_open
    body = "".join(p("text", 0).replace('"0"', f'"{index}"').replace('"1"', f'"{use}"') for index, use in uses)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", part("document", body + p("last", 0)))
        archive.writestr("word/numbering.xml", part("numbering", legal() + shown + "".join(reversed(open_))).encode() + end)
        archive.writestr("word/styles.xml", part("styles", style("S", "S", '<w:numId w:val="1"/>', "numbering")))
    reading, _ = read_docx(held)
    assert reading.text == clean(reading.text) and reading.text.count("text") == len(uses)
    assert all(len(line) <= 60 + len(" text") for line in reading.text.split("\n"))
