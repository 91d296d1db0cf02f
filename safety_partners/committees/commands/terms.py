"""Terms of reference: a new version follows an older one, and none is ever changed."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.rules import demand_meets, lock
from safety_partners.committees.models import Committee, Terms
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.commands import evidence


@command(allow=policies.may_run, details=("number", "agreed_on"))
def agree_terms(
    viewer: Viewer,
    committee: Committee,
    /,
    *,
    agreed_on: dt.date,
    words: str = "",
    file: UploadedFile | None = None,
    review_on: dt.date | None = None,
) -> Terms:
    """Put down the terms that the committee works by from now on, typed or as a file; earlier ones stay as they were."""
    lock(committee)
    demand_meets(committee)
    if not words.strip() and file is None:
        raise NotPossible(_("Type the terms of reference, or choose a file."), field="words")
    if agreed_on > today():
        raise NotPossible(_("Enter the day on which they were agreed."), field="agreed_on")
    if review_on is not None and review_on <= agreed_on:
        raise NotPossible(_("Enter a day after the one on which they were agreed."), field="review_on")
    number = (committee.terms.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = evidence.keep(file, committee.organisation_id, field="file", endings=(".pdf", ".docx")) if file else None
    return Terms.objects.create(
        committee=committee,
        number=number,
        words=words,
        file=kept,
        agreed_on=agreed_on,
        review_on=review_on,
        agreed_by_id=viewer.membership_id,
    )
