"""F27 to F31: names of files that are hard to show, to open or to tell apart."""

from __future__ import annotations

import contextlib
import unicodedata

from tests.faults.build import Folder

_ODD = (
    *(
        "-rf.txt",
        "--help.txt",
        "-.txt",
        "$(touch ⁄tmp⁄probeshell).txt",
        "`touch probeshell`.txt",
        ";touch probeshell;.txt",
        "|cat.txt",
    ),
    *(
        "a&b.txt",
        "*.txt",
        "?[a-z].txt",
        "{a,b}.txt",
        "%s%n%d.txt",
        "{0!r}.txt",
        "a'b.txt",
        'a"b.txt',
        "a\\b.txt",
        "~user.txt",
        "#hash.txt",
    ),
    *(
        "trailing.txt ",
        "trailing.txt.",
        " leading.txt",
        "two  spaces.txt",
        "CON.txt",
        "nul.txt",
        "a:b.txt",
        "a<b>c.txt",
        "….txt",
        "=1+1.txt",
    ),
    *(
        "\u00a0.txt",
        "\u3000.txt",
        "100%.txt",
        "a@b#c!.txt",
        "file:///etc/passwd".replace("/", "⁄"),
        "null",
        "None.txt",
        "NaN.json.txt",
    ),
)


def _hard_to_show(folder: Folder) -> None:
    """F27: names that would steer a screen or break a list."""
    names = (
        *(
            "new\nline.txt",
            "return\rname.txt",
            "tab\tname.txt",
            "\x1b]0;taken\x07.txt",
            "\x1b[31mred\x1b[0m.txt",
            "\x9b2J.txt",
            "bell\a.txt",
        ),
        *(
            "[red]literal[/red].txt",
            "[@click=app.quit]quit[⁄].txt",
            "\u202egnp.txt",
            "\u2066iso.txt",
            "zero\u200bwidth.txt",
            "\ufefffirst.txt",
        ),
        *(
            "zalgo" + "\u0301" * 60 + ".txt",
            "港口.txt",
            "👩‍👩‍👧‍👦.txt",
            "line\u2028sep.txt",
            "back\b\b.txt",
            "\x7fdel.txt",
            "esc\x1b",
        ),
    )
    for number, name in enumerate(names):
        word = f"probeshown{number}"
        folder.put("F27", name, f"A word {word} in a file whose name is hard to show.\n", "a name that steers the screen", word)


def _not_utf8(folder: Folder) -> None:
    """F28: names that are no UTF-8, where the file system takes them."""
    for number, name in enumerate(
        (b"probename\xff.txt", b"caf\xe9.txt", b"\x80\x81.md", b"\xed\xa0\x80.txt", b"dir\xfe/in\xfd.txt")
    ):
        with contextlib.suppress(OSError):
            folder.put("F28", name, f"A word probename{number} here.\n", "a name that is not UTF-8", f"probename{number}")


def _alike(folder: Folder) -> None:
    """F30: names that differ only by case or by the form of a letter."""
    for number, name in enumerate(("Case.txt", "case.txt", "CASE.TXT")):
        folder.put("F30", name, f"A word probecase{number} here.\n", "names alike but for case", f"probecase{number}")
    for number, form in enumerate(("NFC", "NFD")):
        name = unicodedata.normalize(form, "café.txt")
        text = unicodedata.normalize(form, f"The café was open, probeform{number}.\n")
        folder.put("F30", name, text, f"a name and a text in {form}", (f"probeform{number}", "café"))


def _long(folder: Folder) -> None:
    """F29: names as long as they may be."""
    for number, name in enumerate(("a" * 251 + ".txt", "é" * 125 + ".txt", "x" * 255, "." * 3 + "y" * 252)):
        hidden = name.startswith(".")
        word = f"probelongname{number}"
        folder.put(
            "F29", name, f"A word {word} here.\n", "a name of 255 bytes", () if hidden else word, fate="skipped" if hidden else ""
        )


def write(folder: Folder) -> None:
    """F27 to F31."""
    _hard_to_show(folder)
    _not_utf8(folder)
    _alike(folder)
    _long(folder)
    for number, name in enumerate(_ODD):
        folder.put("F31", name, f"A word probelawful{number} here.\n", "an odd but lawful name", f"probelawful{number}")
