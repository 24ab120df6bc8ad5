"""The endpoint as a frontend uses it: real requests, through Django's test client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client, override_settings

OPERATIONS = Path(__file__).parent.parent / "frontend" / "operations"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


class GraphQLClient:
    """Two verbs: `data` for what must succeed, `errors` for what must not.

    A query is asked three times, with the answer cache off, cold and warm; the answers must be the same.
    """

    def __init__(self) -> None:
        self.http = Client(headers={"user-agent": AGENT})

    def post(self, query: str, /, *, operation: str | None = None, **variables: Any) -> HttpResponse:
        """The bare response to a request."""
        body = {"query": query, "variables": variables, "operationName": operation}
        return self.http.post("/graphql/", body, content_type="application/json")

    def data(self, query: str, /, *, operation: str | None = None, **variables: Any) -> dict[str, Any]:
        """The data of a request that has no errors."""
        if "mutation" in query:
            return self._data(query, operation, variables)
        with override_settings(CMS_GRAPHQL_ANSWER_CACHE=False):
            fresh = self._data(query, operation, variables)
        assert self._data(query, operation, variables) == fresh, "the answer differs with a cold cache"
        assert self._data(query, operation, variables) == fresh, "the answer differs with a warm cache"
        return fresh

    def _data(self, query: str, operation: str | None, variables: dict[str, Any]) -> dict[str, Any]:
        response = self.post(query, operation=operation, **variables)
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        assert response.status_code == 200
        return answer["data"]

    def errors(
        self, query: str, *, code: str, operation: str | None = None, **variables: Any
    ) -> list[dict[str, Any]]:
        """The errors of a request that must have some, the first of them with this code."""
        response = self.post(query, operation=operation, **variables)
        assert response.status_code < 500, response.content
        errors = response.json()["errors"]
        assert next(error["extensions"]["code"] for error in errors) == code, errors
        return errors

    def operation(self, name: str, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an operation of the clients' documents: `operation("article", "Article", urlPath=...)`."""
        return self.data((OPERATIONS / f"{name}.graphql").read_text(), operation=operation, **variables)
