"""analyse: files, standard input, lines; no index and no data folder."""

from __future__ import annotations

import csv
import io
import json
import os
import threading

import pytest


def offsets_hold(found):
    text = found["text"]
    for item in (*found["entities"], *found["quotes"]):
        assert text[item["start"] : item["end"]] == item["text"]
    for quote in found["quotes"]:
        for part in (quote["speaker"], quote["cue"]):
            assert part is None or text[part["start"] : part["end"]] == part["text"]
        for start, end in (*quote["segments"], *quote["marks"]):
            assert quote["start"] <= start < end <= quote["end"]


def test_a_file_and_its_pronouns(explore, corpus):
    found = json.loads(explore("analyse", corpus / "bridge.txt", "--format", "json").out)
    assert (found["id"], found["title"], found["date"]) == ("bridge.txt", "Mill bridge closed after storm", "2025-11-03")
    assert found["text"] == (corpus / "bridge.txt").read_text(encoding="utf-8")
    she = found["text"].index("She added")
    meant = next(pronoun for pronoun in found["pronouns"] if (pronoun["start"], pronoun["end"]) == (she, she + 3))
    assert meant["name"] == "Martha Keller" and "Martha Keller" in meant["how"] and 0 < meant["confidence"] <= 1
    offsets_hold(found)


def test_many_files_keep_their_order(explore, corpus):
    names = [f"{number:03}.txt" for number in range(150)]
    for number, name in enumerate(names):
        (corpus / name).write_text(f"Jane Doe went {'on and ' * (number * 37 % 200)}home.\n", encoding="utf-8")
    ran = explore("analyse", *(corpus / name for name in names), "--format", "jsonl")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in lines] == names
    assert all(line["entities"] for line in lines)


def test_lines_are_never_altered(program):
    text = "\ufeffCRLF\r\nbell\x07 tab\t nul\x00 lone\ud800 \u202eback. Jane Doe said: “We know what we did, all of us.”\x85"
    line = json.dumps({"id": {"any": "value"}, "text": text, "date": "2025-01-02"})
    ran = program("analyse", "--lines", stdin=None, input=line.encode() + b"\n\n")
    assert ran.returncode == 0
    assert ran.stderr == b""
    found = json.loads(ran.stdout.decode("utf-8"))
    assert found["text"] == text
    assert found["id"] == {"any": "value"}
    assert found["quotes"]
    offsets_hold(found)
    assert not set(ran.stdout) & {*range(0x0A), *range(0x0B, 0x20), 0x7F}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nonsense", "not JSON"),
        (b'{"id": 1}', 'a string "text"'),
        (b'{"text": "no id"}', '"id"'),
        (b'{"id": 1, "text": 2}', 'a string "text"'),
        (b'{"id": 1, "text": "x", "date": 3}', '"date" is not a string'),
        (b'{"id": 1, "text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=["nonsense", "no text", "no id", "text is a number", "date is a number", "latin", "deep"],
)
def test_a_bad_line_is_named_and_the_others_go_on(explore, tmp_path, line, said):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"id": 1, "text": "One."}\n' + line + b'\n{"id": 3, "text": "Three."}\n')
    ran = explore("analyse", "--lines", path)
    assert ran.code == 2
    assert [json.loads(shown)["id"] for shown in ran.out.splitlines()] == [1, 3]
    assert "line 2: " in ran.err
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_standard_input_is_a_document_too(program):
    ran = program("analyse", "-", "--format", "json", stdin=None, input="Jane Doe ist früh da.".encode("latin-1"))
    found = json.loads(ran.stdout)
    assert (found["id"], found["text"]) == ("-", "Jane Doe ist früh da.")


def test_what_cannot_be_read_has_a_problem_and_no_text(explore, tmp_path):
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "fine.txt").write_text("Jane Doe is here.", encoding="utf-8")
    names = ["noise.txt", "empty.txt", "fine.txt"]
    ran = explore("analyse", *(tmp_path / name for name in names), "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert [one["id"] for one in found] == names
    assert [bool(one["problems"]) for one in found] == [True, True, False]
    assert [one["text"] for one in found] == ["", "", "Jane Doe is here."]
    assert "noise.txt: " in ran.err


def test_a_missing_file_is_exit_code_2_and_the_others_are_analysed(explore, corpus):
    ran = explore("analyse", corpus / "missing.txt", corpus / "bridge.txt", "--format", "jsonl")
    assert ran.code == 2
    assert "there is no file" in ran.err
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["bridge.txt"]


def test_a_link_given_by_name_is_followed(explore, corpus):
    (corpus / "link.txt").symlink_to("bridge.txt")
    found = json.loads(explore("analyse", corpus / "link.txt", "--format", "json").out)
    assert (found["id"], found["title"]) == ("link.txt", "Mill bridge closed after storm")


def test_a_pipe_is_read(explore, corpus):
    os.mkfifo(corpus / "pipe")
    writer = threading.Thread(target=(corpus / "pipe").write_bytes, args=(b"Jane Doe is here.",))
    writer.start()
    found = json.loads(explore("analyse", corpus / "pipe", "--format", "json").out)
    writer.join()
    assert (found["id"], found["text"]) == ("pipe", "Jane Doe is here.")


def test_neither_index_nor_data_folder_is_made(explore, corpus, home):
    explore("analyse", corpus / "bridge.txt")
    assert list(home.iterdir()) == []


def test_csv_has_a_row_for_everything_found(explore, corpus):
    found = json.loads(explore("analyse", corpus / "bridge.txt", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(explore("analyse", corpus / "bridge.txt", "--format", "csv").out)))
    for item, key in (("entity", "entities"), ("quote", "quotes"), ("pronoun", "pronouns")):
        assert [int(row["start"]) for row in rows if row["item"] == item] == [one["start"] for one in found[key]] != []


def test_text_and_markdown_name_the_speaker(explore, corpus):
    for form in ("text", "md"):
        page = explore("analyse", corpus / "bridge.txt", "--format", form).out
        assert "Martha Keller" in page
        assert "“We will not open a bridge that we cannot trust,”" in page


def test_the_seeds(explore, shared):
    paths = sorted((shared / "seeds").glob("*.txt"))
    ran = explore("analyse", *paths, "--format", "jsonl")
    found = [json.loads(line) for line in ran.out.splitlines()]
    gold = [json.loads(line) for line in (shared / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in found] == [one["id"] for one in gold]
    assert [one["text"] for one in found] == [one["text"] for one in gold]
    for one in found:
        offsets_hold(one)
