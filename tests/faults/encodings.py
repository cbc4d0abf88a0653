"""F16: texts in the encodings of the world, with marks and without, and declarations that lie."""
# ruff: noqa: E501 (a paragraph is a line)

from __future__ import annotations

import codecs

from tests.faults.build import Folder
from tests.faults.packages import docx_parts, epub_parts
from tests.faults.zip_bytes import pack

# A few plain sentences in each language: enough for statistics to tell the encoding.
_RUSSIAN = "Гавань закрыли в пятницу утром из-за сильного ветра. Рыбаки вернулись домой ещё до рассвета, и лодки стоят у причала. Никто не пострадал, сообщил начальник порта. Работу обещают начать снова в понедельник, если погода улучшится."
_UKRAINIAN = "Гавань зачинили у п'ятницю вранці через сильний вітер. Рибалки повернулися додому ще до світанку, і човни стоять біля причалу. Ніхто не постраждав, повідомив їхній начальник порту."
_GREEK = "Το λιμάνι έκλεισε το πρωί της Παρασκευής λόγω ισχυρών ανέμων. Οι ψαράδες επέστρεψαν στο σπίτι πριν από την αυγή και οι βάρκες είναι δεμένες. Κανείς δεν τραυματίστηκε, είπε ο λιμενάρχης."
_HEBREW = "הנמל נסגר ביום שישי בבוקר בגלל רוחות חזקות. הדייגים חזרו הביתה לפני הזריחה והסירות קשורות ברציף. איש לא נפגע, אמר מנהל הנמל. העבודה תתחיל שוב ביום שני אם מזג האוויר ישתפר."
_ARABIC = "أغلق الميناء صباح الجمعة بسبب الرياح القوية. عاد الصيادون إلى منازلهم قبل الفجر وربطت القوارب عند الرصيف. لم يصب أحد بأذى كما قال مدير الميناء. سيبدأ العمل من جديد يوم الاثنين إذا تحسن الطقس."
_JAPANESE = "強い風のため、港は金曜日の朝に閉鎖されました。漁師たちは夜明け前に家に帰り、船は岸壁につながれています。けが人はいないと港の責任者は話しました。天気がよくなれば、月曜日に作業を再開する予定です。"
_CHINESE = "由于大风，港口于星期五早上关闭。渔民们在天亮之前回到了家，船只都停靠在码头。港口负责人说，没有人受伤。如果天气好转，工作将在星期一重新开始。居民们希望渡轮很快恢复运行。"
_TRADITIONAL = "由於大風，港口於星期五早上關閉。漁民們在天亮之前回到了家，船隻都停靠在碼頭。港口負責人說，沒有人受傷。如果天氣好轉，工作將在星期一重新開始。居民們希望渡輪很快恢復運行。"
_KOREAN = "강한 바람 때문에 항구는 금요일 아침에 문을 닫았습니다. 어부들은 해가 뜨기 전에 집으로 돌아왔고 배들은 부두에 묶여 있습니다. 다친 사람은 없다고 항구 책임자가 말했습니다. 날씨가 좋아지면 월요일에 다시 시작합니다."
_THAI = "ท่าเรือปิดในเช้าวันศุกร์เนื่องจากลมแรง ชาวประมงกลับบ้านก่อนรุ่งสาง และเรือทั้งหมดจอดอยู่ที่ท่า ไม่มีใครได้รับบาดเจ็บ ผู้จัดการท่าเรือกล่าว งานจะเริ่มอีกครั้งในวันจันทร์ถ้าอากาศดีขึ้น"
_POLISH = "Port zamknięto w piątek rano z powodu silnego wiatru. Rybacy wrócili do domów przed świtem, a łodzie stoją przy nabrzeżu. Nikt nie został ranny, powiedział zarządca. Prace mają się zacząć znów w poniedziałek, jeśli pogoda się poprawi."
_CZECH = "Přístav byl v pátek ráno uzavřen kvůli silnému větru. Rybáři se vrátili domů před svítáním a lodě stojí u nábřeží. Nikdo nebyl zraněn, řekl správce přístavu. Práce začnou znovu v pondělí, když se počasí zlepší."
_TURKISH = "Liman, şiddetli rüzgâr nedeniyle cuma sabahı kapatıldı. Balıkçılar gün doğmadan evlerine döndü ve tekneler iskeleye bağlandı. Yaralanan olmadığını söyleyen liman müdürü, işlerin pazartesi günü yeniden başlayacağını açıkladı."
_GERMAN = "Der Hafen wurde am Freitag früh wegen starken Windes geschlossen. Die Fischer kehrten vor der Dämmerung zurück, und die Boote liegen fest am Ufer. Es wurde niemand verletzt, erklärte der Hafenmeister gegenüber der Zeitung; die Arbeit beginnt später."
_FRENCH = "Le port a été fermé vendredi matin à cause d'un vent très fort. Les pêcheurs sont rentrés chez eux avant l'aube et les bateaux sont amarrés près du quai. Personne n'a été blessé, a déclaré le maître du port; le travail reprendra après la tempête."
_VIETNAMESE = "Cảng đã đóng cửa vào sáng thứ sáu vì gió mạnh. Ngư dân trở về nhà trước bình minh và thuyền được buộc ở bến. Không ai bị thương, giám đốc cảng nói."
_LITHUANIAN = "Uostas penktadienio rytą buvo uždarytas dėl stipraus vėjo. Žvejai grįžo namo dar prieš aušrą, o laivai stovi prie krantinės. Niekas nenukentėjo, sakė uosto vadovas. Darbai vėl prasidės pirmadienį, jeigu oras pagerės."

