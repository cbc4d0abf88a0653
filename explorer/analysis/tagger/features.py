"""The words of a text as sequences of features: the word, its neighbours, the rules' decisions, the rest of the document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from explorer.analysis.document_pass import Form
from explorer.analysis.lexicon import known, longest_known
from explorer.analysis.rule_names import Evidence, form_of
from explorer.analysis.runs import Words, is_capital
from explorer.analysis.tagger.word_features import beside, length_shape, own, word_class
from explorer.model import Span

FARTHEST = 2
"""Words without a capital that a sequence may go on over: "Ministry of the Interior"."""
LONGEST = 60
"""Words of the longest sequence: longer ones are cut, so that work stays linear and memory small."""


def sequences(words: Words, evidence: Evidence) -> list[Span]:
    """Stretches of words that may hold names: capitals, what the rules found, and few words between.

    None crosses the end of a sentence, or a date.
    """
    wanted = {index for index, text in enumerate(words.texts) if not text.islower() and text[0].isalnum() and is_capital(text)}
    for name in evidence.names:
        wanted.update(range(name.first, name.last))
    found: list[Span] = []
    first = last = -1
    for index in sorted(wanted):
        apart = first < 0 or index - last > FARTHEST or index - first >= LONGEST or any(words.breaks[last : index + 1])
        if apart and first >= 0:
            found.append((first, last))
        if apart:
            first = index
        last = index + 1
    if first >= 0:
        found.append((first, last))
    return found


def features(words: Words, evidence: Evidence) -> Iterator[tuple[Span, list[list[str]]]]:
    """Each sequence of a text and the features of its words."""
    document = _Document(words, evidence)
    texts = words.texts
    count = len(texts)
    for first, last in sequences(words, evidence):
        rows = []
        for index in range(first, last):
            before = texts[index - 1] if index and not document.begins[index] else ""
            after = texts[index + 1] if index + 1 < count and not document.begins[index + 1] else ""
            row = list(own(texts[index]))
            row += beside(before, -1)
            row += beside(after, 1)
            row += beside(texts[index - 2] if before and index > 1 and not document.begins[index - 1] else "", -2)
            row += beside(texts[index + 2] if after and index + 2 < count and not document.begins[index + 2] else "", 2)
            row += document.of(index, before, after)
            row += document.of_run(index)
            rows.append(row)
        yield (first, last), rows


class _Document:
    """What the whole text and the rules say of each word."""

    def __init__(self, words: Words, evidence: Evidence) -> None:
        self.words = words
        self.rule = ["O"] * len(words.texts)
        self.piece = ["O"] * len(words.texts)
        self.known = [""] * len(words.texts)
        self.form: dict[int, Form] = {}
        self.begins = [False] * (len(words.texts) + 1)
        for first, _ in words.sentences:
            self.begins[first] = True
        self.small: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        for text, opens, shouts in zip(words.texts, words.opens, words.shouts, strict=True):
            if text.islower():
                self.small[text] += 1
            elif not opens and not shouts:
                self.inside[text] += 1
        self.run: dict[int, Span] = {}
        self._read(evidence)
        self._look_up()
        self._runs()

    def _read(self, evidence: Evidence) -> None:
        roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in evidence.names:
            kind = name.type[1]  # E, R, L: as short as can be
            sure = "3" if name.confidence > 0.85 else "2" if name.confidence > 0.65 else "1"
            for index in range(name.first, name.last):
                self.rule[index] = ("B" if index == name.first else "I") + kind + sure
                role = (
                    "1" if name.last - name.first == 1 else "z" if index == name.last - 1 else "a" if index == name.first else "m"
                )
                roles[self.words.texts[index]][kind + role] += 1
        self.role = {text: counts.most_common(1)[0][0] for text, counts in roles.items()}
        self.long = {
            text: max((r for r in counts if r[1] != "1"), key=lambda r: counts[r], default="") for text, counts in roles.items()
        }
        for piece in evidence.pieces:
            form = evidence.forms.get(form_of(self.words.text(piece.first, piece.last)))
            code = f"{piece.type[1] if piece.type else 'N'}{int(piece.weight)}"
            for index in range(piece.first, piece.last):
                self.piece[index] = ("B" if index == piece.first else "I") + code
                if form:
                    self.form[index] = form

    def _look_up(self) -> None:
        """Marks the words of known names, the longest first."""
        names, longest = known(), longest_known()
        done = 0
        texts = self.words.texts
        for index, text in enumerate(texts):
            most = longest.get(text, 0)
            if not most or index < done:
                continue
            for last in range(min(index + most, len(texts)), index, -1):
                found = names.get(" ".join(texts[index:last]).replace("’", "'"))
                if found:
                    for place in range(index, last):
                        self.known[place] = ("B" if place == index else "I") + found[0][1]
                    done = last
                    break

    def _runs(self) -> None:
        """Notes for each word with a capital the run of such words it stands in."""
        words = self.words
        first = -1
        for index, text in enumerate([*words.texts, ""]):
            capital = bool(text) and not text.islower() and is_capital(text)
            goes_on = capital and first >= 0 and not words.breaks[index] and index - first < 12
            if first >= 0 and not goes_on:
                for place in range(first, index):
                    self.run[place] = (first, index)
                first = -1
            if capital and first < 0:
                first = index

    def of_run(self, index: int) -> list[str]:
        """What surrounds the run of capitals that the word is in, and its first and last word."""
        first, last = self.run.get(index, (index, index + 1))
        words = self.words
        before = words.at(first - 1).lower() if not self.begins[first] else "^"
        after = words.at(last).lower() if not self.begins[last] else "$"
        size = min(last - first, 4)
        head = words.texts[last - 1]
        return [
            f"<w={before}",
            f">w={after}",
            f"<c={word_class(before)}",
            f">c={word_class(after)}",
            f"zw={head}" if last - first > 1 else "zw",
            f"zc={word_class(head)}",
            f"ac={word_class(words.texts[first])}{size}",
            f"in={min(index - first, 3)}{min(last - index, 3)}",
            f"<>={before} {after}",
        ]

    def of(self, index: int, before: str, after: str) -> list[str]:
        """The features of a word that depend on the text."""
        words, rule = self.words, self.rule
        text = words.texts[index]
        here = rule[index]
        left = rule[index - 1] if before else "-"
        right = rule[index + 1] if after else "-"
        made = ["r=" + here, f"r3={left}{here}{right}", "q=" + self.piece[index], f"rq={here}{self.piece[index]}"]
        made.append(f"s3={length_shape(before) if before else '^'} {length_shape(text)} {length_shape(after) if after else '$'}")
        made.append(f"-w|r={before.lower()}|{here}")
        made.append(f"+w|r={after.lower()}|{here}")
        if self.known[index]:
            made += ["k=" + self.known[index], f"kr={self.known[index]}{here}"]
        if words.opens[index]:
            made.append("opens" if words.shouts[index] else "opens s=" + length_shape(text))
        if words.shouts[index]:
            made += ["shouts", "shouts r=" + here]
        if words.breaks[index]:
            made.append("breaks")
        if index in words.hints:
            made.append("h=" + words.hints[index])
        form = self.form.get(index)
        if form:
            votes, around = form.votes, form.around
            made.append(f"v={_few(votes['PERSON'])}{_few(votes['ORG'])}{_few(votes['PLACE'])}")
            made.append(f"o={_few(around['PERSON'])}{_few(around['ORG'])}{_few(around['PLACE'])}")
            made.append(f"n={min(form.count, 3)}{min(form.the, 2)}")
        if not text.islower():
            role = self.role.get(text, "")
            made += ["m=" + role, f"ml={self.long.get(text, '')}{here}"]
            small, inside = self.small[text.lower()], self.inside[text]
            made.append(f"d={min(small, 2)}{min(inside, 3)}{int(words.opens[index])}")
        return made


def _few(vote: float) -> str:
    """A vote's size in one sign."""
    if vote >= 6:
        return "4"
    if vote >= 3:
        return "3"
    if vote >= 1.5:
        return "2"
    return "1" if vote > 0 else "0" if vote == 0 else "-"
