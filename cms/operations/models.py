from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often a client asked in a window of time, where there is no Redis (`rates.py`); the key is a keyed digest."""

    key = models.CharField(_("key"), max_length=32, primary_key=True)
    count = models.BigIntegerField(_("count"))
    ends = models.BigIntegerField(_("ends at"), db_index=True, help_text=_("Seconds since 1970."))

    class Meta:
        verbose_name = _("request count")
        verbose_name_plural = _("request counts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Installation(models.Model):
    """What this database belongs to (`installation.py`): its environment, and fingerprints of keys."""

    name = models.CharField(_("name"), max_length=64, primary_key=True)
    value = models.CharField(_("value"), max_length=64)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class WorkerHeartbeat(models.Model):
    """When a worker for tasks was last alive."""

    worker = models.CharField(_("worker"), max_length=64, primary_key=True)
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        default_permissions = ()

    def __str__(self) -> str:
        return self.worker


class CommandRun(models.Model):
    """When a command that the clock starts was started last, and has ended well (`clock.py`).

    Of a daily one that has not been started yet `started_at` is when a worker first asked for it.
    """

    command = models.CharField(_("command"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("run of a command")
        verbose_name_plural = _("runs of commands")
        default_permissions = ()

    def __str__(self) -> str:
        return self.command


class CacheEntry(models.Model):
    """The table of Django's database cache, which all processes share where there is no Redis.

    Django writes it; it is a model only so that `migrate` makes it, as `createcachetable` would.
    """

    cache_key = models.CharField(_("key"), max_length=255, primary_key=True)
    value = models.TextField(_("value"))
    expires = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        db_table = "operations_cache"
        verbose_name = _("cache entry")
        verbose_name_plural = _("cache entries")
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key
