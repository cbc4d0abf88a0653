"""A query's tree in words a reporter understands."""

from __future__ import annotations

from collections.abc import Callable

from explorer.index.query.syntax import And, Everything, FileIs, Named, Node, Not, Or, Phrase, Quoted, Said

NamesOf = Callable[[Named | Quoted], tuple[str, ...]]


def understood(tree: Node, names_of: NamesOf) -> str:
    """How a query was understood; ``names_of`` gives the canonical names a condition was taken to mean."""
    return "all documents" if isinstance(tree, Everything) else _words(tree, names_of, top=True)


def _words(node: Node, names_of: NamesOf, top: bool = False) -> str:
    match node:
        case And(children):
            inner = " AND ".join(_words(child, names_of) for child in children)
            return inner if top else f"({inner})"
        case Or(children):
            inner = " OR ".join(_words(child, names_of) for child in children)
            return inner if top else f"({inner})"
        case Not(child):
            return f"not {_words(child, names_of)}"
        case Phrase():
            return _phrase(node)
        case Said(phrase):
            return f"{_phrase(phrase)} inside a quote"
        case Named() | Quoted():
            return _condition(node, names_of)
        case FileIs():
            return _file(node)
        case Everything():
            return "all documents"


def _phrase(phrase: Phrase) -> str:
    shown = " ".join(part.text + ("…" if part.kind == "typed" else "") for part in phrase.parts)
    kinds = {part.kind for part in phrase.parts}
    if phrase.shown.startswith('"') or (len(phrase.parts) > 1 and "wild" not in kinds):
        shown = f"“{shown}”"
    elif kinds == {"exact"}:
        shown = f"exactly {shown}"
    return f"{shown} in the title" if phrase.where == "title" else shown


def _condition(node: Named | Quoted, names_of: NamesOf) -> str:
    if isinstance(node, Quoted) and node.field == "is":
        return {"unattributed": "a quote without a speaker", "denied": "a quote that is a denial"}.get(
            node.value, f"{'an' if node.value[0] in 'aeiou' else 'a'} {node.value} quote"
        )
    if isinstance(node, Quoted) and node.field == "cue":
        return f"a quote reported with “{node.value}”"
    names = names_of(node)
    listed = " or ".join(names[:3]) + (f" or {len(names) - 3} others" if len(names) > 3 else "")
    if not names:
        listed = f"“{node.value.rstrip('*')}” (no such name)"
    if isinstance(node, Quoted):
        return f"spoken by {listed}"
    kind = {"person": "the person", "org": "the organisation", "place": "the place", "entity": "the name"}[node.field]
    return f"naming {kind} {listed}"


def _file(node: FileIs) -> str:
    match node.field:
        case "source":
            return f"from the source “{node.value}”"
        case "path":
            return f"with “{node.value}” in its path"
        case "ext":
            return f"a .{node.value} file"
        case _ if node.first and node.first == node.last:
            return f"dated {node.first}"
        case _ if node.first and node.last:
            return f"dated {node.first} to {node.last}"
        case _:
            return f"dated from {node.first}" if node.first else f"dated up to {node.last}"
