"""Operations that are named instead of sent."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.http import HttpResponse

from cms.graphql.manifest import FILE
from cms.graphql.persisted import MAX_LENGTH, check_manifests, manifest, registered
from tests.client import GraphQLClient

QUERY = "{ articles { totalCount } }"
NONE = {"data": {"articles": {"totalCount": 0}}}


def digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def named(hash_: str, version: int = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": hash_}}


def post(graphql: GraphQLClient, **body: Any) -> HttpResponse:
    return graphql.http.post("/graphql/", body, content_type="application/json")


def code(response: HttpResponse) -> tuple[int, str, str]:
    [error] = response.json()["errors"]
    return response.status_code, error["message"], error["extensions"]["code"]


def test_a_document_is_sent_once_and_named_after(graphql: GraphQLClient):
    asked = {"extensions": json.dumps(named(digest(QUERY)))}
    unknown = graphql.http.get("/graphql/", asked)
    assert code(unknown) == (200, "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
    assert unknown["Cache-Control"] == "no-store"
    assert post(graphql, query=QUERY, extensions=named(digest(QUERY))).json() == NONE
    assert graphql.http.get("/graphql/", asked).json() == NONE


def test_other_processes_know_it_too(graphql: GraphQLClient):
    post(graphql, query=QUERY, extensions=named(digest(QUERY)))
    registered.forget()
    assert post(graphql, extensions=named(digest(QUERY))).json() == NONE


def test_a_document_that_is_not_the_named_one_is_refused(graphql: GraphQLClient):
    refused = post(graphql, query=QUERY, extensions=named(digest("{ other }")))
    assert code(refused) == (400, "provided sha does not match query", "BAD_PERSISTED_QUERY")


@pytest.mark.parametrize(
    "persisted", [named("x", version=2)["persistedQuery"], {}, "x", {"version": 1, "sha256Hash": 1}]
)
def test_other_versions_are_not_supported(graphql: GraphQLClient, persisted: Any):
    refused = post(graphql, extensions={"persistedQuery": persisted})
    assert code(refused)[1:] == ("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")


@pytest.mark.parametrize("query", ["{ nothing }", "{ articles { totalCount } } #" + "x" * MAX_LENGTH])
def test_what_is_not_valid_or_long_is_not_registered(graphql: GraphQLClient, query: str):
    post(graphql, query=query, extensions=named(digest(query)))
    assert code(post(graphql, extensions=named(digest(query))))[1] == "PersistedQueryNotFound"


def test_operations_of_the_frontends_are_known(graphql: GraphQLClient):
    [operation] = [each for each in json.loads(FILE.read_text())["operations"] if each["name"] == "Polls"]
    by_hash = graphql.http.get("/graphql/", {"extensions": json.dumps(named(operation["id"]))})
    by_id = graphql.http.get("/graphql/", {"documentId": f"sha256:{operation['id']}"})
    assert by_hash.json() == by_id.json()
    assert by_hash.json()["data"]["polls"]["totalCount"] == 0
    assert code(graphql.http.get("/graphql/", {"documentId": "x"})) == (
        400,
        "PersistedQueryNotFound",
        "PERSISTED_QUERY_NOT_FOUND",
    )


def test_nothing_else_is_answered_where_the_switch_says_so(graphql: GraphQLClient, settings: LazySettings):
    settings.CMS_GRAPHQL_PERSISTED_ONLY = True
    assert code(post(graphql, query=QUERY))[0::2] == (403, "PERSISTED_ONLY")
    assert code(post(graphql, query=QUERY, extensions=named(digest(QUERY))))[0::2] == (403, "PERSISTED_ONLY")
    [operation] = [each for each in json.loads(FILE.read_text())["operations"] if each["name"] == "Polls"]
    assert "data" in post(graphql, query=operation["body"]).json()
    assert "data" in post(graphql, documentId=operation["id"]).json()


def test_the_manifest_is_up_to_date():
    call_command("export_operations", check=True)


def test_a_manifest_that_cannot_be_read_stops_the_start(settings: LazySettings, tmp_path):
    broken = tmp_path / "manifest.json"
    broken.write_text('{"format": "other"}')
    settings.CMS_GRAPHQL_MANIFESTS = [broken, tmp_path / "missing.json"]
    errors = check_manifests()
    assert [error.id for error in errors] == ["cms.E010", "cms.E010"]
    assert str(broken) in errors[0].msg


@pytest.fixture(autouse=True)
def manifest_anew() -> None:
    manifest.cache_clear()
