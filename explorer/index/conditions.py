"""Which documents a condition of a query means: names and speakers under every form, files by place and date."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.index.query.syntax import Condition, FileIs, Named, Phrase, Quoted, Said
from explorer.index.words import fold, words

TYPE_OF = {"person": "PERSON", "org": "ORG", "place": "PLACE"}


@dataclass(frozen=True, slots=True)
class _Name:
    """A canonical name and one of the forms it is written in, both as folded words."""

    type: str
    name: str
    form: tuple[str, ...]
    canonical: tuple[str, ...]


class Conditions:
    """Answers conditions from the catalogue; names are read once for each state of it."""

    def __init__(self, connection: sqlite3.Connection, quotes_with: Callable[[Phrase], Iterable[int]]) -> None:
        self._connection = connection
        self._quotes_with = quotes_with
        self._entities: list[_Name] | None = None
        self._speakers: list[_Name] | None = None
        self._answers: dict[Condition, set[int]] = {}

    def forget(self) -> None:
        """The catalogue has changed: what was read of it is read again."""
        self._entities = self._speakers = None
        self._answers.clear()

    def documents(self, condition: Condition) -> set[int]:
        """The numbers of the documents for which a condition holds."""
        if condition not in self._answers:
            self._answers[condition] = set(self._documents(condition))
        return self._answers[condition]

    def quotes(self, condition: Said | Quoted) -> set[int]:
        """The numbers of the quotes for which a condition holds."""
        if isinstance(condition, Said):
            return set(self._quotes_with(condition.phrase))
        if condition.field == "by":
            return self._numbers(
                "SELECT number FROM quote WHERE speaker IN (SELECT value FROM json_each(?))", self._json(self.names(condition))
            )
        if condition.field == "cue":
            rows = self._connection.execute("SELECT DISTINCT cue FROM quote WHERE cue IS NOT NULL")
            wanted = words(condition.value)
            cues = [cue for (cue,) in rows if _contains(tuple(words(cue)), tuple(wanted))]
            return self._numbers("SELECT number FROM quote WHERE cue IN (SELECT value FROM json_each(?))", self._json(cues))
        return self._numbers(
            f"SELECT number FROM quote WHERE {_KIND_IS.get(condition.value, 'kind = ?')}",
            *(() if condition.value in _KIND_IS else (condition.value,)),
        )

    def names(self, condition: Named | Quoted) -> tuple[str, ...]:
        """The canonical names a condition means: those equal to its value, else those that have its words in them."""
        if isinstance(condition, Quoted):
            if condition.field != "by":
                return ()
            known = self._all_speakers()
            wanted_type = None
        else:
            known = self._all_entities()
            wanted_type = TYPE_OF.get(condition.field)
        value = tuple(words(condition.value))
        found = [name for name in known if wanted_type in (None, name.type) and _contains(name.form, value)]
        exact = [name for name in found if name.canonical == value] or [name for name in found if name.form == value]
        return tuple(dict.fromkeys(name.name for name in exact or found))

    def _documents(self, condition: Condition) -> Iterable[int]:
        match condition:
            case Named():
                statement = "SELECT DISTINCT document FROM entity WHERE name IN (SELECT value FROM json_each(?))"
                names = self._json(self.names(condition))
                if condition.field in TYPE_OF:
                    return self._numbers(statement + " AND type = ?", names, TYPE_OF[condition.field])
                return self._numbers(statement, names)
            case Said() | Quoted():
                return self._numbers(
                    "SELECT DISTINCT document FROM quote WHERE number IN (SELECT value FROM json_each(?))",
                    self._json(self.quotes(condition)),
                )
            case FileIs():
                return self._files(condition)

    def _files(self, condition: FileIs) -> Iterable[int]:
        if condition.field == "date":
            return self._numbers(
                "SELECT number FROM document WHERE first_day IS NOT NULL AND (?1 = '' OR last_day >= ?1)"
                " AND (?2 = '' OR first_day <= ?2)",
                condition.first,
                condition.last,
            )
        wanted = condition.value
        if condition.field == "source":
            rows = self._connection.execute("SELECT DISTINCT source FROM document")
            sources = [source for (source,) in rows if _contains(tuple(words(source)), tuple(words(wanted)))]
            return self._numbers(
                "SELECT number FROM document WHERE source IN (SELECT value FROM json_each(?))", self._json(sources)
            )
        rows = self._connection.execute(
            "SELECT document.number, document.path, file.path FROM document JOIN file ON file.number = document.file"
        )
        if condition.field == "ext":
            return [number for number, _, path in rows if fold(path).endswith("." + wanted)]
        folded = " ".join(fold(piece) for piece in wanted.split())
        return [number for number, path, _ in rows if folded in fold(path)]

    def _all_entities(self) -> list[_Name]:
        if self._entities is None:
            rows = self._connection.execute("SELECT DISTINCT type, name, form FROM entity")
            self._entities = [_Name(kind, name, tuple(words(form)), tuple(words(name))) for kind, name, form in rows]
            self._entities += [
                _Name(n.type, n.name, n.canonical, n.canonical)
                for n in dict.fromkeys(_Name(n.type, n.name, (), n.canonical) for n in self._entities)
            ]
        return self._entities

    def _all_speakers(self) -> list[_Name]:
        if self._speakers is None:
            rows = self._connection.execute("SELECT DISTINCT speaker FROM quote WHERE speaker IS NOT NULL")
            self._speakers = [_Name("", name, tuple(words(name)), tuple(words(name))) for (name,) in rows]
            spoken = {name.name for name in self._speakers}
            self._speakers += [name for name in self._all_entities() if name.name in spoken]
        return self._speakers

    def _numbers(self, statement: str, *values: str) -> set[int]:
        return {number for (number,) in self._connection.execute(statement, values)}

    @staticmethod
    def _json(values: Iterable[object]) -> str:
        return json.dumps(list(values))


_KIND_IS = {"unattributed": "speaker IS NULL", "denied": "denied = 1"}


def _contains(form: tuple[str, ...], value: tuple[str, ...]) -> bool:
    """Whether the words of a value stand in a form, side by side."""
    size = len(value)
    if size <= 1:
        return bool(value) and value[0] in form
    return any(form[at : at + size] == value for at in range(len(form) - size + 1))
