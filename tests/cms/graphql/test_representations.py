"""The forms that one answer has on the wire."""

from __future__ import annotations

import gzip
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from random import Random

import brotli
import pytest
import zstandard

from cms.graphql.http.encoding import (
    LONGEST_KEPT,
    MIN_COMPRESS_SIZE,
    EncodedBody,
    negotiate_encoding,
    not_modified,
)

pytestmark = pytest.mark.one_database

BODY = "Khu công nghiệp Cẩm Khê, huyện Cẩm Khê. ".encode() * 100
ETAG = '"b"'
DECODERS = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
}


@pytest.mark.parametrize("encoding", DECODERS)
def test_a_form_is_made_once(encoding: str):
    kept = EncodedBody(BODY)
    form = kept.encoded(encoding)
    assert DECODERS[encoding](form) == BODY
    assert len(form) < 200
    assert kept.encoded(encoding) is form


def test_no_encoding_is_the_body():
    kept = EncodedBody(BODY)
    assert kept.encoded("") is kept.body
    assert kept.body == BODY


@pytest.mark.parametrize("encoding", DECODERS)
def test_short_bodies_and_those_that_do_not_shrink_stay_as_they_are(encoding: str):
    for body in (BODY[: MIN_COMPRESS_SIZE - 1], Random(1).randbytes(MIN_COMPRESS_SIZE)):
        kept = EncodedBody(body)
        assert kept.encoded(encoding) is kept.body
        assert kept.body == body


@pytest.mark.parametrize("encoding", DECODERS)
def test_a_body_of_just_the_least_length_is_compressed(encoding: str):
    assert len(EncodedBody(b"a" * MIN_COMPRESS_SIZE).encoded(encoding)) < 50


def test_the_same_body_has_the_same_tag_in_every_process():
    assert EncodedBody(b"{}").etag("") == '"bf78e4a953b40eee238ca2e9"'
    assert EncodedBody(b"{}").etag("br") == '"bf78e4a953b40eee238ca2e9-br"'


def test_each_form_of_each_body_has_a_tag_of_its_own():
    tags = {EncodedBody(body).etag(form) for body in (BODY, BODY + b" ") for form in ("", *DECODERS)}
    assert len(tags) == 8


def test_what_a_cache_counts_does_not_move_when_a_form_is_made():
    kept = EncodedBody(BODY)
    before = kept.size
    made = [kept.encoded(encoding) for encoding in DECODERS]
    assert kept.size == before == 2 * len(BODY)
    assert len(BODY) + sum(map(len, made)) <= kept.size
    assert EncodedBody(b"{}").size == 2


def test_threads_get_the_same_bytes():
    kept = EncodedBody(BODY)
    with ThreadPoolExecutor(8) as threads:
        forms = set(threads.map(kept.encoded, ["br"] * 64))
    assert forms == {brotli.compress(BODY, quality=5)}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),  # Chrome, Firefox
        ("gzip, deflate, br", "br"),  # Safari
        ("gzip, compress, deflate, br", "br"),  # Node
        ("gzip, deflate", "gzip"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("zstd, gzip", "zstd"),
        ("*", "br"),
        ("*;q=0.1", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "zstd"),
        ("br;q=0, zstd;q=0, *;q=0.5", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0.8,zstd;q=0.8", "br"),
        ("gzip ; q=0.001", "gzip"),
        ("gzip;q=0", ""),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0", ""),
        ("deflate, compress", ""),
        ("gzip;q=x", ""),
        ("gzip;q=nan", ""),
        (",;=,", ""),
        ("", ""),
    ],
)
def test_encodings_are_weighed(header: str, encoding: str):
    assert negotiate_encoding(header) == encoding


def test_headers_that_a_client_makes_up_do_not_fill_the_memory():
    tracemalloc.start()
    try:
        for number in range(20_000):
            assert negotiate_encoding(f"gzip, br, x{number:0{LONGEST_KEPT // 2}}") == "br"
            assert negotiate_encoding(f"gzip, x{number:0{LONGEST_KEPT}}") == "gzip"
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000  # bytes; what was made up is eight times as much


@pytest.mark.parametrize("header", [ETAG, f"W/{ETAG}", f'"a", {ETAG}', f'W/"a",W/{ETAG}', "*", " * "])
def test_what_a_client_has_is_not_sent_again(header: str):
    assert not_modified(header, ETAG)
    assert not_modified(header, f"W/{ETAG}")


@pytest.mark.parametrize("header", ["", '"a"', '"bb"', "b", '"B"', '"b-br"', '"a", *', "W/", "w/" + ETAG])
def test_what_a_client_does_not_have_is_sent(header: str):
    assert not not_modified(header, ETAG)
