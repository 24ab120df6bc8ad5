"""Where a picture was taken does not leave the house: positions are removed from the bytes of a file.

Cameras write them as EXIF, drones as XMP, telephones as a film behind the picture. All of these stand in the file as
they are, whatever its format, and are found by what they look like. All else stays: the turn of the picture, who made
it, its colours, and each other byte, in its place.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

#: Begin of EXIF data (TIFF 6.0, section 2), and what `struct` calls its order of bytes.
ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}
TIFF = re.compile(rb"II\*\x00|MM\x00\*")
GPS, EXIF = 0x8825, 0x8769
#: Bytes of a value, by its type in TIFF.
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
ENTRY = 12
MOST_ENTRIES = 500
#: Directories that one file is looked through for, and bytes of a value in one of positions: a camera writes some tens.
MOST_DIRECTORIES, MOST_BYTES = 200, 10_000
NAME = rb"[\w-]+:(?:GPS\w*|(?:Lat|Long|Longt)itude)"
#: A name begins where no name goes on, and an element ends before the next one of a position: else what looks like
#: names, over and over, would be read anew from each of them.
XMP = re.compile(
    rb"(?i)(?<![\w-])" + NAME + rb"\s*=\s*(?:\"[^\"<]{0,500}\"|'[^'<]{0,500}')"
    rb"|<(" + NAME + rb")\b[^<>]{0,500}(?:/>|>(?:[^<]|<(?!/?" + NAME + rb")){0,2000}</\1\s*>)"
)
#: ISO 6709, within the box of Apple's films that has the place.
FILM = re.compile(rb"(?s)(?<=\xa9xyz)....(?:[+-][\d.]{2,16}){2,3}")
PNG = b"\x89PNG\r\n\x1a\n"
#: Texts of PNG that hold EXIF or XMP in a form in which it can't be read off the bytes.
PACKED = re.compile(rb"Raw profile type (?:exif|APP1|xmp)\x00|XML:com\.adobe\.xmp\x00\x01")


def without_positions(content: bytes) -> bytes:
    """The bytes of a picture's file without what tells where it was taken; `content` itself where nothing does."""
    found = bytearray(content)
    for directory in islice(_directories(found, content), MOST_DIRECTORIES):
        directory.remove_positions()
    for pattern in (XMP, FILM):
        for match in pattern.finditer(content):
            blank = re.sub(rb"\d", b"0", match.group()) if pattern is FILM else b" " * len(match.group())
            found[match.start() : match.end()] = blank
    if content.startswith(PNG):
        found = bytearray(PNG + b"".join(_chunks(bytes(found))))
    return content if found == content else bytes(found)


def _directories(data: bytearray, content: bytes) -> Iterator[Directory]:
    """The places that headers within `content` name as directories, with those that these lead to."""
    for header in TIFF.finditer(content):
        start, order, seen = header.start(), ORDERS[header.group()], set()
        if start + 8 > len(content):
            return
        waiting = [Directory(data, start, order, struct.unpack_from(f"{order}I", content, start + 4)[0])]
        while waiting:
            directory = waiting.pop()
            if directory.offset in seen:
                continue
            seen.add(directory.offset)
            # Before it changes: an entry that is removed takes along where its directory is.
            waiting += directory.linked()
            yield directory


@dataclass
class Directory:
    """A directory of EXIF data within a file's bytes: TIFF's IFD."""

    data: bytearray
    start: int
    order: str
    offset: int
    #: Whether all of its entries tell where the picture was taken.
    is_position: bool = False

    def __post_init__(self) -> None:
        self.place = self.start + self.offset
        self.count = self._number("H", self.place) if self._holds(self.place, 2) else 0

    @property
    def end(self) -> int:
        """The place behind its entries, where the link to the next directory stands."""
        return self.place + 2 + ENTRY * self.count

    @cached_property
    def is_one(self) -> bool:
        """Whether there is a directory at that place, and not something else."""
        return (
            0 < self.count <= MOST_ENTRIES
            and self._holds(self.place, self.end - self.place)
            and all(kind in SIZES for _place, _tag, kind, _number, _value in self.entries())
        )

    def entries(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Place, tag, type, number of values, and value or the place of it, of each entry."""
        for place in range(self.place + 2, self.end, ENTRY):
            yield (place, *struct.unpack_from(f"{self.order}HHII", self.data, place))

    def linked(self) -> Iterator[Directory]:
        """The directory that follows, and those that entries lead to."""
        if not self.is_one or self.is_position:
            return
        if self._holds(self.end, 4):
            yield self._at(self._number("I", self.end))
        for _place, tag, _kind, _number, value in self.entries():
            if tag in {GPS, EXIF}:
                yield self._at(value, is_position=tag == GPS)

    def remove_positions(self) -> None:
        """Take out what tells where the picture was taken."""
        if not self.is_one:
            return
        if self.is_position:
            self._clear()
            return
        # From behind: what is removed moves what follows it.
        for place in [place for place, tag, *_rest in self.entries() if tag == GPS][::-1]:
            self._remove(place)

    def _clear(self) -> None:
        """Overwrite all entries and their values."""
        for _place, _tag, kind, number, value in list(self.entries()):
            size, begin = SIZES[kind] * number, self.start + value
            if 4 < size <= MOST_BYTES and self._holds(begin, size):
                self.data[begin : begin + size] = bytes(size)
        self.data[self.place : self.end] = bytes(self.end - self.place)

    def _remove(self, place: int) -> None:
        """Take an entry out; those behind it close up, and so does the link to the next directory."""
        end = min(self.end + 4, len(self.data))
        self.data[place:end] = self.data[place + ENTRY : end] + bytes(ENTRY)
        self.count -= 1
        struct.pack_into(f"{self.order}H", self.data, self.place, self.count)

    def _at(self, offset: int, *, is_position: bool = False) -> Directory:
        return Directory(self.data, self.start, self.order, offset, is_position)

    def _holds(self, place: int, size: int) -> bool:
        return self.start <= place and place + size <= len(self.data)

    def _number(self, kind: str, place: int) -> int:
        return struct.unpack_from(f"{self.order}{kind}", self.data, place)[0]


def _chunks(content: bytes) -> Iterator[bytes]:
    """The chunks of a PNG file with their checksums, without those that hide positions."""
    place = len(PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        chunk = content[place:end]
        if kind == b"eXIf" or (kind == b"iTXt" and len(chunk) == 12 + length):
            chunk = chunk[:-4] + struct.pack(">I", zlib.crc32(chunk[4:-4]))
        if not (kind in {b"tEXt", b"zTXt", b"iTXt"} and PACKED.match(chunk[8:-4])):
            yield chunk
        place = end
    yield content[place:]
