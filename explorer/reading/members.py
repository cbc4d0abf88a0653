"""Documents inside a file: attachments, messages of a mailbox, files of an archive."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.model import Reading

MAX_INFLATED = 256 << 20  # bytes that may come out of one file, all its members together
MAX_RATIO = 200  # times the packed size that may come out of a member; below 1 MB it does not matter
MAX_ENTRIES = 10_000
MAX_DEPTH = 3  # a zip in a zip in a zip
MAX_MEMBER = 64 << 20  # bytes of one member that are read, as of a text file


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside another file. ``name`` is its path in there, parts set apart by "/"; what is in it is ``data``, which is
    only the beginning where ``cut``, by the damage that ``broken`` names or else by a bound; ``problem`` is the unreadable
    Reading that stands for it where there is no data.

    A member without a name and with a ``problem`` says what there is to know of the whole container. ``kind`` is its format
    where the container knows it ("mail" for messages of a mailbox), else "".
    """

    name: str
    data: bytes = b""
    cut: bool = False
    problem: Reading | None = None
    kind: str = ""
    broken: str = ""


@dataclass(slots=True)
class Budget:
    """What may still come out of one file, its containers in containers included; whoever unpacks takes from it."""

    inflated: int = MAX_INFLATED
    entries: int = MAX_ENTRIES
