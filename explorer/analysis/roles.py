"""Role words beside names: "Foreign Minister NAME", "NAME, a former president of"; also what a title says of gender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from explorer.analysis.grammar import group
from explorer.analysis.phrases import Item

Gender = Literal["male", "female"]
_FEMALE = group("roles female")
_MALE = group("roles male")
_NO_ROLE = group("roles no role")
_SHORT = {
    "gen": "general", "col": "colonel", "sen": "senator", "gov": "governor", "rep": "representative", "lt": "lieutenant",
    "prof": "professor", "dr": "doctor", "capt": "captain", "sgt": "sergeant", "maj": "major", "rev": "reverend",
}  # fmt: skip
_PREPOSITIONS = group("roles prepositions")


def gender_of(word: str) -> Gender | None:
    """The gender that a title or kinship word tells."""
    return "female" if word in _FEMALE else "male" if word in _MALE else None


def role_before(row: Sequence[Item], index: int) -> list[tuple[str, Gender | None]]:
    """The role word right before the name at ``index``: "minister" of "Foreign Minister NAME", "leader" of "leader, NAME,"."""
    before = index - 1
    if before >= 1 and row[before].low == ".":
        before -= 1
    comma = before >= 1 and row[before].low == ","
    if comma:
        before -= 1
    if before < 0 or row[before].kind != "word" or not row[before].low.isalpha():
        return []
    low = _SHORT.get(row[before].low, row[before].low)
    if comma and not _led_by_determiner(row, before):
        return []
    gender = gender_of(low)
    return [] if low in _NO_ROLE and gender is None else [(low, gender)]


def _led_by_determiner(row: Sequence[Item], index: int) -> bool:
    for start in range(index - 1, max(-1, index - 5), -1):
        if row[start].low in ("the", "its", "his", "her", "their", "'s"):
            return True
        if row[start].kind not in ("word", "name"):
            return False
    return False


def roles_after(row: Sequence[Item], index: int) -> list[tuple[str, Gender | None]]:
    """The role word of the apposition behind the name at ``index``: "president" of "NAME, a former president of X,"."""
    start = index + 1
    if start + 1 >= len(row) or row[start].low != ",":
        return []
    last: Item | None = None
    for item in row[start + 1 : start + 9]:
        if item.kind == "name" and last is None:
            continue
        if item.kind not in ("word", "name") or item.low in _PREPOSITIONS:
            break
        last = item
    first = row[start + 1]
    if last is None or last.kind != "word" or (first.kind == "word" and first.low in (_PREPOSITIONS | {"said", "but", "and"})):
        return []
    return [(last.low, gender_of(last.low))] if last.low.isalpha() else []
