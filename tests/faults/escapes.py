"""F17 to F21: what would steer a terminal, hide, pile up or be taken for markup, in texts, metadata and names."""

from __future__ import annotations

from email.header import Header

from tests.faults.build import Folder
from tests.faults.packages import core, docx, epub_parts, odt
from tests.faults.pdf_bytes import pdf
from tests.faults.sound import mail, rtf
from tests.faults.zip_bytes import pack

ESCAPES = {
    "title": "\x1b]0;probe taken over\x07",
    "clipboard": "\x1b]52;c;cHJvYmU=\x07",
    "colour": "\x1b[31;5m red \x1b[0m",
    "clear": "\x1b[2J\x1b[H\x1b[?1049l",
    "link": "\x1b]8;;http://203.0.113.9\x1b\\click\x1b]8;;\x1b\\",
    "report": "\x1b[c\x1b[6n\x1bP$q\x1b\\",
    "c1": "\x9b31m \x9d0;x\x9c \x90\x9c",
    "bell": "\a\a\b\b\b\x7f\x0e\x0f",
    "return": "first words\rover them",
    "breaks": "a\x0bb\x0cc\x85d\u2028e\u2029f",
}
BIDI = "\u202ecod.exe\u202c \u2066x\u2069 \u200e\u200f \u061c \u202a\u202d"
_ZERO = "pro\u200bbe\u200czero\u2060 \ufeff \U000e0041\U000e0042 \u00ad \u3164 \u034f"
_MARKUP = "[red]literal[/red] [@click=app.quit]quit[/] [/nothing] [bold [[x]] \\[y] :smile: {curly} %s %(x)s ${x} <b>b</b>"


def _in_text(folder: Folder) -> None:
    """F17: in the text of each format."""
    around = "Plain words, as many as there are in any real text that holds such a sequence."
    for name, escape in ESCAPES.items():
        word, sequence = f"probeesc{name}", f"{around} {escape} {around}"
        folder.put("F17", f"{name}.txt", f"before {sequence} after {word}\n", "escape sequences in a text", word)
        folder.put(
            "F17",
            f"{name}.html",
            f"<p>before {sequence} &#27;[31m &#155;31m &#x1b;]0;x&#7; after {word}html</p>",
            "… in a page",
            f"{word}html",
        )
        folder.put("F17", f"{name}.md", f"# {sequence}\n\n```\n{sequence}\n``` {word}md\n", "… in Markdown", f"{word}md")
        folder.put("F17", f"{name}.eml", mail(f"before {sequence} {word}eml"), "… in a message", f"{word}eml")
        quoted = (
            sequence.encode("unicode_escape").decode().replace("\\x", "\\u00").replace("\\n", "\\u000a").replace("\\r", "\\u000d")
        )
        folder.put("F17", f"{name}.json", f'{{"text": "{quoted} {word}json"}}', "… escaped in JSON", f"{word}json")
    folder.put(
        "F17",
        "all.csv",
        "a,b\n" + "\n".join(f'"{s}",x' for s in ESCAPES.values()) + "\n1,probeesccsv\n",
        "… in a table",
        "probeesccsv",
    )
    folder.put(
        "F17", "hex.rtf", r"{\rtf1 before \'1b]0;x\'07 \u27?[31m \u155? after probeescrtf}", "… as RTF's hex", "probeescrtf"
    )
    folder.put("F17", "strings.pdf", pdf("before \x1b]0;x\x07 after probeescpdf"), "… in a PDF", "probeescpdf")
    folder.put("F17", "docx.docx", docx("before &#x9b;31m _x001B_ after probeescdocx"), "… in a Word document", "probeescdocx")


