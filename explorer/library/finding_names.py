"""The chosen engine of names at work: its fingerprint, and the processes that suit it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from explorer.analysis.name_engines import CRF, fingerprint, hash_of, model_files
from explorer.library import places
from explorer.library.running import Cancelled
from explorer.model import ExplorerError
from explorer.work.pool import SECONDS, Pool

SPACY_SECONDS = 300.0  # for a batch, in which spaCy may be loaded: a large pipeline takes that long
SPACY_MEMORY = 16 << 30  # bytes of addresses: vectors and transformers are mapped whole
HASHES = "models.json"


def pool_for(names: str, size: int) -> Pool:
    """Worker processes with as much memory as an engine of names may need."""
    return Pool(size) if names == CRF else Pool(size, memory=SPACY_MEMORY)


def seconds_for(names: str) -> float:
    """How long an engine may take for a batch of texts."""
    return SECONDS if names == CRF else SPACY_SECONDS


def fingerprint_of(names: str) -> str:
    """What is kept of who made an analysis. A model's files are read when they changed: some have half a gigabyte."""
    files = model_files(names)
    if names == CRF:
        return fingerprint(names, hash_of(files))
    path = places.home() / HASHES
    known = places.read_json(path, {})
    known = known if isinstance(known, dict) else {}
    state = _state(files)
    if not isinstance(known.get(state), str):
        known = {state: hash_of(files)}
        places.write_json(path, known)
    return fingerprint(names, known[state])


def _state(files: list[Path]) -> str:
    """Changes whenever one of the files does."""
    stats = [(os.fsdecode(file), (stat := file.stat()).st_size, stat.st_mtime_ns, stat.st_ctime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode("utf-8", "surrogateescape")).hexdigest()


def prepare(pool: Pool, names: str, cancelled: Cancelled = lambda: False) -> None:
    """Has a worker of an idle pool load an engine; raises ExplorerError when that is impossible, before a text is lost to it."""
    if names == CRF:
        return
    pool.submit(None, {"op": "prepare", "names": names, "limit": SPACY_SECONDS})
    while pool.pending and not cancelled():
        for outcome in pool.take(0.1):
            if outcome.error:
                raise ExplorerError(outcome.error)
