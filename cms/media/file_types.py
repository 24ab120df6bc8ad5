"""Whether the content of a document is what its name says. Nothing is unpacked: a few bytes tell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

HEAD = 64 * 1024
#: A zip archive lists what is in it at its end; the lists of office files are far shorter.
TAIL = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = rb"{\rtf"
ZIP, EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
#: What no text has (https://mimesniff.spec.whatwg.org/#binary-data-byte).
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Check = Callable[[bytes, bytes], bool]


def _begins(*marks: bytes) -> Check:
    return lambda head, tail: head.startswith(marks)


def _office(folder: bytes) -> Check:
    """Office Open XML; one with a password is an OLE file."""
    return lambda head, tail: (
        head.startswith(OLE)
        or (head.startswith(ZIP) and b"[Content_Types].xml" in tail and folder + b"/" in tail)
    )


def _open_document(kind: bytes) -> Check:
    # Its first file is `mimetype`, and not compressed, so that this can be seen from outside.
    mark = b"mimetypeapplication/vnd.oasis.opendocument." + kind
    return lambda head, tail: head.startswith(ZIP) and head[30 : 30 + len(mark)] == mark


def _is_text(head: bytes, tail: bytes) -> bool:
    if head.startswith(UTF_16):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return not BINARY.search(start) and not start.startswith(b"<")


def _is_geojson(head: bytes, tail: bytes) -> bool:
    return _is_text(head, tail) and head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")


CHECKS: dict[str, Check] = {
    "csv": _is_text,
    "doc": _begins(OLE, RTF),
    "docx": _office(b"word"),
    "geojson": _is_geojson,
    "odp": _open_document(b"presentation"),
    "ods": _open_document(b"spreadsheet"),
    "odt": _open_document(b"text"),
    "pdf": _begins(b"%PDF-"),
    "ppt": _begins(OLE),
    "pptx": _office(b"ppt"),
    "txt": _is_text,
    "xls": _begins(OLE),
    "xlsx": _office(b"xl"),
    "zip": _begins(ZIP, EMPTY_ZIP),
}


def is_what_it_says(extension: str, file: BinaryIO, size: int) -> bool:
    """Whether a file of `size` bytes is of the type that `extension` names; no type that is not known here."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    check = CHECKS.get(extension.lower())
    return check is not None and check(head, tail)