TEXTS = (
    ("koi8-r", _RUSSIAN), ("cp1251", _RUSSIAN), ("cp866", _RUSSIAN), ("iso8859-5", _RUSSIAN), ("mac-cyrillic", _RUSSIAN),
    ("koi8-u", _UKRAINIAN), ("cp1253", _GREEK), ("iso8859-7", _GREEK), ("cp1255", _HEBREW), ("iso8859-8", _HEBREW),
    ("cp1256", _ARABIC), ("iso8859-6", _ARABIC), ("shift_jis", _JAPANESE), ("cp932", _JAPANESE), ("euc_jp", _JAPANESE),
    ("iso2022_jp", _JAPANESE), ("gb2312", _CHINESE), ("gbk", _CHINESE), ("gb18030", _CHINESE), ("hz", _CHINESE),
    ("big5", _TRADITIONAL), ("euc_kr", _KOREAN), ("cp949", _KOREAN), ("johab", _KOREAN), ("iso2022_kr", _KOREAN),
    ("tis-620", _THAI), ("cp874", _THAI), ("cp1250", _POLISH), ("iso8859-2", _CZECH), ("cp852", _CZECH), ("cp1254", _TURKISH),
    ("iso8859-9", _TURKISH), ("cp1252", _GERMAN), ("latin-1", _FRENCH), ("iso8859-15", _FRENCH), ("cp850", _GERMAN), ("cp437", _GERMAN),
    ("mac-roman", _FRENCH), ("cp1257", _LITHUANIAN), ("utf-8", _VIETNAMESE), ("utf-8-sig", _GREEK), ("utf-16", _JAPANESE),
    ("utf-16-le", _GERMAN), ("utf-16-be", _FRENCH), ("utf-32", _ARABIC), ("utf-32-le", _GERMAN), ("utf-7", _GERMAN),
)  # fmt: skip
# Those that statistics mistake for a neighbour, where only rare letters differ: the Latin words are found all the same.
_NEIGHBOURS = frozenset({"johab", "utf-7", "utf-32-le", "cp437", "cp850", "mac-roman", "iso8859-6", "koi8-u", "cp852"})
_CODECS_OF_NO_TEXT = (
    "zip",
    "rot13",
    "base64",
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "utf-7",
    "no-such",
    "",
    "a" * 5000,
)


def _plain(folder: Folder) -> None:
    for name, sentence in TEXTS:
        word = "probe" + "".join(filter(str.isalnum, name))
        data = f"{sentence} {word} {sentence}\n".encode(name)
        sure = name not in _NEIGHBOURS
        folder.put("F16", f"{name}.txt", data, f"a text in {name}", word if sure else (), texts=[sentence] if sure else ())
    for name, mark in (("le", codecs.BOM_UTF16_LE), ("be", codecs.BOM_UTF16_BE)):
        data = mark + f"{_RUSSIAN} probewide{name}".encode(f"utf-16-{name}")
        folder.put("F16", f"marked-{name}.txt", data, "UTF-16 with its mark", f"probewide{name}", texts=[_RUSSIAN])
        folder.put("F16", f"odd-{name}.txt", data + b"\0", "UTF-16 and half a character", f"probewide{name}", texts=[_RUSSIAN])
    wide = f"boat,word\n{_POLISH},probewidecsv\n".encode("utf-16")
    folder.put("F16", "wide.csv", wide, "a table in UTF-16", "probewidecsv", texts=["zamknięto"])


