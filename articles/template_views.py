"""Making a template of an article, and an article of a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, UserColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from articles.models import ArticleIndexPage, ArticlePage, ArticleTemplate
from cms.invalidation.capture import lock_content
from cms.operations.dates import moment


class TemplateForm(forms.ModelForm):
    class Meta:
        model = ArticleTemplate
        fields = ["name", "title_pattern"]


class FromTemplateForm(forms.Form):
    template = forms.ModelChoiceField(ArticleTemplate.objects.all(), label=_("Template"))
    parent = forms.ModelChoiceField(ArticleIndexPage.objects.none(), label=_("In the list"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = lists_for(user)


def lists_for(user: Any) -> Any:
    """The lists of articles to which somebody may add one."""
    allowed = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    return ArticleIndexPage.objects.filter(pk__in=allowed.values("pk")).order_by("path")


class _FormView(WagtailAdminTemplateMixin, FormView):
    template_name = "wagtailadmin/generic/form.html"
    header_icon = "doc-full-inverse"
    submit_button_label: Any = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("articles:index"), "label": gettext("Articles")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"submit_button_label": self.submit_button_label, "media": context["form"].media}
        return context


class SaveTemplateView(_FormView):
    """Keep an article, as its newest draft is, as a template; one of the same name is replaced."""

    page_title = _("Save as a template")
    submit_button_label = _("Save as a template")
    form_class = TemplateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(ArticlePage, pk=kwargs["pk"])
        may_edit = self.page.permissions_for_user(request.user).can_edit()
        if not may_edit or not request.user.has_perm("articles.add_articletemplate"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        title = self.page.get_latest_revision_as_object().title
        return {"name": title[:100], "title_pattern": title}

    def get_form_kwargs(self) -> dict[str, Any]:
        name = self.request.POST.get("name", "")
        known = ArticleTemplate.objects.filter(name=name).first()
        may_replace = self.request.user.has_perm("articles.change_articletemplate")
        return {**super().get_form_kwargs(), "instance": known if may_replace else None}

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        action = "wagtail.create" if form.instance.pk is None else "wagtail.edit"
        template = form.save(commit=False)
        template.made_by = self.request.user
        template.keep(self.page.get_latest_revision_as_object())
        template.save()
        log(template, action, user=self.request.user)
        message = gettext("“%(name)s” is a template now. Use it in the list of articles.")
        messages.success(self.request, message % {"name": template.name})
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class FromTemplateView(_FormView):
    """Begin an article: a draft with what the template has, opened in its form."""

    page_title = _("New article from a template")
    submit_button_label = _("Begin the article")
    form_class = FromTemplateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not lists_for(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("article_templates:index")
        return [HeaderButton(_("Templates"), url=url, icon_name="list-ul")]

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.request.GET.get("parent") or lists_for(self.request.user).first()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: FromTemplateForm) -> HttpResponse:
        parent = form.cleaned_data["parent"]
        article = form.cleaned_data["template"].article(day=timezone.localdate())
        article.owner, article.locale = self.request.user, parent.locale
        with transaction.atomic():
            lock_content()
            parent.add_child(instance=article)
            revision = article.save_revision(user=self.request.user, clean=False)
            log(article, "wagtail.create", user=self.request.user, revision=revision, content_changed=True)
        return redirect("wagtailadmin_pages:edit", article.pk)


class ArticleTemplateViewSet(ModelViewSet):
    """The templates: to rename and delete them. They are made of articles."""

    model = ArticleTemplate
    icon = "doc-full-inverse"
    form_fields = ["name", "title_pattern"]
    copy_view_enabled = False
    list_display = [
        "name",
        "title_pattern",
        UserColumn("made_by", label=_("Made by")),
        Column("made_at", label=_("Made at"), accessor=lambda each: moment(each.made_at), sort_key="made_at"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "add_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name != "add"]


def addresses() -> list[URLPattern]:
    """Of the two forms."""
    return [
        path("articles/templates/save/<int:pk>/", SaveTemplateView.as_view(), name="save_article_template"),
        path("articles/templates/use/", FromTemplateView.as_view(), name="use_article_template"),
    ]


def use_button() -> Button:
    """Leads to the choice of a template."""
    url = reverse("use_article_template")
    return Button(_("New from a template"), url=url, icon_name="copy", priority=20)


def page_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Hook `register_page_header_buttons`: of an article, and of a list of articles."""
    if issubclass(page.specific_class or Page, ArticlePage) and user.has_perm("articles.add_articletemplate"):
        url = reverse("save_article_template", args=[page.pk])
        yield Button(_("Save as a template"), url=url, icon_name="copy", priority=46)
    elif issubclass(page.specific_class or Page, ArticleIndexPage) and lists_for(user).filter(pk=page.pk):
        url = f"{reverse('use_article_template')}?parent={page.pk}"
        yield Button(_("New from a template"), url=url, icon_name="copy", priority=16)
