from collections import Counter

import pytest

from explorer.tui.commands import COMMANDS, FOOTER_KEYS, PLACES, bindings, footer, help_table, key_rows


def test_ids_are_unique():
    assert [id_ for id_, count in Counter(command.id for command in COMMANDS).items() if count > 1] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_key_is_promised_twice_in_one_place(place):
    keys = Counter(key for command in COMMANDS if command.place == place for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("place", ["search", "results", "document", "side"])
def test_the_footer_has_at_most_seven_keys_and_shows_help(place):
    shown = [command for command in COMMANDS if place in command.footer]
    assert 3 <= len(shown) <= FOOTER_KEYS
    assert [command for _, command in footer(place)] == shown
    assert any(command.label == "help" for command in shown)


@pytest.mark.parametrize("place", PLACES)
def test_every_command_of_a_place_is_bound_there(place):
    bound = {binding.key: binding.action for binding in bindings(place)}
    assert bound == {key: command.action for command in COMMANDS if command.place == place for key in command.keys}


@pytest.mark.parametrize("place", ["search", "results", "document", "side"])
def test_help_begins_with_the_innermost_place(place):
    table = help_table(place)
    assert table[0] == (PLACES[place], key_rows(place)) or place == "results"
    assert table[-1][0] == PLACES["app"]


def test_keys_not_in_this_version_are_not_shown():
    assert not {"c", "V"} & {key for command in COMMANDS for key in command.keys}
