"""How to write a query, as data: the app's help, the command line's help and the README's table say this and nothing else."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

NEED_WIDTH = 24  # characters
BETWEEN = " · "
_ALSO = "also "


@dataclass(frozen=True, slots=True)
class Row:
    """What one needs, queries that say so, and other programs' spellings of the same."""

    need: str
    write: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, and what is worth knowing of them."""

    heading: str
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


class GuideLine(NamedTuple):
    """One line of a row at some width: a piece of the need, and examples; ``also`` where they are other programs' spellings."""

    need: str
    examples: str
    also: bool


GUIDE: tuple[Group, ...] = (
    Group(
        "Words",
        (
            Row("all of, any of, none of",
                ("tax delay", "tax OR delay", "tax -delay", "(tax OR levy) delay"),
                ("tax AND delay", "tax | delay", "tax NOT delay", "tax !delay", "+tax +delay", "{tax levy}")),
            Row("these very words",
                ('"will not be delayed"',),
                ("“will not be delayed”", "«will not be delayed»")),
            Row("near, in either order",
                ("minister w/8 delay",),
                ("minister NEAR/8 delay", "minister AROUND(8) delay", "minister /8 delay",
                 '"minister delay"~8', '"minister delay"p8')),
            Row("near, in this order",
                ("minister pre/8 delay",),
                ("minister ADJ/8 delay", "minister +8 delay", "minister ONEAR/8 delay", '"minister delay"o8')),
            Row("in one sentence, in one paragraph",
                ("minister w/s delay", "minister w/p delay"),
                ("minister /s delay", "minister /p delay")),
            Row("all forms of a word", ("delay",)),
            Row("only this form", ("=delay", "Delay")),
            Row("the beginning of a word, a letter left open", ("delay*", "wom?n", '"tax cut*"')),
            Row("spelt nearly so", ("putin~1", "zelensky~2"), ("putin~",)),
            Row("a pattern", (r"/FR\d{2}/", "/(colou?r)s?/")),
        ),
        (
            "A word finds its forms (English stemmer): officer also finds office; =officer only itself.",
            "Near counts words: side by side is 1, so w/8 leaves room for seven words between.",
            "A number with a point, such as 4.1, is the words 4 and 1 side by side.",
            r"OR, AND, NOT are in capitals; a backslash takes the next character's meaning: \-leak",
        ),
    ),
    Group(
        "Documents",
        (
            Row("where",
                ("title:ferry", "source:ledger", "path:2024", "ext:pdf", "lang:french", "from:reed", "to:hill"),
                ("intitle:ferry", "subject:ferry", "dir:2024", "filename:ferry", "type:pdf", "filetype:pdf",
                 "mime:application/pdf", "author:reed")),
            Row("when",
                ("date:2024", "date:2024-03..2024-06", "date:march2024", "date:yesterday", "date:3weeks..",
                 "after:2024-03", "before:2025"),
                ("date:[2024-03 TO 2024-06]", "since:2024-03", "until:2025", "newer_than:2w", "older_than:1y")),
        ),
        ("after: is from that day on; before: is up to the day before.",),
    ),
    Group(
        "Names and quotes",
        (
            Row("who and what is named",
                ('person:"Jane Doe"', "org:nato", "place:iran", "entity:doe"),
                ("company:nato",)),
            Row("who said what",
                ("by:doe", "said:inflation", "said:(tax w/5 cut)", "cue:denied"),
                ("speaker:doe", "quote:inflation")),
            Row("what kind of quote",
                ("is:direct", "is:mixed", "is:indirect", "is:inferred", "is:unattributed", "is:denied")),
            Row("several conditions on one quote", ('quote:{by:doe said:"tax cut" cue:denied}',)),
        ),
        ("A name is known under all its forms in the text; said: looks only inside quotes.",),
    ),
    Group(
        "Your own, and the order",
        (
            Row("what you made of it", ("is:starred", "is:new", "tag:urgent"), ("label:urgent",)),
            Row("a saved query in another", ("@deaths ferry", "query:deaths")),
            Row("the order",
                ("tax sort:-date", "tax sort:date", "tax sort:source", "tax sort:title", "tax sort:path"),
                ("tax order:newest",)),
        ),
    ),
)  # fmt: skip


def guide_lines(row: Row, width: int) -> list[GuideLine]:
    """Returns a row of the guide within a width in characters: the need at the left, padded, the examples beside it.

    No example is broken; one that is wider than the room left for it stands on a line of its own and sticks out.
    """
    room = width - NEED_WIDTH - 2
    needs = textwrap.wrap(row.need, NEED_WIDTH)
    beside = [(line, False) for line in _packed(row.write, room)]
    also = _packed(row.also, room - len(_ALSO))
    beside += [(f"{'' if at else _ALSO:{len(_ALSO)}}{line}", True) for at, line in enumerate(also)]
    return [GuideLine(f"{need or '':{NEED_WIDTH}}", *(examples or ("", False))) for need, examples in zip_longest(needs, beside)]


def guide_text(width: int) -> str:
    """Returns the whole guide as plain text, in lines of at most ``width`` characters."""
    lines = ["how to write a query:"]
    for group in GUIDE:
        lines += ["", f"  {group.heading}"]
        lines += [f"    {line.need}  {line.examples}".rstrip() for row in group.rows for line in guide_lines(row, width - 4)]
        for remark in group.remarks:
            lines += textwrap.wrap(remark, width, initial_indent="    - ", subsequent_indent="      ")
    return "\n".join(lines)


def _packed(examples: tuple[str, ...], room: int) -> list[str]:
    """Examples in lines of at most ``room`` characters, none broken."""
    lines: list[str] = []
    for example in examples:
        if lines and len(lines[-1]) + len(BETWEEN) + len(example) <= room:
            lines[-1] += BETWEEN + example
        else:
            lines.append(example)
    return lines
