"""F24: messages and mailboxes that are broken."""

from __future__ import annotations

from tests.faults.build import Folder
from tests.faults.pdf_bytes import pdf
from tests.faults.sound import mail, mailbox

_DATE = "Fri, 05 Mar 2021 09:00:00 +0000"
_HEAD = f"From: Ada <ada@example.org>\nTo: sam@example.org\nSubject: Broken\nDate: {_DATE}\nMIME-Version: 1.0\n"


def _headers(folder: Folder) -> None:
    def put(name: str, data: str | bytes, what: str, words: str | tuple[str, ...] = ()) -> None:
        folder.put("F24", name, data, what, words)

    words = " ".join(["=?utf-8?q?a?="] * 20_000)
    put(
        "encoded.eml",
        f"Subject: {words}\n{_HEAD.replace('Subject: Broken', 'X: y')}\na word probeencoded\n",
        "20 000 encoded words",
        "probeencoded",
    )
    brackets = "(" * 50_000
    put(
        "brackets.eml",
        f"From: {brackets}\nSubject: A\nTo: b@c\nMIME-Version: 1.0\n\na word probebracketed\n",
        "50 000 brackets in From",
        "probebracketed",
    )
    put(
        "folded.eml",
        "Subject: a\n" + " b\n" * 50_000 + _HEAD + "\na word probefolded\n",
        "a header of 50 000 lines",
        "probefolded",
    )
    put(
        "many.eml",
        _HEAD + "".join(f"X-{n}: y\n" for n in range(20_000)) + "\na word probemanyheaders\n",
        "20 000 headers",
        "probemanyheaders",
    )
    to = ", ".join(f"p{n}@example.org" for n in range(20_000))
    put("recipients.eml", f"{_HEAD}Cc: {to}\n\na word proberecipients\n", "20 000 recipients", "proberecipients")
    put(
        "bad-words.eml",
        _HEAD.replace("Broken", "=?no-such?q?x?= =?utf-8?b?####?= =?utf-8?q?=GG?=") + "\na word probebadwords\n",
        "broken encoded words",
        "probebadwords",
    )
    put(
        "raw.eml",
        _HEAD.encode().replace(b"Broken", b"caf\xe9 \xff\xfe \x1b]0;x\x07") + b"\na word proberawhead\n",
        "raw bytes in a header",
        "proberawhead",
    )
    put(
        "no-colon.eml",
        _HEAD + "this is no header\nNor: is this\n\na word probenocolon\n",
        "a line that is no header",
        "probenocolon",
    )
    put(
        "date.eml",
        _HEAD.replace("05 Mar 2021 09:00:00 +0000", "99 Xyz 99999 99:99:99 +9999") + "\na word probebaddate\n",
        "an impossible date",
        "probebaddate",
    )
    put("only-head.eml", _HEAD, "no body")
    put("injected.eml", _HEAD.replace("Broken", "A\rBcc: x\r\n") + "\na word\n", "line ends in a header")


