"""XML of any vocabulary: paragraphs by structure, metadata, lying encodings, broken and hostile files."""

from __future__ import annotations

import base64
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import xml
from explorer.reading.clean import normalise
from explorer.reading.xml import read_xml, read_xml_with_files

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
FICTION = HEAD + (
    '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><genre>sea</genre>'
    "<author><first-name>Ada</first-name><last-name>Quill</last-name></author><author><nickname>reed</nickname></author>"
    '<book-title>The Ferry</book-title><date value="2001-03-05">spring</date><lang>en</lang></title-info>'
    "<publish-info><publisher>Pier Press</publisher></publish-info></description>"
    "<body><section><title><p>One</p></title><p>It left at <emphasis>dawn</emphasis>, they said.</p></section></body>"
    "<binary>AAAA</binary></FictionBook>"
)
JATS = HEAD + (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">'
    '<article xml:lang="en"><front><journal-meta><journal-title-group><journal-title>Tides</journal-title></journal-title-group>'
    "</journal-meta><article-meta><title-group><article-title>High <italic>water</italic></article-title></title-group>"
    "<contrib-group><contrib><name><surname>Quill</surname><given-names>Ada</given-names></name></contrib>"
    "<contrib><name><surname>Reed</surname><given-names>Tom</given-names></name></contrib></contrib-group>"
    "<pub-date><day>5</day><month>3</month><year>2001</year></pub-date></article-meta></front>"
    "<body><sec><title>Method</title><p>We saw caf&eacute; lamps<xref>1</xref>.</p>"
    "<table-wrap><table><tr><th>Day</th><th>Height</th></tr><tr><td>5 March</td><td>2&#160;m</td></tr></table></table-wrap>"
    "</sec></body></article>"
)
RSS = HEAD + (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>'
    "<language>en-gb</language>"
    "<link>https://post.example/</link><pubDate>Mon, 05 Mar 2001 10:00:00 GMT</pubDate><item><title>Ferry late</title>"
    "<description><![CDATA[<p>It left at <b>noon</b>.</p><p>Nobody was hurt.</p>]]></description></item></channel></rss>"
)
TEI = HEAD + (
    "<TEI><teiHeader><fileDesc><titleStmt><title>Letters</title><author>Ada Quill</author></titleStmt><publicationStmt>"
    "<date>1841</date></publicationStmt></fileDesc></teiHeader><text><body><p>My dear <persName>Tom</persName>,</p>"
    "<lg><l>One line</l><l>and another</l></lg></body></text></TEI>"
)
OPML = HEAD + (
    "<opml><head><title>Feeds</title><ownerName>Ada Quill</ownerName>"
    "<dateCreated>Mon, 05 Mar 2001 10:00:00 GMT</dateCreated></head>"
    '<body><outline text="News"><outline text="Post" xmlUrl="https://post.example/rss" _note="Daily."/></outline></body></opml>'
)


@pytest.mark.parametrize(
    ("document", "body", "declared"),
    [
        (FICTION, "One\nIt left at dawn, they said.", ("The Ferry", "Ada Quill", "2001-03-05", "Pier Press", "en")),
        (
            JATS,
            "High water\nQuill Ada\nReed Tom\n\nMethod\nWe saw café lamps1.\n\nDay | Height\n5 March | 2 m",
            ("High water", "Ada Quill, Tom Reed", "2001-03-05", "Tides", "en"),
        ),
        (
            RSS,
            "Harbour Post\nFerry late\nIt left at noon.\nNobody was hurt.",
            ("Harbour Post", "", "2001-03-05", "Harbour Post", "en"),
        ),
        (TEI, "My dear Tom,\nOne line\nand another", ("Letters", "Ada Quill", "1841", "", None)),
        (OPML, "News\n  Post (https://post.example/rss)\nDaily.", ("Feeds", "Ada Quill", "2001-03-05", "", None)),
    ],
)
def test_known_vocabularies(document: str, body: str, declared: tuple[str | None, ...]) -> None:
    reading = read_xml(document.encode())
    assert reading.text[: reading.body_end] == body
    assert (reading.title, reading.author, reading.date, reading.source, reading.language) == declared
    assert (reading.state, reading.problems, reading.guessed) == ("ok", (), ())


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("<note><to>Tom</to><from>Ada</from></note>", "Tom\nAda"),
        ("<p>mixed <x>con<y>tent</y></x> is <z>one</z> paragraph</p>", "mixed content is one paragraph"),
        ("<a><b>Bold</b> and <i>so on</i></a>", "Bold and so on"),
        ("<r><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell><cell>d</cell></row></r>", "a | b\nc | d"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><style>x{}</style><text>Pier <tspan>9</tspan></text></svg>", "Pier 9"),
        ("<doc><pre>  one\n    two</pre></doc>", "  one\n    two"),
        ("<config><item name='port' value='8080'/></config>", "name: port\nvalue: 8080"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1"),
        ("<w:p xmlns:w='w'>a</w:p>", "a"),
    ],
)
def test_structure_makes_the_paragraphs(document: str, text: str) -> None:
    assert read_xml((HEAD + document).encode()).text == text


@pytest.mark.parametrize("name", ["koi8-r", "windows-1251", "iso-8859-5", "IBM866", "utf-16", "x-mac-nonsense"])
def test_encodings_are_believed_where_they_fit(name: str) -> None:
    words = "Паром ушёл на рассвете, и никто этого не видел. " * 5
    document = f'<?xml version="1.0" encoding="{name}"?><p>{words}</p>'
    data = document.encode("windows-1251" if "nonsense" in name else name)
    assert read_xml(data).text == words.strip()


