"""Shell completion, made from the table of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from explorer.cli.commands import APP, COMMANDS
from explorer.cli.options import OPTIONS, Command, UsageError, nearest


def completion(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Prints the completion script of one shell."""
    makers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if len(words) != 1 or words[0] not in makers:
        near = nearest(words[0], list(makers)) if words else ""
        raise UsageError(f"completion takes bash, zsh or fish{f'; did you mean {near}?' if near else ''}")
    sys.stdout.write(makers[words[0]]())
    return 0


def _choices(option: str) -> tuple[str, ...]:
    return tuple(OPTIONS[option].get("choices", ()))


def _takes_value(option: str) -> bool:
    return OPTIONS[option].get("action") != "store_true"


def _bash() -> str:
    cases = "\n".join(f'        {c.name}) words="{" ".join((*c.options, "--help", *_words(c)))}" ;;' for c in COMMANDS)
    values = "\n".join(f'        {option}) words="{" ".join(_choices(option))}" ;;' for option in OPTIONS if _choices(option))
    free = "|".join(option for option in OPTIONS if _takes_value(option) and not _choices(option))
    app = " ".join((*APP.options, "--help"))
    return f"""\
_explorer() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" words=""
    case "$before" in
{values}
        {free}) return ;;
    esac
    if [ -n "$words" ]; then
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        return
    fi
    case "${{COMP_WORDS[1]}}" in
{cases}
        *) words="{app}" ;;
    esac
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{" ".join(command.name for command in COMMANDS)} {app}"
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    local IFS=$'\n'
    COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _explorer explorer
"""


def _words(command: Command) -> tuple[str, ...]:
    return ("bash", "zsh", "fish") if command.name == "completion" else ()


def _zsh() -> str:
    commands = "\n".join(f"        {_quoted(f'{c.name}:{c.about}')}" for c in COMMANDS)
    cases = "\n".join(f"        {c.name}) _arguments {' '.join(_zsh_options(c))} ;;" for c in COMMANDS)
    return f"""\
#compdef explorer
_explorer() {{
    local -a commands=(
{commands}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        _arguments {" ".join(_zsh_options(APP))}
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{cases}
        *) _arguments {" ".join(_zsh_options(APP))} ;;
    esac
}}
compdef _explorer explorer
"""


def _zsh_options(command: Command) -> list[str]:
    shown = []
    for option in command.options:
        value = f":value:({' '.join(_choices(option))})" if _choices(option) else ":value:" if _takes_value(option) else ""
        about = OPTIONS[option]["help"].replace("[", "(").replace("]", ")").replace(":", "\\:")
        shown.append(_quoted(f"{'*' if OPTIONS[option].get('action') == 'append' else ''}{option}[{about}]{value}"))
    rest = f"*:word:({' '.join(_words(command))})" if _words(command) else "*:file:_files"
    return [*shown, _quoted("(-h --help)--help[show the help]"), _quoted(rest)]


def _fish() -> str:
    lines = []
    for command in (APP, *COMMANDS):
        when = f"__fish_seen_subcommand_from {command.name}" if command.name else "__fish_use_subcommand"
        if command.name:
            lines.append(f"complete -c explorer -n __fish_use_subcommand -a {command.name} -d {_quoted(command.about)}")
        for option in command.options:
            value = f" -xa '{' '.join(_choices(option))}'" if _choices(option) else " -r" if _takes_value(option) else ""
            about = _quoted(OPTIONS[option]["help"])
            lines.append(f"complete -c explorer -n {_quoted(when)} -l {option[2:]}{value} -d {about}")
        if _words(command):
            lines.append(f"complete -c explorer -n {_quoted(when)} -xa '{' '.join(_words(command))}'")
    return "\n".join([*lines, "complete -c explorer -s h -l help -d 'show the help'", ""])


def _quoted(text: str) -> str:
    """Text as one word of a shell."""
    return "'" + text.replace("'", "'\\''") + "'"
