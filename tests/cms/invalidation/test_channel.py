"""Reading from Redis goes on after an interrupt."""

from __future__ import annotations

import pytest
from django.conf import settings
from redis.connection import Connection

from cms.invalidation.channel import KEY, ChangeReader, publish_change

pytestmark = pytest.mark.skipif(not settings.REDIS_URL, reason="it is about Redis")


@pytest.mark.parametrize("step", ["connect", "send_packed_command", "read_response"])
def test_a_reader_that_was_interrupted_reads_again(monkeypatch: pytest.MonkeyPatch, step: str):
    reader = ChangeReader()
    publish_change()

    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Connection, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            reader.read(KEY)
    [before] = reader.read(KEY)
    publish_change()
    assert before is not None
    assert reader.read(KEY)[0] not in (None, before)
