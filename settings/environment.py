"""The environment variables that settings are read from, each checked; what is wrong is said all at once."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"0", "off", "false", "no"}
HEADER = re.compile(r"[a-z0-9-]+")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
#: Names that begin like these are ours: one that nothing reads is misspelt.
PREFIXES = (
    "AUDIT_",
    "BASEMAP_",
    "CACHE_TAG_",
    "CLOUDFLARE_",
    "CMS_",
    "EDGE_",
    "FASTLY_",
    "GRAPHQL_",
    "IMPORT_",
    "LINK_CHECK_",
    "LIVE_FIGURES_",
    "MEDIA_",
    "METRICS_",
    "MOVING_FIGURES_",
    "PERSISTED_",
    "POLLS_",
    "POLL_",
    "PREVIEW_",
    "RATE_LIMIT_",
    "REDIS_",
    "REPLICA_",
    "REVISION_",
    "SHARED_PREVIEW_",
    "SHARE_",
    "SIGN_IN_",
    "SLOW_",
    "TASK_",
    "TRASH_",
    "TRUSTED_PROXY_",
    "VARNISH_",
    "VISIT_",
    "WEBHOOK_",
    "WEB_",
)
#: Read by other programs: the frontend's server, and what hosts run around ours.
FOREIGN = {"CMS_URL", "WEB_CONCURRENCY"}


#: Characters of a secret, and how many different ones, as Django's own check (security.W009) has it.
LEAST_SECRET = 50
LEAST_LETTERS = 5
#: More than anybody means, and no more than databases, clocks and C libraries take; for times some 100 years, which
#: can be added to any date.
MOST = 2**31 - 1
MOST_DAYS = 36_500


def is_guessable(secret: str) -> bool:
    """Whether a secret is shorter or plainer than one that was made at random."""
    return len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_LETTERS


class Environment:
    """Typed reading. An empty variable counts as not set; a wrong value is noted, and its default stands meanwhile."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[str] = []
        self.names_read: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        self.names_read.add(name)
        return self.values.get(name, "").strip() or default

    def names(self, name: str) -> list[str]:
        """A list, separated by commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def apps(self, name: str) -> list[str]:
        """Packages of apps, or their classes of AppConfig, separated by commas."""
        found = self.names(name)
        if all(_is_app(each) for each in found):
            return found
        self.wrong(name, "is a list of packages that are there, separated by commas")
        return []

    def number(self, name: str, default: int, *, least: int = 0, most: int = MOST) -> int:
        value = self.text(name, str(default))
        if (found := _whole(value)) is not None and least <= found <= most:
            return found
        self.wrong(name, f"is a whole number from {least} to {most}")
        return default

    def days(self, name: str, default: int, *, least: int = 0) -> int:
        return self.number(name, default, least=least, most=MOST_DAYS)

    def hours(self, name: str, default: int, *, least: int = 0) -> int:
        return self.number(name, default, least=least, most=MOST_DAYS * 24)

    def minutes(self, name: str, default: int, *, least: int = 0) -> int:
        return self.number(name, default, least=least, most=MOST_DAYS * 24 * 60)

    def port(self, name: str, default: int) -> int:
        return self.number(name, default, least=1, most=65_535)

    def secret(self, name: str) -> str:
        """A key that nobody guesses; empty if not set."""
        value = self.text(name)
        if value and is_guessable(value):
            self.wrong(name, f"is {LEAST_SECRET} random characters or more")
        return value

    def redis(self, name: str) -> str:
        """The address of a Redis; empty if not set."""
        value = self.text(name)
        parts = urlsplit(value)
        is_reachable = (parts.scheme in {"redis", "rediss"} and parts.hostname) or (
            parts.scheme == "unix" and parts.path
        )
        if not value or (is_reachable and self._has_port(value)):
            return value
        self.wrong(name, "is an address such as redis://host:6379/0")
        return ""

    @staticmethod
    def _has_port(value: str) -> bool:
        try:
            return urlsplit(value).port != 0
        except ValueError:
            return False

    def rate(self, name: str, default: str) -> tuple[int, int] | None:
        """So many requests in so many seconds, such as `600/60`; None for `off`."""
        value = self.text(name, default)
        if value.lower() in FALSE:
            return None
        match [_whole(part) for part in value.split("/")]:
            case [int(requests), int(seconds)] if 0 < requests <= MOST and 0 < seconds <= MOST:
                return requests, seconds
        self.wrong(name, "is requests/seconds such as 600/60, or off")
        return None

    def networks(self, name: str, default: str) -> frozenset[IPv4Network | IPv6Network]:
        """Networks of addresses, separated by commas."""
        try:
            return frozenset(
                ip_network(value) for value in self.names(name) or filter(None, default.split(","))
            )
        except ValueError:
            self.wrong(name, "is a list of networks such as 10.0.0.0/8, separated by commas")
            return frozenset()

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if value and value not in TRUE | FALSE:
            self.wrong(name, "is on or off")
        return value in TRUE or (default and value not in FALSE)

    def switches(self, name: str, options: list[str]) -> dict[str, bool]:
        """Whether each of `options` is on: all but those that the variable lists, separated by commas."""
        off = self.names(name)
        if not set(off) <= set(options):
            self.wrong(name, f"lists some of {', '.join(options)}, separated by commas")
        return {option: option not in off for option in options}

    def choice(self, name: str, options: list[str]) -> str:
        """One of `options`; the first if not set."""
        value = self.text(name, options[0])
        if value in options:
            return value
        self.wrong(name, f"is one of {', '.join(options)}")
        return options[0]

    def address(self, name: str, default: str) -> str:
        """The address of a site, http or https, without the slash at its end."""
        if (value := self._address(self.text(name, default))) is not None:
            return value
        self.wrong(name, "is an address such as https://cms.example.vn")
        return default

    def ip_address(self, name: str, default: str) -> str:
        """An IP address of this machine."""
        try:
            return str(ip_address(self.text(name, default)))
        except ValueError:
            self.wrong(name, "is an IP address such as 127.0.0.1, or 0.0.0.0 for all of this machine")
            return default

    def optional_address(self, name: str) -> str:
        """The address of a server, http or https; empty if not set."""
        return self.address(name, "") if self.text(name) else ""

    @staticmethod
    def _address(value: str) -> str | None:
        value = value.rstrip("/")
        try:
            parts = urlsplit(value)
            valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
            return value if valid and not (parts.query or parts.fragment) else None
        except ValueError:
            return None

    def basemap(self, name: str) -> str:
        """The address of a PMTiles archive, or of tiles with {z}, {x} and {y}; with TLS, or a path of this server."""
        value = self.text(name)
        path = value.partition("?")[0]
        is_source = path.endswith(".pmtiles") or all(part in value for part in ("{z}", "{x}", "{y}"))
        is_reachable = re.match(r"/[^/]", value) or (value.startswith("https://") and self._has_port(value))
        if not value or (is_source and is_reachable and not re.search(r"[\s;,\"']", value)):
            return value
        self.wrong(
            name, "is an address such as https://maps.example.vn/province.pmtiles or one with {z}/{x}/{y}"
        )
        return ""

    def addresses(self, name: str) -> list[str]:
        """Addresses of servers, separated by commas."""
        found = [self._address(value) for value in self.names(name)]
        if None in found:
            self.wrong(name, "is a list of addresses such as http://127.0.0.1:6081, separated by commas")
        return [each for each in found if each is not None]

    def named_addresses(self, name: str) -> dict[str, str]:
        """Addresses of sites by names of lower-case letters, digits and hyphens: `web=https://...,mobile=https://...`."""
        pairs = [part.partition("=") for part in self.names(name)]
        found = {key.strip(): self._address(value.strip()) for key, _equals, value in pairs}
        if len(found) == len(pairs) and all(NAME.fullmatch(key) and value for key, value in found.items()):
            return {key: value for key, value in found.items() if value}
        self.wrong(
            name, "is a list such as web=https://www.example.vn,mobile=https://m.example.vn, each name once"
        )
        return {}

    def origins(self, name: str) -> list[str]:
        """Origins, separated by commas: addresses without a path, as browsers write them."""
        found = self.names(name)
        if any(self._address(each) != each or each.count("/") > 2 or each != each.lower() for each in found):
            self.wrong(name, "is a list of origins such as https://www.example.vn, separated by commas")
            return []
        return found

    def hosts(self, name: str) -> list[str]:
        """Names of hosts, separated by commas, as browsers send them but without a port."""
        return self._hosts(name, self.names(name))

    def host_patterns(self, name: str) -> list[str]:
        """The same as Django compares them with a request's host: also `.example.vn`, with all below it, and `*`."""
        # The address of a pod may be one of IPv6, to which browsers give brackets.
        found = [f"[{each}]" if each.count(":") > 1 and each[0] != "[" else each for each in self.names(name)]
        plain = [each.removeprefix(".") for each in found if each != "*"]
        return found if self._hosts(name, plain) == plain else []

    def _hosts(self, name: str, found: list[str]) -> list[str]:
        if all(HOST.fullmatch(each) for each in found):
            return found
        self.wrong(name, "is a list of hosts such as cms.example.vn, without https://, port and path")
        return []

    def header_names(self, name: str) -> list[str]:
        """Names of HTTP headers, separated by commas; in small letters, as CORS has them."""
        found = [each.lower() for each in self.names(name)]
        if all(HEADER.fullmatch(each) for each in found):
            return found
        self.wrong(name, "is a list of headers such as x-tenant, separated by commas")
        return []

    def wrong(self, name: str, rule: str) -> None:
        """Note that a variable has a value that can't be used. The value is not repeated: it may be a secret."""
        self.problems.append(f"{name} {rule}")

    def require(self, **what: str) -> None:
        """Note which of these variables are missing; `what` says of each what it holds."""
        self.problems += [f"{name} is missing: {is_}" for name, is_ in what.items() if not self.text(name)]

    def misspelt(self) -> list[str]:
        """Problems of names with a prefix of ours that no setting reads."""
        unknown = [
            name
            for name in self.values
            if name.startswith(PREFIXES) and name not in self.names_read | FOREIGN and self.values[name]
        ]
        found = []
        for name in sorted(unknown):
            alike = difflib.get_close_matches(name, self.names_read, n=1)
            found.append(f"{name} is no setting" + (f" (is it {alike[0]}?)" if alike else ""))
        return found

    def refuse(self) -> None:
        """Raise ImproperlyConfigured, one line, where anything is missing, wrong or misspelt."""
        self.problems += self.misspelt()
        if self.problems:
            raise ImproperlyConfigured(f"{'; '.join(self.problems)}. See docs/operations.md.")


def _whole(value: str) -> int | None:
    """The number that is written so; None where it is none, or none that anybody means."""
    return int(value) if value.isdecimal() and len(value) < 20 else None


def _is_app(name: str) -> bool:
    above, _dot, last = name.rpartition(".")
    return _is_module(name) or (last[:1].isupper() and _is_module(above))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # what it would be within is not there, or is no package
        return False


environment = Environment(os.environ)
