"""Reading of the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from settings.environment import Environment

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("on", True), ("Yes", True), ("0", False), ("OFF", False), ("no", False), ("", True)],
)
def test_a_flag_is_written_in_several_ways(value: str, expected: bool) -> None:
    environment = Environment({"FLAG": value})

    assert environment.flag("FLAG", default=True) is expected
    assert environment.problems == []


def test_a_wrong_flag_is_noted_and_its_default_stands() -> None:
    environment = Environment({"FLAG": "maybe"})

    assert environment.flag("FLAG", default=True) is True
    assert environment.flag("FLAG", default=False) is False
    assert environment.problems == ["FLAG is on or off"] * 2


@pytest.mark.parametrize("value", ["-1", "1.5", "eight", "0", "2147483648", "9" * 5000])
def test_a_number_is_whole_and_within_its_bounds(value: str) -> None:
    environment = Environment({"PORT": value})

    assert environment.number("PORT", 8000, least=1) == 8000
    assert environment.problems == ["PORT is a whole number from 1 to 2147483647"]


def test_times_are_no_longer_than_dates_can_be_reckoned_with() -> None:
    environment = Environment({"D": "36501", "H": "876001", "M": "52560001", "R": "600/9999999999"})

    assert environment.days("D", 30) == environment.hours("H", 30) == environment.minutes("M", 30) == 30
    assert environment.rate("R", "600/60") is None
    assert environment.problems == [
        "D is a whole number from 0 to 36500",
        "H is a whole number from 0 to 876000",
        "M is a whole number from 0 to 52560000",
        "R is requests/seconds such as 600/60, or off",
    ]


def test_hosts_are_names_as_a_request_bears_them() -> None:
    environment = Environment(
        {"A": "cms.example.vn, 127.0.0.1,[::1]", "B": "*,.example.vn,localhost,fd00::12"}
    )

    assert (
        environment.hosts("A") == environment.host_patterns("A") == ["cms.example.vn", "127.0.0.1", "[::1]"]
    )
    # The address of a pod may be one of IPv6.
    assert environment.host_patterns("B") == ["*", ".example.vn", "localhost", "[fd00::12]"]
    assert environment.problems == []


@pytest.mark.parametrize(
    "value", ["https://cms.example.vn", "cms.example.vn/", "cms.example.vn:8000", "*.example.vn"]
)
def test_what_no_request_bears_as_its_host_is_refused(value: str) -> None:
    environment = Environment({"A": f"good.vn, {value}", "B": ".example.vn"})

    assert environment.hosts("A") == environment.host_patterns("A") == environment.hosts("B") == []
    told = "is a list of hosts such as cms.example.vn, without https://, port and path"
    assert environment.problems == [f"A {told}", f"A {told}", f"B {told}"]


@pytest.mark.parametrize(
    "value", ["cms.example.vn", "ftp://cms.example.vn", "https://", "https://a.vn/?x=1", "https://[a"]
)
def test_an_address_is_whole(value: str) -> None:
    environment = Environment({"SITE_URL": value})

    assert environment.address("SITE_URL", "http://127.0.0.1:8000") == "http://127.0.0.1:8000"
    assert environment.problems == ["SITE_URL is an address such as https://cms.example.vn"]


def test_an_address_loses_the_slash_at_its_end() -> None:
    assert Environment({"A": "https://cms.example.vn/"}).address("A", "") == "https://cms.example.vn"


def test_names_are_separated_by_commas() -> None:
    assert Environment({"A": "a.vn, b.vn,, "}).names("A") == ["a.vn", "b.vn"]
    assert Environment({}).names("A") == []


def test_apps_are_there() -> None:
    environment = Environment({"A": "polls, tests.example_type.notices, cms.desk.apps.DeskConfig"})

    assert environment.apps("A") == ["polls", "tests.example_type.notices", "cms.desk.apps.DeskConfig"]
    assert environment.apps("B") == environment.problems == []


@pytest.mark.parametrize("value", ["no_such_app", "polls.no_such_app", "no_such.app", ".", "no.such.Config"])
def test_an_app_that_is_not_there_is_refused(value: str) -> None:
    environment = Environment({"A": f"polls, {value}"})

    assert environment.apps("A") == []
    assert environment.problems == ["A is a list of packages that are there, separated by commas"]


def test_a_choice_is_its_first_option_where_it_is_not_set() -> None:
    environment = Environment({"STORE": "tape"})

    assert environment.choice("OTHER", ["disk", "s3"]) == "disk"
    assert environment.choice("STORE", ["disk", "s3"]) == "disk"
    assert environment.problems == ["STORE is one of disk, s3"]


def test_everything_that_is_missing_or_wrong_is_said_in_one_line_without_values() -> None:
    environment = Environment({"PORT": "a-secret-by-mistake", "SECRET_KEY": " "})
    environment.number("PORT", 8000)
    environment.require(SECRET_KEY="random characters", ALLOWED_HOSTS="host names")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse()

    assert str(refusal.value) == (
        "PORT is a whole number from 0 to 2147483647; SECRET_KEY is missing: random characters; "
        "ALLOWED_HOSTS is missing: host names. See docs/operations.md."
    )


def test_nothing_is_refused_where_nothing_is_wrong() -> None:
    environment = Environment({"SECRET_KEY": "x"})
    environment.require(SECRET_KEY="random characters")
    environment.refuse()


def test_origins_are_addresses_without_a_path() -> None:
    environment = Environment({"A": "https://a.vn, http://b.vn:8080", "B": ""})

    assert environment.origins("A") == ["https://a.vn", "http://b.vn:8080"]
    assert environment.origins("B") == []
    assert environment.problems == []


@pytest.mark.parametrize("value", ["null", "*", "a.vn", "https://a.vn/", "https://a.vn/x", "https://A.vn"])
def test_what_is_no_origin_is_refused(value: str) -> None:
    environment = Environment({"A": f"https://good.vn, {value}"})

    assert environment.origins("A") == []
    assert environment.problems == [
        "A is a list of origins such as https://www.example.vn, separated by commas"
    ]


def test_names_of_headers_are_written_small() -> None:
    environment = Environment({"A": "X-Tenant, x-b", "B": "x tenant"})

    assert environment.header_names("A") == ["x-tenant", "x-b"]
    assert environment.header_names("B") == []
    assert environment.problems == ["B is a list of headers such as x-tenant, separated by commas"]
