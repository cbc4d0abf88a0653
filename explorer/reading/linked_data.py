"""What a page says of itself in JSON-LD (schema.org): headline, authors, date and site of its article."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import unescape
from typing import Any

_KINDS = ("article", "posting", "report", "webpage", "review", "recipe", "podcast", "episode", "book", "creativework")
_OTHERS = frozenset({"review", "reviews", "comment", "comments", "itemlistelement", "citation", "mentions"})
_MAX_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Article:
    """The facts of the article that a page holds; empty where it says nothing."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    site: str = ""


def article_of(scripts: list[str]) -> Article:
    """The article among the objects of a page's JSON-LD; broken JSON is nothing said. Articles go before other works."""
    nodes = [node for script in scripts for node in _nodes(script)]
    people = {str(node["@id"]): node for node in nodes if "@id" in node and node.get("name")}
    site = next((_name(node, people) for node in nodes if "website" in _type(node)), "")
    works = [node for node in nodes if any(kind in _type(node) for kind in _KINDS)]
    works.sort(key=lambda node: "webpage" in _type(node))  # stable: the first article counts
    for node in works:
        headline, date = _string(node.get("headline")), _string(node.get("datePublished") or node.get("dateCreated"))
        authors = _authors(node.get("author") or node.get("creator"), people)
        if headline or date or authors:
            return Article(headline, authors, date, _name(node.get("publisher"), people) or site)
    return Article(site=site)


def _nodes(script: str) -> list[dict[str, Any]]:
    """All objects in a script, outermost first, but for what others wrote of it, and lists of other pages."""
    start = min((at for at in (script.find("{"), script.find("[")) if at >= 0), default=-1)
    try:
        whole = json.JSONDecoder(strict=False).raw_decode(script, start)[0] if start >= 0 else None
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    queue: list[Any] = [whole]
    for value in queue:  # it grows while it is gone through
        if len(queue) > _MAX_NODES:
            break
        if isinstance(value, dict):
            found.append(value)
            own = (inner for key, inner in value.items() if key.lower() not in _OTHERS)
            queue.extend(inner for inner in own if isinstance(inner, dict | list))
        elif isinstance(value, list):
            queue.extend(inner for inner in value if isinstance(inner, dict | list))
    return found


def _type(node: dict[str, Any]) -> str:
    said = node.get("@type", "")
    return " ".join(map(str, said)).lower() if isinstance(said, list) else str(said).lower()


def _authors(said: Any, people: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """The names of the persons among the authors, several joined by commas; else of the bodies."""
    several = said if isinstance(said, list) else [said]
    persons = [_name(one, people) for one in several if not (isinstance(one, dict) and "organization" in _type(one))]
    bodies = [_name(one, people) for one in several]
    return tuple(", ".join(dict.fromkeys(filter(None, names))) for names in (persons, bodies) if any(names))


def _name(said: Any, people: dict[str, dict[str, Any]]) -> str:
    if isinstance(said, list):
        said = said[0] if said else ""
    if isinstance(said, dict):
        said = said.get("name") or people.get(str(said.get("@id")), {}).get("name", "")
    return _string(said)


def _string(said: Any) -> str:
    if isinstance(said, list):
        said = said[0] if said else ""
    return unescape(said).strip() if isinstance(said, str) else ""