def _parts(folder: Folder) -> None:
    def put(name: str, data: str | bytes, what: str, words: str | tuple[str, ...] = ()) -> None:
        folder.put("F24", name, data, what, words)

    mixed = _HEAD + "Content-Type: multipart/mixed; boundary=B\n\n"
    plain = "--B\nContent-Type: text/plain\n\na word {}\n"
    put("no-end.eml", mixed + plain.format("probenoboundary"), "parts that never end", "probenoboundary")
    put("no-boundary.eml", _HEAD + "Content-Type: multipart/mixed\n\na word probenone\n", "parts without a boundary", "probenone")
    put("never.eml", mixed + "a word probepreamble, and no part\n", "a boundary that never comes")
    bad = "--B\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYSB3b3JkI###!!==\n"
    put("base64.eml", mixed + bad + plain.format("probeafterbad") + "--B--\n", "base64 that is none", "probeafterbad")
    quoted = "--B\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\na word =ZZ =\nprobequoted =\n"
    put("quoted.eml", mixed + quoted + "--B--\n", "quoted-printable that is none", "probequoted")
    unknown = "--B\nContent-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: x-uuencode\n\na word probeunknown\n"
    put("unknown.eml", mixed + unknown + "--B--\n", "unknown ways of encoding", "probeunknown")
    put("types.eml", mixed + "--B\nContent-Type: ///;;;=\n\na word probetypes\n--B--\n", "a type that is none")
    put(
        "parts.eml",
        mixed + plain.format("probefirstpart") + "--B\nContent-Type: text/plain\n\nx\n" * 12_000 + "--B--\n",
        "12 000 parts",
        "probefirstpart",
    )
    names = ("../../../tmp/probeslip9.txt", "/tmp/probeslip10.txt", "\x1b]0;x\x07.txt", "[red]x.txt", "a" * 5000, "", ".", "..")
    attached = "".join(
        f'--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename="{name}"\n\na word probeattachment{n}\n'
        for n, name in enumerate(names)
    )
    put(
        "names.eml",
        mixed + plain.format("probewithnames") + attached + "--B--\n",
        "attachments with odd names",
        ("probewithnames", "probeattachment0", "probeattachment6"),
    )
    torn = mail("probewithtorn", pdf("x")[:100])
    put("torn-annex.eml", torn, "a damaged attachment", "probewithtorn")
    pgp = "Content-Type: application/pgp-encrypted\n\nVersion: 1\n"
    locked = f"--B\nContent-Type: multipart/encrypted; boundary=C\n\n--C\n{pgp}--C--\n"
    put("pgp.eml", mixed + locked + "--B--\n", "an encrypted message")
    outlook = _HEAD + 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+IgEA\n'
    put("winmail.eml", outlook, "Outlook's own attachment")
    inner = _HEAD.replace("Broken", "Inner") + "\na word probeinnermessage\n"
    put(
        "forward.eml",
        mixed + plain.format("probeouter") + f"--B\nContent-Type: message/rfc822\n\n{inner}--B--\n",
        "a message in a message",
        ("probeouter", "probeinnermessage"),
    )


def _boxes(folder: Folder) -> None:
    messages = [f"probemboxmsg{n}" for n in range(200)]
    whole = mailbox(messages)
    for number in (3, 77, 149):
        whole = whole.replace(b"probemboxmsg%d\n" % number, b"\xff\xfe\0\0 broken \x1b]0;x\x07 " * 20)
    headless = whole.replace(b"Subject: The harbour survey\n", b"Subject: =?x?y?" + b"(" * 3000 + b"\n", 5)
    found = ("probemboxmsg0", "probemboxmsg150", "probemboxmsg199")
    folder.put("F24", "broken.mbox", headless, "200 messages, some of them broken", found)
    folder.put(
        "F24", "cut.mbox", mailbox(["probeboxcut1", "probeboxcut2"])[:-200], "a mailbox cut in its last message", "probeboxcut1"
    )
    no_blank = mailbox(["probetight1", "probetight2"]).replace(b"\n\nFrom ada", b"\nFrom ada")
    folder.put("F24", "tight.mbox", no_blank, "no empty line between messages", "probetight1")
    quoting = mailbox(["From here on\n>From there\nFrom \n", "probeboxafter"])
    folder.put("F24", "from.mbox", quoting, "lines that begin with From", "probeboxafter")
    folder.put(
        "F24", "junk.mbox", b"\0junk before\n" * 50 + mailbox(["probeboxjunk"]), "junk before the first message", fate="accounted"
    )
    folder.put("F24", "crlf.mbox", mailbox(["probeboxcrlf", "two"]).replace(b"\n", b"\r\n"), "DOS line ends", "probeboxcrlf")
    froms = b"From a@b Fri Mar  5 09:00:00 2021\n\n" * 1000
    folder.put("F24", "empty.mbox", froms, "1 000 messages of nothing", fate="accounted")


def write(folder: Folder) -> None:
    """F24."""
    _headers(folder)
    _parts(folder)
    _boxes(folder)
