"""Pictures of a text from Word. Its HTML only names files on the writer's disk; its RTF holds them."""

from __future__ import annotations

import re

#: A PNG or JPEG in hexadecimal, after what Word says of it. Its twin for older readers, a metafile, is passed over.
#: What is said of it ends where the next one begins: else many without an end would be read anew from each.
_PICTURE = re.compile(
    r"\\(?:png|jpeg)blip(?:\\(?!(?:png|jpeg)blip)[a-z]+-?\d*[ ]?|\s+|\{\\\*\\blipuid[ ]?[0-9a-f]+\})*+([0-9a-f\s]+)\}",
    re.IGNORECASE,
)


def rtf_pictures(rtf: str) -> list[bytes]:
    """The contents of PNG and JPEG files, in the order of the text."""
    found = ("".join(match[1].split()) for match in _PICTURE.finditer(rtf))
    return [bytes.fromhex(digits) for digits in found if len(digits) % 2 == 0]
