"""A question that readers answer by choosing among options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from grapple.models import GraphQLString
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.content.publishing import PublishedWhole
from cms.content.trashed import Trashable
from cms.preview.mixins import PreviewableContent
from cms.search.editors import folded_search_field
from polls.admin.forms import PollForm, compared
from polls.admin.panels import OptionsPanel, RewordingPanel, SitePanel
from polls.models.identity import (
    check_rewording,
    complete_options,
    keep_options,
    name_options,
    reworded_options,
    stored_options,
)

if TYPE_CHECKING:
    from polls.tally.tallies import Tally

MAX_OPTIONS = 20
#: Where a revision keeps what its editor confirmed.
CONFIRMED = "confirmed_rewordings"


class PollState(models.TextChoices):
    """Where a poll stands, by the server's clock."""

    SCHEDULED = "scheduled", pgettext_lazy("poll", "Scheduled")
    OPEN = "open", pgettext_lazy("poll", "Open")
    CLOSED = "closed", pgettext_lazy("poll", "Closed")


class ResultsVisibility(models.TextChoices):
    """Who sees a poll's figures, and when."""

    ALWAYS = "always", _("Everyone, at any time")
    AFTER_VOTE = "after_vote", _("Those who voted; everyone after closing")
    AFTER_CLOSING = "after_closing", _("Everyone, after closing")
    NEVER = "never", _("Editors only")


class ProofOfWork(models.TextChoices):
    """When a voter's device has to do some work first, which one voter does not notice and a thousand do."""

    OFF = "off", pgettext_lazy("proof of work", "Never")
    SUSPICIOUS = "suspicious", _("When many votes come from one network")
    ALWAYS = "always", pgettext_lazy("proof of work", "Always")


class PollQuerySet(models.QuerySet):
    def in_state(self, state: PollState, now: datetime) -> PollQuerySet:
        """Polls that are in `state` at `now`."""
        rules = {
            PollState.SCHEDULED: Q(opens_at__gt=now),
            PollState.OPEN: Q(opens_at__lte=now, closes_at__gt=now),
            PollState.CLOSED: Q(closes_at__lte=now),
        }
        return self.filter(rules[state])


