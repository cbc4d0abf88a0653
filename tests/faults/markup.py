"""F07, F10, F11, F12: documents that would run, fetch or include something, swell by entities, or nest without end."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.faults.build import SECRET, Folder
from tests.faults.packages import HEAD, docx, docx_parts, epub_parts, odf_parts, pptx_parts, xlsx_parts
from tests.faults.pdf_bytes import assemble, document, shown
from tests.faults.sound import fiction_book, mail, rtf
from tests.faults.zip_bytes import pack

_RUN = "touch /tmp/probeactran"


def _acting(folder: Folder) -> None:
    """F07: nothing in a document is run, nothing it names is fetched."""
    put = folder.put
    far = "http://203.0.113.9/probe"
    page = (
        f'<html><head><meta http-equiv="refresh" content="0;url={far}"><link rel="stylesheet" href="{far}.css">'
        f'<base href="{far}"><script src="{far}.js"></script><script>fetch("{far}")</script></head><body onload="fetch(1)">'
        f'<p>a word probeactpage</p><img src="{far}.png">'
        f'<iframe src="{far}"></iframe><object data="{far}"></object><video src="{far}"></video></body></html>'
    )
    put("F07", "remote.html", page, "a page that loads and refreshes", "probeactpage")
    launch = f"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (sh) /P (-c '{_RUN}') >> >>"
    act = launch + " /AA << /O << /S /JavaScript /JS (app.launchURL) >> >>"
    put(
        "F07",
        "launch.pdf",
        assemble(document([shown("a word probeactpdf")], act.encode())),
        "a PDF that starts a program",
        "probeactpdf",
    )
    rels = (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'TargetMode="External" Target="{far}.dotm"/></Relationships>'
    )
    field = f"<w:p><w:fldSimple w:instr=\"DDEAUTO /bin/sh '-c {_RUN}'\"/><w:r><w:t>a word probeactdocx</w:t></w:r></w:p>"
    parts = docx_parts(
        field, more={"word/_rels/document.xml.rels": rels, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 99}
    )
    put("F07", "macro.docm", pack(parts), "a document with macros, a far template and a command", "probeactdocx")
    cells = f'<row><c><f>cmd|\'/C {_RUN}\'!A0</f><v>1</v></c><c><f>WEBSERVICE("{far}")</f></c><c t="s"><v>0</v></c></row>'
    put("F07", "formula.xlsx", pack(xlsx_parts(cells, ["a word probeactxlsx"])), "formulas that run and fetch", "probeactxlsx")
    put(
        "F07",
        "formula.csv",
        f'a,b\n=cmd|\'/C {_RUN}\'!A0,"=HYPERLINK(""{far}"")"\n@SUM(1),probeactcsv\n',
        "formulas in a table",
        "probeactcsv",
    )
    body = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{far}"}}}}{{\object\objautlink\objupdate{{\*\objdata 01}}}} a word probeactrtf'
    put("F07", "object.rtf", rf"{{\rtf1 {body}}}", "an object that updates itself", "probeactrtf")
    put(
        "F07",
        "remote.epub",
        pack(epub_parts({"one": f'<p>a word probeactepub</p><img src="{far}"/><script src="{far}"/>'})),
        "an e-book that loads",
        "probeactepub",
    )
    put(
        "F07",
        "remote.md",
        f"# Act\n\n![x]({far})\n\n<script>fetch('{far}')</script>\n\n`$({_RUN})` probeactmd\n",
        "far pictures",
        "probeactmd",
    )
    html_mail = mail("probeactmail").replace(b"text/plain", b"text/html") + f'<img src="{far}">'.encode()
    put("F07", "tracker.eml", html_mail, "a message with a tracking picture", "probeactmail")
    put(
        "F07",
        "shell.txt",
        f"$({_RUN})\n`{_RUN}`\n; {_RUN} ;\n__import__('os').system('{_RUN}') probeacttext\n",
        "commands in a text",
        "probeacttext",
    )
    put("F07", "script.py", f"import os\nos.system('{_RUN}')  # probeactpy\n", "a program's source", "probeactpy")
    vector = f'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><image href="{far}"/><text>a word</text></svg>'
    put("F07", "script.svg", vector, "a drawing with a script")


def _lol(word: str = "&lol9;") -> tuple[str, str]:
    """A document type whose entity is a thousand million words, and the word that calls it."""
    entities = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY lol0 "probelol">{entities}]>', word


def _quadratic() -> tuple[str, str]:
    return f'<!DOCTYPE x [<!ENTITY a "{"probelol " * 10_000}">]>', "&a;" * 20_000


def _in_each(doctype: str, word: str) -> dict[str, bytes | str]:
    """The same document type and reference to its entity in every format that is XML."""
    return {
        "plain.xml": f"{HEAD}{doctype}<x><p>{word}</p></x>",
        "text.docx": pack(docx_parts(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>", doctype=doctype)),
        "text.odt": pack(odf_parts(f"<text:p>{word}</text:p>", doctype=doctype)),
        "slide.pptx": pack(pptx_parts([word], doctype=doctype)),
        "sheet.xlsx": pack(xlsx_parts("", [word], doctype=doctype)),
        "chapter.epub": pack(epub_parts({"one": f"<p>{word}</p>"}, doctype=doctype)),
        "page.xhtml": f'{HEAD}{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{word}</p></body></html>',
        "book.fb2": fiction_book(word).replace(b"?><FictionBook", f"?>{doctype}<FictionBook".encode()),
        "outline.opml": f'{HEAD}{doctype}<opml version="2.0"><body><outline text="{word}"/></body></opml>',
        "drawing.svg": f'{HEAD}{doctype}<svg xmlns="http://www.w3.org/2000/svg"><text>{word}</text></svg>',
    }


def _entities(folder: Folder) -> None:
    """F10 and F11: entities are neither expanded nor read."""
    for label, (doctype, word) in {"lol": _lol(), "quadratic": _quadratic()}.items():
        for name, data in _in_each(doctype, word).items():
            folder.put("F10", f"{label}-{name}", data, "an XML bomb", longest=1_000_000)
    secret = folder.secret.as_uri()
    external = f'<!DOCTYPE x [<!ENTITY xxe SYSTEM "{secret}">]>'
    parameter = f'<!DOCTYPE x [<!ENTITY % all SYSTEM "{secret}"> %all;]>'
    outer = f'<!DOCTYPE x SYSTEM "{secret}">'
    for label, doctype in {"entity": external, "parameter": parameter, "outer": outer}.items():
        for name, data in _in_each(doctype, "&xxe;" if doctype == external else "a word").items():
            folder.put("F11", f"{label}-{name}", data, "an external entity", never=[SECRET])
    path = folder.secret
    includes: dict[str, bytes | str] = {
        "include.xml": f'<x xmlns:xi="http://www.w3.org/2001/XInclude"><p>word</p><xi:include href="{secret}" parse="text"/></x>',
        "sheet.xml": f'<?xml-stylesheet href="{secret}"?><x>a word</x>',
        "field.rtf": rf'{{\rtf1 a word {{\field{{\*\fldinst INCLUDETEXT "{path}"}}}}}}',
        "include.rst": f"A word\n\n.. include:: {path}\n",
        "include.md": f'A word\n\n![x]({secret})\n<!--#include file="{path}"-->\n',
        "frame.html": f'<html><body><p>a word</p><iframe src="{secret}"></iframe><object data="{secret}">x</object>',
        "outer.eml": mail("a word").replace(
            b"text/plain", f'message/external-body; access-type=local-file; name="{path}"'.encode()
        ),
        "frame.docx": pack(
            docx_parts(f'<w:p><w:fldSimple w:instr="INCLUDETEXT {path}"><w:r><w:t>a word</w:t></w:r></w:fldSimple></w:p>')
        ),
    }
    for name, data in includes.items():
        folder.put("F11", name, data, "another file included", never=[SECRET])


def _deep(folder: Folder) -> None:
    """F12: eleven documents that nest without end."""
    many = 100_000

    def nested(opening: str, inside: str, closing: str, depth: int = many) -> str:
        return opening * depth + inside + closing * depth

    documents: dict[str, tuple[Callable[[], bytes | str], tuple[str, ...]]] = {
        "tags.html": (lambda: "<html><body>" + nested("<div>", "a word probedeephtml", "</div>"), ("probedeephtml",)),
        "runs.docx": (lambda: pack(docx_parts(nested("<w:p>", "<w:r><w:t>a word</w:t></w:r>", "</w:p>"))), ()),
        "tables.docx": (lambda: pack(docx_parts(nested("<w:tbl><w:tr><w:tc>", "<w:p/>", "</w:tc></w:tr></w:tbl>"))), ()),
        "spans.odt": (lambda: pack(odf_parts("<text:p>" + nested("<text:span>", "a word", "</text:span>") + "</text:p>")), ()),
        "tags.xml": (lambda: "<x>" + nested("<a>", "a word", "</a>") + "</x>", ()),
        "brackets.json": (lambda: nested("[", '"a word"', "]", many // 4), ()),
        "objects.json": (lambda: nested('{"a":', '"a word"', "}", many // 4), ()),
        "groups.rtf": (lambda: r"{\rtf1 " + nested("{", "a word", "}") + "}", ()),
        "quotes.md": (lambda: ">" * 50_000 + " a word probedeepmd\n", ("probedeepmd",)),
        "chapter.epub": (lambda: pack(epub_parts({"one": nested("<div>", "a word", "</div>")})), ()),
        "parts.eml": (lambda: _nested_mail(300), ()),
    }
    for name, (make, words) in documents.items():
        folder.put("F12", name, make(), "nested without end", words)
    folder.put(
        "F12",
        "cells.ipynb",
        json.dumps({"cells": [{"cell_type": "markdown", "source": "x"}]})[:-1] + "," + '"a":[' * 9000,
        "a notebook that never ends",
    )
    folder.put("F12", "plain.docx", docx("a word probedeepnot"), "a sound document beside them", "probedeepnot")
    folder.put("F12", "plain.rtf", rtf("probedeepnotrtf"), "a sound text beside them", "probedeepnotrtf")


def _nested_mail(depth: int) -> bytes:
    """Messages of parts in parts; the outermost has its own words."""
    head = "From: ada@example.org\nTo: sam@example.org\nSubject: Nested\nMIME-Version: 1.0\n"
    lines = [
        f"{head if not level else ''}Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth)
    ]
    ends = [f"--b{level}--\n" for level in reversed(range(depth))]
    return ("".join(lines) + "Content-Type: text/plain\n\na word probedeepmail\n" + "".join(ends)).encode()


def write(folder: Folder) -> None:
    """F07 and F10 to F12."""
    _acting(folder)
    _entities(folder)
    _deep(folder)
