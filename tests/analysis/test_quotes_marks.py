"""Words in marks: marks of every kind, and what is in marks without being said."""

from __future__ import annotations

import pytest

STYLES = [
    ('"{We wait}," Marsh said.', "Elena Marsh"),
    ("“{We wait},” Marsh said.", "Elena Marsh"),
    ("‘{We wait},’ Marsh said.", "Elena Marsh"),
    ("'{We wait},' Marsh said.", "Elena Marsh"),
    ("« {We wait} », Marsh said.", "Elena Marsh"),
    ("„{We wait}“, Marsh said.", "Elena Marsh"),
    ("»{We wait}«, Marsh said.", "Elena Marsh"),
    ("``{We wait},'' Marsh said.", "Elena Marsh"),
    ("「{We wait}」, Marsh said.", "Elena Marsh"),
    ("‘{We don’t know what’s happened to the boys’ school},’ Marsh said.", "Elena Marsh"),
    ("'{We don't know what's happened to the boys' school},' Marsh said.", "Elena Marsh"),
    ("Marsh said: '{It's the '90s again}.'", "Elena Marsh"),
    ("“{She told me, ‘Leave now,’ and I left},” Marsh said.", "Elena Marsh"),
    ("\"{She told me 'leave now' and I left},\" Marsh said.", "Elena Marsh"),
    ("\"{She told me, 'Leave now'},\" Marsh said.", "Elena Marsh"),
    ("‘{He said “never” to us},’ Marsh said.", "Elena Marsh"),
    ('Marsh said, "{I read “The Long Pier” twice}."', "Elena Marsh"),
    ("“{We wait}”, Marsh said.", "Elena Marsh"),
    ('“{We wait}," Marsh said. "{+We hope}.”', "Elena Marsh"),
    ("“{We do not know who did it}, Marsh said. It rained.", "Elena Marsh"),
    ('Marsh said, "{We do not know who did it}.\n\nIt rained.', "Elena Marsh"),
    ("{We will not leave},” Marsh said.", "Elena Marsh"),
    ("“{We heard it}.\n\n“{+We ran}.\n\n“{+It fell},” Marsh said.", "Elena Marsh"),
    ("Marsh said: “{We heard it}.\n\n“{+We ran}.”\n\nIt rained.", "Elena Marsh"),
    ("‘{We heard it}.\n\n‘{+We ran},’ Marsh said.", "Elena Marsh"),
    ("Pratt, 5'10\", said {he was fine}.", "Owen Pratt"),
    ('A 6" pipe and a 12" pipe burst. Marsh said {both were old}.', "Elena Marsh"),
    ('“{The 6" pipe burst},” Marsh said.', "Elena Marsh"),
    ("“{We wait...}” Marsh said.", "Elena Marsh"),
    ("“{We wait —}” Marsh said.", "Elena Marsh"),
    ("“{We [the workers] wait},” Marsh said.", "Elena Marsh"),
    ("“…{and we wait},” Marsh said.", "Elena Marsh"),
    ("“{We wait},”Marsh said.", "Elena Marsh"),
    ("(“{We wait},” Marsh said.)", "Elena Marsh"),
]

NOT_SAID = [
    "The so-called “peace train” left.",
    "The “free” tickets cost $10.",
    "Supporters of the “leave” campaign met in Lisbon.",
    "Marsh wrote “The Long Pier” in 2016.",
    "Marsh, who wrote “The Long Pier,” lives in Lisbon.",
    "Her book, “The Long Pier,” sold well.",
    "In the film “Ice and Fire,” Pratt plays a thief.",
    "Pratt sang “Born to Wait” at the rally in Ohio.",
    "The song “Born to Wait” was played.",
    "An article headlined “Why We Wait for Spring” was printed.",
    "Her memoir, titled “A Life at Sea and Other Places I Knew,” is out.",
    "A documentary called “The Last Harbour” won.",
    "His album “Songs of the Cold North” is out.",
    "She appeared on “Meet the Press” on Sunday.",
    "Pratt hosts “The Morning Show.”",
    "The novel “Who Is Afraid of the Great White North Wind” won a prize.",
    "Elena “Ellie” Marsh left.",
    "William “Bill” Tanner left.",
    "The word “pier” has four letters.",
    "The ship, the “Northern Star,” sank.",
    "The law, known as the “Harbour Act,” passed.",
    "A group that calls itself “Free Harbour” met.",
    "Marsh was named “Person of the Year.”",
    "The plan is nicknamed “the bridge to nowhere.”",
    "He gave a thumbs-up to the “yes” camp and the “no” camp.",
    "Photo: “We wait,” Elena Marsh said.",
    "“Ice and Fire” opens on Friday.",
]

TITLES_BESIDE_SPEECH = [
    ("Marsh said on “Meet the Press” that {the bill would pass}.", "Elena Marsh"),
    ("Marsh told “Meet the Press” that {the bill would pass}.", "Elena Marsh"),
    ("Marsh said on NBC’s “Meet the Press” {the bill would pass}.", "Elena Marsh"),
    ("“{We wait},” Marsh said on NBC’s “Meet the Press.”", "Elena Marsh"),
    ("“{We wait},” Marsh told NBC's “Meet the Press” on Sunday.", "Elena Marsh"),
    ("In an interview on “Fox & Friends,” Marsh said {the bill would pass}.", "Elena Marsh"),
    ("“{We wait},” William “Bill” Tanner said.", "William “Bill” Tanner"),
    ("Pratt, author of “The Long Pier,” said {the bill would pass}.", "Owen Pratt"),
    ("Marsh said {“Ice and Fire” was a bad film}.", "Elena Marsh"),
    ("Appearing on “Face the Nation,” Pratt said: “{We wait}.”", "Owen Pratt"),
]

STRAYS = [
    ("Nous sommes à Lisbon. « {Nous ne quitterons pas la ville avant la fin de la semaine} », a déclaré le maire.", "-"),
    ("„{Wir werden die Stadt nicht verlassen, bevor der Winter kommt}“, sagte der Bürgermeister.", "-"),
    ("«{No vamos a salir}», dijo el alcalde.", "-"),
    ("Marsh was blunt. “{It is a mess}.”", "Elena Marsh"),
    ("Marsh shook her head: “{No}.”", "Elena Marsh"),
]


@pytest.mark.parametrize(("marked", "speakers"), STYLES + TITLES_BESIDE_SPEECH + STRAYS)
def test_words_in_marks(check, marked, speakers):
    check(marked, speakers)


@pytest.mark.parametrize("text", NOT_SAID)
def test_marks_round_what_nobody_says(check, text):
    check(text, "")
