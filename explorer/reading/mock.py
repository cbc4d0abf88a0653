"""A format of tests only (EXPLORER_TEST_OPS=1): a file of orders that make its reader hang, die or swell."""

from __future__ import annotations

import os
import re
import time

from explorer.model import Reading
from explorer.reading.clean import normalise
from explorer.reading.fields import first_words

_STUCK = re.compile(r"(a+)+b")  # backtracks for ever on a run of "a", inside C, where no signal handler of Python's runs


def read_mock(data: bytes) -> Reading:
    """Follows the orders, a line each: "text words", "print words" (to the terminal's two streams), "sleep seconds", "spin",
    "crash signal", "abort", "allocate bytes". Raises MemoryError where there is not that much."""
    words: list[str] = []
    for line in data.decode("utf-8", "replace").splitlines()[1:]:
        order, _, value = line.partition(" ")
        if order == "text":
            words.append(value)
        else:
            _follow(order, value)
    text = normalise("\n".join(words))
    return Reading(text, first_words(text), guessed=("title",), body_end=len(text))


def _follow(order: str, value: str) -> None:
    match order:
        case "print":
            for stream in (1, 2):
                os.write(stream, value.encode() + b"\n")
        case "sleep":
            time.sleep(float(value))
        case "spin":
            _STUCK.fullmatch("a" * 64)
        case "crash":
            os.kill(os.getpid(), int(value))
        case "abort":
            os.abort()
        case "allocate":
            len(bytearray(int(value)))
