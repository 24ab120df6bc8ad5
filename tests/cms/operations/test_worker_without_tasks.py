"""`manage.py worker` where tasks are done within the request, as in `make demo`: only the clock is left to it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from threading import Thread

import pytest
from django.core.management import call_command

from tests.waiting import wait_until

pytestmark = [pytest.mark.usefixtures("tree"), pytest.mark.one_database]


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.usefixtures("handlers")
def test_it_ends_when_it_is_told_to():
    before = signal.getsignal(signal.SIGTERM)

    def tell() -> None:
        wait_until(lambda: signal.getsignal(signal.SIGTERM) is not before, what="the worker listens")
        os.kill(os.getpid(), signal.SIGTERM)

    telling = Thread(target=tell)
    telling.start()
    call_command("worker")
    telling.join()