def _in_metadata(folder: Folder) -> None:
    """F18: in titles, authors and dates; dates that cannot be."""
    evil = "\x1b]0;taken\x07 [red]over[/red] \x9b2J \u202egnp"
    info = b"/Title (%s) /Author (%s) /CreationDate (D:99999999999999)" % (evil.encode("latin-1", "replace"), b"\x1b[31m evil")
    folder.put("F18", "info.pdf", pdf("a word probemetapdf", info=info), "escapes in a PDF's title", "probemetapdf")
    wide = b"/Title <FEFF001B005D0030003B0078000700202E> /CreationDate (yesterday)"
    folder.put("F18", "wide.pdf", pdf("a word probemetawide", info=wide), "… in UTF-16", "probemetawide")
    in_core = core("&#x9b;31m [red]over[/red] \u202e", "a\u200b\u202eb", "0000-99-99T99:99:99Z")
    folder.put("F18", "core.docx", docx("a word probemetadocx", core=in_core), "escapes and an impossible date", "probemetadocx")
    folder.put(
        "F18",
        "meta.odt",
        odt("a word probemetaodt", title="&#x9b;x \u202e", author="[b]x", date="-12-00"),
        "the same",
        "probemetaodt",
    )
    book = epub_parts({"one": "<p>a word probemetaepub</p>"}, title="&#x9d;0;x \u2028y", author="\u202ex", date="32/13/20211")
    folder.put("F18", "meta.epub", pack(book), "the same in an e-book", "probemetaepub")
    dated = '<meta name="date" content="2021-99-99"></head><p>a word probemetapage</p>'
    page = f'<html><head><title>{evil}</title><meta name="author" content="{evil}">{dated}'
    folder.put("F18", "head.html", page, "the same in a page", "probemetapage")
    encoded = Header(evil, "utf-8").encode().encode()
    letter = mail("probemetamail").replace(b"Subject: The harbour survey", b"Subject: " + encoded)
    folder.put(
        "F18", "subject.eml", letter.replace(b"05 Mar 2021 09", b"99 Foo 20211 99"), "the same in a message", "probemetamail"
    )
    folder.put(
        "F18",
        "info.rtf",
        rtf("probemetartf").replace(b"{\\title ", b"{\\title \\'1b]0;x\\'07 \\u27? "),
        "the same in RTF",
        "probemetartf",
    )
    for number, date in enumerate(
        ("0000-00-00", "9999-99-99", "2021-02-30", "-5000-01-01", "1e9", "31 Foo 2021", "२०२१-०३-०५", "9" * 4000)
    ):
        folder.put(
            "F18",
            f"date{number}.md",
            f"---\ntitle: T\ndate: {date}\n---\n\na word probedate{number}\n",
            "an impossible date",
            f"probedate{number}",
        )
    folder.put(
        "F18",
        "long.md",
        f"---\ntitle: {'x' * 100_000}\n---\n\na word probelongtitle\n",
        "a title of 100 000 letters",
        "probelongtitle",
    )


def _seen(folder: Folder) -> None:
    """F19 to F21: direction, invisible letters, stacks of marks, wide letters, markup."""
    put = folder.put
    put("F19", "bidi.txt", f"before {BIDI} after probebidi\n", "direction overridden", "probebidi")
    put("F19", "invisible.txt", f"before {_ZERO} after probeinvisible\n", "letters nobody sees", "probeinvisible")
    put("F19", "arabic.txt", "أغلق الميناء probearabic صباح الجمعة\n", "Arabic", "probearabic", texts=["الميناء"])
    put("F19", "hebrew.txt", "הנמל נסגר probehebrew ביום שישי\n", "Hebrew", "probehebrew", texts=["הנמל"])
    put("F19", "many.txt", "\u202e\u2066" * 50_000 + " probemanybidi\n", "100 000 of them", "probemanybidi")
    put(
        "F20",
        "zalgo.txt",
        "".join(letter + "\u0301\u0323\u0336" * 400 for letter in "zalgo") + " probezalgo\n",
        "400 marks on a letter",
        "probezalgo",
    )
    put("F20", "marks.txt", "\u0301" * 200_000 + " probemarks\n", "200 000 marks on nothing", "probemarks")
    put(
        "F20",
        "wide.txt",
        "港口关闭 한국어 ｆｕｌｌ 👩‍👩‍👧‍👦🏳️‍🌈🇪🇺 \U0001f9d1\U0001f3fd\u200d\U0001f680 probewideletters\n",
        "wide and joined letters",
        "probewideletters",
    )
    put("F20", "tabs.txt", "\t" * 5000 + "probetabs\n", "5 000 tabs", "probetabs")
    for ending in ("txt", "md", "html"):
        put("F21", f"markup.{ending}", f"{_MARKUP} probemarkup{ending}\n", "a screen library's markup", f"probemarkup{ending}")
    titled = f"---\ntitle: '{_MARKUP}'\nauthor: '[@click=app.quit]x[/]'\n---\n\na word probemarkuptitle\n"
    put("F21", "title.md", titled, "the same in a title", "probemarkuptitle")
    put("F21", "many.txt", "[" * 100_000 + "]" * 100_000 + " probebrackets\n", "100 000 brackets", "probebrackets")
    put(
        "F21",
        "names.txt",
        'Then [red]Jane Holt[/red] said: "[@click=app.quit]No[/] [bold]boat[/bold] left." probemarkupquote\n',
        "in a quote",
        "probemarkupquote",
    )


def write(folder: Folder) -> None:
    """F17 to F21."""
    _in_text(folder)
    _in_metadata(folder)
    _seen(folder)
