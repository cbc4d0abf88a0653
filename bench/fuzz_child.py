"""The child of bench/fuzz.py: reads inputs from standard input by one reader, and answers a line each: memory, what is wrong."""

from __future__ import annotations

import os
import re
import resource
import sys
from itertools import islice

from explorer.model import Reading
from explorer.reading.load import Content
from explorer.reading.members import Budget
from explorer.reading.readers import CONTAINERS, members_of, read_as
from explorer.work.limits import forbid_network, limit_resources, set_alarm

_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MOST_TEXT = 20_000_000
_FAULTLESS = ("ok",)


def complaint(reading: Reading) -> str:
    """What a reading may not be; "" where all is well."""
    for text in (reading.text, reading.title, reading.author, reading.source, reading.sender, *reading.problems):
        if found := _UNCLEAN.search(text):
            return f"unclean: {found[0]!r} in {text[max(0, found.start() - 20) : found.end() + 20]!r}"
    if len(reading.text) > _MOST_TEXT or not 0 <= reading.body_end <= len(reading.text):
        return f"offsets: {len(reading.text)} characters, body to {reading.body_end}"
    if reading.state not in _FAULTLESS and not (reading.fault and reading.problems):
        return f"unexplained: state {reading.state}, fault {reading.fault!r}, problems {reading.problems}"
    if list(reading.pages) != sorted(reading.pages) or any(not 0 <= page <= len(reading.text) for page in reading.pages):
        return f"pages: {reading.pages[:9]} of {len(reading.text)}"
    return ""


def read(kind: str, data: bytes) -> str:
    """Reads an input and whatever is in it, one level deep; what is wrong with that."""
    content = Content(data, len(data), 0, 0, 0)
    if kind in CONTAINERS:
        members = members_of(kind, content, f"x.{kind}", Budget())
    else:
        reading, members = read_as(kind, content)
        if wrong := complaint(reading):
            return wrong
    size = 0
    for member in islice(members, 20_000):
        size += len(member.data)
        wrong = complaint(member.problem) if member.problem and member.name else ""  # without a name it is a remark
        if wrong or (found := _UNCLEAN.search(member.name)) or size > 300 << 20:
            return wrong or f"member: {member.name[:80]!r} {found}, {size >> 20} MB in all"
    return ""


def main() -> None:
    """Answers until the other side ends."""
    kind, limit = sys.argv[1], float(sys.argv[2])
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    limit_resources()
    forbid_network()
    while head := requests.read(4):
        data = requests.read(int.from_bytes(head, "big"))
        set_alarm(limit)
        try:
            wrong = read(kind, data)
        except MemoryError:
            wrong = "memory: more than 1.5 GB was asked for"
        except BaseException as error:
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"  # noqa: PTH119
            wrong = f"{type(error).__name__} at {where}: {error}"
        set_alarm(0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        print(peak, " ".join(wrong.encode("ascii", "backslashreplace").decode().split())[:300], file=answers, flush=True)


if __name__ == "__main__":
    main()
