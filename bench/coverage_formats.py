"""Office files, books, mail, RTF and encodings beside what is in their own XML, parts and bytes."""

from __future__ import annotations

import email
import html
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from pathlib import Path
from statistics import mean
from typing import Any

from measure import print_table
from scores import token_score, tokens

from explorer.reading.registry import read_file

_MEASURED = {  # of shared/design/readers.md: right / with gold, mean recall
    "docx": "53/53, 1.000",
    "odf": "42/42, 1.000",
    "pptx": "11/12, .981",
    "xlsx": "14/14, 1.000",
    "epub": "12/13, .924",
    "rtf": "36/40, .955",
    "eml": "273/307, .932",
}
_PARTS = {  # format: endings, parts, elements with text ("" for all)
    "docx": (("docx", "docm"), r"word/(?:document|footnotes|endnotes|comments|(?:header|footer)\d*)\.xml", "t"),
    "pptx": (("pptx", "pptm"), r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml", "t"),
    "xlsx": (("xlsx", "xlsm"), r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml", "t"),
    "odf": (("odt", "ods", "odp"), r"content\.xml", ""),
    "epub": (("epub",), r".*\.(?:xhtml|html?)", ""),
}
_LEFT_OUT = frozenset({"script", "style", "head", "Fallback", "rPh", "annotation", "tracked-changes", "instrText"})
_BLOCKS = frozenset({"p", "h", "si", "tab", "br", "cr", "li", "td", "th", "tr", "div", "h1", "h2", "h3", "h4", "line-break", "s"})
_MAIL_GROUPS = ("mail-parser", "notmuch-mail", "alot-mail", "cpython-email")
_TAGS = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)
_ENCODINGS = {
    **{
        "gb2312": "gb18030",
        "euc-kr": "cp949",
        "euc_kr": "cp949",
        "shift_jis": "cp932",
        "big5": "cp950",
        "maccyrillic": "mac_cyrillic",
    },
    **{"utf-8-sig": "utf-8-sig", "utf_8": "utf-8-sig", "iso-8859-1": "cp1252"},
}
_LANGUAGE = re.compile(r"-(?:russian|bulgarian|greek|hebrew|turkish|hungarian)$")


def formats_table(docs: Path) -> None:
    """Prints right files (token recall of 0.9) and the mean recall of each format."""
    files = [path for path in sorted(docs.rglob("*")) if path.is_file()]
    rows = []
    for name, (endings, parts, element) in _PARTS.items():
        chosen = [path for path in files if path.suffix.lower().lstrip(".") in endings]
        rows.append(_row(name, chosen, lambda path, parts=parts, element=element: _zip_text(path, parts, element)))
    rtf = [path for path in files if path.suffix == ".rtf" and path.with_suffix(".txt").exists()]
    rows.append(_row("rtf", rtf, lambda path: path.with_suffix(".txt").read_text("utf-8", "replace")))
    mails = [path for path in files if path.parent.name in _MAIL_GROUPS or path.suffix == ".eml"]
    rows.append(_row("eml", mails, lambda path: _mail_text(email.message_from_bytes(path.read_bytes()))))
    head = ["", "files", "right/with gold", "mean recall", "readers.md", "files/s"]
    print_table("Office, books, mail: recall of the words in their own parts", head, rows)


def _row(name: str, files: list[Path], oracle: Callable[[Path], str]) -> list[str]:
    start = time.perf_counter()
    found = {path: "\n".join(reading.text for _, reading in read_file(path)) for path in files}
    seconds = time.perf_counter() - start
    gold = {path: text for path in files if tokens(text := oracle(path)).total() >= 5}
    recalls = {path: token_score(text, found[path]).recall for path, text in gold.items()}
    right = sum(recall >= 0.9 for recall in recalls.values())
    for path, recall in recalls.items():
        if recall < 0.9:
            print(f"    {name} {path.parent.name}/{path.name}: recall {recall:.2f}")
    average = f"{mean(recalls.values()):.3f}" if recalls else ""
    return [name, str(len(files)), f"{right}/{len(gold)}", average, _MEASURED[name], f"{len(files) / (seconds or 1):.0f}"]


def _zip_text(path: Path, parts: str, element: str) -> str:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    texts = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.fullmatch(parts, name):
                    root = etree.fromstring(archive.read(name), parser)
                    texts.append("" if root is None else "".join(_texts(root, element)))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, etree.XMLSyntaxError, OSError, KeyError):
        return ""  # damaged or encrypted: there is no gold
    return "\n".join(texts)


def _texts(root: Any, element: str) -> Iterator[str]:
    """The text of one part in order; elements that part words give a blank."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if event == "start":
            if name in _LEFT_OUT or not name:
                walk.skip_subtree()
            elif (not element or name == element) and node.text:
                yield " " if node.get("class") == "lnum" else ""  # a line's number, which only its style sets apart
                yield node.text
        else:
            if name in _BLOCKS:
                yield " "
            if not element and node.tail:
                yield node.tail


def _mail_text(message: Message) -> str:
    """The words of a mail's text parts; of alternatives the plain one."""
    kind = message.get_content_type()
    if message.is_multipart():
        parts = [part for part in message.get_payload() if isinstance(part, Message)]
        if kind == "multipart/alternative":
            plain = [part for part in parts if part.get_content_type() == "text/plain"]
            parts = plain[:1] or parts[-1:]
        return "\n".join(map(_mail_text, parts))
    if kind not in ("text/plain", "text/html") or message.get_content_disposition() == "attachment":
        return ""
    payload = message.get_payload(decode=True)
    try:
        text = (payload if isinstance(payload, bytes) else b"").decode(message.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return ""
    return html.unescape(_TAGS.sub(" ", text)) if kind == "text/html" else text


def encodings_table(docs: Path) -> None:
    """Prints how many files of the encoding sets were understood: 98 % of the letters beyond ASCII are those of the encoding
    in the file's name (of marked-up files, those that are shown)."""
    rows = []
    for group in ("char-dataset", "chardet"):
        files = [path for path in sorted((docs / group).iterdir()) if (path.is_file() and _encoding(path))]
        wrong = [path.name for path in files if not _understood(path)]
        rows.append([group, f"{len(files) - len(wrong)}/{len(files)}", ", ".join(wrong)])
    rows.append(["readers.md: chardet 7.7", "147/147 + 122/123", ""])
    print_table("Encodings", ["", "right", "wrong"], rows)


def _encoding(path: Path) -> str:
    name = _LANGUAGE.sub("", path.name.partition("__")[0].lower())
    name = _ENCODINGS.get(name, name)
    try:
        return "".encode(name).decode(name) or name
    except LookupError:
        return ""


def _understood(path: Path) -> bool:
    marked = path.suffix in (".xml", ".html")
    raw = path.read_bytes().decode(_encoding(path), "replace")
    wanted = _foreign(html.unescape(raw) if marked else raw)
    given = _foreign("\n".join(reading.text for _, reading in read_file(path)))
    shared = (wanted & given).total()
    return shared >= 0.98 * given.total() and shared >= (0.5 if marked else 0.98) * wanted.total()


def _foreign(text: Iterable[str]) -> Counter[str]:
    return Counter(letter for letter in text if letter > "\x7f" and letter.isalpha())
