"""F00: a sound file of every format, its title, author and date known; also the seeds of the fuzz run."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from email.message import EmailMessage
from functools import partial

from tests.faults.build import Folder
from tests.faults.packages import core, docx, epub_parts, odf_parts, odt, pptx_parts, xlsx
from tests.faults.pdf_bytes import pdf
from tests.faults.zip_bytes import pack

TITLE, AUTHOR, DATE = "The harbour survey", "Ada Probe", "2021-03-05"
_STORY = (
    "The harbour survey was finished on Friday after a long winter.",
    'Jane Holt said: "We counted every boat twice, and the numbers agree."',
)
_IN_XML = tuple(line.replace('"', "&quot;") for line in _STORY)
_CORE = core(TITLE, AUTHOR, DATE + "T09:00:00Z")
_META = {"title": TITLE, "author": AUTHOR, "date": DATE}


def text(word: str = "") -> bytes:
    """A plain text with its head."""
    return "\n".join((TITLE, f"By {AUTHOR}", f"Harbour Post, {DATE}", "", *_STORY, word, "")).encode()


def page(word: str = "", script: str = "") -> bytes:
    """A web page with a script whose words are none of the page's."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="author" content="{AUTHOR}">'
        f'<meta property="article:published_time" content="{DATE}T08:00:00Z"><script>var words = "{script}";</script>'
        f"<style>.{script} {{ color: red }}</style></head><body><article><h1>{TITLE}</h1>"
        f"<p>{_STORY[0]}</p><p>{_STORY[1]}</p><p>{word}</p></article></body></html>"
    ).encode()


def mail(word: str = "", attachment: bytes = b"", subject: str = TITLE) -> bytes:
    """A message, with an attachment where one is given."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"{AUTHOR} <ada@example.org>", "Sam Reed <sam@example.org>", subject
    message["Date"], message["Message-ID"] = "Fri, 05 Mar 2021 09:00:00 +0000", "<1@example.org>"
    message.set_content("\n".join((*_STORY, word, "")))
    if attachment:
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename="annex.pdf")
    return message.as_bytes()


def mailbox(words: list[str]) -> bytes:
    """A mailbox (mboxrd) of a message for each word."""
    return b"".join(b"From ada@example.org Fri Mar  5 09:00:00 2021\n" + mail(word) + b"\n" for word in words)


def web_archive(word: str = "") -> bytes:
    """A page saved with its pictures (MHTML)."""
    parts = (
        b"From: <Saved by a browser>\r\nSubject: "
        + TITLE.encode()
        + b"\r\nDate: Fri, 05 Mar 2021 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n',
        b"------part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://example.org/\r\n\r\n"
        + page(word)
        + b"\r\n",
        b"------part\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=\r\n",
        b"------part--\r\n",
    )
    return b"".join(parts)


def rtf(word: str = "") -> bytes:
    """A text in Rich Text Format with its information group."""
    head = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}{\info{\title %s}{\author %s}{\creatim\yr2021\mo3\dy5\hr9\min0}}"
    return (head % (TITLE, AUTHOR) + r"\f0 " + r"\par ".join((*_STORY, word)) + r"\par}").encode()


def _report(word: str) -> bytes:
    """A document in XML of no known kind."""
    return f'<?xml version="1.0"?><report><title>{TITLE}</title><p>{_IN_XML[0]}</p><p>{word}</p></report>'.encode()


def notebook(word: str = "") -> bytes:
    """A Jupyter notebook of two cells."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [f"# {TITLE}\n", f"{_STORY[0]} {word}"]},
        {"cell_type": "code", "metadata": {}, "source": ["print('boats')"], "outputs": [], "execution_count": 1},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def subtitles(word: str = "", web: bool = False) -> bytes:
    """Subtitles of two cues, as WebVTT or SubRip."""
    point = "." if web else ","
    cues = (
        f"1\n00:00:01{point}000 --> 00:00:04{point}000\n{_STORY[0]}\n",
        f"2\n00:00:05{point}000 --> 00:00:09{point}000\n{_STORY[1]} {word}\n",
    )
    return (("WEBVTT\n\n" if web else "") + "\n".join(cues)).encode()


def fiction_book(word: str = "") -> bytes:
    """A FictionBook 2 document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>'
        f"<author><first-name>Ada</first-name><last-name>Probe</last-name></author><book-title>{TITLE}</book-title>"
        f'<date value="{DATE}">{DATE}</date></title-info></description><body><section><p>{_IN_XML[0]}</p><p>{word}</p>'
        "</section></body></FictionBook>"
    ).encode()


def tar(members: dict[str, bytes]) -> bytes:
    """A tar archive."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return whole.getvalue()


