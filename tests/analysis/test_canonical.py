"""Names joined within a document: people by surname, given name, initials, pet name and spelling; the full name's spelling."""

from __future__ import annotations

import time

import pytest

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout
from explorer.analysis.people import profile
from tests.analysis.marked_names import last_of, mentions_of

PEOPLE = [
    ("{p Ada Thornbury} came. They asked {p Thornbury}", "Ada Thornbury", "surname of Ada Thornbury"),
    ("{p Ada Thornbury} came. {p Ada} left", "Ada Thornbury", "given name of Ada Thornbury"),
    ("Mr {p Thornbury} left before {p Ada Thornbury} came. Ms {p Thornbury}", "Ada Thornbury", "surname of Ada Thornbury"),
    ("{p Ada Maria Thornbury} came. {p Ada Thornbury}", "Ada Maria Thornbury", "short for Ada Maria Thornbury"),
    ("{p A. Thornbury} came. {p Ada Thornbury} left. {p A. Thornbury}", "Ada Thornbury", "short for Ada Thornbury"),
    ("{p A.M. Thornbury} and {p Ada Maria Thornbury} left. {p A.M. Thornbury}", "Ada Maria Thornbury", "short for"),
    ("{p William “Bill” Quarrel} came. {p Bill}", "William “Bill” Quarrel", "nickname of"),
    ("{p William Quarrel} came. {p Bill Quarrel}", "William Quarrel", "familiar form of William Quarrel"),
    ("{p Bill Quarrel} came. {p William}", "Bill Quarrel", "nickname of Bill Quarrel"),
    ("{p Alexandrine Quarrel} came. {p Alex Quarrel}", "Alexandrine Quarrel", "familiar form of"),
    ("{p Willem van der Zanden} came. {p Van der Zanden}", "Willem van der Zanden", "surname of Willem van der Zanden"),
    ("{p Willem van der Zanden} came. {p Zanden}", "Willem van der Zanden", "surname of"),
    ("{p Inés García Quintero} came. {p García}", "Inés García Quintero", "part of Inés García Quintero"),
    ("{p Inés García Quintero} came. {p García Quintero}", "Inés García Quintero", "surname of"),
    ("{p Inés García Quintero} came. {p Ines Garcia}", "Inés García Quintero", "short for"),
    ("{p Abd al-Quorlani} came. {p Quorlani}", "Abd al-Quorlani", "spelling of the surname of"),
    ("{p Oleh Zelinskyy} came. {p Zelinsky} left. {p Zelinskiy}", "Oleh Zelinskyy", "spelling of the surname of"),
    ("{p Mohammed Thorab} came. {p Muhammad Thorab}", "Mohammed Thorab", "spelling of Mohammed Thorab"),
    ("{p Tarek el-Sorri} came. {p Tariq al-Sori}", "Tarek el-Sorri", "spelling of Tarek el-Sorri"),
    ("{p Annelise St. Orge} came. {p Anne-Lise St-Orge}", "Annelise St. Orge", "spelling of Annelise St. Orge"),
    ("{p Moon Sae-jin} came. {p Moon}", "Moon Sae-jin", "family name of Moon Sae-jin"),
    ("{p Moon Sae-jin} came. {p Sae-jin Moon}", "Moon Sae-jin", "other order of Moon Sae-jin"),
    ("{p Nguyen Van Quorl} came. {p Quorl}", "Nguyen Van Quorl", "surname of Nguyen Van Quorl"),
    ("{p Sigga Jónsdóttir} came. {p Sigga}", "Sigga Jónsdóttir", "given name of Sigga Jónsdóttir"),
    ("{p Daw Khin Mar Quorl} came. {p Khin Mar Quorl}", "Daw Khin Mar Quorl", "spelling of Daw Khin Mar Quorl"),
    ("{p Suparto} came. {p Suparto}", "Suparto", "named"),
    ("{p MINAMOTO} spoke. {p MINAMOTO}", "Minamoto", "written in capitals"),
    ("{p MINAMOTO} spoke. {p Yuko Minamoto} left. {p MINAMOTO}", "Yuko Minamoto", "surname of Yuko Minamoto"),
    ("{p Lydia Buchtmann} came. {p Lydia Bachtmann}", "Lydia Buchtmann", "spelling of Lydia Buchtmann"),
    ("{p QUORL, Khin Mar} was listed. {p Khin Mar Quorl}", "Khin Mar Quorl", "named"),
    ("{p Umm Quorl} wept. {p Quorl}", "Quorl", "named"),
    ("{p Jordan Vale} and {p Pete Jordan} came. {p Jordan}", "Pete Jordan", "surname of Pete Jordan"),
    ("{p Ada Roe} came. {p Ida Roe}", "Ida Roe", "named"),
    ("{p Judge Ada Roe QC} came. {p Roe}", "Ada Roe", "surname of Ada Roe"),
    ("{p Judge Ada Roe QC}", "Ada Roe", "without title"),
    ("{p Ada Roe sacked} in March. {p Ada Roe}", "Ada Roe", "spelling of"),
    ("{p Mohammed bin Quorl} came. {p MBQ}", "Mohammed bin Quorl", "initials of Mohammed bin Quorl"),
    ("{p Joko Quorlan}, popularly known as {p Jokan}, came. {p Jokan}", "Joko Quorlan", "short for Joko Quorlan, explained"),
    ("{p Quentin III} came. {p Quentin Vale} left. {p Quentin III}", "Quentin III", "named"),
]