def _damaged(folder: Folder) -> None:
    def put(name: str, data: bytes, what: str, word: str, text: str) -> None:
        folder.put("F16", name, data, what, word, texts=[text])

    sound = f"{_FRENCH} probehalf {' '.join([_FRENCH] * 9)}".encode()
    put("cut-character.txt", sound + "é".encode()[:1], "UTF-8 cut inside a character", "probehalf", "pêcheurs")
    put("mixed.txt", sound + b" caf\xe9", "UTF-8 with one byte of Latin-1", "probehalf", "pêcheurs")
    put("overlong.txt", sound + b" \xc0\xaf \xe0\x80\xaf", "overlong UTF-8", "probehalf", "pêcheurs")
    put("surrogates.txt", sound + b" \xed\xa0\x80\xed\xb0\x80", "surrogates in UTF-8", "probehalf", "pêcheurs")
    put("two-marks.txt", codecs.BOM_UTF8 * 2 + sound, "two marks", "probehalf", "pêcheurs")
    put("mark-middle.txt", sound + codecs.BOM_UTF8 + sound, "a mark in the middle", "probehalf", "pêcheurs")


def _lying(folder: Folder) -> None:
    body = f"<p>{_FRENCH}</p><p>a word %s</p>"
    for number, name in enumerate(_CODECS_OF_NO_TEXT):
        word = f"probelie{number}"
        page = f'<html><head><meta charset="{name}"></head><body>{body % word}</body></html>'
        folder.put("F16", f"declared-{number}.html", page, "a page that names no encoding of text", word, texts=["pêcheurs"])
        folder.put(
            "F16", f"declared-{number}.xml", f'<?xml version="1.0" encoding="{name}"?><x>{body % word}</x>', "the same in XML"
        )
        head = f"From: a@example.org\nSubject: A\nMIME-Version: 1.0\nContent-Type: text/plain; charset={name or 'x'}\n\n"
        folder.put("F16", f"declared-{number}.eml", head + f"{_FRENCH} {word}\n", "the same in a message", word)
    said_utf8 = f'<html><head><meta charset="utf-8"></head><body>{body % "probelatinpage"}</body></html>'.encode("latin-1")
    folder.put("F16", "latin.html", said_utf8, "Latin-1 said to be UTF-8", "probelatinpage", texts=["pêcheurs"])
    said_latin = f'<html><head><meta charset="iso-8859-1"></head><body>{body % "probeutfpage"}</body></html>'
    folder.put("F16", "utf8.html", said_latin, "UTF-8 said to be Latin-1", "probeutfpage")
    said_wide = f'<html><head><meta charset="utf-16"></head><body>{body % "probenotwide"}</body></html>'
    folder.put("F16", "wide.html", said_wide, "UTF-8 said to be UTF-16", "probenotwide", texts=["pêcheurs"])
    cyrillic = f'<html><head><meta charset="windows-1251"></head><body><p>{_RUSSIAN} probecyrillic</p></body></html>'
    folder.put(
        "F16", "cyrillic.html", cyrillic.encode("cp1251"), "a declared encoding that is true", "probecyrillic", texts=[_RUSSIAN]
    )
    xml = f'<?xml version="1.0" encoding="windows-1251"?><x><p>{_RUSSIAN} probexmlcyrillic</p></x>'.encode("cp1251")
    folder.put("F16", "cyrillic.xml", xml, "XML in cp1251", "probexmlcyrillic", texts=[_RUSSIAN])
    wide = f'<?xml version="1.0" encoding="utf-16"?><x><p>{_RUSSIAN} probexmlwide</p></x>'.encode("utf-16")
    folder.put("F16", "wide.xml", wide, "XML in UTF-16", "probexmlwide", texts=[_RUSSIAN])
    parts = docx_parts("<w:p><w:r><w:t>a word probedocxwide</w:t></w:r></w:p>")
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    folder.put("F16", "wide.docx", pack(parts), "a Word document in UTF-16", "probedocxwide")
    parts = epub_parts({"one": f"<p>{_FRENCH} probeepublatin</p>"})
    parts["OEBPS/one.xhtml"] = str(parts["OEBPS/one.xhtml"]).replace("UTF-8", "iso-8859-1").encode("latin-1")
    folder.put("F16", "latin.epub", pack(parts), "a chapter in Latin-1", "probeepublatin", texts=["pêcheurs"])
    japanese = f"From: a@example.org\nSubject: A\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n{_JAPANESE} probejapan\n"
    folder.put(
        "F16", "japanese.eml", japanese.encode("iso2022_jp"), "a message in ISO-2022-JP", "probejapan", texts=[_JAPANESE[:20]]
    )


def write(folder: Folder) -> None:
    """F16."""
    _plain(folder)
    _damaged(folder)
    _lying(folder)
