"""What no test does (docs/testing.md): reach into private names of ours, or go by a clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.base import CONTENT_APPS

pytestmark = pytest.mark.one_database

TESTS = Path(__file__).resolve().parents[1]
OURS = {"cms", "settings", *CONTENT_APPS}
#: The one module that sleeps between two looks.
WAITING = TESTS / "waiting.py"
OWN = {"self", "cls", "super"}
#: Django's way to say that something is for those who extend it.
OF_DJANGO = {"_meta", "_default_manager", "_base_manager", "_fixture_teardown", "_raw_delete"}
SLEEPS = {"time.sleep", "asyncio.sleep"}
#: What tells how long something took.
CLOCKS = {
    f"time.{name}{unit}"
    for name in ("monotonic", "perf_counter", "process_time", "thread_time")
    for unit in ("", "_ns")
}
Found = Iterator[tuple[int, str]]


def broken_rules(source: str) -> list[str]:
    """What a test's source does that it should not, each as `line: what`."""
    tree = ast.parse(source)
    names = _imported(tree)
    found = {
        *_private_imports(tree),
        *_private_attributes(tree),
        *_private_texts(tree),
        *_clocks(tree, names),
    }
    return [f"{line}: {what}" for line, what in sorted(found)]


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and len(name) > 1 and name not in OF_DJANGO


def _is_ours(name: str | None) -> bool:
    return (name or "").split(".")[0] in OURS


def _imported(tree: ast.AST) -> dict[str, str]:
    """The full names of what a module imports, by the names that it has there."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _private_imports(tree: ast.AST) -> Found:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_ours(node.module):
            for each in node.names:
                if _is_private(each.name):
                    yield node.lineno, f"imports {node.module}.{each.name}, which is private"


def _private_attributes(tree: ast.AST) -> Found:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_private(node.attr):
            owner = node.value.func if isinstance(node.value, ast.Call) else node.value
            if not (isinstance(owner, ast.Name) and owner.id in OWN):
                yield node.lineno, f"uses {node.attr}, which is private"


def _private_texts(tree: ast.AST) -> Found:
    """Names in texts, as `monkeypatch.setattr` and `mock.patch` take them: whole, or of an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_ours(node.value):
            parts = node.value.split(".")
            if all(map(str.isidentifier, parts)) and any(map(_is_private, parts)):
                yield node.lineno, f"names {node.value}, which is private"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_patch = node.func.attr in {"setattr", "delattr", "object"} and len(node.args) > 1
            given = node.args[1] if is_patch else None
            if isinstance(given, ast.Constant) and isinstance(given.value, str) and _is_private(given.value):
                yield node.lineno, f"patches {given.value}, which is private"


def _clocks(tree: ast.AST, names: dict[str, str]) -> Found:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        first, _dot, others = called.partition(".")
        name = f"{names.get(first, first)}.{others}" if others else names.get(first, first)
        if name in SLEEPS:
            yield node.lineno, f"calls {name}; wait_until of tests/waiting.py waits for what is to come"
        elif name in CLOCKS:
            yield node.lineno, f"calls {name}; what must be fast is counted, or measured in benchmarks/"


def test_no_test_reaches_into_private_names_or_goes_by_a_clock():
    found = [
        f"{path.relative_to(TESTS)}:{each}"
        for path in sorted(TESTS.rglob("*.py"))
        if path != WAITING
        for each in broken_rules(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_rules_see_what_tests_should_not_do():
    source = """
import time
from time import monotonic as now
from polls.networks import Origin, _key
from cms.graphql.http import view

class Test:
    def test_it(self, monkeypatch):
        assert self._own() or Origin._meta.label or super()._own()
        monkeypatch.setattr("cms.graphql.http.view._answered", None)
        monkeypatch.setattr(view, "_answered", None)
        view._answered()
        Origin()._salt = 1
        time.sleep(1)
        assert now() < 1
"""
    assert [each.split(":")[0] for each in broken_rules(source)] == [
        *("4", "10", "11", "12", "13", "14", "15")
    ]
