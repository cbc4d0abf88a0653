"""Names found by a spaCy pipeline of the user's own: looked up by package name or folder, loaded from disk only."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.model import EntityType, ExplorerError, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TYPES: dict[str, EntityType] = {
    **dict.fromkeys(("PERSON", "PER"), "PERSON"),
    "ORG": "ORG",
    **dict.fromkeys(("GPE", "LOC", "FAC"), "PLACE"),
}
PROBABILITY = 0.75  # of every name, for spaCy tells none: not so sure that the rest of the document has no say
LONGEST = 20_000  # characters given at once: spaCy's memory grows with the length of a text, to a gigabyte at 100,000
AT_ONCE = 32  # paragraphs
ENTITIES = frozenset({"doc.ents", "doc.spans"})
_ARTICLE, _POSSESSIVE = re.compile(r"\s*(?:the(?:\s+|\Z))?", re.IGNORECASE), re.compile(r"(?:['’]s?)?\s*\Z")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A spaCy pipeline on this machine: what spaCy loads it by, the folder of its files, its name and version."""

    source: str
    folder: Path
    name: str
    version: str


def find_pipeline(asked: str) -> Pipeline:
    """The pipeline of a package's name or, with a / in it, of a folder; neither it nor spaCy is imported.

    Raises ExplorerError where it is not there, or spaCy is not.
    """
    if util.find_spec("spacy") is None:
        raise ExplorerError("spaCy is not installed here; pip install 'explorer[spacy]' adds it")
    folder = Path(asked) if os.sep in asked or "/" in asked else _package_folder(asked)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        name, version = f"{meta['lang']}_{meta['name']}", str(meta["version"])
    except OSError as error:
        raise ExplorerError(f"{folder} is no spaCy pipeline: its meta.json cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ExplorerError(f"{folder} is no spaCy pipeline: its meta.json is damaged ({type(error).__name__})") from error
    return Pipeline(asked, folder, name, version)


def _package_folder(name: str) -> Path:
    from importlib import metadata  # slow to import, and few have a pipeline

    missing = f"no spaCy pipeline {name} is installed here; a folder is written with a slash, as in spacy:./{name}"
    try:
        metadata.distribution(name)
        spec = util.find_spec(name.replace("-", "_"))
    except (metadata.PackageNotFoundError, ValueError, ImportError) as error:
        raise ExplorerError(missing) from error
    if spec is None or not spec.origin:
        raise ExplorerError(missing)
    return Path(spec.origin).parent


class SpacyNames:
    """A loaded pipeline as an engine of names; ``how`` is what users are told of where a name is from."""

    def __init__(self, pipeline: Pipeline) -> None:
        """Loads a pipeline; raises ExplorerError when that is impossible or nothing in it can find names."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # the other cores have workers of their own
        try:
            import spacy

            self._nlp = spacy.load(pipeline.source)
        except Exception as error:  # whatever a pipeline's own code raises
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise ExplorerError(f"the spaCy pipeline {pipeline.source} cannot be loaded ({reason})") from error
        if not _finds_names(self._nlp):
            raise ExplorerError(f"the spaCy pipeline {pipeline.source} finds no names: it has no ner or entity_ruler")
        self.how = f"spacy {pipeline.name}"

    def __call__(self, text: str, spans: Sequence[Span]) -> list[tuple[int, int, EntityType, float]]:
        """The names in the spans (sentences or paragraphs, sorted) of a text: start, end, type, probability; in order."""
        starts, pieces = [], []
        for start, end in _pieces(text, spans):
            starts.append(start)
            pieces.append(_SURROGATES.sub("\ufffd", text[start:end]))
        found: list[tuple[int, int, EntityType, float]] = []
        for offset, doc in zip(starts, self._nlp.pipe(pieces, batch_size=AT_ONCE), strict=True):
            found.extend((offset + start, offset + end, kind, PROBABILITY) for start, end, kind in _names(doc))
        return found


def _finds_names(nlp: Language) -> bool:
    """Whether a component says that it sets entities, or says nothing, as those of users may."""
    said = [set(nlp.get_pipe_meta(name).assigns) for name in nlp.pipe_names]
    return any(not assigns or assigns & ENTITIES for assigns in said)


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, long ones cut at a blank."""
    for first, end in spans:
        start = first
        while end - start > LONGEST:
            blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = blank if blank > 0 else start + LONGEST
            yield start, cut
            start = cut
        yield start, end


def _names(doc: Doc) -> Iterator[tuple[int, int, EntityType]]:
    """What is an entity of ours, without article and possessive, which no name has here."""
    for entity in doc.ents:
        kind = TYPES.get(entity.label_)
        words = entity.text
        first = _ARTICLE.match(words)
        last = _POSSESSIVE.search(words)
        assert first and last  # both match nothing too
        if kind and first.end() < last.start():
            yield entity.start_char + first.end(), entity.start_char + last.start(), kind
