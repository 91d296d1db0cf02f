"""A double click, at the same moment, on a database for many connections."""

from __future__ import annotations

from safety_partners.core.models import Message
from safety_partners.core.viewer import NOBODY
from safety_partners.joining import commands, private_words
from safety_partners.joining.models import Advert, Draft, EqualityCount, Expression
from safety_partners.people.models import Role
from tests.core.conftest import at_once
from tests.factories.joining import ANSWERS, make_advert
from tests.factories.people import make_member, make_organisation

SECRET = "7KQ3-M2XB-9TRF"


def test_sending_at_the_same_moment_makes_one(racing_db):
    advert = make_advert(make_member(make_organisation(), Role.LEAD))
    draft = commands.begin_interest(NOBODY, advert, secret=SECRET)
    given = {**ANSWERS, "agrees_to_keep": True, "word": private_words.word_of(SECRET), "submission_key": private_words.key_of(SECRET)}

    def send():
        return commands.submit_expression(
            NOBODY, Advert.objects.select_related("organisation").get(pk=advert.pk), draft=Draft(pk=draft.pk, advert=advert), **given
        )

    results = at_once(*[send] * 4)
    assert [type(result) for result in results] == [Expression] * 4, results
    assert len({result.pk for result in results}) == 1
    assert Expression.objects.count() == Message.objects.count() == 1
    assert not Draft.objects.exists()


def test_equality_answers_at_the_same_moment_are_all_counted(racing_db):
    advert = make_advert(make_member(make_organisation(), Role.LEAD))
    results = at_once(*[lambda: commands.count_equality(NOBODY, advert, answers={"sex": "female"})] * 4)
    assert all(isinstance(result, Advert) for result in results), results
    assert EqualityCount.objects.get(advert=advert, question="sex", answer="female").count == 4
