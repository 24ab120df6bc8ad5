"""An operation as somebody asks it, and the answer as they get it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

#: What differs from one answer to the next although nothing else does: what an error of ours is found in the log by.
REFERENCE = re.compile(rb'(reference":"|Reference: )[0-9a-f]{12}')


@dataclass(frozen=True)
class Operation:
    """A request: who asks (`audience`: "anonymous", "preview" with a token in its variables, or "editor"), where, what."""

    document: str
    variables: dict[str, Any] = field(default_factory=dict)
    audience: str = "anonymous"
    host: str = "localhost"
    language: str = "vi"

    @property
    def body(self) -> bytes:
        """The request's body; JSON's own escapes carry what UTF-8 cannot."""
        return json.dumps({"query": self.document, "variables": self.variables}).encode()

    def __str__(self) -> str:
        asked = f"# {self.audience}, http://{self.host}/graphql/, Accept-Language: {self.language}\n{self.document}"
        return f"{asked}\n# variables: {json.dumps(self.variables)}" if self.variables else asked


@dataclass(frozen=True)
class Answer:
    """Status and body of a response; equal where a client could not tell them apart but by an error's reference."""

    status: int
    body: bytes

    @classmethod
    def of(cls, status: int, body: bytes) -> Answer:
        return cls(status, REFERENCE.sub(rb"\g<1>(any)", body))

    @property
    def is_fault(self) -> bool:
        """Whether it says that something went wrong on our side."""
        return self.status >= 500 or b'"INTERNAL_ERROR"' in self.body
