"""Where explorer keeps what it knows of a folder: under the platform's data folder, never in the folder itself."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import platformdirs

from explorer.library.lock import lock
from explorer.model import ExplorerError

RECENT_FOLDERS = 20
TEMPORARY = "EXPLORER_TEMPORARY_HOME"  # set for our own child processes where nothing can be kept
WHOLE_MACHINE = "EXPLORER_WHOLE_MACHINE"


def home() -> Path:
    """The folder of all that explorer keeps; EXPLORER_HOME overrides the platform's own."""
    chosen = os.environ.get(TEMPORARY) or os.environ.get("EXPLORER_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("explorer", appauthor=False)


def log_path() -> Path:
    """The local log, where the details of an error are."""
    return home() / "explorer.log"


def corpus_folder(folder: Path) -> Path:
    """The folder to look into, absolute; raises ExplorerError when it is none."""
    try:
        real = folder.expanduser().resolve(strict=True)
    except FileNotFoundError:
        raise ExplorerError(f"there is no folder {folder}") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise ExplorerError(f"the folder {folder} cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    if not real.is_dir():
        raise ExplorerError(f"{folder} is a file, not a folder; give the folder it lies in")
    if real == Path(real.anchor) and os.environ.get(WHOLE_MACHINE) != "1":
        raise ExplorerError(f"{folder} is the whole machine; give a folder in it, or set {WHOLE_MACHINE}=1 where that is meant")
    return real


def data_folder(corpus: Path) -> Path:
    """Where the catalogue and the index of a corpus lie; ``corpus`` is absolute."""
    return home() / "corpora" / hashlib.sha256(os.fsencode(corpus)).hexdigest()[:24]


def make_data_folder(corpus: Path) -> Path:
    """Makes the data folder of a corpus, open to its owner only; raises ExplorerError when it cannot be had."""
    folder = data_folder(corpus)
    if corpus.is_relative_to(home().resolve()):
        raise ExplorerError(f"{corpus} is where explorer keeps its indexes: choose another folder, or another EXPLORER_HOME")
    try:
        for kept in (home(), folder.parent, folder):
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_ours(folder)
        if not (folder / "folder").exists():  # an index on a disk that can only be read can still be asked
            with private_files():
                (folder / "folder").write_bytes(os.fsencode(corpus))
    except OSError as error:
        message = f"the index cannot be kept in {folder}: {error.strerror}; EXPLORER_HOME names another place"
        raise ExplorerError(message) from error
    return folder


def home_inside(corpus: Path) -> str:
    """What to tell where EXPLORER_HOME puts all that is kept into the very folder it is about, else ""."""
    chosen = os.environ.get("EXPLORER_HOME")
    if not chosen or not Path(chosen).resolve().is_relative_to(corpus):
        return ""
    return f"EXPLORER_HOME is inside {corpus}, among the documents: it is left out of the index; another place is safer"


def check_ours(folder: Path) -> None:
    """Refuses an index that somebody else could have written: opening it would run what is in it (whoosh keeps pickles).

    Looks at the folder of all that is kept, at each below it on the way to ``folder``, and at all in that. Raises ExplorerError.
    """
    if not hasattr(os, "getuid"):
        return
    if home().stat().st_uid == os.getuid() and home().stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # on a disk that can only be read others can write no more than we can
            home().chmod(0o700)
    for kept in (home().resolve(), folder.parent, folder):
        _check(kept, stat.S_ISDIR)
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # the writer removes files while it works
                    if _check(Path(entry.path), lambda mode: stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                        waiting.append(Path(entry.path))


def _check(path: Path, may_be: Callable[[int], bool]) -> bool:
    """Whether a path is a folder; raises ExplorerError where somebody else has, or could have, put it there."""
    found = path.lstat()
    if found.st_uid == os.getuid() and not found.st_mode & 0o022 and may_be(found.st_mode):
        return stat.S_ISDIR(found.st_mode)
    whose = "is a link or no file" if not may_be(found.st_mode) else f"is of user {found.st_uid}, mode {found.st_mode & 0o777:o}"
    raise ExplorerError(
        f"the index could have been written by others ({path} {whose}) and is not opened; remove it, or take it over with chown "
        "and chmod go-w where you know that all of it is yours"
    )


@contextlib.contextmanager
def private_files() -> Iterator[None]:
    """Within it all files made are for their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def keep_for_now(corpus: Path) -> str:
    """Where nothing of a corpus is kept and nothing can be, all is kept from now on in a folder that this process removes.

    Returns what to tell of it, "" where all is well; to be called before anything is opened. Raises ExplorerError where no such
    folder can be had either: it is never one in the corpus.
    """
    folder = data_folder(corpus)
    if folder.exists() or _can_be_made(folder):
        return ""
    try:
        parent = Path(tempfile.gettempdir()).resolve()
        if parent.is_relative_to(corpus):
            raise FileNotFoundError
        made = tempfile.mkdtemp(prefix="explorer-", dir=parent)
    except OSError:
        message = f"the index cannot be kept in {folder}, nor in a temporary folder; EXPLORER_HOME names another place"
        raise ExplorerError(message) from None
    os.environ[TEMPORARY] = made
    atexit.register(_remove_temporary, os.getpid(), made)
    return f"the index cannot be kept in {folder}: it is in a temporary folder until you leave; EXPLORER_HOME names another place"


def _can_be_made(folder: Path) -> bool:
    """Whether a folder can be made, with all above it."""
    above = folder.parent
    while not above.exists() and above != above.parent:
        above = above.parent
    return above.is_dir() and os.access(above, os.W_OK | os.X_OK)


def _remove_temporary(owner: int, made: str) -> None:
    if os.getpid() == owner:
        os.environ.pop(TEMPORARY, None)
        shutil.rmtree(made, ignore_errors=True)


def size_on_disk(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def forget(corpus: Path) -> bool:
    """Removes everything that is kept about a corpus; says whether there was anything. Raises BusyError while another
    process writes it."""
    folder = data_folder(corpus)
    write_json(home() / "recent.json", [path for path in recent() if path != str(corpus)])
    if not folder.exists():
        return False
    try:
        with lock(folder / "writing"):
            shutil.rmtree(folder)
    except OSError as error:
        raise ExplorerError(f"{folder} cannot be removed: {error.strerror}") from error
    return True


def recent() -> list[str]:
    """The folders opened last, newest first, that are still there."""
    found = read_json(home() / "recent.json", [])
    return [path for path in found if isinstance(path, str) and Path(path).is_dir()] if isinstance(found, list) else []


def note_recent(corpus: Path) -> None:
    """Notes that a folder was opened now."""
    shown = str(corpus)
    write_json(home() / "recent.json", [shown, *(path for path in recent() if path != shown)][:RECENT_FOLDERS])


def load_session(corpus: Path) -> dict[str, Any]:
    """Where the reader was in a corpus; empty when there is nothing kept."""
    found = read_json(data_folder(corpus) / "session.json", {})
    return found if isinstance(found, dict) else {}


def save_session(corpus: Path, session: dict[str, Any]) -> None:
    """Keeps where the reader is."""
    write_json(data_folder(corpus) / "session.json", session)


def log(what: str) -> None:
    """Adds a line to the local log; never fails, because it tells of failures."""
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        with log_path().open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {what}\n")
    except OSError:
        return


def open_log() -> int:
    """The log, open for a child process to write errors to; where there can be none they go nowhere."""
    try:
        return os.open(log_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)


def read_json(path: Path, default: Any) -> Any:
    """What a small JSON file of ours holds, or the default when it is not there or cut short."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default


def write_json(path: Path, value: Any) -> None:
    """Writes a small file in one step; a place that cannot be written loses convenience, not documents."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(value), encoding="utf-8")
        fresh.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        log(f"{path} could not be written: {error}")
