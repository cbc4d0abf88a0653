"""What kind of marked-up text bytes begin as: a web page, XML, subtitles."""

from __future__ import annotations

import re

_SPACE = rb"(?:\xef\xbb\xbf)?\s{0,200}"
_DECLARATION = rb"(?:<\?xml[^>]{0,200}\?>\s{0,50})?"
_PAGE_START = re.compile(
    _SPACE + _DECLARATION + rb"(?:<!--.{0,1000}?-->\s{0,50})?<(?:!doctype\s{1,9}html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
_ROOTS = rb"rss|feed|rdf:RDF|opml|svg|FictionBook|TEI|teiCorpus|article|book|plist|office:document|html:html"
_XML_START = re.compile(_SPACE + rb"<(?:\?xml\s|(?:" + _ROOTS + rb")[\s>]|!DOCTYPE\s{1,9}(?:article|book|opml|TEI|svg|plist)\b)")
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:\{\s{0,200}\"|\[\s{0,200}[{\[\"])")
_JSON_KEY = re.compile(rb"\"\s{0,9}:\s{0,9}[\"\[{\dtfn-]")
_JSON_LINES = re.compile(rb"\}\r?\n\{\s{0,9}\"")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_TIME = rb"\d{1,2}:\d\d(?::\d\d)?[.,]\d{1,3}"
_CUES = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}(?:\d{1,6}[ \t]*\r?\n)?" + _TIME + rb"[ \t]{1,5}-->[ \t]{1,5}" + _TIME)


def markup_kind(data: bytes) -> str:
    """ "page", "xml", "json", "jsonl" or "subtitles" where the first bytes say so, else ""."""
    head = data[:4096]
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            head = head.decode(encoding, "ignore").lstrip("\ufeff").encode("utf-8", "replace")
    if head.startswith((b"WEBVTT", b"\xef\xbb\xbfWEBVTT")) or _CUES.match(head):
        return "subtitles"
    if _JSON_START.match(head) and _JSON_KEY.search(head):
        return "jsonl" if _JSON_LINES.search(data[:65_536]) else "json"
    if _PAGE_START.match(head):
        return "page"
    if not _XML_START.match(head):
        return ""
    root = _ROOT.search(head.decode("latin-1"))
    return "page" if root and root[2].lower() == "html" else "xml"
