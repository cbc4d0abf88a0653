"""The user's settings: config.toml in the platform's folder for settings, or in EXPLORER_HOME; never in a corpus."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from explorer.analysis.name_engines import CRF, SPACY, WRITTEN, is_engine, model_files
from explorer.model import ExplorerError

FILE = "config.toml"
AS_SETTINGS = "settings"  # in place of an engine: the one in the settings, also where another was asked for before
_WRITE = f"write [extract] and below it names = {WRITTEN}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set: the engine that names are found by, as name_engines reads it."""

    names: str = CRF


def settings_path() -> Path:
    """Where the settings are, if there are any."""
    chosen = os.environ.get("EXPLORER_HOME")
    return (Path(chosen) if chosen else platformdirs.user_config_path("explorer", appauthor=False)) / FILE


def load_settings() -> Settings:
    """The settings, all at their defaults where there is no file.

    Raises ExplorerError, which names the file, the key and what to write, for a key that is unknown or a value that cannot be.
    """
    path = settings_path()
    try:
        with path.open("rb") as file:
            import tomllib  # most have no settings

            found = tomllib.load(file)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ExplorerError(f"the settings {path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ExplorerError(f"the settings {path} are not TOML: {' '.join(str(error).split())}; {_WRITE}") from error
    for key in found:
        if key != "extract":
            raise ExplorerError(f"the settings {path} have an unknown key {key!r}; {_WRITE}")
    extract = found.get("extract", {})
    if not isinstance(extract, dict):
        raise ExplorerError(f"the settings {path} have extract = {extract!r}, which is no table; {_WRITE}")
    for key in extract:
        if key != "names":
            raise ExplorerError(f"the settings {path} have an unknown key {f'extract.{key}'!r}; {_WRITE}")
    names = extract.get("names", CRF)
    if not isinstance(names, str) or not is_engine(names):
        raise ExplorerError(f"the settings {path} have extract.names = {names!r}; {_WRITE}")
    return Settings(_absolute(names, path.parent))


def read_names(asked: str) -> str:
    """The engine of names that an option asks for, "" where it is not given; raises ExplorerError.

    A pipeline's folder is relative to the current one.
    """
    if asked in ("", AS_SETTINGS):
        return asked
    if not is_engine(asked):
        raise ExplorerError(f"--names {asked!r} cannot be; write {WRITTEN}, or {AS_SETTINGS} for what {FILE} says")
    return _absolute(asked, Path.cwd())


def chosen_names(wish: str = "") -> str:
    """The engine wished for, else the one in the settings; raises ExplorerError where it, or the settings, cannot be used."""
    settings = load_settings()
    names = wish if wish not in ("", AS_SETTINGS) else settings.names
    model_files(names)
    return names


def _absolute(names: str, base: Path) -> str:
    """A pipeline's folder, which has a slash in it, as any process finds it; other engines as they are."""
    asked = names.removeprefix(SPACY).strip()
    if names == CRF or not (os.sep in asked or "/" in asked):
        return CRF if names == CRF else f"{SPACY}{asked}"
    return f"{SPACY}{(base / Path(asked).expanduser()).resolve()}"
