"""Which names of different documents are shown as one: the rules' links and the reader's own decisions, read for questions."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from explorer.index.identities import Link, end_of

JOINED_BY_READER = "you joined them"
TYPES = ("PERSON", "ORG", "PLACE")


class SameNames:
    """The names that stand for others: what the rules found, and what the reader decided instead. Read once for each state."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.links: dict[tuple[str, str], Link] = {}
        self._joined: dict[tuple[str, str], list[Link]] = {}

    def read(self, decided: Iterable[tuple[str, str, str]]) -> bool:
        """Reads the links and returns whether any changed.

        ``decided`` are the reader's, as (type, name, target), with an empty target for a name apart.
        All lie in a table of this connection alone as well, for sums over names: temp.same (type, name, shown).
        """
        found = {(link.type, link.name): link for link in (Link(*row) for row in self._connection.execute("SELECT * FROM link"))}
        for type_, name, target in decided:
            found.pop((type_, name), None)
            if target and target != name:
                found[type_, name] = Link(type_, name, target, JOINED_BY_READER)
                if (back := found.get((type_, target))) and back.target == name:
                    del found[type_, target]  # the rules had it the other way round
        targets = {key: link.target for key, link in found.items()}
        links = {
            key: Link(link.type, link.name, end, link.reason)
            for key, link in found.items()
            if (end := end_of(targets, link.type, link.target)) != link.name
        }
        if links == self.links:
            return False
        self.links, self._joined = links, defaultdict(list)
        for link in self.links.values():
            self._joined[link.type, link.target].append(link)
        self._connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS same (type TEXT, name TEXT, shown TEXT, PRIMARY KEY (type, name)) WITHOUT ROWID"
        )
        self._connection.execute("DELETE FROM temp.same")
        self._connection.executemany(
            "INSERT INTO temp.same VALUES (?, ?, ?)", [(link.type, link.name, link.target) for link in self.links.values()]
        )
        return True

    def shown(self, type_: str, name: str) -> str:
        """The name under which another is shown over all documents: itself where it is linked to none."""
        link = self.links.get((type_, name))
        return link.target if link else name

    def joined(self, type_: str, name: str) -> Sequence[Link]:
        """The names that are shown under this one."""
        return self._joined.get((type_, name), ())

    def link_of(self, name: str) -> Link | None:
        """The link of a speaker's name, whose type is not known."""
        return next((link for type_ in TYPES if (link := self.links.get((type_, name)))), None)

    def family(self, names: Iterable[str]) -> set[str]:
        """These names with all that are linked to them."""
        found = set(names)
        for type_ in TYPES:
            for name in list(found):
                shown = self.shown(type_, name)
                found.add(shown)
                found.update(link.name for link in self.joined(type_, shown))
        return found
