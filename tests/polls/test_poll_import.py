"""What an import says of a poll goes by the rules of its form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from polls.models import Poll
from tests.factories.exchange import imported, lines
from tests.factories.polls import vote

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OPTIONS = [{"text": text} for text in ("Một", "Hai", "Ba")]


@pytest.fixture
def record(tmp_path: Path) -> dict[str, Any]:
    """A poll that was imported; its first option has a ballot."""
    times = {"opens_at": "2026-01-01T00:00:00Z", "closes_at": "2036-01-01T00:00:00Z"}
    record = {"type": "poll", "id": "p", "question": "Ai?", "options": OPTIONS, **times}
    imported(tmp_path / "a.jsonl", lines(record), "--publish")
    vote(Poll.objects.get(), 0)
    return record


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ({"options": [{"text": "Khác"}, *OPTIONS[1:]]}, "“Một” đã có phiếu bầu, không thể xóa."),
        ({"options": OPTIONS[:1]}, "Một bình chọn có từ 2 đến 20 phương án."),
        ({"max_choices": 15}, "Số phương án ít hơn số bạn đọc được chọn."),
        ({"closes_at": "2025-01-01T00:00:00Z"}, "Đóng lúc: Thời điểm đóng phải sau thời điểm mở."),
    ],
)
def test_a_draft_beside_what_is_published_is_checked_as_any_other(
    record: dict[str, Any], tmp_path: Path, draft: dict[str, Any], reason: str
):
    with translation.override("vi"):
        told = imported(tmp_path / "b.jsonl", lines({**record, "draft": draft}), "--publish")
    assert reason in told[0]
    assert told[-2] == "new 0, changed 0, unchanged 0, refused 1"
    assert Poll.objects.get().has_unpublished_changes is False
