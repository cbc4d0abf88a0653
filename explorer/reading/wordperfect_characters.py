"""The characters of WordPerfect, by its sets and numbers; those that documents in Western and Eastern Europe are written with."""

from __future__ import annotations

_UNKNOWN = "\ufffd"
DEFAULTS = "\0åÅæÆäÄáàâãÃçÇëéÉèêíñÑøØõÕöÖüÜúùß"  # of one byte, 1 to 32, from version 6 on
_LATIN = (  # from 26 on
    "ÁáÂâÄäÀàÅåÆæÇçÉéÊêËëÈèÍíÎîÏïÌìÑñÓóÔôÖöÒòÚúÛûÜüÙùŸÿÃãĐđØøÕõÝýÐðÞþĂăĀāĄąĆćČčĈĉĊċĎďĚěĖėĒēĘęǴǵĞğǦǧĢģĜĝĠġĤĥĦħİiĪīĮįĨĩ"
    "ĲĳĴĵĶķĹĺĽľĻļĿŀŁłŃńNŉŇňŅņŐőŌōŒœŔŕŘřŖŗŚśŠšŞşŜŝŤťŢţŦŧŬŭŰűŪūŲųŮůŨũŴŵŶŷŹźŽžŻż"
)
_FIRST_LATIN, _SHARP_S = 26, 23
_SIGNS = "●○■•*¶§¡¿«»£¥₧ƒªº½¼¢²ⁿ®©¤¾³‛’‘‟”“–—‹›○□†‡™℠℞●◦■▪□▫‒ﬀﬃﬄﬁﬂ…$₣₢₠₤‚„⅓⅔⅛⅜⅝⅞ⓂⓅ€℅℆‰№—¹"
_MATHEMATICAL = "−±≤≥∝/∕∖÷∣⟨⟩∼≈≡∈∩∥∑∞¬→←↑↓↔↕▸◂▴▾⋅·∘∙Å°µ‾×∫∏∓∇∂′″"
_GREEK = "ΑαΒβΒϐΓγΔδΕεΖζΗηΘθΙιΚκΛλΜμΝνΞξΟοΠπΡρΣσΣςΤτΥυΦφΧχΨψΩω"
_HEBREW = "".join(map(chr, range(0x5D0, 0x5EB)))
_CYRILLIC = "".join(f"{letter}{letter.lower()}" for letter in "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_SETS = {4: _SIGNS, 6: _MATHEMATICAL, 8: _GREEK, 9: _HEBREW, 10: _CYRILLIC}


def character(number: int, set_: int) -> str:
    """The character of a number in a set; U+FFFD for one that is not known here."""
    if set_ == 0:
        return chr(number) if 0x20 <= number < 0x7F else _UNKNOWN
    if set_ == 1:
        place = number - _FIRST_LATIN
        return "ß" if number == _SHARP_S else _LATIN[place] if 0 <= place < len(_LATIN) else _UNKNOWN
    letters = _SETS.get(set_, "")
    return letters[number] if number < len(letters) else _UNKNOWN
