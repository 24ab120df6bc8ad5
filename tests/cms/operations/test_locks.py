"""One process at a time."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection

from cms.operations.locks import exclusive


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_says_so_and_waits_until_the_first_is_done():
    waits, done = Event(), Event()
    order: list[str] = []

    def second() -> None:
        with exclusive("release", waiting=waits.set):
            order.append("second")
        connection.close()
        done.set()

    with exclusive("release", waiting=lambda: order.append("the first has to wait")):
        thread = Thread(target=second)
        thread.start()
        assert waits.wait(60)
        order.append("first")
    assert done.wait(60)
    thread.join()

    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_free_again_after_an_error():
    with pytest.raises(ZeroDivisionError), exclusive("release", waiting=lambda: None):
        raise ZeroDivisionError
    waited: list[str] = []

    with exclusive("release", waiting=lambda: waited.append("waits")):
        assert waited == []