def sound(name: str, word: str = "") -> bytes:
    """A sound file of the format that ``name`` ends in, with ``word`` in its text; raises KeyError for others."""
    return {
        "txt": partial(text, word),
        "md": f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\ndate: {DATE}\n---\n\n# {TITLE}\n\n{_STORY[0]} *{word}*\n".encode,
        "rst": f"{TITLE}\n==================\n\n{_STORY[0]}\n\n.. note:: {word}\n".encode,
        "html": partial(page, word),
        "pdf": lambda: pdf(*_STORY, word, info=f"/Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:20210305090000Z)".encode()),
        "docx": lambda: docx(*_IN_XML, word, core=_CORE),
        "pptx": lambda: pack(pptx_parts([*_IN_XML, word], _CORE)),
        "xlsx": lambda: xlsx([["boats", _IN_XML[0]], ["word", word]], _CORE),
        "odt": lambda: odt(*_IN_XML, word, **_META),
        "ods": lambda: pack(odf_parts(_ods_table(word), "spreadsheet", **_META)),
        "odp": lambda: pack(odf_parts(_odp_page(word), "presentation", **_META)),
        "epub": lambda: pack(epub_parts({"one": f"<h1>{TITLE}</h1><p>{_IN_XML[0]}</p>", "two": f"<p>{word}</p>"}, **_META)),
        "rtf": partial(rtf, word),
        "eml": partial(mail, word),
        "mbox": lambda: mailbox([word, "other"]),
        "mhtml": partial(web_archive, word),
        "csv": f"boat,owner,word\nHeron,Jane Holt,{word}\nTern,Sam Reed,two\n".encode,
        "tsv": f"boat\towner\tword\nHeron\tJane Holt\t{word}\n".encode,
        "json": lambda: json.dumps({"title": TITLE, "author": AUTHOR, "date": DATE, "text": f"{_STORY[0]} {word}"}).encode(),
        "jsonl": lambda: b"".join(json.dumps({"id": i, "text": f"{_STORY[0]} {word}"}).encode() + b"\n" for i in range(3)),
        "ipynb": partial(notebook, word),
        "srt": partial(subtitles, word),
        "vtt": partial(subtitles, word, web=True),
        "fb2": partial(fiction_book, word),
        "xml": partial(_report, word),
        "zip": lambda: pack({"in/boats.txt": text(word), "in/other.md": f"# Other\n\n{_STORY[0]}\n"}),
        "tar": lambda: tar({"in/boats.txt": text(word)}),
        "gz": lambda: gzip.compress(text(word), mtime=0),
        "tgz": lambda: gzip.compress(tar({"in/boats.txt": text(word)}), mtime=0),
    }[name.rpartition(".")[2]]()


FORMATS = (
    *(
        "txt",
        "md",
        "rst",
        "html",
        "pdf",
        "docx",
        "pptx",
        "xlsx",
        "odt",
        "ods",
        "odp",
        "epub",
        "rtf",
        "eml",
        "mbox",
        "mhtml",
        "csv",
    ),
    *("tsv", "json", "jsonl", "ipynb", "srt", "vtt", "fb2", "xml", "zip", "tar", "gz", "tgz"),
)
_WHOLE = ("txt", "md", "html", "pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub", "rtf")
_WITH_TITLE = (*_WHOLE, "rst", "eml", "mhtml", "fb2")


def _ods_table(word: str) -> str:
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in (_IN_XML[0], word))
    return f'<table:table table:name="boats"><table:table-row>{cells}</table:table-row></table:table>'


def _odp_page(word: str) -> str:
    boxes = "".join(
        f"<draw:frame><draw:text-box><text:p>{line}</text:p></draw:text-box></draw:frame>" for line in (_IN_XML[0], word)
    )
    return f'<draw:page draw:name="one">{boxes}</draw:page>'


def write(folder: Folder) -> None:
    """F00."""
    for format_ in FORMATS:
        word = f"probesound{format_}"
        whole, titled = format_ in _WHOLE, format_ in _WITH_TITLE
        folder.put(
            "F00",
            f"sound.{format_}",
            sound(format_, word),
            "a sound file",
            word,
            title=TITLE if titled else "",
            author=AUTHOR if whole or format_ == "fb2" else "",
            date=DATE if titled and format_ != "rst" else "",
        )
    folder.put("F00", "script.html", page("probepage", "probescript"), "a page with a script", "probepage", never=["probescript"])
    attached = mail("probemailbody", pdf("the annex probeattached"))
    folder.put("F00", "annex.eml", attached, "a message with a PDF", ("probemailbody", "probeattached"))
    inner = {f"m/sound.{format_}": sound(format_, f"probein{format_}") for format_ in ("docx", "pdf", "eml")}
    folder.put("F00", "inner.zip", pack(inner), "documents in a zip", ("probeindocx", "probeinpdf", "probeineml"))