@pytest.mark.parametrize(("marked", "name", "how"), PEOPLE)
def test_people(marked: str, name: str, how: str) -> None:
    found, why = last_of(marked)
    assert found == name
    assert why.startswith(how)


def test_the_tagger_says_what_found_a_name_behind_why_it_was_joined() -> None:
    text = "Ada Thornbury came to the harbour. They asked Thornbury about it."
    mentions = analyse_names(text, layout(text))
    assert {mention.name for mention in mentions} == {"Ada Thornbury"}
    assert mentions[-1].how.startswith("surname of Ada Thornbury; ")


def test_a_courtesy_before_a_given_name_means_somebody_else() -> None:
    marked = "{p Paris Quorl} came with {p Quorl}. Professor {p Paris}"
    assert last_of(marked)[0] == "Paris"


def test_profiles() -> None:
    text = "Mr Peter Quorl, Prime Minister Margaret Thornbury and spokeswoman Robin Vale came. Mrs Zelp left."
    found = profile(analyse_names(text, layout(text)), text)
    assert {name: one.gender for name, one in found.items()} == {
        "Peter Quorl": "male",
        "Margaret Thornbury": "female",
        "Robin Vale": "female",
        "Zelp": "female",
    }
    assert found["Margaret Thornbury"].roles == ("Prime Minister",)
    assert found["Robin Vale"].roles == ("spokeswoman",)
    assert found["Peter Quorl"].titles == {"mr"}


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("{l US} Secretary of State {p Ada Roe} came. {p Roe}", "US Secretary of State"),
        ("Minister {p Ada Roe} came. {p Roe}, the energy minister of Quorland, left. {p Roe}", "energy minister of Quorland"),
        ("{p Ada Roe}, 44, a marine biologist, came. {p Roe}", "marine biologist"),
        ("The deputy mayor, {p Ada Roe}, came. {p Roe}", "deputy mayor"),
        ("{o Quorl Bank} chief executive {p Ada Roe} came. {p Roe}", "Quorl Bank chief executive"),
        ("His wife {p Ada Roe} came. {p Roe}, who said little, left. {p Roe}", ""),
    ],
)
def test_roles_are_kept(marked: str, role: str) -> None:
    assert mentions_of(marked)[-1].role == role


def test_many_names_alike_take_linear_time() -> None:
    def seconds(count: int) -> float:
        line = "{{p Ada{1}{0} Roe}} met {{o Quorl {0} Bank}} ({{o QB{0}}}, {{o QB}}) in {{l Port {0}}}."
        marked = " ".join(line.format(n, chr(97 + n % 26)) for n in range(count))
        started = time.process_time()
        mentions_of(marked)
        return time.process_time() - started

    seconds(50)
    assert seconds(2000) < 4 * seconds(1000) + 0.2
