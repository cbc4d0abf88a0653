"""The client in an event loop: answers while a refresh runs, errors as they are told, and no process left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from explorer.library import BusyError, QueryError, places
from explorer.library.client import Client
from explorer.library.lock import lock
from explorer.model import ExplorerError, Progress, Report


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(300):
        text = f"Story {number}\n\nThe harbour of probe{number} froze.\n\n“The ice is thick,” said Jane Doe."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest_asyncio.fixture
async def client(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    monkeypatch.setenv("EXPLORER_TEST_RUN", str(corpus))
    opened = Client(corpus)
    yield opened
    await opened.close()
    until = asyncio.get_running_loop().time() + 60
    while _processes(corpus) and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.05)
    assert not _processes(corpus), "a process was left behind"


def _processes(corpus: Path) -> list[int]:
    """The processes that were started for a corpus and are still there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            marked = f"EXPLORER_TEST_RUN={corpus}".encode() in (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if marked and entry.name != str(os.getpid()):
            found.append(int(entry.name))
    return found


async def _report(client: Client) -> Report:
    async for event in client.events():
        if isinstance(event, Report):
            return event
    raise AssertionError


async def test_searching_while_a_refresh_runs(client: Client) -> None:
    assert (await client.search("harbour")).total == 0
    await client.refresh()
    await client.refresh()  # does nothing: one is under way
    totals, phases = [], set()
    async for event in client.events():
        if isinstance(event, Report):
            break
        assert isinstance(event, Progress)
        phases.add(event.phase)
        totals.append((await client.search("harbour", limit=1)).total)
    assert event.added == 300 and totals == sorted(totals)
    assert {"text", "meaning", "done"} <= phases
    results = await client.search("harbour probe7")
    assert results.total == 1 and results.query == "harbour probe7"
    number = results.passages[0].document
    document = await client.document(number)
    assert document.path == "7.txt" and document.analysed
    spans = await client.hits(number, "harbour")
    assert [document.text[start:end] for start, end in spans] == ["harbour"]
    analysis = await client.analysis(number)
    assert analysis is not None and [q.text for q in analysis.quotes] == [
        q.quote.text for q in await client.quotes(document=number)
    ]
    assert (await client.status()).documents == 300
    assert isinstance(await client.entities("probe7"), tuple)


async def test_a_second_refresh_right_after_the_first(client: Client, corpus: Path) -> None:
    await client.refresh()
    assert (await _report(client)).added == 300
    (corpus / "new.txt").write_text("A new story\n\nThe orchard burned.")
    await client.refresh()
    assert (await _report(client)).added == 1
    assert (await client.search("orchard")).total == 1
    await client.refresh(rebuild=True)  # also where the watching process has just begun one, which is then ended
    while (report := await _report(client)).added != 301:
        assert report.added == report.changed == report.removed == 0
    assert (await client.search("orchard")).total == 1


async def test_each_answer_carries_its_query(client: Client) -> None:
    queries = [f"probe{number}" for number in range(20)]
    answers = await asyncio.gather(*(client.search(query, typing=True) for query in queries))
    assert [answer.query for answer in answers] == queries


async def test_a_call_that_is_given_up_does_not_disturb_the_next(client: Client) -> None:
    stale = [asyncio.create_task(client.search(f"probe{number}", typing=True)) for number in range(10)]
    await asyncio.sleep(0)
    for task in stale:
        task.cancel()
    assert (await client.search("newest")).query == "newest"
    await asyncio.gather(*stale, return_exceptions=True)
    assert not client._processes._answers


async def test_errors_are_told_as_they_are(client: Client) -> None:
    with pytest.raises(QueryError) as caught:
        await client.search("tax persn:doe")
    assert caught.value.column == 4 and caught.value.repair == "tax person:doe"
    with pytest.raises(ExplorerError, match="no document 12345"):
        await client.document(12345)
    with pytest.raises(ExplorerError, match="there is no call"):
        await client._call("close")
    with pytest.raises(ExplorerError, match="something went wrong") as failed:
        await client._call("search", nonsense=1)
    assert str(places.log_path()) in str(failed.value) and "\n" not in str(failed.value)
    assert "TypeError" in places.log_path().read_text()
    assert (await client.search("harbour")).total == 0


async def test_a_searcher_that_is_killed(client: Client) -> None:
    await client.search("harbour")
    assert client._processes._searcher
    os.kill(client._processes._searcher.pid, signal.SIGSTOP)
    waiting = asyncio.create_task(client.search("harbour"))
    await asyncio.sleep(0.05)
    os.kill(client._processes._searcher.pid, signal.SIGKILL)
    with pytest.raises(ExplorerError, match="the search process ended") as caught:
        await waiting
    assert "\n" not in str(caught.value)
    assert (await client.search("harbour")).query == "harbour"


async def test_a_searcher_that_takes_too_long(client: Client) -> None:
    await client.search("harbour")
    assert client._processes._searcher
    os.kill(client._processes._searcher.pid, signal.SIGSTOP)
    client._processes._seconds = 0.3
    with pytest.raises(ExplorerError, match="took longer"):
        await client.search("harbour")
    client._processes._seconds = 20.0
    assert (await client.search("harbour")).query == "harbour"


async def test_an_indexer_that_is_killed(client: Client) -> None:
    await client.refresh()
    assert client._processes._indexer
    os.kill(client._processes._indexer.pid, signal.SIGKILL)
    with pytest.raises(ExplorerError, match="indexing stopped"):
        await _report(client)
    await client.refresh()
    assert (await _report(client)).documents == 300


async def test_a_refresh_that_is_cancelled(client: Client) -> None:
    await client.refresh()
    try:
        async for event in client.events():
            await client.cancel_refresh()
            if isinstance(event, Report):
                assert event.cancelled
                break
    except ExplorerError as error:  # on a slow machine it does not end by itself in time
        assert str(error) == "indexing stopped; refresh goes on with it"
    await client.refresh()
    report = await _report(client)
    assert report.documents == 300 and not report.cancelled


async def test_a_refresh_in_the_middle_of_something_long_is_cancelled_all_the_same(client: Client) -> None:
    await client.refresh()
    indexer = client._processes._indexer
    assert indexer
    os.kill(indexer.pid, signal.SIGSTOP)
    await client.cancel_refresh()
    with pytest.raises(ExplorerError, match=r"^indexing stopped; refresh goes on with it$"):
        await _report(client)
    assert indexer.returncode == -signal.SIGKILL
    await client.refresh()
    assert (await _report(client)).documents == 300


async def test_a_refresh_beside_another_explorer(client: Client) -> None:
    await client.search("harbour")
    with lock(places.data_folder(client.folder) / "writing"):
        await client.refresh()
        with pytest.raises(BusyError, match=rf"process {os.getpid()}\b"):
            await _report(client)
        assert (await client.search("harbour")).total == 0
    await client.refresh()
    assert (await _report(client)).added == 300


async def test_closing_in_the_middle(client: Client, corpus: Path) -> None:
    await client.refresh()
    await client.search("harbour")
    assert client._processes._searcher
    os.kill(client._processes._searcher.pid, signal.SIGSTOP)
    waiting = asyncio.create_task(client.search("harbour"))
    await asyncio.sleep(0.05)
    os.kill(client._processes._searcher.pid, signal.SIGCONT)
    await client.close()
    done = (await asyncio.gather(waiting, return_exceptions=True))[0]
    assert isinstance(done, ExplorerError) or done.query == "harbour"
    with pytest.raises(ExplorerError, match="closed"):
        await client.search("harbour")
    await client.refresh()
    await client.close()
    again = Client(corpus)
    await again.refresh()
    assert (await _report(again)).documents == 300
    await again.close()


async def test_closing_does_not_wait_for_an_indexer_in_the_middle_of_something_long(client: Client, corpus: Path) -> None:
    await client.refresh()
    indexer = client._processes._indexer
    assert indexer
    os.kill(indexer.pid, signal.SIGSTOP)
    await client.close()
    assert indexer.returncode == -signal.SIGKILL
    again = Client(corpus)
    await again.refresh()
    assert (await _report(again)).documents == 300
    await again.close()


async def test_sessions_and_recent_folders(client: Client, corpus: Path) -> None:
    assert await client.load_session() == {}
    await client.save_session({"query": "café", "document": 3})
    assert await client.load_session() == {"query": "café", "document": 3}
    assert places.recent()[0] == str(corpus.resolve())
    (places.data_folder(client.folder) / "session.json").write_text('{"query": ')
    assert await client.load_session() == {}


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("missing", "file", "loop", "file/below"):
        with pytest.raises(ExplorerError) as caught:
            Client(tmp_path / name)
        assert "\n" not in str(caught.value) and name.partition("/")[0] in str(caught.value)


async def test_a_call_is_cancelled_while_others_are_answered(client: Client) -> None:
    await client.search("harbour")
    assert client._processes._searcher
    os.kill(client._processes._searcher.pid, signal.SIGSTOP)
    waiting = asyncio.create_task(client.search("harbour"))
    await asyncio.sleep(0.05)
    await client.cancel()
    with pytest.raises(ExplorerError, match="stopped"):
        await waiting
    os.kill(client._processes._searcher.pid, signal.SIGCONT)
    assert (await client.search("harbour")).query == "harbour"
