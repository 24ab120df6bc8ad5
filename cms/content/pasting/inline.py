"""Text within a paragraph: runs of one look each, written as rich text or as plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

#: Runs of blanks, Word's fixed ones among them; and characters without width, which only confuse a search.
BLANKS = re.compile(r"[\s\u00a0\u2002-\u200a\u202f]+")
NO_WIDTH = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
BREAK = "\n"
#: Order in which marks are nested.
MARKS = ("b", "i", "sup", "sub")
RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


@dataclass(frozen=True)
class Run:
    """Text of one look; BREAK alone is the end of a line."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


def rich_lines(runs: Iterable[Run]) -> list[str]:
    """HTML of each paragraph: an empty line ends one."""
    made = []
    for paragraph in _paragraphs(_tidy(runs)):
        html = "".join(_html(run) for run in _without_outer_breaks(paragraph))
        if html:
            made.append(html)
    return made


def plain_text(runs: Iterable[Run]) -> str:
    """One line of text, in which m² is still m²."""
    text = "".join(" " if run.text == BREAK else _plain(run) for run in _tidy(runs))
    return BLANKS.sub(" ", text).strip()


def _plain(run: Run) -> str:
    letters = RAISED if "sup" in run.marks else LOWERED if "sub" in run.marks else {}
    if letters and all(letter in letters for letter in run.text.strip()):
        return "".join(letters.get(letter, letter) for letter in run.text)
    return run.text


def _html(run: Run) -> str:
    if run.text == BREAK:
        return "<br/>"
    html = escape(run.text, quote=False)
    for mark in reversed(MARKS):
        if mark in run.marks:
            html = f"<{mark}>{html}</{mark}>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    last = None
    for run in runs:
        # Two breaks in a row are two.
        same = (
            last and BREAK not in (last.text, run.text) and (last.marks, last.href) == (run.marks, run.href)
        )
        if same:
            last = replace(last, text=last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _tidy(runs: Iterable[Run]) -> list[Run]:
    """The same in NFC, with single blanks, and none at the ends of lines."""
    made: list[Run] = []
    after_blank = True
    for run in _merged(runs):
        if run.text == BREAK:
            _strip_end(made)
            made.append(run)
            after_blank = True
            continue
        text = BLANKS.sub(" ", NO_WIDTH.sub("", unicodedata.normalize("NFC", run.text)))
        text = text.lstrip(" ") if after_blank else text
        if text:
            made.append(_without_marks_on_blanks(replace(run, text=text)))
            after_blank = text.endswith(" ")
    _strip_end(made)
    return list(_merged(made))


def _without_marks_on_blanks(run: Run) -> Run:
    return run if run.text.strip() else replace(run, marks=frozenset())


def _strip_end(runs: list[Run]) -> None:
    while runs and runs[-1].text != BREAK:
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    current: list[Run] = []
    for index, run in enumerate(runs):
        if run.text == BREAK and index and runs[index - 1].text == BREAK:
            yield current
            current = []
        else:
            current.append(run)
    yield current


def _without_outer_breaks(runs: list[Run]) -> list[Run]:
    start, end = 0, len(runs)
    while start < end and runs[start].text == BREAK:
        start += 1
    while end > start and runs[end - 1].text == BREAK:
        end -= 1
    return runs[start:end]
