"""The programme: who answers for it, its policy, how long things last, its own words, and that it is ready."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners import policies
from safety_partners.partners.commands.rules import demand_as_seen
from safety_partners.partners.models import Programme, Template
from safety_partners.partners.queries import setting_up, wordings
from safety_partners.partners.queries.seen import LENGTHS, PEOPLE, POLICY, WORDS
from safety_partners.partners.queries.wordings import unknown_brackets
from safety_partners.people.commands.persons import tidy_name
from safety_partners.people.models import Organisation


def _programme_of(organisation: Organisation) -> Programme:
    return Programme.objects.get_or_create(organisation=organisation)[0]


@command(allow=policies.may_look_after_programme)
def name_people(
    viewer: Viewer,
    organisation: Organisation,
    /,
    *,
    executive: str,
    responsible_officer: str,
    lead: str,
    safety_specialist: str,
    seen: int | None = None,
) -> Programme:
    """Say who answers for the programme, by name."""
    programme = _programme_of(organisation)
    demand_as_seen(programme, PEOPLE, seen)
    given = {"executive": executive, "responsible_officer": responsible_officer, "lead": lead, "safety_specialist": safety_specialist}
    for field, name in given.items():
        setattr(programme, field, tidy_name(name))
    programme.save(update_fields=list(given))
    return programme


@command(allow=policies.may_look_after_programme, details=("review_on",))
def set_policy(
    viewer: Viewer, organisation: Organisation, /, *, title: str, link: str, review_on: dt.date, seen: int | None = None
) -> Programme:
    """Say which policy the programme follows, and when somebody looks at it again."""
    if not title.strip():
        raise NotPossible(_("Enter the name of the policy."), field="title")
    programme = _programme_of(organisation)
    demand_as_seen(programme, POLICY, seen)
    programme.policy_title = " ".join(title.split())
    programme.policy_link = link
    programme.policy_review_on = review_on
    programme.save(update_fields=["policy_title", "policy_link", "policy_review_on"])
    return programme


@command(allow=policies.may_look_after_programme, details=("term_months", "keep_interest_months"))
def set_lengths(
    viewer: Viewer, organisation: Organisation, /, *, term_months: int, keep_interest_months: int, seen: int | None = None
) -> Programme:
    """Set how long a term usually is, and how long we keep what people sent who did not join."""
    programme = _programme_of(organisation)
    demand_as_seen(programme, LENGTHS, seen)
    programme.term_months = term_months
    programme.keep_interest_months = keep_interest_months
    programme.save(update_fields=["term_months", "keep_interest_months"])
    return programme


@command(allow=policies.may_look_after_programme)
def finish_set_up(viewer: Viewer, organisation: Organisation, /) -> Programme:
    """Say that the programme is ready: everything that only the organisation can say has been said."""
    missing = setting_up.missing(organisation.pk)
    if missing:
        raise NotPossible(_("Before you begin: %(first)s") % {"first": missing[0].title})
    programme = _programme_of(organisation)
    if programme.set_up_at is None:
        programme.set_up_at = clock.now()
        programme.save(update_fields=["set_up_at"])
    return programme


@command(allow=policies.may_look_after_programme, details=("purpose",))
def change_words(
    viewer: Viewer, organisation: Organisation, /, *, purpose: str, subject: str, text: str, seen: int | None = None
) -> Template:
    """Write a letter or an agreement in the organisation's own words, for those who get it from now on."""
    if not subject.strip():
        raise NotPossible(_("Enter a subject."), field="subject")
    if not text.strip():
        raise NotPossible(_("Enter the words."), field="text")
    for field, words in (("subject", subject), ("text", text)):
        if unknown := unknown_brackets(purpose, words):
            raise NotPossible(_("There is nothing to fill in for [%(name)s].") % {"name": unknown[0]}, field=field)
    now = Template.objects.select_for_update().filter(organisation=organisation, purpose=purpose).first()
    demand_as_seen(now or wordings.texts(organisation.pk, purpose), WORDS, seen)
    given = {"subject": " ".join(subject.split()), "text": text}
    return Template.objects.update_or_create(organisation=organisation, purpose=purpose, defaults=given)[0]


@command(allow=policies.may_look_after_programme, details=("purpose",))
def use_product_words(viewer: Viewer, organisation: Organisation, /, *, purpose: str) -> Organisation:
    """Go back to the product's own words."""
    Template.objects.filter(organisation=organisation, purpose=purpose).delete()
    return organisation