class Poll(  # type: ignore[django-manager-missing]  # its options' base has no types, so nor has their manager
    PublishedWhole,
    PreviewableContent,
    Trashable,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A poll: it takes votes from `opens_at` until just before `closes_at`.

    Its options keep their ids, and one that has ballots stays, whichever revision is published: `identity.py`.
    """

    question = models.CharField(_("question"), max_length=255)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown below the question."))
    min_choices = models.PositiveSmallIntegerField(
        _("at least"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_OPTIONS)]
    )
    max_choices = models.PositiveSmallIntegerField(
        _("at most"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_OPTIONS)],
        help_text=_("1 and 1: the reader chooses exactly one option."),
    )
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now, db_index=True)
    closes_at = models.DateTimeField(
        _("closes at"), db_index=True, help_text=_("From this moment on no vote is taken.")
    )
    results_visibility = models.CharField(
        _("results are shown to"),
        max_length=16,
        choices=ResultsVisibility,
        default=ResultsVisibility.AFTER_VOTE,
        help_text=_("Results that all can see invite ballot stuffing."),
    )
    allows_change = models.BooleanField(
        _("a reader may change the vote"),
        default=False,
        help_text=_("Until the poll closes; the last vote counts."),
    )
    proof_of_work = models.CharField(
        _("proof of work"),
        max_length=16,
        choices=ProofOfWork,
        default=ProofOfWork.SUSPICIOUS,
        help_text=_(
            "The reader's device computes for a second before it votes: dear for who votes by the thousand."
        ),
    )

    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("website"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The website whose lists and search show the poll. Left empty: every website."),
    )

    _revisions = GenericRelation(Revision, related_query_name="poll")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="poll",
        for_concrete_model=False,
    )

    objects = PollQuerySet.as_manager()

    #: New words of options with ballots that an editor has confirmed (`rewordings_of`); kept in revisions alone.
    confirmed_rewordings: Sequence[list[Any]] = ()
    #: Set on an instance that is shown to a reader who has a ballot in it; never stored.
    reader_has_voted = False
    #: Set on a draft that is previewed, where readers of the poll itself see none; never stored.
    hides_figures = False
    #: Set on an instance that is shown to a reader who has just voted: the tally that includes the ballot.
    tally_after_vote: Tally | None = None

    panels = [
        FieldPanel("question"),
        FieldPanel("description"),
        OptionsPanel(
            "options",
            heading=pgettext_lazy("poll", "Options"),
            label=pgettext_lazy("poll", "option"),
            min_num=2,
            max_num=MAX_OPTIONS,
        ),
        RewordingPanel("confirms_rewording"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("min_choices"), FieldPanel("max_choices")])],
            heading=_("How many options a reader chooses"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])], heading=_("Voting")
        ),
        FieldPanel("results_visibility"),
        FieldPanel("allows_change"),
        FieldPanel("proof_of_work"),
        SitePanel("site"),
        PublishingPanel(),
    ]
    base_form_class = PollForm

    graphql_fields = [
        GraphQLString("question", required=True, description="The question."),
        GraphQLString(
            "description", required=True, description="What is said below the question; may be empty."
        ),
    ]

    search_fields = [
        index.FilterField("id"),  # lists search among what their filters leave
        index.SearchField("question", boost=2),
        index.SearchField("description"),
        index.RelatedFields("options", [index.SearchField("text")]),
        index.AutocompleteField("question"),
        folded_search_field("question"),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
        index.FilterField("is_trashed"),
    ]

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ["-opens_at", "-pk"]
        indexes = [
            models.Index(fields=["-opens_at", "-id"], name="poll_opens"),
            models.Index(fields=["closes_at", "id"], name="poll_closes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")), name="poll_opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(
                    min_choices__gte=1, min_choices__lte=F("max_choices"), max_choices__lte=MAX_OPTIONS
                ),
                name="poll_choices_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            errors["closes_at"] = _("The poll must close after it opens.")
        if self.min_choices and self.max_choices and self.min_choices > self.max_choices:
            errors["max_choices"] = _("“At most” can't be less than “at least”.")
        if errors:
            raise ValidationError(errors)

    def check_whole(self) -> None:
        super().check_whole()
        self.check_options()
        check_rewording(self, reworded_options(list(self.options.all()), stored_options(self)))

    def check_options(self) -> None:
        """What the form checks of the options together; else ValidationError."""
        texts = [compared(option.text) for option in self.options.all()]
        if not 2 <= len(texts) <= MAX_OPTIONS:
            raise ValidationError(_("A poll has 2 to %(most)d options.") % {"most": MAX_OPTIONS})
        if len(set(texts)) < len(texts):
            raise ValidationError(_("Another option of this poll says the same."))
        if self.max_choices and self.max_choices > len(texts):
            raise ValidationError(_("There are fewer options than a reader may choose."))

    def save(self, **kwargs: Any) -> None:
        # The options that have ballots are looked up and kept in the transaction that would delete them.
        with transaction.atomic():
            if kwargs.get("update_fields") is None:
                name_options(self)
                keep_options(self)
            super().save(**kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        name_options(self)
        return super().save_revision(*args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        data = super().serializable_data()
        return {**data, CONFIRMED: self.confirmed_rewordings} if self.confirmed_rewordings else data

    def with_content_json(self, content: dict[str, Any]) -> Poll:
        # As it would be published: whoever reads or checks a revision sees the options that stay.
        poll = super().with_content_json(content)
        poll.confirmed_rewordings = content.get(CONFIRMED, ())
        complete_options(poll)
        return poll

    @property
    def must_be_kept(self) -> bool:
        """Ballots are never deleted, so their poll is not."""
        return self.ballots.exists()

    def state_at(self, now: datetime) -> PollState:
        """The poll's state at `now`."""
        if now < self.opens_at:
            return PollState.SCHEDULED
        return PollState.OPEN if now < self.closes_at else PollState.CLOSED

    @property
    def state(self) -> PollState:
        return self.state_at(timezone.now())

    def shows_results(self, now: datetime, *, has_voted: bool = False) -> bool:
        """Whether a reader sees figures at `now`; `has_voted` where it is known that the reader has a ballot."""
        if self.results_visibility == ResultsVisibility.AFTER_VOTE and has_voted:
            return True
        if self.results_visibility in {ResultsVisibility.AFTER_VOTE, ResultsVisibility.AFTER_CLOSING}:
            return self.state_at(now) == PollState.CLOSED
        return self.results_visibility == ResultsVisibility.ALWAYS
