"""What trafilatura's choice of blocks lacks and has too much: rows, sub-headings, lists and leads in; far-off strays out."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise

from explorer.reading.visible import Block

_FAR = 8  # unchosen blocks between two groups of chosen ones
_VERY_FAR = 25  # blocks from the largest group
_OWN_LENGTH = 2_000  # characters: a group that long is a part of the page, however far off
_STRAY, _FAR_STRAY = 0.15, 0.4  # of the largest group's length
_BARE = 0.1  # of the whole length
_SENTENCE = 60  # characters
_LEAD = 12  # blocks that may stand between a headline and the first paragraph: date, author, share buttons, a lead
_RUN = 12  # blocks between two neighbours of one element
_SHORT_RUN, _SHORT_SENTENCE = 4, 20  # blocks; characters of a sentence in so short a gap
_ROW = 300  # characters: what is longer are a page's columns
_STOPS = (".", "!", "?", "…", "”", "“", '"', "»", ":", "。", "！", "？", "」", "』", "؟", "۔", "।")


def mended(parts: list[Block], chosen: list[bool]) -> list[bool]:
    """The choice with whole table rows, with what stands between chosen blocks of one element, with the lead above them,
    and without small groups far from the rest."""
    kept = _without_links(parts, _without_strays(parts, _without_asides(parts, chosen)))
    for at in _lead(parts, kept):
        kept[at] = True
    _add_last_sentences(parts, kept)
    _fill(parts, kept)
    _even_rows(parts, kept)
    return kept


def _even_rows(parts: list[Block], kept: list[bool]) -> None:
    """Chooses all cells of a table's row where most of its text is chosen, if that is no row of a page's columns."""
    whole: Counter[int] = Counter()
    main: Counter[int] = Counter()
    for part, is_main in zip(parts, kept, strict=True):
        if part.kind == "cell":
            whole[part.row] += len(part.text)
            main[part.row] += len(part.text) * is_main
    rows = {row for row, length in whole.items() if length <= _ROW and 2 * main[row] > length}
    for at, part in enumerate(parts):
        kept[at] = kept[at] or (part.kind == "cell" and part.row in rows and not part.hidden)


def _without_asides(parts: list[Block], chosen: list[bool]) -> list[bool]:
    """The choice without navigation and footers, unless most of it is there."""
    own = sum(len(part.text) for part, is_main in zip(parts, chosen, strict=True) if is_main and not part.aside)
    whole = sum(len(part.text) for part, is_main in zip(parts, chosen, strict=True) if is_main)
    if 2 * own < whole:
        return chosen
    return [is_main and not part.aside for part, is_main in zip(parts, chosen, strict=True)]


def _without_strays(parts: list[Block], chosen: list[bool]) -> list[bool]:
    places = list(accumulate(part.kind != "cell" for part in parts))  # a large table sets nothing apart
    groups: list[list[int]] = []
    for at in (at for at, is_main in enumerate(chosen) if is_main):
        if groups and places[at] - places[groups[-1][-1]] <= _FAR:
            groups[-1].append(at)
        else:
            groups.append([at])
    lengths = [sum(len(parts[at].text) for at in group) for group in groups]
    if not groups:
        return chosen
    largest = groups[max(range(len(groups)), key=lambda number: lengths[number])]
    home = {parts[at].parent for at in largest}
    kept: set[int] = set()
    for group, length in zip(groups, lengths, strict=True):
        distance = max(places[group[0]] - places[largest[-1]], places[largest[0]] - places[group[-1]])
        large = length >= min(_OWN_LENGTH, (_FAR_STRAY if distance > _VERY_FAR else _STRAY) * max(lengths))
        if large or any(parts[at].parent in home for at in group):
            kept.update(group)
    return [at in kept for at in range(len(parts))]


def _without_links(parts: list[Block], chosen: list[bool]) -> list[bool]:
    """The choice without lines that are nothing but links to other pages, where these are a small share of it."""
    total = sum(len(part.text) for part, is_main in zip(parts, chosen, strict=True) if is_main)
    bare = [
        is_main and part.kind in ("text", "item") and len(part.text) > 25 and part.linked >= 0.85 * len(part.text)
        for part, is_main in zip(parts, chosen, strict=True)
    ]
    if sum(len(part.text) for part, is_bare in zip(parts, bare, strict=True) if is_bare) > _BARE * total:
        return chosen
    return [is_main and not is_bare for is_main, is_bare in zip(chosen, bare, strict=True)]


def _lead(parts: list[Block], kept: list[bool]) -> list[int]:
    """The paragraphs between the last heading above the first long chosen block and that block."""
    first = next((at for at, is_main in enumerate(kept) if is_main and len(parts[at].text) > _SENTENCE), 0)
    while first and parts[first].kind == "heading":
        first = next((at for at in range(first + 1, len(parts)) if kept[at] and parts[at].kind != "heading"), 0)
    heading = next((at for at in range(first - 1, max(-1, first - _LEAD), -1) if parts[at].kind == "heading"), None)
    if heading is None:
        return []
    return [at for at in range(heading + 1, first) if _is_sentence(parts[at])]


def _add_last_sentences(parts: list[Block], kept: list[bool]) -> None:
    """Chooses the sentences soon after the last chosen block, in elements that have others, up to what stands beside the text."""
    last = max((at for at, is_main in enumerate(kept) if is_main), default=None)
    if last is None:
        return
    homes = {part.parent for part, is_main in zip(parts, kept, strict=True) if is_main and _is_sentence(part)}
    for at in range(last + 1, min(len(parts), last + _VERY_FAR)):
        if parts[at].offered or parts[at].aside:
            break
        kept[at] = parts[at].parent in homes and _is_sentence(parts[at])


def _fill(parts: list[Block], kept: list[bool]) -> None:
    """Chooses what was left out between two chosen blocks of one element, or of two with nothing foreign between them:
    sub-headings, sentences, lists without links."""
    places = [at for at, is_main in enumerate(kept) if is_main]
    for before, after in pairwise(places):
        run = parts[before + 1 : min(after, before + _RUN)]
        apart = parts[before].parent != parts[after].parent
        teasers = any(part.kind == "heading" and not _is_own(part) for part in run)
        if not run or after - before > _RUN or teasers or (apart and not all(map(_is_own, run))):
            continue
        least = _SHORT_SENTENCE if len(run) <= _SHORT_RUN and not any(part.linked for part in run) else _SENTENCE
        for at in range(before + len(run), before, -1):  # backwards: a heading goes with what is under it
            part = parts[at]
            heads = part.kind == "heading" and _is_own(part) and kept[at + 1]
            listed = part.kind in ("item", "pre") and len(part.text) > 30 and _is_own(part)
            kept[at] = heads or listed or _is_sentence(part, least)


def _is_sentence(part: Block, least: int = _SENTENCE) -> bool:
    return _is_own(part) and part.kind in ("text", "item") and len(part.text) >= least and part.text.endswith(_STOPS)


def _is_own(part: Block) -> bool:
    return not (part.aside or part.hidden or part.offered) and part.linked <= 0.3 * len(part.text)


def sentences_only(parts: list[Block]) -> list[bool] | None:
    """A choice without trafilatura: the sentences outside navigation and forms, and what stands between them; None where
    these are no more than a few words."""
    chosen = [_is_sentence(part) for part in parts]
    if sum(len(part.text) for part, is_main in zip(parts, chosen, strict=True) if is_main) < 2 * _SENTENCE:
        return None
    return mended(parts, chosen)
