"""What can be changed in many articles at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.tags import TagField

from articles.models import ArticleCategory, ArticlePage, ArticleTag
from cms.desk.lists.bulk import ChangePages


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(
        ArticleCategory.objects.filter(is_trashed=False),
        label=_("Category"),
        required=False,
        empty_label=_("no category"),
    )


class SetCategory(ChangePages):
    """Put articles into another category."""

    models = [ArticlePage]
    display_name = _("Category")
    action_type = "category"
    aria_label = _("Change the category of the selected articles")
    action_priority = 20
    form_class = CategoryForm
    question = _("Into which category do these articles belong?")

    @classmethod
    def change(cls, page: ArticlePage, values: dict[str, Any]) -> None:
        page.category = values["category"]


def _tags(label: Any) -> TagField:
    return TagField(label=label, required=False, tag_model=ArticleTag.tag_model(), free_tagging=True)


class TagsForm(forms.Form):
    add = _tags(_("Add these tags"))
    remove = _tags(_("Take these tags away"))


class SetTags(ChangePages):
    """Add tags to articles, and take some away."""

    models = [ArticlePage]
    display_name = _("Tags")
    action_type = "tags"
    aria_label = _("Change the tags of the selected articles")
    action_priority = 25
    form_class = TagsForm
    question = _("Which tags do these articles get, and which do they lose?")

    @classmethod
    def change(cls, page: ArticlePage, values: dict[str, Any]) -> None:
        page.tags.add(*values["add"])
        page.tags.remove(*values["remove"])
