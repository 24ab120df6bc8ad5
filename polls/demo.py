"""Three polls of the demonstration: one that is open, one that has closed, one to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cms.content.demo import NOTE, Demo
from polls.casting.voters import Voter
from polls.casting.voting import cast_vote
from polls.models import Poll, PollOption, ResultsVisibility

ORDER = 30

OPEN = {
    "question": "Bạn quan tâm nhất đến loại thông tin nào trên Trang thông tin điện tử?",
    "description": "Ý kiến của bạn giúp chúng tôi chọn nội dung để viết nhiều hơn.",
    "results_visibility": ResultsVisibility.AFTER_VOTE,
}
OPEN_OPTIONS = [
    "Tin tức – Sự kiện",
    "Văn bản pháp luật",
    "Thủ tục hành chính",
    "Quy hoạch và quỹ đất các khu công nghiệp",
    "Chính sách thu hút đầu tư",
]
CLOSED = {
    "question": "Theo bạn, điều gì cần được ưu tiên tại các khu công nghiệp?",
    "description": f"Cuộc bình chọn đã kết thúc. {NOTE}",
    "max_choices": 2,
    "results_visibility": ResultsVisibility.AFTER_CLOSING,
}
CLOSED_OPTIONS = ["Nhà ở cho công nhân", "Xử lý nước thải", "Giao thông kết nối", "Trường học và trạm y tế"]
#: Made-up ballots, by the places of the options that they name.
CLOSED_BALLOTS = {(0,): 41, (1,): 23, (2,): 18, (3,): 12, (0, 1): 27, (0, 3): 19, (1, 2): 9}
SCHEDULED = {
    "question": "Bạn muốn nhận thông tin của Ban qua kênh nào?",
    "description": "Cuộc bình chọn sẽ mở trong thời gian tới.",
    "max_choices": 3,
    "results_visibility": ResultsVisibility.ALWAYS,
}
SCHEDULED_OPTIONS = ["Thư điện tử", "Zalo", "Trang thông tin điện tử", "Bản tin in"]


def load(demo: Demo) -> None:
    """Make the polls that are missing; a poll is known by the key of its first option."""
    today = timezone.now().replace(minute=0, second=0, microsecond=0)
    _poll(demo, "open", OPEN, OPEN_OPTIONS, opens_at=today - timedelta(days=10), days=190)
    _poll(demo, "scheduled", SCHEDULED, SCHEDULED_OPTIONS, opens_at=today + timedelta(days=60), days=60)
    opened = today - timedelta(days=90)
    if closed := _poll(demo, "closed", CLOSED, CLOSED_OPTIONS, opens_at=opened, days=30):
        _cast_ballots(closed, opened)


def _poll(
    demo: Demo, name: str, values: dict, texts: list[str], *, opens_at: datetime, days: int
) -> Poll | None:
    """The poll, if it was made now."""
    keys = [f"demo-{name}-{number}" for number in range(1, len(texts) + 1)]
    if PollOption.objects.filter(key=keys[0]).exists():
        return None
    options = [
        PollOption(text=text, key=key, sort_order=order)
        for order, (text, key) in enumerate(zip(texts, keys, strict=True))
    ]
    poll = Poll(  # type: ignore[misc]  # modelcluster takes children, too
        **values, opens_at=opens_at, closes_at=opens_at + timedelta(days=days), live=False, options=options
    )
    poll.save()
    poll.save_revision().publish()
    demo.count("poll")
    return poll


def _cast_ballots(poll: Poll, opened: datetime) -> None:
    options = list(PollOption.objects.filter(poll=poll).order_by("sort_order").values_list("pk", flat=True))
    ballots = [places for places, times in CLOSED_BALLOTS.items() for _time in range(times)]
    for number, places in enumerate(ballots):
        # Every few hours, one; in the poll's own time, when it took votes.
        cast_vote(
            poll.pk,
            [options[place] for place in places],
            Voter(f"demo-{number}"),
            now=opened + timedelta(hours=4 * number),
        )
