"""Bringing an index up to date with its folder: first the text of all that changed, then names and quotes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from explorer.analysis.name_engines import CRF
from explorer.index import analyser, files, identities, listing
from explorer.index.corpus import CorpusIndex
from explorer.index.files import FileState
from explorer.library.finding_names import fingerprint_of, prepare
from explorer.library.intake import Intake, remove
from explorer.library.meaning import analyse
from explorer.library.places import home
from explorer.library.remedies import annotate
from explorer.library.running import Cancelled, Tell, Urgent, Work
from explorer.model import ExplorerError, Note, Report, StoppedError
from explorer.reading.registry import READER_VERSION
from explorer.reading.walk import Found, walk
from explorer.work.pool import Pool

STOP_SECONDS = 0.3  # from a cancellation to its taking effect in the middle of a step
MOST_GONE_AT_ONCE = 10  # files: a folder that loses more than these, and all, is rather a disk that is not there


def refresh(
    index: CorpusIndex,
    corpus: Path,
    pool: Pool,
    tell: Tell,
    cancelled: Cancelled = lambda: False,
    urgent: Urgent = lambda: (),
    exclude: Sequence[str] | None = None,
    names: str = CRF,
    retry: bool = False,
) -> Report:
    """Reads what changed in a folder, indexes it, analyses it; stops early, losing nothing, when ``cancelled``.

    ``exclude`` is kept and holds for later refreshes that give none; what was not analysed by ``names`` is analysed anew, from
    the texts in the catalogue. With ``retry`` what could not be read, or only in part, is read again. Raises ExplorerError when
    the folder cannot be reached or the engine of names cannot be loaded; nothing is removed from the index then.
    """
    started = time.monotonic()
    fingerprint = fingerprint_of(names)
    if fingerprint != analyser.expected(index.connection):
        prepare(pool, names, cancelled)
    work = Work(index, pool, tell, cancelled, urgent, names, fingerprint)
    work.unreadable = len(listing.unreadable_notes(index.connection))
    with suppress(StoppedError):
        index.check = _stopper(cancelled)
        _bring_up_to_date(work, corpus, exclude, retry)
    documents = listing.count(index.connection)[0]
    work.progress("done", documents, documents, started, at_once=True)
    count = work.count
    return Report(
        documents,
        count.added,
        count.changed,
        count.removed,
        documents - count.added - count.changed,
        annotate(listing.unreadable_notes(index.connection)),
        annotate(listing.file_notes(index.connection, "partial")),
        listing.skipped_notes(index.connection),
        time.monotonic() - started,
        cancelled(),
    )


def _stopper(cancelled: Cancelled) -> Callable[[], None]:
    """What raises StoppedError when a refresh has been cancelled for a while: what can be finished by then is."""
    since = 0.0

    def check() -> None:
        nonlocal since
        if cancelled():
            since = since or time.monotonic()
            if time.monotonic() - since > STOP_SECONDS:
                raise StoppedError("stopped")

    return check


def _bring_up_to_date(work: Work, corpus: Path, exclude: Sequence[str] | None, retry: bool) -> None:
    """Reads, indexes and analyses; raises StoppedError when cancelled in the middle of a step that takes long."""
    index, cancelled = work.index, work.cancelled
    before, index.finished = (index.generation, index.finished), False
    analyser.expect(index, work.fingerprint)
    index.index_unindexed()
    exclude = index.excluded(exclude)
    found, skipped = _scan(work, corpus, exclude)
    if not cancelled():
        index.use_engine_for(len(found))
    _read_changed(work, corpus, found, skipped, exclude, retry)
    passed_over = files.as_shown(skipped)
    if passed_over != listing.walk_notes(index.connection):
        index.change(lambda connection: files.put_skipped(connection, passed_over))
    analyse(work)
    if not cancelled():
        if (index.generation, True) != before:  # something was written, or the last refresh did not come to its end
            index.change(identities.link_names)
        index.use_engine_for(listing.count(index.connection)[0])
        index.compact()
        index.finished = True


def _scan(work: Work, corpus: Path, exclude: Sequence[str]) -> tuple[list[Found], list[Note]]:
    started = time.monotonic()
    kept_by_us = home().resolve()
    ours = f"{kept_by_us.relative_to(corpus)}/" if kept_by_us.is_relative_to(corpus) else ""
    found: list[Found] = []
    skipped: list[Note] = []
    for entry in walk(corpus, exclude):
        if ours and f"{entry.path}/".startswith(ours):
            continue
        if isinstance(entry, Note):
            skipped.append(entry)
        else:
            found.append(entry)
            work.progress("scan", len(found), len(found), started, entry.path)
        if work.cancelled():
            break
    return found, [*skipped, Note(ours[:-1], "skipped: explorer's own folder")] if ours else skipped


def _read_changed(
    work: Work, corpus: Path, found: Sequence[Found], skipped: Sequence[Note], exclude: Sequence[str], retry: bool
) -> None:
    if work.cancelled():
        return  # the walk may have been cut short: what it did not see is not gone
    known = files.known_files(work.index.connection)
    again = files.with_problems(work.index.connection) if retry else frozenset()
    states = {
        entry.path: FileState(entry.path, entry.size, entry.mtime_ns, entry.ctime_ns, entry.inode, READER_VERSION)
        for entry in found
    }
    if not states and len(known) > MOST_GONE_AT_ONCE and not exclude:
        message = f"{corpus} is empty now; what was indexed of it ({len(known)} files) is kept until explorer index --rebuild"
        raise ExplorerError(message)
    unseen = [note.path for note in skipped if note.reason.startswith("unreadable folder")]
    out_of_sight = tuple("" if path == "." else f"{path}/" for path in unseen)
    gone = {path: file for path, file in known.items() if path not in states and not path.startswith(out_of_sight)}
    to_read = [state for path, state in states.items() if path not in known or known[path].state != state or path in again]
    Intake(work, corpus, known, gone, again).read(to_read)
    if gone and not work.cancelled():
        remove(work, list(gone.values()))
