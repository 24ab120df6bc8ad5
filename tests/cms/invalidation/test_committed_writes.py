"""A write that is committed: no kept answer is older, and it is announced when others see it, together with its log."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection

from articles.models import ArticleCategory
from cms.invalidation.models import current_version
from cms.invalidation.signals import content_changed
from tests.client import GraphQLClient
from tests.cms.invalidation.writes import CHANGES, assert_nothing_is_stale, new, portal, run


@pytest.mark.usefixtures("tree")
def test_no_answer_is_stale_after_a_write_that_is_a_transaction_of_its_own(graphql: GraphQLClient):
    made = portal()
    for change in (
        "create with a key",
        "bulk_create",
        "UPDATE",
        "UPDATE that returns",
        "INSERT that updates",
        "executemany",
        "a redirect",
        "DELETE",
    ):
        assert_nothing_is_stale(graphql, made, CHANGES[change])


@pytest.mark.parametrize("write", [lambda: new(1).save(), lambda: run("UPDATE {} SET name = 'x'")])
@pytest.mark.usefixtures("tree")
def test_a_change_is_announced_when_others_see_it_and_its_log(write: Callable[[], Any]):
    new(0).save()
    before = current_version()
    seen: list[tuple[set[str], bool]] = []

    def look() -> tuple[set[str], bool]:
        try:
            names = set(ArticleCategory.objects.values_list("slug", "name"))
            return names, current_version() != before
        finally:
            connection.close()

    def receive(sender: Any, **signal: Any) -> None:
        with ThreadPoolExecutor(1) as another:
            seen.append(another.submit(look).result())

    content_changed.connect(receive)
    try:
        write()
    finally:
        content_changed.disconnect(receive)
    assert seen == [(set(ArticleCategory.objects.values_list("slug", "name")), True)]


@pytest.mark.usefixtures("tree")
def test_a_write_of_which_the_log_fails_is_not_done():
    def fail(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("INSERT INTO invalidation_contentchange"):
            raise OperationalError("no space left")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        new(1).save()
    assert not ArticleCategory.objects.exists()
