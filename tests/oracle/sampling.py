"""How many operations are made up, and asking them."""

from __future__ import annotations

import os

from django.db import connection
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some
from hypothesis_graphql import from_schema, nodes

from tests.oracle.comparing import SCHEMA, Oracle, Switches
from tests.oracle.making import LEFT_OUT, made_up
from tests.oracle.operations import Operation
from tests.oracle.values import HOSTILE_TEXTS, WORDS

#: Operations of a run on one database, on both contents; `make fuzz` asks for more.
OPERATIONS = int(os.environ.get("ORACLE_OPERATIONS", "1000"))
#: Of ours, and of hypothesis-graphql.
OURS, THEIRS = 0.9, 0.1
FIXED_SEED = "1"


def ask_ours(oracle: Oracle, share: float, seed: str, *, switches: Switches | None = None) -> None:
    """Ask operations of our generator: a share of all."""
    for number in range(max(1, round(OPERATIONS * OURS * share))):
        # Others on each database, so that a run on both asks twice as many.
        operation = made_up(oracle.schema, oracle.values, f"{seed}/{connection.vendor}/{number}")
        oracle.check(operation, to_repeat=f"ORACLE_SEED={seed}, operation {number}", switches=switches)


def ask_theirs(oracle: Oracle, share: float, with_seed: str) -> None:
    """Ask operations of hypothesis-graphql, which shrinks them itself: a share of all."""

    @seed(int(with_seed) if with_seed.isdecimal() else with_seed)
    @settings(
        max_examples=max(1, round(OPERATIONS * THEIRS * share)),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(document=DOCUMENTS, audience=some.sampled_from(["anonymous", "editor"]))
    def ask(document: str, audience: str) -> None:
        oracle.check(Operation(document, audience=audience), to_repeat=f"ORACLE_SEED={with_seed}")

    ask()


_numbers = some.integers(0, 60) | some.sampled_from([-1, 100, 101, 2**31 - 1])
_texts = some.sampled_from([*WORDS, "vi", "en", "tin-tuc", "/", "localhost", *HOSTILE_TEXTS[6:]])
DOCUMENTS = from_schema(
    SCHEMA,
    fields=sorted(SCHEMA.query_type.fields.keys() - LEFT_OUT),
    custom_scalars={
        "PositiveInt": _numbers.map(nodes.Int),
        "Date": some.dates().map(str).map(nodes.String),
        "DateTime": some.datetimes().map(lambda each: nodes.String(f"{each.isoformat()}Z")),
        "JSON": _texts.map(nodes.String),
        "GeoJSON": _texts.map(nodes.String),
        "ID": _numbers.map(str).map(nodes.String),
        "String": _texts.map(nodes.String),
    },
)
