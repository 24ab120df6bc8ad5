"""The endpoint asked with its accelerators on and off: no answer may differ by a byte."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings
from graphql import GraphQLSchema, build_schema

from cms.graphql.cache.store import response_cache
from tests.client import GraphQLClient
from tests.factories.people import logged_in, person
from tests.oracle.content import drafts_of_content
from tests.oracle.operations import Answer, Operation
from tests.oracle.shrinking import shrunk
from tests.oracle.values import Values, values_of_content

SCHEMA = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())

Switches = dict[str, bool]


def all_on() -> Switches:
    """Every accelerator, as in production."""
    return dict.fromkeys(settings.CMS_ACCELERATORS, True)


def all_off() -> Switches:
    """The reference: the plainest way to an answer that the endpoint has."""
    return dict.fromkeys(settings.CMS_ACCELERATORS, False)


def switched(switches: Switches, **more: Any) -> override_settings:
    """A context manager within which these accelerators are on, and anybody may ask as often as they like."""
    return override_settings(CMS_ACCELERATORS=switches, CMS_RATE_LIMITS={}, **more)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with the answers to an operation."""

    what: str
    found: Answer
    reference: Answer

    def __str__(self) -> str:
        found, reference = (
            f"{each.status} {each.body.decode(errors='replace')[:2000]}"
            for each in (self.found, self.reference)
        )
        return f"{self.what}\nanswered:  {found}\nreference: {reference}"


@dataclass
class Oracle:
    """The endpoint on some content, and those who ask it."""

    schema: GraphQLSchema
    values: Values
    clients: dict[str, GraphQLClient]

    @classmethod
    def of_content(cls) -> Oracle:
        """For the content that is in the database now. Adds an editor, and the drafts that they look at."""
        editor = person("superuser", username="oracle")
        browser = GraphQLClient()
        browser.http.cookies.update(logged_in(editor).cookies)
        reader = GraphQLClient()
        unlimited = dict.fromkeys(settings.CMS_GRAPHQL_LIMITS, 10**9)
        with switched(all_off(), CMS_GRAPHQL_LIMITS=unlimited):
            values = values_of_content(SCHEMA, partial(_data, reader), drafts_of_content(editor))
        return cls(SCHEMA, values, {"anonymous": reader, "preview": reader, "editor": browser})

    def ask(self, operation: Operation, switches: Switches) -> Answer:
        """The answer with these accelerators on."""
        headers = {"host": operation.host, "accept-language": operation.language}
        with switched(switches):
            response = self.clients[operation.audience].http.post(
                "/graphql/", operation.body, content_type="application/json", headers=headers
            )
        return Answer.of(response.status_code, response.content)

    def wrong(self, operation: Operation, switches: Switches | None = None) -> Wrong | None:
        """What is wrong with an answer, made anew and kept; None where it is right."""
        switches = switches or all_on()
        fast = self.ask(operation, switches)
        # What is for one reader alone is kept for nobody.
        kept = self.ask(operation, switches) if operation.audience == "anonymous" else fast
        reference = self.ask(operation, all_off())
        if fast != reference:
            return Wrong("The answer differs from the reference.", fast, reference)
        if kept != fast:
            return Wrong("The answer differs when it is asked for again.", kept, reference)
        if fast.is_fault:
            return Wrong("The answer is an error of ours.", fast, reference)
        return None

    def check(self, operation: Operation, *, to_repeat: str, switches: Switches | None = None) -> None:
        """Fail with the smallest operation whose answer is wrong in the same way."""
        wrong = self.wrong(operation, switches)
        if wrong is None:
            return
        smallest = shrunk(operation, self.schema, lambda each: self._is_wrong(each, wrong.what, switches))
        shown = self.wrong(smallest, switches)
        response_cache.clear()
        hint = (
            ""
            if shown
            else "\nIt is right when it is asked again: what was asked before it has to do with it."
        )
        raise AssertionError(f"{shown or wrong}{hint}\n\n{smallest}\n\nto repeat: {to_repeat}")

    def _is_wrong(self, operation: Operation, what: str, switches: Switches | None) -> bool:
        response_cache.clear()
        found = self.wrong(operation, switches)
        return found is not None and found.what == what


def _data(client: GraphQLClient, document: str) -> dict[str, Any]:
    answer = json.loads(client.post(document).content)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]
