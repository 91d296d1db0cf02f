"""Counting answers to the equality questions: a number goes up, and nothing else is kept of who answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import is_anyone
from safety_partners.core.viewer import Viewer
from safety_partners.joining import equality
from safety_partners.joining.models import Advert, EqualityCount


@command(allow=is_anyone)
def count_equality(viewer: Viewer, advert: Advert, /, *, answers: Mapping[str, str]) -> Advert:
    """Count each answer once; questions without an answer are not counted. The event names no answer.

    Nothing is added after the advert closed for the first time: from then on the counts may be seen.
    """
    if not Advert.objects.select_for_update().filter(pk=advert.pk, counted_until=None).exists():
        raise NotPossible(_("These questions are closed for this role. Thank you all the same."))
    for name, answer in answers.items():
        if answer:
            if answer not in dict(equality.BY_NAME[name].answers):
                raise NotPossible(_("Choose an answer from the list"), name)
            EqualityCount.objects.filter(advert=advert, question=name, answer=answer).update(count=F("count") + 1)
    return advert
