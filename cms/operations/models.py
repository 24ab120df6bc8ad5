from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
