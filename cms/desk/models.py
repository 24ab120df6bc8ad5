from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LinkProblem(models.TextChoices):
    """What is wrong with an address."""

    NONE = "", _("nothing")
    GONE = "gone", _("the page is no longer there")
    NO_HOST = "no_host", _("no such host")
    NO_ANSWER = "no_answer", _("the server does not answer")
    LOOP = "loop", _("it redirects without end")
    INSIDE = "inside", _("the address is inside the network, where readers can't follow it")
    NOT_PUBLIC = "not_public", _("what it leads to is not public, or was deleted")


#: What may be over the next time: told only of what was found twice.
PASSING = [LinkProblem.NO_HOST, LinkProblem.NO_ANSWER, LinkProblem.LOOP]


class LinkQuerySet(models.QuerySet):
    def broken(self) -> LinkQuerySet:
        """Those that an editor should look at."""
        return self.exclude(problem=LinkProblem.NONE).exclude(problem__in=PASSING, failures__lt=2)


class Link(models.Model):
    """An address that public pages link to, and what was wrong with it when it was checked last."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    address = models.TextField(_("address"))
    problem = models.CharField(
        _("problem"), max_length=12, choices=LinkProblem, blank=True, default=LinkProblem.NONE
    )
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked at"), null=True, db_index=True)
    pages = models.ManyToManyField("wagtailcore.Page", verbose_name=_("pages"), related_name="outgoing_links")

    wagtail_reference_index_ignore = True
    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        default_permissions = ()
        indexes = [
            models.Index(fields=["problem"], condition=~Q(problem=""), name="desk_link_with_problem"),
        ]

    def __str__(self) -> str:
        return self.address


class SavedView(models.Model):
    """A view of one of the admin's lists that a person has given a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    list_name = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("search and filters"), max_length=2000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "list_name", "name"], name="desk_view_named_once"),
        ]

    def __str__(self) -> str:
        return self.name
