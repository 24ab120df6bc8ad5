"""Listening to Redis goes on after whatever disturbed it."""

from __future__ import annotations

import pytest
from django.conf import settings
from redis.connection import Connection

from cms.publishing.announcements import KEY, Ear, announce

pytestmark = pytest.mark.skipif(not settings.REDIS_URL, reason="it is about Redis")


@pytest.mark.parametrize("step", ["connect", "send_packed_command", "read_response"])
def test_ear_that_was_disturbed_hears_again(monkeypatch: pytest.MonkeyPatch, step: str):
    ear = Ear()
    announce()

    def disturbed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Connection, step, disturbed)
        with pytest.raises(KeyboardInterrupt):
            ear.ask(KEY)
    [before] = ear.ask(KEY)
    announce()
    assert before is not None
    assert ear.ask(KEY)[0] not in (None, before)
