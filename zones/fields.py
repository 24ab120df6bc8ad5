"""The column of a boundary, and its field in forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput

from zones.geojson import read_json


class BoundaryFormField(forms.JSONField):
    """JSON that is bounded before it is read, and whose errors are always the form's."""

    def to_python(self, value: Any) -> Any:
        text = value.strip() if isinstance(value, str) else value
        return None if text in self.empty_values else read_json(text)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return initial if self.disabled else self.to_python(data)
        except ValidationError:
            return InvalidJSONInput(data)


class BoundaryField(models.JSONField):
    """A GeoJSON geometry. In migrations it is Django's own field."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": BoundaryFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
