from __future__ import annotations

from campaigns.models.pages import CampaignIndexPage, CampaignPage
from campaigns.models.parts import CampaignLegalBasis, Milestone, Participant, Target

__all__ = [
    "CampaignIndexPage",
    "CampaignLegalBasis",
    "CampaignPage",
    "Milestone",
    "Participant",
    "Target",
]
