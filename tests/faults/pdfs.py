"""F03 to F06: PDF files that are cut, loop, lie, swell, are locked or have no text."""

from __future__ import annotations

from tests.faults.build import Folder
from tests.faults.pdf_bytes import FONT, Objects, assemble, document, encrypted, flate, page, pdf, shown, stream
from tests.faults.zip_bytes import zlib_bomb

LIMITS = ("too large", "too slow", "crashed", "damaged")
_PAGES = b"<< /Type /Pages /Count %d /Kids [%s] >>"


def _changed(lines: tuple[str, ...], changes: Objects) -> Objects:
    """The objects of a document with some of them replaced."""
    return {**document([shown(line) for line in lines]), **changes}


def _broken(folder: Folder) -> None:
    """What is cut, or whose table of places is wrong."""
    sound = pdf("probepdfone first", "probepdftwo second", "third")
    put = folder.put
    wrong_start = assemble(document([shown("word probepdfxref")]), start=99)
    put("F03", "xref.pdf", wrong_start, "table of places elsewhere", "probepdfxref")
    shifted = assemble(document([shown("word probepdfshift")]), shift=7)
    put("F03", "shifted.pdf", shifted, "each place wrong by seven", "probepdfshift")
    put("F03", "no-table.pdf", pdf("word probepdfnotable").split(b"xref")[0], "no table and no trailer")
    put("F03", "cut.pdf", sound[: len(sound) * 6 // 10], "cut at 60 %")
    put("F03", "cut-end.pdf", sound[:-30], "its last 30 bytes missing", ("probepdfone", "probepdftwo"))
    put("F03", "head-only.pdf", b"%PDF-1.7\n", "its first line and nothing else", faults=["damaged", "no text"])
    put("F03", "two-bytes.pdf", b"%P", "two bytes", faults=["damaged"], fate="accounted")
    put("F03", "junk-before.pdf", b"junk\n" * 150 + pdf("word probepdfjunk"), "750 bytes of junk before it", "probepdfjunk")
    put("F03", "junk-after.pdf", pdf("word probepdfafter") + b"\0" * 5000, "5 000 NULs behind it", "probepdfafter")
    in_text_mode = pdf("word probepdfcrlf").replace(b"\n", b"\r\n")
    put("F03", "crlf.pdf", in_text_mode, "copied in text mode: each line end doubled", "probepdfcrlf")


def _looping(folder: Folder) -> None:
    """What leads back to itself."""
    put = folder.put

    def loop(name: str, changes: Objects, what: str, words: str | tuple[str, ...] = (), trailer: bytes = b"") -> None:
        put("F03", name, assemble(_changed(("word probepdfloop",), changes), trailer), what, words)

    loop("tree-in-itself.pdf", {2: _PAGES % (2, b"10 0 R 2 0 R")}, "a page tree that holds itself")
    loop("parent-loop.pdf", {10: page(b"11 0 R").replace(b"2 0 R", b"10 0 R")}, "a page that is its own parent")
    loop("length-loop.pdf", {11: stream(shown("word"), length=b"11 0 R")}, "a stream whose length is itself")
    loop("self.pdf", {11: b"11 0 R"}, "an object that refers to itself")
    form = stream(
        b"/F Do " + shown("word probepdfform"),
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 20 0 R >> >>",
    )
    loop("form-in-itself.pdf", {11: stream(b"/F Do"), 20: form}, "a form that draws itself")
    outline = b"<< /Title (probe) /Next 30 0 R /First 30 0 R /Parent 30 0 R >>"
    root = b"<< /Type /Catalog /Pages 2 0 R /Outlines 30 0 R /Names 30 0 R >>"
    loop("outline-loop.pdf", {1: root, 30: outline}, "contents that lead to themselves", "probepdfloop")
    sound = pdf("word probepdfprev")
    start = int(sound.rpartition(b"startxref\n")[2].split()[0])
    put("F03", "prev-loop.pdf", sound.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start), "a table before itself")
    unicode_map = stream(b"/Self usecmap\nbegincmap endcmap", b"/Type /CMap /CMapName /Self /UseCMap 40 0 R")
    font = FONT.replace(b">>", b"/ToUnicode 40 0 R >>")
    loop("map-loop.pdf", {3: font, 40: unicode_map}, "a character map that uses itself")


def _lying(folder: Folder) -> None:
    """What says more or other than there is."""

    def lie(name: str, changes: Objects, what: str, words: str | tuple[str, ...] = (), faults: tuple[str, ...] = ()) -> None:
        lines = ("word probepdfa", "word", "word probepdfc")
        folder.put("F03", name, assemble(_changed(lines, changes)), what, words, faults=faults)

    kids = b"10 0 R 12 0 R 14 0 R"
    lie("count-million.pdf", {2: _PAGES % (1_000_000, kids)}, "three pages, a million said", "probepdfa")
    lie("count-minus.pdf", {2: _PAGES % (-1, kids)}, "three pages, minus one said")
    lie("count-zero.pdf", {2: _PAGES % (0, kids)}, "three pages, none said")
    lie("bad-page.pdf", {12: b"null"}, "a page that is none", "probepdfa")
    torn = flate(shown("torn")).replace(b"stream\nx", b"stream\nqq")
    lie("bad-flate.pdf", {13: torn}, "a page whose packed text is damaged", ("probepdfa", "probepdfc"))
    lie("long-stream.pdf", {13: stream(shown("word"), length=2_000_000_000)}, "a stream said to be 2 GB long", "probepdfa")
    lie("short-stream.pdf", {13: stream(shown("word probepdfshort"), length=3)}, "a stream said to be 3 bytes long", "probepdfa")
    huge = page(b"13 0 R").replace(b"612 792", b"99999999999999999999 -1e308")
    lie("huge-page.pdf", {12: huge}, "a page of endless size", ("probepdfa", "probepdfc"))
    lie("deep-array.pdf", {30: b"[" * 30_000 + b"]" * 30_000}, "30 000 nested arrays", "probepdfa")
    lie("deep-kids.pdf", _deep_tree(2000), "2 000 page trees in each other")
    lie("unclosed.pdf", {30: b"(" * 50_000}, "a string that never ends", "probepdfa")


def _deep_tree(depth: int) -> Objects:
    """Page trees each of which holds only the next."""
    tree = {100 + level: _PAGES % (1, b"%d 0 R" % (101 + level)) for level in range(depth)}
    return {2: _PAGES % (1, b"100 0 R"), **tree, 100 + depth: page(b"11 0 R")}


def _swelling(folder: Folder) -> None:
    """F04: little on disk, much in memory or time."""

    def bomb(name: str, objects: Objects, what: str) -> None:
        folder.put("F04", name, assemble(objects), what, faults=LIMITS, fate="accounted")

    def with_contents(contents: bytes) -> Objects:
        return {**document([shown("word probepdfbomb"), b""]), 13: contents}

    filled = zlib_bomb(b"BT /F1 12 Tf (a) Tj ", b"(ab) Tj ", 1024)
    bomb("flate.pdf", with_contents(stream(filled, b"/Filter /FlateDecode")), "a page of 1 GB out of 1 MB")
    spaces = zlib_bomb(shown("word"), b" ", 1024)
    bomb("spaces.pdf", with_contents(stream(spaces, b"/Filter /FlateDecode")), "a page of 1 GB of spaces")
    operators = shown("word probepdfoperators") + b" 0 0 m 1 1 l S" * 400_000
    bomb("operators.pdf", with_contents(flate(operators)), "a page of 400 000 operators")
    words = shown("word") + b" BT /F1 1 Tf 1 1 Td (many words here) Tj ET" * 100_000
    bomb("words.pdf", with_contents(flate(words)), "a page of 300 000 words")
    laughing = {
        20 + level: stream(
            b"/F Do " * 10 if level else shown("ha"),
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> /Font << /F1 3 0 R >> >>"
            % (19 + level),
        )
        for level in range(10)
    }
    drawing = page(b"13 0 R").replace(b"/Resources <<", b"/Resources << /XObject << /F 29 0 R >>")
    bomb("forms.pdf", {**with_contents(stream(b"/F Do")), 12: drawing, **laughing}, "a form drawn a thousand million times")
    bomb("pages.pdf", document([b"BT /F1 12 Tf (p) Tj ET"] * 20_000), "20 000 pages")


def _locked(folder: Folder) -> None:
    """F05: PDF files with a password, and one whose password is empty."""
    folder.put(
        "F05",
        "user.pdf",
        encrypted(["word probelocked"], b"secret"),
        "a password to open it",
        faults=["password"],
        never=["probelocked"],
    )
    folder.put("F05", "owner.pdf", encrypted(["word probeowner"], b""), "a password only to change it", "probeowner")
    unknown = pdf("word probestrange").replace(b"/Root", b"/Encrypt << /Filter /Strange /V 9 >> /Root")
    folder.put("F05", "handler.pdf", unknown, "an unknown way of locking", faults=["password", "damaged"])


def _wordless(folder: Folder) -> None:
    """F06: pages, but no text on them."""
    image = stream(b"\x7f" * 64, b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray")
    scan = {**document([b"q 612 0 0 792 0 0 cm /I Do Q"]), 20: image}
    scan[10] = page(b"11 0 R").replace(b"/Resources <<", b"/Resources << /XObject << /I 20 0 R >>")
    folder.put("F06", "scan.pdf", assemble(scan), "a picture of a page", faults=["no text"])
    folder.put("F06", "lines.pdf", assemble(document([b"0 0 m 9 9 l S"] * 3)), "three pages of lines", faults=["no text"])
    folder.put("F06", "blank.pdf", assemble(document([b""])), "a blank page", faults=["no text"])
    folder.put("F06", "spaces.pdf", assemble(document([shown("   ")])), "a page of spaces", faults=["no text"])
    folder.put("F06", "no-pages.pdf", assemble(document([])), "no page at all", faults=["no text", "empty", "damaged"])


def write(folder: Folder) -> None:
    """F03 to F06."""
    _broken(folder)
    _looping(folder)
    _lying(folder)
    _swelling(folder)
    _locked(folder)
    _wordless(folder)
