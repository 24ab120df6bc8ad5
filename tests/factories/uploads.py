"""Files that an attacker would upload, and the honest ones that look like them."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image as Drawing

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def png_bomb(side: int) -> bytes:
    """A few kilobytes that say they are a picture of `side` by `side` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


@cache
def gif(frames: int) -> bytes:
    """An animation of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return (
        head + (b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00") * frames + b"\x3b"
    )


@cache
def animation(kind: str, frames: int) -> bytes:
    """An animation of 8 by 8 pixels in a format of Pillow."""
    pictures = [Drawing.new("RGB", (8, 8), (n * 37 % 256, n * 91 % 256, n // 256)) for n in range(frames)]
    buffer = BytesIO()
    pictures[0].save(buffer, kind, save_all=True, append_images=pictures[1:], lossless=True)
    return buffer.getvalue()


def noise(kind: str, side: int = 200) -> bytes:
    """A new picture in a format of Pillow, which compresses badly: its bytes are spread over the file."""
    buffer = BytesIO()
    Drawing.effect_noise((side, side), 60).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """A zip archive; `mimetype` is stored as it is, as OpenDocument wants it."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content, compress_type=ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return buffer.getvalue()


def office(folder: str, content: bytes = b"<x/>") -> bytes:
    """An Office Open XML file: `folder` is word, xl or ppt."""
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": content})


def open_document(kind: str) -> bytes:
    """An OpenDocument file: `kind` is text, spreadsheet or presentation."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": mimetype, "content.xml": b"<x/>"})
