"""XML as events: names, encodings, entities, bombs, depth."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import xml_events as module
from explorer.reading.xml_events import MAX_TOKEN, XmlError, xml_events


def pieces(data: bytes, size: int = 1 << 16):
    return (data[at : at + size] for at in range(0, len(data), size))


def texts(data: bytes, size: int = 1 << 16) -> str:
    return "".join(name for kind, name, _ in xml_events(pieces(data, size)) if kind == "text")


def test_names_go_by_namespaces():
    data = b'\n<?xml version="1.0"?><q:a xmlns:q="u:1" xmlns="u:2" xmlns:z="u:3" q:v="1" v="2" xml:lang="en"><b/><z:c/></q:a>'
    found = list(xml_events([data], {"u:1": "w", "u:2": ""}))
    assert found[0] == ("start", "w:a", {"w:v": "1", "v": "2", "xml:lang": "en"})
    assert [name for kind, name, _ in found if kind == "end"] == ["b", "?:c", "w:a"]


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_pieces_of_any_size_are_the_same(size):
    data = '<?xml version="1.0" encoding="utf-8"?><a>Zoë &amp; Łukasz<b>日本</b></a>'.encode()
    assert texts(data, size) == "Zoë & Łukasz日本"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "shift_jis", "gb2312", "windows-1251"])
def test_encodings(encoding):
    name = encoding.removesuffix("-sig")
    text = "мир" if encoding.startswith("windows") else "日本"
    assert texts(f'<?xml version="1.0" encoding="{name}"?><a>{text}</a>'.encode(encoding)) == text


def test_a_declaration_that_lies_does_no_harm():
    assert texts(b'<?xml version="1.0" encoding="utf-16"?><a>plain</a>') == "plain"
    for name in (b"klingon", b"hex", b"punycode", b"idna", b"undefined", b"unicode_escape"):
        assert texts(b'<?xml version="1.0" encoding="' + name + b'"?><a>plain</a>') == "plain"
    assert texts(b"<a>caf\xe9 \x01\x08 \xef\xbf\xbe</a>") == "caf\ufffd  \ufffd"


def test_entities_of_html_and_short_declared_ones_are_resolved():
    assert texts(b"<a>x&nbsp;y&bogus;&eacute;</a>") == "x\xa0y\xe9"
    assert texts(b'<!DOCTYPE a [<!ENTITY co "Company">]><a>the &co;</a>') == "the Company"


def test_nothing_outside_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("probesecret")
    document = f'<!DOCTYPE a SYSTEM "{secret}" [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret}"> %p;]>'
    assert texts(f"{document}<a>before &e; after</a>".encode()) == "before  after"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">',
        f'<!ENTITY a "{"x" * 100_000}">',
        "".join(f'<!ENTITY a{i} "{i}">' for i in range(2000)),
    ],
)
def test_bombs_are_refused(declared):
    with pytest.raises(XmlError, match="entities"):
        texts(f'<!DOCTYPE a [{declared}]><a v="&a;">&b;</a>'.encode())


def test_what_comes_before_an_error_is_given():
    found = []
    with pytest.raises(XmlError) as caught:
        for event in xml_events([b"<a><b>kept</b>", b"</wrong>"]):
            found.append(event)
    assert ("text", "kept", {}) in found and caught.value.fault == "damaged"


def test_depth_and_attributes_cost_linear_time():
    started = time.process_time()
    assert texts(b"<a>" * 200_000 + b"deep" + b"</a>" * 200_000) == "deep"
    assert texts(b"<a " + b" ".join(b'a%d="x"' % i for i in range(100_000)) + b">wide</a>") == "wide"
    assert time.process_time() - started < 3


def test_elements_in_one_another_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MAX_DEPTH", 100)
    assert len(list(xml_events([b"<a>" * 100 + b"</a>" * 100]))) == 200
    with pytest.raises(XmlError, match="100 elements") as raised:
        list(xml_events([b"<a>" * 101]))
    assert raised.value.fault == "too large"


def test_an_endless_tag_is_refused():
    with pytest.raises(XmlError) as caught:
        texts(b"<a><!--" + b"x" * (MAX_TOKEN + (1 << 18)), 1 << 17)
    assert caught.value.fault == "too large"


@settings(max_examples=80)
@given(st.one_of(st.binary(max_size=200), st.text("<>/a =\"'&;![]-DOCTYPENI%x\n", max_size=120).map(str.encode)))
def test_any_bytes_raise_nothing_else(data):
    try:
        for kind, name, said in xml_events(pieces(data, 16)):
            assert kind in ("start", "end", "text") and isinstance(name, str) and isinstance(said, dict)
    except XmlError as error:
        assert error.reason
