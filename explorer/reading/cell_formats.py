"""How a workbook shows its numbers (ECMA-376 part 1, 18.8.30): dates as ISO, percentages, and numbers as they would be read."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.reading.xml_events import START, Event

_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 20, 32), "h:mm"),
    **dict.fromkeys((19, 21, 33, 45, 47), "h:mm:ss"),
    22: "yyyy-mm-dd h:mm",
    46: "[h]:mm:ss",
    9: "0%",
    10: "0.00%",
}
_LITERAL = re.compile(r'"[^"]{0,200}"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]{0,100}\]?', re.I)
_ELAPSED = re.compile(r"\[[hms]+\]", re.I)
_DECIMALS = re.compile(r"\.(0{1,15})")
_MAX_FORMATS = 100_000
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a number format makes of a number: a date, a time of day, both, a stretch of time in hours, or a percentage with
    that many ``decimals``."""

    date: bool = False
    time: bool = False
    elapsed: bool = False
    seconds: bool = False
    percent: bool = False
    decimals: int = 0


def read_formats(events: Iterable[Event]) -> list[CellFormat | None]:
    """The formats of cells by their style's number, out of a styles part; None for numbers shown as they are."""
    codes: dict[str, str] = {}
    found: list[CellFormat | None] = []
    known: dict[str, CellFormat | None] = {}
    in_cells = False
    for kind, name, said in events:
        if name == "cellXfs":
            in_cells = kind is START
        elif kind is not START:
            continue
        elif name == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif name == "xf" and in_cells and len(found) < _MAX_FORMATS:
            number = said.get("numFmtId", "0")
            if number not in known:
                built_in = int(number) if number.isdecimal() and len(number) < 6 else 0
                known[number] = numbered(built_in, codes.get(number))
            found.append(known[number])
    return found


def numbered(number: int, code: str | None) -> CellFormat | None:
    """The format of that number: the built-in one where the workbook has no ``code`` of its own for it."""
    return parsed(_BUILT_IN.get(number, "") if code is None else code)


def parsed(code: str) -> CellFormat | None:
    """What a format code does; None where it leaves a number the number it is."""
    code = _LITERAL.sub("", code[:1000].partition(";")[0]).lower()
    if "%" in code:
        decimals = _DECIMALS.search(code)
        return CellFormat(percent=True, decimals=len(decimals[1]) if decimals else 0)
    if code in ("general", "@", "") or not any(sign in code for sign in "ymdhs"):
        return None
    elapsed = bool(_ELAPSED.search(code))
    time = elapsed or "h" in code or "s" in code
    date = not elapsed and ("y" in code or "d" in code or ("m" in code and not time))
    return CellFormat(date, time, elapsed, "s" in code)


def formatted(raw: str, form: CellFormat | None, is_1904: bool = False) -> str:
    """A number as it would be read: 15 digits, no float's tail; a date as ISO. What is no number stays what it is."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not math.isfinite(value):
        return raw
    if form is None:
        return raw if len(raw) <= 15 and "e" not in raw.lower() else _plain(value)
    if form.percent:
        return f"{value * 100:.{form.decimals}f}%" if abs(value) < 1e12 else _plain(value)
    return _moment(value, form, is_1904) or _plain(value)


def _plain(value: float) -> str:
    if value == int(value) and abs(value) < 1e21:
        return str(int(value)) if abs(value) < 1e15 else f"{value:.15g}"
    return f"{value:.15g}"


def _moment(value: float, form: CellFormat, is_1904: bool) -> str:
    """A day number as a date or time; "" where there is no such day."""
    if form.elapsed and abs(value) < 1e6:
        minutes, seconds = divmod(round(abs(value) * 86_400), 60)
        hours, minutes = divmod(minutes, 60)
        return "-" * (value < 0) + f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if form.seconds else "")
    if not 0 <= value < 2_958_466:  # 9999-12-31
        return ""
    days = value + (0 if is_1904 or value >= 61 else 1)  # Excel believes that there was a 29 February 1900
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + datetime.timedelta(seconds=round(days * 86_400))
    date = moment.strftime("%Y-%m-%d") if form.date else ""
    time = moment.strftime("%H:%M:%S" if form.seconds else "%H:%M") if form.time else ""
    return " ".join(filter(None, (date, time)))
