"""Production settings, as a server starts with them: a process of its own, and only the variables that are given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from settings.environment import Environment

pytestmark = pytest.mark.one_database

COMPLETE = {
    "SECRET_KEY": "k3-only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "cms.example.vn",
    "DATABASE_URL": "postgres://cms:secret@db.example.vn:5433/portal?sslmode=require",
    "SITE_URL": "https://cms.example.vn",
}
LOOPBACK = {
    **COMPLETE,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": "",
    "SECURE_SSL_REDIRECT": "0",
    "PORT": "8011",
}


def run(arguments: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "settings.production",
        **variables,
    }
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603 - our own commands
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def read(names: list[str], variables: dict[str, str]) -> dict[str, Any]:
    """The named settings under production settings."""
    found = settings_with(tuple(variables.items()))
    return {name: found.get(name) for name in names}


@cache
def settings_with(variables: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """All settings with these variables: many tests look at those of a complete environment, which one process reads."""
    code = "import json; from django.conf import settings as s; "
    code += "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.isupper()}, default=str, skipkeys=True))"
    result = run(["-c", code], dict(variables))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_everything_that_is_missing_is_named_in_one_line() -> None:
    result = run(["manage.py", "check"], {})

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("settings.production: SECRET_KEY is missing: ")
    for name in COMPLETE:
        assert f"{name} is missing: " in result.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_each_needed_variable_is_named_when_it_alone_is_missing(name: str) -> None:
    result = run(["manage.py", "check"], {**COMPLETE, name: ""})

    assert result.returncode == 1
    assert [other for other in COMPLETE if f"{other} is missing" in result.stderr] == [name]


def test_a_wrong_database_address_is_refused_without_its_password() -> None:
    result = run(["manage.py", "check"], {**COMPLETE, "DATABASE_URL": "mysql://cms:hidden@db/portal"})

    assert result.returncode == 1
    assert "DATABASE_URL is sqlite:////path/to/file or postgres://user:password@host/name" in result.stderr
    assert "hidden" not in result.stderr


def test_https_is_demanded_of_the_public_address_where_plain_http_is_sent_on() -> None:
    result = run(["manage.py", "check"], {**COMPLETE, "SITE_URL": "http://cms.example.vn"})

    assert result.returncode == 1
    assert "SITE_URL begins with https:// unless SECURE_SSL_REDIRECT is 0" in result.stderr


def test_the_check_for_deployment_is_clean() -> None:
    result = run(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        {**COMPLETE, "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3"},
    )

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout + result.stderr


def test_https_sends_plain_http_on_and_keeps_cookies_to_itself() -> None:
    names = [
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "DEBUG",
    ]

    assert read(names, COMPLETE) == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
    }


def test_cookies_are_of_this_host_alone_and_out_of_reach_of_scripts() -> None:
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"]
    names += ["CSRF_COOKIE_NAME", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "CMS_BROWSER_COOKIE_NAME"]

    assert list(read(names, COMPLETE).values()) == [
        *("__Host-sessionid", True, "Lax"),
        *("__Host-csrftoken", True, "Lax", "__Host-browser"),
    ]
    assert list(read(names, LOOPBACK).values()) == [
        *("sessionid", True, "Lax"),
        *("csrftoken", True, "Lax", "browser"),
    ]


def test_limits_of_accounts_are_set_by_variables() -> None:
    variables = {
        "SIGN_IN_FAILURES": "3",
        "SIGN_IN_LOCK_MINUTES": "20",
        "SESSION_HOURS": "8",
        "REQUIRE_TWO_FACTOR": "administrators",
    }

    assert read(
        [
            "CMS_SIGN_IN_FAILURES",
            "CMS_SIGN_IN_LOCK_MINUTES",
            "SESSION_COOKIE_AGE",
            "CMS_REQUIRE_TWO_FACTOR",
            "OTP_TOTP_ISSUER",
        ],
        {**COMPLETE, **variables},
    ) == {
        "CMS_SIGN_IN_FAILURES": 3,
        "CMS_SIGN_IN_LOCK_MINUTES": 20,
        "SESSION_COOKIE_AGE": 28_800,
        "CMS_REQUIRE_TWO_FACTOR": "administrators",
        "OTP_TOTP_ISSUER": "CMS cms.example.vn",
    }
    result = run(["manage.py", "check"], {**COMPLETE, "REQUIRE_TWO_FACTOR": "sometimes"})
    assert "REQUIRE_TWO_FACTOR is one of off, administrators, all" in result.stderr


def test_plain_http_on_loopback_needs_no_address_and_its_cookies_come_back() -> None:
    names = [
        "SITE_URL",
        "FRONTEND_URL",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
    ]

    assert read(names, LOOPBACK) == {
        "SITE_URL": "http://127.0.0.1:8011",
        "FRONTEND_URL": "http://127.0.0.1:8011",
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
    }


def test_a_proxy_is_believed_only_where_there_is_one_of_ours() -> None:
    assert read(["SECURE_PROXY_SSL_HEADER"], COMPLETE) == {"SECURE_PROXY_SSL_HEADER": None}
    assert read(
        ["SECURE_PROXY_SSL_HEADER", "TRUSTED_PROXY_HOPS"], {**COMPLETE, "TRUSTED_PROXY_HOPS": "2"}
    ) == {
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "TRUSTED_PROXY_HOPS": 2,
    }


def test_postgresql_is_kept_open_and_checked() -> None:
    database = read(["DATABASES"], COMPLETE)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.vn", 5433, "portal")
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_the_cache_is_redis_where_it_is_named_and_else_a_table() -> None:
    table = read(["CACHES"], COMPLETE)["CACHES"]["default"]
    redis = read(["CACHES"], {**COMPLETE, "REDIS_URL": "redis://cache:6379/2"})["CACHES"]["default"]

    assert table["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert (redis["BACKEND"], redis["LOCATION"]) == (
        "cms.operations.redis_cache.ForgivingRedisCache",
        "redis://cache:6379/2",
    )


def test_accelerators_are_switched_off_by_their_names() -> None:
    answer = read(["CMS_ACCELERATORS"], {**COMPLETE, "ACCELERATORS_OFF": "answer_cache, planning"})

    assert {name for name, is_on in answer["CMS_ACCELERATORS"].items() if not is_on} == {
        "answer_cache",
        "planning",
    }


def test_no_password_is_mailed_where_there_is_no_mail_server() -> None:
    names = ["WAGTAIL_PASSWORD_RESET_ENABLED", "EMAIL_BACKEND"]

    assert read(names, COMPLETE) == {
        "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    assert read(names, {**COMPLETE, "EMAIL_HOST": "mail.example.vn"}) == {
        "WAGTAIL_PASSWORD_RESET_ENABLED": None,
        "EMAIL_BACKEND": "cms.operations.mail.AfterCommitBackend",
    }


def test_graphiql_is_off_unless_it_is_wanted() -> None:
    assert read(["CMS_GRAPHIQL"], COMPLETE) == {"CMS_GRAPHIQL": False}
    assert read(["CMS_GRAPHIQL"], {**COMPLETE, "GRAPHIQL": "on"}) == {"CMS_GRAPHIQL": True}


def test_only_the_frontends_pages_may_ask_unless_others_are_listed() -> None:
    names = ["CORS_ALLOWED_ORIGINS", "CORS_ALLOW_CREDENTIALS", "CORS_ALLOW_ALL_ORIGINS"]
    alone = {**COMPLETE, "FRONTEND_URL": "https://Portal.example.vn/cong/"}
    more = {**alone, "CORS_ALLOWED_ORIGINS": "https://a.vn, https://portal.example.vn"}

    assert read(names, alone) == {
        "CORS_ALLOWED_ORIGINS": ["https://portal.example.vn"],
        "CORS_ALLOW_CREDENTIALS": True,
        "CORS_ALLOW_ALL_ORIGINS": None,
    }
    assert read(names, more)["CORS_ALLOWED_ORIGINS"] == ["https://portal.example.vn", "https://a.vn"]


def test_the_admin_frames_the_frontend() -> None:
    variables = {**COMPLETE, "FRONTEND_URL": "https://portal.example.vn"}
    policy = read(["CMS_CONTENT_SECURITY"], variables)["CMS_CONTENT_SECURITY"]["/admin/"]

    assert policy["frame-src"] == ["'self'", "https://portal.example.vn"]
    assert policy["script-src"] == ["'self'"]


def test_the_admin_loads_the_base_map_from_where_the_operator_has_it() -> None:
    url = "https://maps.example.vn:8443/phu-tho.pmtiles?key=1"
    found = read(["CMS_BASEMAP", "CMS_CONTENT_SECURITY"], {**COMPLETE, "BASEMAP_URL": url})
    policy = found["CMS_CONTENT_SECURITY"]["/admin/"]

    assert found["CMS_BASEMAP"] == {"url": url, "attribution": "© OpenStreetMap"}
    assert policy["connect-src"] == ["'self'", "https://maps.example.vn:8443"]
    assert "https://maps.example.vn:8443" in policy["img-src"]


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("", True),
        ("/maps/phu-tho.pmtiles", True),
        ("https://tiles.example.vn/{z}/{x}/{y}.png", True),
        ("http://maps.example.vn/phu-tho.pmtiles", False),
        ("https://maps.example.vn/phu-tho.mbtiles", False),
        ("//maps.example.vn/phu-tho.pmtiles", False),
        ("https://maps.example.vn/{z}/{x}.png", False),
        ("https://maps.example.vn/a;script-src/b.pmtiles", False),
    ],
)
def test_a_base_map_is_one_that_browsers_can_load(url: str, is_taken: bool) -> None:
    environment = Environment({"BASEMAP_URL": url})

    assert environment.basemap("BASEMAP_URL") == (url if is_taken else "")
    assert [each.partition(" ")[0] for each in environment.problems] == ([] if is_taken else ["BASEMAP_URL"])


def test_tags_are_told_only_where_an_edge_cache_is_purged_by_them() -> None:
    fastly = {"FASTLY_SERVICE": "SU1Z0isxPaozGVKXdv0eY", "FASTLY_TOKEN": "secret"}
    told = [
        read(["CMS_CACHE_TAG_HEADER"], {**COMPLETE, **more})["CMS_CACHE_TAG_HEADER"]
        for more in (
            {},
            {"VARNISH_URLS": "http://127.0.0.1:6081"},
            {"CACHE_TAG_HEADER": "Surrogate-Key"},
            fastly,
        )
    ]
    assert told == ["off", "Cache-Tag", "Surrogate-Key", "Surrogate-Key"]


def test_caches_that_go_by_different_headers_are_not_used_together() -> None:
    wrong = {"VARNISH_URLS": "http://127.0.0.1:6081", "FASTLY_SERVICE": "SU1Z0isxPaozGVKXdv0eY"}
    found = run(["manage.py", "check"], {**COMPLETE, **wrong}).stderr

    assert "CACHE_TAG_HEADER is Cache-Tag and Surrogate-Key" in found
    assert "FASTLY_SERVICE and FASTLY_TOKEN are set together" in found


FRONTENDS = (
    "web=https://portal.example.vn, mobile=https://m.example.vn/di-dong/,staging=http://127.0.0.1:4321"
)


def test_several_frontends_are_framed_and_may_ask() -> None:
    names = ["FRONTEND_URL", "CMS_FRONTENDS", "CORS_ALLOWED_ORIGINS", "CMS_CONTENT_SECURITY"]
    found = read(names, {**COMPLETE, "FRONTENDS": FRONTENDS})
    origins = ["https://portal.example.vn", "https://m.example.vn", "http://127.0.0.1:4321"]

    assert found["FRONTEND_URL"] == "https://portal.example.vn"
    assert found["CMS_FRONTENDS"] == {
        "web": "https://portal.example.vn",
        "mobile": "https://m.example.vn/di-dong",
        "staging": "http://127.0.0.1:4321",
    }
    assert found["CORS_ALLOWED_ORIGINS"] == origins
    assert found["CMS_CONTENT_SECURITY"]["/admin/"]["frame-src"] == ["'self'", *origins]
    # A browser follows the form for a share link's password to the frontend only where the policy names it.
    assert found["CMS_CONTENT_SECURITY"]["/share/"]["form-action"] == ["'self'", *origins]


@pytest.mark.parametrize(
    "value",
    [
        "https://portal.example.vn",
        "web=portal.example.vn",
        "web=",
        "=https://a.vn",
        "Web=https://a.vn",
        "web=https://a.vn,web=https://b.vn",
        "web=https://a.vn?x=1",
    ],
)
def test_frontends_that_can_not_be_used_stop_the_start(value: str) -> None:
    result = run(["manage.py", "check"], {**COMPLETE, "FRONTENDS": value})

    assert result.returncode != 0
    assert "FRONTENDS is a list such as web=https://www.example.vn,mobile=" in result.stderr


def test_the_frontend_is_the_first_of_several() -> None:
    variables = {**COMPLETE, "FRONTENDS": FRONTENDS, "FRONTEND_URL": "https://m.example.vn"}
    result = run(["manage.py", "check"], variables)

    assert "FRONTEND_URL is left empty, or the first address of FRONTENDS" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("REDIS_URL", "foo", "REDIS_URL is an address such as redis://host:6379/0"),
        ("REDIS_URL", "redis://host:many/0", "REDIS_URL is an address such as redis://host:6379/0"),
        ("SECRET_KEY", "short", "SECRET_KEY is 50 random characters or more"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is 50 random characters or more"),
        ("PORT", "99999", "PORT is a whole number from 1 to 65535"),
        ("WEB_THREADS", "many", "WEB_THREADS is a whole number from 1 to 1000"),
        ("WEB_WORKERS", "0", "WEB_WORKERS is a whole number from 1 to 1000"),
        ("TRASH_DAYS", "999999", "TRASH_DAYS is a whole number from 1 to 36500"),
        (
            "ALLOWED_HOSTS",
            "https://cms.example.vn",
            "ALLOWED_HOSTS is a list of hosts such as cms.example.vn, without https://, port and path",
        ),
        ("GRAPHQL_MAX_TOKEN", "9", "GRAPHQL_MAX_TOKEN is no setting (is it GRAPHQL_MAX_TOKENS?)"),
        ("POLL_KEY", "x", "POLL_KEY is no setting (is it POLLS_KEY?)"),
        ("RATE_LIMIT_READS", "off", "RATE_LIMIT_READS is no setting (is it RATE_LIMIT_READ?)"),
    ],
)
def test_a_setting_that_can_not_be_used_stops_the_start_with_its_name(name: str, value: str, said: str):
    result = run(["manage.py", "check"], {**LOOPBACK, name: value})

    assert result.returncode == 1
    assert result.stderr == f"settings.production: {said}. See docs/operations.md.\n"


def test_what_nobody_catches_is_a_line_of_the_log():
    ended = run(["-c", "import django; django.setup(); 1 / 0"], {**LOOPBACK, "LOG_FORMAT": "json"})

    said = json.loads(ended.stderr)
    assert (said["level"], said["message"]) == ("CRITICAL", "ended by an error")
    assert said["error"].endswith("ZeroDivisionError: division by zero")


def test_what_others_set_around_a_server_is_let_be():
    others = {"WEB_CONCURRENCY": "2", "MEDIA_S3_BUCKET": "prepared", "CMS_OLD": "", "POSTGRES_DB": "x"}

    assert run(["-c", "import django; django.setup()"], {**LOOPBACK, **others}).returncode == 0
