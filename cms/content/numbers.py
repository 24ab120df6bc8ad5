"""Numbers that somebody sent as text."""

from __future__ import annotations


def whole_number(text: str) -> int | None:
    """The number that digits say; None for any other text, and for more digits than a primary key can have.

    Python raises ValueError for some thousands of digits.
    """
    return int(text) if text.isdecimal() and len(text) < 19 else None