def test_a_declaration_that_lies() -> None:
    document = '<?xml version="1.0" encoding="{}"?><p>café – naïve</p>'
    for said, true in (("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("ascii", "utf-8")):
        assert read_xml(document.format(said).encode(true)).text == "café – naïve"


def test_what_is_not_well_formed_is_read_all_the_same() -> None:
    reading = read_xml(f"{HEAD}<l><p>one</p><p>two</q><p>three <b>four</b> &amp; five</p></l>".encode())
    assert reading.text == "one\ntwo\n\nthree four & five"
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert "without its tags" in reading.problems[0]
    cut = f"{HEAD}<l><p>one</p><p>tw".encode()
    assert (read_xml(cut).state, read_xml(cut, cut=True).state) == ("partial", "ok")


def test_nothing_is_expanded_or_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("probesecret")
    bomb = "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a0;" * 50 if n else ""}">' for n in range(9))
    for dtd in (f'<!ENTITY a8 SYSTEM "{secret.as_uri()}">', bomb, f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;'):
        reading = read_xml(f"{HEAD}<!DOCTYPE l [{dtd}]><l>before &a8; after</l>".encode())
        assert "before" in reading.text and "after" in reading.text
        assert "probesecret" not in reading.text and len(reading.text) < 5000


PIECES = [
    b"<p>",
    b"</p>",
    b"<a b='c'>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&amp;",
    b"&x;",
    b"<!DOCTYPE a [",
    b"\xff",
    b"<row><cell>",
    b"<name>",
]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.just(b"word ")), max_size=30), st.booleans())
def test_any_bytes_give_a_clean_reading(pieces: list[bytes], cut: bool) -> None:
    reading = read_xml(HEAD.encode() + b"".join(pieces), cut)
    assert reading.text == normalise(reading.text)
    assert 0 <= reading.body_end <= len(reading.text)
    assert (reading.state == "unreadable") == (not reading.text)


@pytest.mark.parametrize("bait", ["<p>x", "<name>x", "<row><cell>", "<", "<a ", "<author>x", "<p>x</p>"])
def test_time_is_linear(bait: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        read_xml((HEAD + "<r>" + bait * count).encode())
        return time.process_time() - start

    assert seconds(8_000) < 8 * seconds(2_000) + 0.2


def test_real_feeds_in_many_encodings(shared: Path) -> None:
    folders = [shared / "docs" / name for name in ("char-dataset", "chardet")]
    files = [path for folder in folders for path in sorted(folder.glob("*.xml"))]
    assert len(files) > 20
    right = 0
    for path in files:
        name = re.split(r"__|-(?:russian|bulgarian|hebrew|greek)__", path.name)[0]
        expected = [char for char in path.read_bytes().decode(name, "replace") if char.isalpha() and not char.isascii()]
        found = set(read_xml(path.read_bytes()).text)
        right += sum(char in found for char in expected) >= 0.98 * len(expected)
    assert right >= 0.97 * len(files)


def test_of_too_much_markup_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_MAX_MARKUP", 40)
    reading = read_xml(b"<?xml version='1.0'?><l>" + b"<p>one</p>" * 10 + b"</l>")
    assert reading.text == "one\none"
    assert (reading.state, reading.fault) == ("partial", "too large")


def test_where_there_is_text_enough_nothing_more_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_CHARACTERS", 1000)
    monkeypatch.setattr(xml, "_STEP", 512)
    found, broken = xml._parse(b"<l>" + b"<p>one two three</p>" * 10_000 + b"</l>", False)
    assert 1000 < len(found.result()[0]) < 3000
    assert broken.reason == ""


def test_a_feed_is_its_entries_and_not_its_machinery() -> None:
    feed = (
        "<rss><channel><title>Harbour Post</title><managingEditor>post@b.test (Ada Quill)</managingEditor>"
        "<image><url>http://b.test/logo.gif</url><width>88</width></image><updatePeriod>hourly</updatePeriod>"
        "<item><title>Ropes &amp;laquo;new&amp;raquo;</title><description>&lt;embed src='x'&gt; It left.</description></item>"
        "</channel></rss>"
    )
    reading = read_xml(feed.encode())
    body, rest = reading.text[: reading.body_end], reading.text[reading.body_end :]
    assert reading.author == "Ada Quill"
    assert "Ropes «new»" in body and "It left." in body and "embed" not in reading.text
    assert "88" not in body and "hourly" not in body
    assert "88" in rest and "hourly" in rest


def test_markup_is_a_word_of_a_manual() -> None:
    manual = b"<article><title>Tags</title><para>Write &lt;p&gt;&amp;nbsp;&lt;/p&gt; there.</para></article>"
    assert "Write <p>&nbsp;</p> there." in read_xml(manual).text


def test_files_packed_into_it_are_documents_and_no_text() -> None:
    annex, picture = b"Pay by Friday, or else. Article 7. " * 20, b"\x89PNG\r\n" + bytes(range(256)) * 2
    key, words = b"\x30\x82" + bytes(range(256)) * 2, "ACGT" * 200
    rows = [f"<cbc:{name}>{base64.encodebytes(data).decode()}</cbc:{name}>" for name, data in (("p", picture), ("key", key))]
    again = base64.b64encode(annex).decode()
    document = (
        f"<invoice xmlns:cbc='x'><id>7</id><gene>{words}</gene>{rows[0]}{rows[1]}<name>terms.txt</name><data>{again}</data>"
    )
    reading, members = read_xml_with_files(f"{document}<file filename='../b.txt'>{again}</file></invoice>".encode())
    assert reading.text.split() == ["7", words, "terms.txt"]
    assert [(member.name, member.data) for member in members] == [("terms.txt", annex), ("b.txt", annex)]
    assert (reading.state, reading.problems) == ("ok", ("a picture in it not read",))
