"""A small spaCy pipeline, trained in the test that needs it."""

from __future__ import annotations

from pathlib import Path

PEOPLE, BODIES = ("Mira Voss", "Tomas Eklund", "Ada Quill", "Jon Reyes"), ("Harbour Board", "Ferry Union", "Coast Watch")
PLACES = ("Sarrow", "Tarnmouth", "Ostby", "Kell")


def train(folder: Path) -> Path:
    """Trains names of people, organisations and places on sentences of one kind, in half a second, and keeps the pipeline."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "harbour", "1.2"
    nlp.add_pipe("ner")
    examples = []
    for person in PEOPLE:
        for place in PLACES:
            for body in BODIES:
                text = f"{person} of the {body} said in {place} that it was over."
                at, there = text.index(body), text.index(f" in {place}") + 4
                spans = [(0, len(person), "PERSON"), (at, at + len(body), "ORG"), (there, there + len(place), "GPE")]
                examples.append(Example.from_dict(nlp.make_doc(text), {"entities": spans}))
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    for _ in range(3):
        for start in range(0, len(examples), 8):
            nlp.update(examples[start : start + 8], sgd=optimizer)
    nlp.to_disk(folder)
    return folder


def ruled(folder: Path, *patterns: tuple[str, str], version: str = "1") -> Path:
    """A pipeline that finds these words, each (label, words)."""
    import spacy

    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "ruled", version
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in patterns])
    nlp.to_disk(folder)
    return folder


def install(site: Path, name: str, pipeline: Path, code: str = "") -> None:
    """Puts a pipeline into ``site`` as a package that pip installed, with ``code`` of its own."""
    package = site / name
    data = package / f"{name}-1"
    data.parent.mkdir(parents=True)
    pipeline.rename(data)
    (package / "meta.json").write_bytes((data / "meta.json").read_bytes())
    (package / "__init__.py").write_text(
        f"from pathlib import Path\nfrom spacy.util import load_model_from_path\n{code}\n\n"
        f"def load(**options):\n    return load_model_from_path(Path(__file__).parent / '{name}-1', **options)\n"
    )
    (site / f"{name}-1.dist-info").mkdir()
    (site / f"{name}-1.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
