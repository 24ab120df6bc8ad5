from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.models import Target


@pytest.mark.parametrize(
    ("baseline", "goal", "current", "percent"),
    [
        ("0", "100", "0", "0.0"),
        ("0", "100", "45.5", "45.5"),
        ("60", "100", "68", "20.0"),
        ("0", "3", "1", "33.3"),
        ("0", "100", "130", "100.0"),
        ("50", "100", "40", "0.0"),
        ("5.2", "2.5", "3.1", "77.8"),
        ("840", "250", "250", "100.0"),
        ("840", "250", "900", "0.0"),
        ("-10", "10", "0", "50.0"),
        ("7", "7", "7", None),
    ],
)
def test_progress_is_the_part_of_the_way_that_is_done(baseline, goal, current, percent):
    target = Target(baseline=Decimal(baseline), goal=Decimal(goal), current=Decimal(current))
    assert target.progress_percent == (percent and Decimal(percent))
