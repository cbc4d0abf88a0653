"""The pool outlives crashes, hangs and bombs, keeps its order, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from explorer.work import slot
from explorer.work.forms import analysis_from_json, reading_from_json
from explorer.work.pool import Outcome, Pool
from explorer.work.process import WorkerProcess

TEXT = "The ferry\nHarbour Post, 2001-03-05\n\nIt left at dawn.\n"


@pytest.fixture(autouse=True)
def misbehaving_ops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_TEST_OPS", "1")


def drain(pool: Pool, seconds: float = 60) -> list[Outcome]:
    """Every outcome there will be."""
    outcomes: list[Outcome] = []
    until = time.monotonic() + seconds
    while pool.pending:
        assert time.monotonic() < until, f"{pool.pending} requests are still pending"
        outcomes += pool.take(1)
    return outcomes


def results(pool: Pool, *requests: dict[str, Any]) -> list[Outcome]:
    for tag, request in enumerate(requests):
        pool.submit(tag, request)
    return sorted(drain(pool), key=lambda outcome: outcome.tag)


@contextmanager
def held(pool: Pool) -> Iterator[None]:
    """Has the pool's one worker stand still meanwhile."""
    (outcome,) = results(pool, {"op": "echo"})
    assert outcome.value is not None
    os.kill(outcome.value["pid"], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(outcome.value["pid"], signal.SIGCONT)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()


def dies(pid: int, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_alive(pid)


def test_reads_a_file_and_gives_its_hash_and_numbers(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text(TEXT)
    with Pool(1) as pool:
        read, missing = results(
            pool, {"op": "read", "root": str(tmp_path), "path": name}, {"op": "read", "root": str(tmp_path), "path": "no"}
        )
    assert read.value is not None
    ((member, form),) = read.value["readings"]
    reading = reading_from_json(form)
    assert (member, reading.title, reading.text) == ("", "The ferry", TEXT)
    stat = (tmp_path / name).stat()
    numbers = (read.value["size"], read.value["mtime_ns"], read.value["ctime_ns"], read.value["inode"])
    assert numbers == (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    assert len(read.value["hash"]) == 32
    assert (missing.value, missing.error) == (None, "cannot be opened: no such file or directory")


def test_a_crash_costs_one_file_and_is_tried_twice(tmp_path: Path) -> None:
    once = str(tmp_path / "tried")
    with Pool(1) as pool:
        outcomes = results(
            pool,
            {"op": "echo", "value": "before"},
            {"op": "crash"},
            {"op": "echo", "value": "after"},
            {"op": "crash", "once": once},
            {"op": "crash", "signal": signal.SIGABRT},
            {"op": "echo", "value": "last"},
        )
    assert [outcome.value and outcome.value["value"] for outcome in outcomes] == [
        *("before", None, "after", "second try", None, "last")
    ]
    assert outcomes[1].error == "the reader crashed"
    assert "memory" in str(outcomes[4].error)


@pytest.mark.parametrize("request_", [{"op": "sleep", "seconds": 60}, {"op": "spin"}], ids=["sleep", "in C"])
def test_a_hang_is_ended_and_the_others_go_on(request_: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    def start(*arguments: Any) -> WorkerProcess:
        started.append(arguments)
        return WorkerProcess(*arguments)

    monkeypatch.setattr("explorer.work.pool.WorkerProcess", start)
    with Pool(1) as pool:
        outcomes = results(pool, {**request_, "limit": 1}, {"op": "echo", "value": "after"})
    assert outcomes[0].error == "took longer than 1 s"
    assert outcomes[1].value is not None
    assert len(started) == 2, "a hang is not tried a second time"


def test_a_request_may_be_given_more_time_or_less() -> None:
    with Pool(1, seconds=1) as pool:
        outcomes = results(
            pool,
            {"op": "sleep", "seconds": 1.5, "limit": 20},
            {"op": "sleep", "seconds": 60, "limit": 0.5},
            {"op": "sleep", "seconds": 60},
        )
    assert [outcome.error for outcome in outcomes] == [None, "took longer than 0.5 s", "took longer than 1 s"]


def test_texts_are_analysed_together() -> None:
    texts = [["Jane Doe came.", None, 14], ["On Monday.", "2024-05-08", 10], ["", None, 0]]
    with Pool(1) as pool:
        (outcome,) = results(pool, {"op": "analyse", "texts": texts, "names": "crf"})
    assert outcome.value is not None
    found = [analysis_from_json(analysis) for analysis in outcome.value["analyses"]]
    assert [[mention.text for mention in analysis.entities] for analysis in found] == [["Jane Doe"], ["Monday"], []]
    assert found[1].entities[0].iso == "2024-05-06"


def test_an_engine_that_is_none_is_told(tmp_path: Path) -> None:
    with Pool(1) as pool:
        (outcome,) = results(pool, {"op": "prepare", "names": f"spacy:{tmp_path}"})
    assert "is no spaCy pipeline" in str(outcome.error) or "spaCy is not installed" in str(outcome.error)


def test_memory_is_capped_and_the_worker_replaced() -> None:
    with Pool(1) as pool:
        bomb, after = results(pool, {"op": "allocate", "bytes": 3 << 30}, {"op": "echo"})
    assert bomb.error == "needed too much memory"
    assert after.value is not None
    with Pool(1, memory=1 << 29) as pool:
        (bomb,) = results(pool, {"op": "allocate", "bytes": 1 << 29})
    assert bomb.error == "needed too much memory"


def test_a_worker_that_has_grown_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slot, "RECYCLE_FILES", 5)
    monkeypatch.setattr(slot, "RECYCLE_BYTES", 100 << 20)
    with Pool(1) as pool:
        small = {outcome.value["pid"] for outcome in results(pool, *[{"op": "echo"}] * 15) if outcome.value}
        grown = results(pool, {"op": "hold", "bytes": 120 << 20}, *[{"op": "echo"}] * 15)
    assert len(small) == 1, "a lean worker stays"
    assert len({outcome.value["pid"] for outcome in grown if outcome.value}) == 2


def test_what_libraries_print_cannot_break_in(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Pool(1, log=log) as pool:
        printed, after = results(pool, {"op": "print"}, {"op": "echo", "value": 1})
    assert printed.value == {"value": "printed", "stdin": ""}
    assert after.value is not None and after.value["value"] == 1
    assert "a library logs" in log.read_text(errors="replace")


def test_no_way_out_of_a_worker() -> None:
    with Pool(1) as pool:
        (outcome,) = results(pool, {"op": "connect", "port": 9})
    assert outcome.value == dict.fromkeys(["connect", "connect_ex", "sendto", "look-up", "program", "shell"], "refused")


def test_a_bug_in_a_reader_costs_one_file() -> None:
    with Pool(1) as pool:
        bug, after = results(pool, {"op": "no such op"}, {"op": "echo"})
    assert bug.error == "the reader failed (KeyError)"
    assert after.value is not None


def test_what_is_on_screen_comes_first() -> None:
    with Pool(1) as pool:
        with held(pool):
            pool.submit("first", {"op": "echo"})
            pool.submit("ahead", {"op": "echo"})
            for number in range(5):
                pool.submit(number, {"op": "echo", "priority": 5})
            pool.submit("screen", {"op": "echo", "priority": 0})
        order = [outcome.tag for outcome in drain(pool)]
    assert order == ["first", "ahead", "screen", 0, 1, 2, 3, 4]


def test_what_waits_can_be_cancelled() -> None:
    with Pool(1) as pool:
        with held(pool):
            pool.submit("running", {"op": "echo"})
            while pool._waiting:
                time.sleep(0.01)
            for number in range(50):
                pool.submit(number, {"op": "echo", "value": "x" * 40_000})
            dropped = pool.cancel_waiting()
        rest = drain(pool)
    assert dropped == list(range(50))
    assert [outcome.tag for outcome in rest] == ["running"]


def test_many_threads_may_submit_and_workers_start_only_when_needed() -> None:
    with Pool(2) as pool:
        assert pool.take(0) == []
        threads = [
            threading.Thread(target=lambda n=n: [pool.submit((n, i), {"op": "echo"}) for i in range(50)]) for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcomes = drain(pool)
    assert {outcome.tag for outcome in outcomes} == {(n, i) for n in range(4) for i in range(50)}
    assert len({outcome.value["pid"] for outcome in outcomes if outcome.value}) <= 2


def test_large_messages_pass_both_ways() -> None:
    value = "ü" * 2_000_000
    with Pool(1) as pool:
        outcomes = results(pool, *[{"op": "echo", "value": value}] * 4)
    assert all(outcome.value and outcome.value["value"] == value for outcome in outcomes)


def test_close_ends_busy_workers_at_once() -> None:
    pool = Pool(2)
    pool.submit("pid", {"op": "echo"})
    (outcome,) = drain(pool)
    pool.submit("busy", {"op": "sleep", "seconds": 60})
    time.sleep(0.1)
    start = time.monotonic()
    pool.close()
    pool.close()
    assert time.monotonic() - start < 30
    assert outcome.value is not None and dies(outcome.value["pid"])
    with pytest.raises(RuntimeError):
        pool.submit("late", {"op": "echo"})


PARENT = """
import sys, time
from explorer.work.pool import Pool
pool = Pool(1, seconds=5)
pool.submit("pid", {"op": "echo"})
print(pool.take(20)[0].value["pid"], flush=True)
if sys.argv[1] != "idle":
    pool.submit("busy", {"op": sys.argv[1]})
time.sleep(60)
"""


@pytest.mark.parametrize("busy", ["idle", "spin"])
def test_no_worker_outlives_a_parent_that_was_killed(busy: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, busy], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        time.sleep(0.3)
        parent.kill()
    assert dies(pid), "it ends at the end of its input, or by its own alarm"


def test_a_worker_that_reads_text_imports_little(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code = (
        "import sys; from explorer.reading.registry import read_file; from pathlib import Path; import explorer.work.worker;"
        f"read_file(Path({str(tmp_path / 'a.txt')!r}));"
        "print([m for m in ('trafilatura', 'chardet', 'lxml', 'pypdfium2', 'email', 'html', 'socket') if m in sys.modules])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "EXPLORER_TEST_OPS"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert out.stdout.strip() == "[]"


def test_the_module_search_leaves_the_current_folder_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the corpus was run')")
    monkeypatch.chdir(tmp_path)
    with Pool(1) as pool:
        (outcome,) = results(pool, {"op": "echo", "value": 1})
    assert outcome.value is not None


def test_the_overhead_of_a_request_is_small() -> None:
    with Pool(1) as pool:
        results(pool, {"op": "echo"})
        start = time.process_time()
        results(pool, *[{"op": "echo"}] * 2_000)
        each = (time.process_time() - start) / 2_000
    assert each < 0.001, "ten times what is measured"


def test_without_the_variable_no_worker_misbehaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPLORER_TEST_OPS")
    with Pool(1) as pool:
        (outcome,) = results(pool, {"op": "crash"})
    assert outcome.error == "the reader failed (KeyError)"


def test_a_failure_of_the_pool_itself_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: WorkerProcess, frame: bytes) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr(WorkerProcess, "send", failing)
    with Pool(1) as pool:
        pool.submit(1, {"op": "echo"})
        with pytest.raises(RuntimeError, match="failed") as caught:
            pool.take(30)
        assert isinstance(caught.value.__cause__, KeyError)
