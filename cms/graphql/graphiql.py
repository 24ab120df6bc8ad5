"""GraphiQL, from our own static files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def graphiql(request: HttpRequest) -> HttpResponse:
    """The page in which developers try requests."""
    return render(request, "graphql/graphiql.html")
