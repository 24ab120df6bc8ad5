"""Redis is away: the admin works, and what changed meanwhile is not forgotten when it is back."""

from __future__ import annotations

import shutil

import pytest
import redis
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from cms.operations.rate_limiter import RateLimiter
from cms.operations.redis import breaker
from settings.storage import cache as cache_settings
from tests.factories.people import logged_in, person
from tests.servers import free_port
from tests.services import redis_on

with_redis_server = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="it starts a Redis of its own"
)


@pytest.mark.django_db
@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/reports/site-history/"]
)
def test_the_admin_answers_without_redis(settings: LazySettings, path: str):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": cache_settings(settings.REDIS_URL)}

    assert logged_in(person("superuser")).get(path, follow=True).status_code == 200


@with_redis_server
def test_what_could_not_be_deleted_or_written_meanwhile_is_not_found_afterwards(settings: LazySettings):
    port = free_port()
    settings.CACHES = {"default": cache_settings(f"redis://127.0.0.1:{port}/0")}
    with redis_on(port):
        assert cache.get("paths") is None
        cache.set("paths", "old")
    breaker.reset()
    cache.delete("paths")
    cache.set("titles", "new")
    assert cache.get("paths", "default") == "default"
    with redis_on(port) as url:
        # A Redis that only could not be reached still has what it had.
        redis.Redis.from_url(url).mset({cache.make_key("paths"): "old", cache.make_key("titles"): "old"})
        breaker.reset()
        assert cache.get("paths") is None
        assert cache.get("titles") is None


@with_redis_server
@pytest.mark.django_db
def test_a_redis_that_takes_no_writes_makes_it_degraded_and_is_named_in_the_log(
    settings: LazySettings, client: Client, caplog: pytest.LogCaptureFixture
):
    breaker.reset()
    with redis_on(free_port()) as settings.REDIS_URL:
        redis.Redis.from_url(settings.REDIS_URL).config_set("maxmemory", 1)
        assert client.get("/readyz").json()["checks"][2] == {
            "name": "cache",
            "ok": False,
            "detail": "takes no writes",
        }
        caplog.clear()
        RateLimiter().consume("read", "203.0.113.7")
    breaker.reset()
    [said] = [each.getMessage() for each in caplog.records]
    assert said.startswith("each process counts rates alone after an error of Redis: ")
    assert "command not allowed when used memory > 'maxmemory'" in said


@with_redis_server
def test_the_cache_works_as_any_other_with_redis(settings: LazySettings, client: Client):
    port = free_port()
    settings.CACHES = {"default": cache_settings(f"redis://127.0.0.1:{port}/0")}
    with redis_on(port):
        cache.set_many({"a": 1, "b": 2}, 60)
        assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
        assert (cache.add("a", 3), cache.add("d", 4), cache.get("d")) == (False, True, 4)
        assert (cache.has_key("a"), cache.touch("a", 60), cache.delete("a"), cache.get("a", 0)) == (
            True,
            True,
            True,
            0,
        )
        cache.delete_many(["b", "d"])
        assert cache.get_many(["b", "d"]) == {}
