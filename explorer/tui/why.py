"""Why something was taken for a quote or a name: the rule, the chain from pronoun to name, how sure."""

from __future__ import annotations

from explorer.export.citation import quoted_words
from explorer.model import Analysis, Document, Entity, Mention, Quote
from explorer.tui.display import one_line, plural, thousands
from explorer.tui.side_rows import HEADINGS

Facts = list[tuple[str, str]]
GUESSED = " (≈ guessed from the text: the file does not say it)"


def why(item: Quote | Mention | Entity, analysis: Analysis | None) -> Facts:
    """Returns facts about an extracted item as (what, fact), in the order to be shown."""
    if isinstance(item, Quote):
        return _quote(item)
    if isinstance(item, Mention):
        return _mention(item)
    return _entity(item, analysis)


def about_document(document: Document) -> Facts:
    """Returns what is known of a document, and what of it was inferred, as its file does not say it."""
    known = (
        ("title", document.title, "title"),
        ("author", document.author, "author"),
        ("date", document.date or "", "date"),
        ("source", document.source, "source"),
        ("language", document.language or "", ""),
        ("file", document.path, ""),
        ("pages", thousands(len(document.pages)) if document.pages else "", ""),
        ("characters", thousands(len(document.text)), ""),
    )
    facts = [(what, one_line(fact) + (GUESSED if field in document.guessed else "")) for what, fact, field in known if fact]
    return [*facts, *(("to know", one_line(problem)) for problem in document.problems)]


def _quote(quote: Quote) -> Facts:
    speaker = quote.speaker
    named = "no one: the text names no speaker" if speaker is None else one_line(speaker.name)
    facts: Facts = [("words", one_line(quoted_words(quote))), ("speaker", named)]
    if speaker is not None:
        steps = speaker.chain or (speaker.text, *([speaker.name] if speaker.name != speaker.text else []))
        facts += [("chain", " → ".join(map(one_line, steps))), ("because", one_line(speaker.how))]
        facts += [("speaker sure", _percent(speaker.confidence))]
        facts += [("or perhaps", f"{one_line(name)}, {_percent(chance)}") for name, chance in speaker.alternatives[:3]]
    facts += [
        ("cue", one_line(quote.cue.text) if quote.cue else "none"),
        ("form", quote.kind + (", denied" if quote.denied else "")),
        ("found by", one_line(quote.how)),
        ("sure", _percent(quote.confidence)),
    ]
    if quote.page:
        facts.append(("page", str(quote.page)))
    return [*facts, ("relayed by", one_line(quote.via))] if quote.via else facts


def _mention(mention: Mention) -> Facts:
    chain = one_line(mention.text) if mention.text == mention.name else f"{one_line(mention.text)} → {one_line(mention.name)}"
    facts: Facts = [
        ("name", chain),
        ("type", HEADINGS[mention.type].lower()),
        ("found by", one_line(mention.how)),
        ("sure", _percent(mention.confidence)),
    ]
    more = (("date", mention.iso), ("role", mention.role), ("acts for", mention.acts_for))
    return [*facts, *((what, one_line(fact)) for what, fact in more if fact)]


def _entity(entity: Entity, analysis: Analysis | None) -> Facts:
    names = ", ".join(f"{one_line(form)} {count}×" for form, count in entity.names)
    facts: Facts = [
        ("name", one_line(entity.name)),
        ("type", HEADINGS[entity.type].lower()),
        ("written", names),
        ("found in", f"{plural(entity.documents, 'document')}, {plural(entity.mentions, 'mention')}"),
    ]
    forms = {form for form, _ in entity.names}
    here = [
        m for m in (analysis.entities if analysis else ()) if m.type == entity.type and (m.name == entity.name or m.text in forms)
    ]
    hows = dict.fromkeys(f"{one_line(m.text)}: {one_line(m.how)}, {_percent(m.confidence)}" for m in here)
    roles = dict.fromkeys(one_line(m.role) for m in here if m.role)
    facts += [("role", role) for role in list(roles)[:2]]
    facts += [("also" if name != entity.name else "note", _joined(entity, name, reason)) for name, reason in entity.joined]
    return [*facts, *(("in this text", how) for how in list(hows)[:4])]


def _joined(entity: Entity, name: str, reason: str) -> str:
    return one_line(reason) if name == entity.name else f"{one_line(name)}: {one_line(reason)} (| parts them)"


def _percent(confidence: float) -> str:
    return f"{confidence:.0%}"
