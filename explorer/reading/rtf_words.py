"""What the words of Rich Text Format mean to a reader of its text: signs, destinations, code pages (RTF 1.9.1)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from explorer.reading.paragraphs import row_line, set_apart

DEFAULT = "cp1252"
# Signs for the ends of cells and rows, and of paragraphs inside cells; no text holds these control characters.
CELL, ROW, CELL_PARAGRAPH = "\x1f", "\x1e", "\x1d"
_SURROGATE = re.compile("[\ud800-\udfff]")

SIGNS = {
    **{"par": "\n", "line": "\n", "sect": "\n\n", "page": "\n\n", "column": "\n", "softpage": ""},
    **{"tab": "\t", "cell": CELL, "nestcell": CELL, "row": ROW, "nestrow": ROW},
    **{"emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c"},
}
SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n", b"\t": "\t"}

# Destinations whose text goes somewhere else than into the body.
PLACES = {
    **{"footnote": "notes", "annotation": "comments", "atnauthor": "commenter", "title": "title", "author": "author"},
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), "furniture"),
    **{"fldinst": "link", "fonttbl": "fonts", "creatim": "created", "info": "info"},
}
# Destinations that may be ignored by those who do not know them, but hold text that is seen on the page.
SHOWN = frozenset(("shpinst", "do", "dptxbxtext", "shptxt", "moMath", "moMathPara", "ud", "fldrslt", "nesttableprops"))
HIDDEN = frozenset(
    (
        *("colortbl", "stylesheet", "pict", "objdata", "objclass", "objname", "sp", "shprslt", "nonshppict", "filetbl"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "tcn", "rxe", "pxe", "txe", "template"),
        *("bkmkstart", "bkmkend", "atnid", "atnref", "atndate", "atntime", "atnicn", "atrfstart", "atrfend", "revtbl"),
        *("listtable", "listoverridetable", "formfield", "mmathPict", "operator", "revtim", "printim", "buptim", "nextfile"),
        *("mtype", "mbegChr", "mendChr", "mchr", "msepChr", "mpos", "subject", "keywords", "doccomm", "company", "comment"),
        *("manager", "category", "hlinkbase", "linkval", "staticval", "propname", "private", "passwordhash", "listname"),
        *("leveltext", "levelnumbers", "liststylename", "falt", "panose", "fname", "datafield", "themedata", "nonesttables"),
    )
)

CHARSETS = {
    **{0: "cp1252", 2: "cp1252", 77: "mac_roman", 78: "cp932", 79: "cp950", 80: "cp949", 81: "mac_arabic", 82: "cp1255"},
    **{83: "mac_greek", 84: "mac_cyrillic", 85: "cp936", 86: "mac_romanian", 87: "mac_cyrillic", 88: "cp874"},
    **{89: "mac_latin2", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253"},
    **{162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"},
    **{238: "cp1250", 254: "cp437", 255: "cp850"},
}
_PAGES = {
    **{65001: "utf-8", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2", 1361: "johab"},
    **{20866: "koi8_r", 21866: "koi8_u", 51932: "euc_jp", 51949: "euc_kr", 54936: "gb18030", 10081: "mac_turkish"},
    **{28590 + part: f"iso8859_{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15)},
}
OF_TWO_BYTES = frozenset(("cp932", "cp936", "cp949", "cp950", "johab", "gb18030", "euc_jp", "euc_kr", "utf-8"))


def code_page(number: int) -> str:
    """Python's name of a Windows code page; cp1252 where Python does not know it."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return DEFAULT
    return name


def is_hidden(word: str) -> bool:
    """Whether what follows this word in its group is not text of the page; formulas' properties are called m…Pr."""
    return word in HIDDEN or (word.startswith("m") and word.endswith("Pr"))


def is_utf8(data: bytes, cut: bool) -> bool:
    """Whether bytes above ASCII are UTF-8 all over, as of writers that never heard of code pages."""
    if data.isascii():
        return False
    try:
        (data[:-4] if cut else data).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def laid_out(pieces: Iterable[str]) -> str:
    """The pieces as text: table rows one line each, paragraphs set apart."""
    whole = "".join(pieces)
    if _SURROGATE.search(whole):  # \\u gives letters beyond the basic plane in halves
        whole = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    blocks: list[str] = []
    rows: list[str] = []
    for line in re.split(f"([\n{ROW}])", whole):
        if line == ROW:
            continue
        if CELL in line:
            rows.append(row_line([cell.replace(CELL_PARAGRAPH, "\n") for cell in line.split(CELL)]))
            continue
        if line == "\n" or not line.strip(f" \t{CELL_PARAGRAPH}"):
            if line != "\n" and not rows:
                blocks.append("")
            continue
        if rows:
            blocks += ["\n".join(rows), ""]
            rows.clear()
        blocks.extend(part.strip() for part in line.split(CELL_PARAGRAPH))
    return set_apart([*blocks, "\n".join(rows)])
