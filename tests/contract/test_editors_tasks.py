"""docs/editors-tasks.md says of each task the number of clicks that its test asserts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| +\d+ \|.*\| +(?P<clicks>\d+) \| `(?P<test>\w+)` \|$", re.MULTILINE)
ASSERTED = re.compile(r"assert clicks\(\)(?: - \w+)? == (\d+)")


def test_the_clicks_of_each_task_are_those_that_its_test_asserts():
    table = (ROOT / "docs" / "editors-tasks.md").read_text()
    told = {row["test"]: [row["clicks"]] for row in ROW.finditer(table)}
    asserted = {}
    for module in (ROOT / "tests" / "e2e" / "portal").glob("test_tasks_*.py"):
        source = module.read_text()
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                asserted[node.name] = ASSERTED.findall(ast.get_source_segment(source, node) or "")
    assert told == asserted
    assert len(told) == 17
