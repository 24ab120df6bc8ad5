"""Operations that are named instead of sent."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache, caches
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from graphql import OperationDefinitionNode, parse, print_ast
from redis.exceptions import ConnectionError as NoRedis

from cms.graphql.management.commands import export_operations
from cms.graphql.operation import manifest as manifests
from cms.graphql.operation.manifest import FILE, OPERATIONS
from cms.graphql.operation.persisted import (
    KEPT_FOR,
    MAX_LENGTH,
    MAX_LOCAL,
    ResolvedDocument,
    apq_store,
    check_manifests,
    counted_names,
    digest_of,
    manifest,
    resolve,
)
from cms.graphql.operation.refusals import GraphQLHTTPError
from tests.client import GraphQLClient

QUERY = "{ articles { totalCount } }"
NONE = {"articles": {"totalCount": 0}}


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
    assert post(graphql, query=QUERY, extensions=named(digest(QUERY))).json()["data"] == NONE
    assert graphql.http.get("/graphql/", asked).json()["data"] == NONE


def test_other_processes_know_it_too(graphql: GraphQLClient):
    post(graphql, query=QUERY, extensions=named(digest(QUERY)))
    apq_store.forget()
    assert post(graphql, extensions=named(digest(QUERY))).json()["data"] == NONE


def test_a_document_that_is_not_the_named_one_is_refused(graphql: GraphQLClient):
    refused = post(graphql, query=QUERY, extensions=named(digest("{ other }")))
    assert code(refused) == (400, "provided sha does not match query", "BAD_PERSISTED_QUERY")


@pytest.mark.parametrize(
    "persisted", [named("x", version=2)["persistedQuery"], {}, "x", {"version": 1, "sha256Hash": 1}]
)
def test_other_versions_are_not_supported(graphql: GraphQLClient, persisted: Any):
    for query in (None, QUERY):
        refused = post(graphql, query=query, extensions={"persistedQuery": persisted})
        assert code(refused) == (200, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")


@pytest.mark.parametrize("query", ["{ nothing }", "{ articles { totalCount } } #" + "x" * MAX_LENGTH])
def test_what_is_not_valid_or_long_is_not_registered(graphql: GraphQLClient, query: str):
    post(graphql, query=query, extensions=named(digest(query)))
    assert code(post(graphql, extensions=named(digest(query))))[1] == "PersistedQueryNotFound"


def test_a_hash_is_that_of_the_text_in_utf_8():
    # The example of GraphQL over HTTP, appendix A, and one that is not ASCII.
    assert digest_of("query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}") == (
        "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"
    )
    assert digest_of("# Cẩm Khê") == "0f4ac9e930553a11efe84a652ad5ec003d8009e4ccd06bd011f15aa0bac53de7"


def test_what_a_request_names():
    hash_ = digest(QUERY)
    assert resolve(QUERY, {}, None) == ResolvedDocument(QUERY, hash_, register=False)
    assert resolve(QUERY, named(hash_), None) == ResolvedDocument(QUERY, hash_, register=True)
    assert resolve(QUERY, named(hash_.upper()), None) == ResolvedDocument(QUERY, hash_, register=True)
    apq_store.put(hash_, QUERY)
    for query in (None, ""):
        assert resolve(query, named(hash_), None) == ResolvedDocument(QUERY, hash_, register=False)
    assert resolve(None, {}, f"sha256:{hash_}") == ResolvedDocument(QUERY, hash_, register=False)


def test_a_known_operation_is_not_registered():
    hash_, body = polls()
    assert resolve(body, named(hash_), None) == ResolvedDocument(body, hash_, register=False)


@pytest.mark.parametrize("query", [None, "", " \n"])
def test_a_request_without_any_document_is_refused(query: str | None):
    with pytest.raises(GraphQLHTTPError, match="`query` is missing") as refused:
        resolve(query, {}, None)
    assert (refused.value.status, refused.value.code) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("identity", ["", "sha256:", "x" * 100_000, "a b\n", "md5:" + "0" * 32, "0" * 64])
def test_an_id_of_any_form_is_only_unknown(identity: str):
    for extensions, document_id, status in (({}, identity, 400), (named(identity), None, 200)):
        with pytest.raises(GraphQLHTTPError, match=r"^PersistedQueryNotFound$") as refused:
            resolve(None, extensions, document_id)
        assert (refused.value.status, refused.value.code) == (status, "PERSISTED_QUERY_NOT_FOUND")


def test_the_shared_store_is_bounded_by_its_places(monkeypatch: pytest.MonkeyPatch):
    kept: dict[str, tuple[str, int]] = {}
    monkeypatch.setattr(type(caches["default"]), "set", lambda _self, *args: kept.update({args[0]: args[1:]}))
    for number in range(100):
        apq_store.put("abc" + f"{number:061x}", f"{{ a{number} }}")
    assert kept == {"graphql:document:abc": ("{ a99 }", KEPT_FOR)}


def test_a_document_that_is_registered_is_not_written_again(monkeypatch: pytest.MonkeyPatch):
    apq_store.put(digest(QUERY), QUERY)
    written_to: list[str] = []
    monkeypatch.setattr(type(caches["default"]), "set", lambda _self, key, *_args: written_to.append(key))
    apq_store.put(digest(QUERY), QUERY)
    assert written_to == []
    cache.clear()
    apq_store.put(digest(QUERY), QUERY)
    assert written_to == [f"graphql:document:{digest(QUERY)[:3]}"]


def test_a_document_whose_place_was_taken_is_unknown():
    apq_store.put(digest(QUERY), QUERY)
    apq_store.forget()
    cache.set(f"graphql:document:{digest(QUERY)[:3]}", "{ other }")
    assert apq_store.get(digest(QUERY)) is None


def test_those_asked_for_last_are_kept_in_the_process():
    sources = [f"{{ a{number} }}" for number in range(MAX_LOCAL)]
    for source in sources:
        apq_store.put(digest(source), source)
    apq_store.get(digest(sources[0]))
    apq_store.put(digest(QUERY), QUERY)
    cache.clear()
    assert [apq_store.get(digest(source)) for source in (sources[0], sources[1], QUERY)] == [
        sources[0],
        None,
        QUERY,
    ]


def test_documents_are_still_answered_without_redis(graphql: GraphQLClient, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: Any) -> None:
        raise NoRedis("gone")

    for name in ("get", "set"):
        monkeypatch.setattr(type(caches["default"]), name, fail)
    assert code(post(graphql, extensions=named(digest(QUERY))))[1] == "PersistedQueryNotFound"
    assert post(graphql, query=QUERY, extensions=named(digest(QUERY))).json()["data"] == NONE
    assert post(graphql, extensions=named(digest(QUERY))).json()["data"] == NONE


def polls() -> tuple[str, str]:
    [operation] = [each for each in json.loads(FILE.read_text())["operations"] if each["name"] == "Polls"]
    return operation["id"], operation["body"]


def test_operations_of_the_frontends_are_known(graphql: GraphQLClient):
    identity, _body = polls()
    by_hash = graphql.http.get("/graphql/", {"extensions": json.dumps(named(identity))})
    by_id = graphql.http.get("/graphql/", {"documentId": f"sha256:{identity}"})
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
    identity, body = polls()
    assert "data" in post(graphql, query=body).json()
    assert "data" in post(graphql, documentId=identity).json()
    assert "data" in post(graphql, extensions=named(identity)).json()


def test_what_was_registered_before_is_not_answered_then(graphql: GraphQLClient, settings: LazySettings):
    apq_store.put(digest(QUERY), QUERY)
    settings.CMS_GRAPHQL_PERSISTED_ONLY = True
    message = "This server answers only the operations of its own frontends."
    for body in ({"extensions": named(digest(QUERY))}, {"documentId": digest(QUERY)}, {"documentId": "x"}):
        assert code(post(graphql, **body)) == (403, message, "PERSISTED_ONLY")
    assert code(post(graphql))[0::2] == (400, "BAD_REQUEST")


def test_an_operation_has_the_id_that_its_manifest_gives(settings: LazySettings, tmp_path: Path):
    settings.CMS_GRAPHQL_MANIFESTS = [written(tmp_path, [{"id": "polls-v2", "body": QUERY}])]
    assert check_manifests() == []
    for identity in ("polls-v2", digest(QUERY), f"sha256:{digest(QUERY)}"):
        assert resolve(None, {}, identity) == ResolvedDocument(QUERY, digest(QUERY))


def written(folder: Path, operations: Any, **others: Any) -> Path:
    file = folder / "manifest.json"
    head = {"format": "apollo-persisted-query-manifest", "version": 1}
    file.write_text(json.dumps({**head, "operations": operations, **others}))
    return file


def test_the_manifest_is_up_to_date():
    call_command("export_operations", check=True)


def test_the_manifest_has_each_operation_of_the_frontends_once():
    sources = [parse(path.read_text(encoding="utf-8")) for path in sorted(OPERATIONS.rglob("*.graphql"))]
    definitions = [each for source in sources for each in source.definitions]
    names = [each.name.value for each in definitions if isinstance(each, OperationDefinitionNode)]
    assert [each["name"] for each in json.loads(FILE.read_text())["operations"]] == sorted(set(names))
    assert len(set(names)) == len(names)


def test_an_id_is_the_hash_of_what_a_client_prints():
    for each in json.loads(FILE.read_text())["operations"]:
        assert print_ast(parse(each["body"])) == each["body"]
        assert digest(each["body"]) == each["id"]


@pytest.fixture
def operations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(manifests, "OPERATIONS", tmp_path)
    monkeypatch.setattr(export_operations, "FILE", tmp_path / "manifest.json")
    return tmp_path


def test_an_operation_comes_with_just_the_fragments_that_it_needs(operations: Path, capsys: Any):
    (operations / "two.graphql").write_text(
        "query B { articles { nodes { ...Outer } } }\n"
        "fragment Outer on ArticlePage { id ...Inner }\nfragment Inner on ArticlePage { title }\n"
        'mutation A { recordVisit(input: {path: "/"}) { statistics { today } } }\n'
        "query C { articles { nodes { ...Inner } } }"
    )
    call_command("export_operations")
    assert capsys.readouterr().out == "manifest.json: 3 operations\n"
    text = (operations / "manifest.json").read_text()
    found = json.loads(text)["operations"]
    inner = "fragment Inner on ArticlePage {\n  title\n}"
    assert [(each["name"], each["type"]) for each in found] == [
        ("A", "mutation"),
        ("B", "query"),
        ("C", "query"),
    ]
    assert found[1]["body"] == (
        "query B {\n  articles {\n    nodes {\n      ...Outer\n    }\n  }\n}\n\n"
        f"{inner}\n\nfragment Outer on ArticlePage {{\n  id\n  ...Inner\n}}"
    )
    assert found[2]["body"].endswith(inner)
    assert "Outer" not in found[2]["body"]
    assert text.endswith("}\n")
    call_command("export_operations", check=True)


def test_operations_in_folders_share_the_fragments_of_all_files(operations: Path):
    (operations / "portal").mkdir()
    (operations / "fragments.graphql").write_text("fragment Inner on ArticlePage { title }")
    (operations / "portal" / "one.graphql").write_text("query A { articles { nodes { ...Inner } } }")
    call_command("export_operations")
    [found] = json.loads((operations / "manifest.json").read_text())["operations"]
    assert found["body"].endswith("fragment Inner on ArticlePage {\n  title\n}")


def test_a_manifest_that_is_not_up_to_date_is_told_and_left(operations: Path):
    (operations / "one.graphql").write_text("query A { articles { totalCount } }")
    with pytest.raises(CommandError, match="out of date"):
        call_command("export_operations", check=True)
    (operations / "manifest.json").write_text("{}")
    with pytest.raises(CommandError, match="out of date"):
        call_command("export_operations", check=True)
    assert (operations / "manifest.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("source", "reason"),
    [("query A { nothing }", "Cannot query field 'nothing'"), ("query A {", "Syntax Error")],
)
def test_an_operation_that_the_schema_does_not_have_is_not_written(
    operations: Path, source: str, reason: str
):
    (operations / "one.graphql").write_text(source)
    with pytest.raises(CommandError, match=reason):
        call_command("export_operations")
    assert not (operations / "manifest.json").exists()


@pytest.mark.parametrize(
    ("operations", "others", "reason"),
    [
        ([], {"format": "other"}, "its format is not apollo-persisted-query-manifest, version 1"),
        ([], {"version": 2}, "its format is not apollo-persisted-query-manifest, version 1"),
        ([{"id": "a"}], {}, "'body' is missing"),
        ([{"id": 1, "body": QUERY}], {}, "the id and the body of an operation are texts"),
        ([{"id": "a", "body": QUERY}, {"id": "a", "body": "{ b }"}], {}, "a names two documents"),
        (None, {}, "'NoneType' object is not iterable"),
    ],
)
def test_a_manifest_that_cannot_be_used_stops_the_start(
    settings: LazySettings, tmp_path: Path, operations: Any, others: dict[str, Any], reason: str
):
    file = written(tmp_path, operations, **others)
    settings.CMS_GRAPHQL_MANIFESTS = [file]
    [error] = check_manifests()
    assert (error.id, error.msg) == ("cms.E010", f"CMS_GRAPHQL_MANIFESTS: {file} cannot be used: {reason}.")


def test_each_manifest_that_cannot_be_read_is_named(settings: LazySettings, tmp_path: Path):
    files = [tmp_path / "broken.json", tmp_path / "missing.json"]
    files[0].write_text("{")
    settings.CMS_GRAPHQL_MANIFESTS = files
    errors = check_manifests()
    assert [error.id for error in errors] == ["cms.E010", "cms.E010"]
    assert [str(file) in error.msg for file, error in zip(files, errors, strict=True)] == [True, True]


@pytest.fixture(autouse=True)
def manifest_anew() -> None:
    manifest.cache_clear()
    counted_names.cache_clear()
