"""The database itself keeps sealed words from changing, on both databases and whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from safety_partners.core import history
from safety_partners.core.seals import seal
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, Verdict
from tests.factories import insights as make
from tests.factories.people import viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Insight, Verdict])
def sealed(request):
    """A row with sealed words, of each kind."""
    cast = make_cast()
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    verdict = commands.give_verdict(viewer_of(cast.partner), insight, answer="part", words="In my own words.")
    return verdict if request.param is Verdict else insight


def rows(record):
    return type(record)._base_manager.filter(pk=record.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Tidied by somebody"},
        {"words": "Tidied by somebody", "checksum": seal("Tidied by somebody")},
        {"checksum": seal("Other words")},
        {"checksum": ""},
        {"words": "", "checksum": ""},
    ],
)
def test_sealed_words_and_their_seal_cannot_be_changed(sealed, change):
    with pytest.raises(DatabaseError, match="sealed words are never changed"), transaction.atomic():
        rows(sealed).update(**change)
    assert not list(history.verify())


def test_sealed_words_can_be_taken_away_and_not_put_back(sealed):
    if isinstance(sealed, Insight):
        commands.withdraw(viewer_of(sealed.speaker), sealed)
    else:
        rows(sealed).update(words="")
    assert not list(history.verify())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(sealed).update(words="Put back")


def test_everything_else_of_a_sealed_row_can_move(sealed):
    sealed.refresh_from_db()
    sealed.save()
    assert not list(history.verify())


def test_a_draft_s_words_are_free():
    cast = make_cast()
    draft = make.make_draft(cast.partner)
    commands.edit_draft(viewer_of(cast.partner), draft, words="As often as I like.")
    assert Insight.objects.get().words == "As often as I like."


def test_sqlite_s_replace_is_no_way_round():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    cast = make_cast()
    insight = make.make_insight(cast.partner)
    columns = ", ".join(field.column for field in Insight._meta.concrete_fields)
    changed = columns.replace("words", "'Tidied'", 1)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO insights_insight ({columns}) SELECT {changed} FROM insights_insight WHERE id = %s", [insight.pk]
        )


def test_verify_finds_words_whose_seal_was_forged_from_the_start():
    cast = make_cast()
    draft = make.make_draft(cast.partner)
    Insight.objects.filter(pk=draft.pk).update(status="shared", shared_at=draft.made_at, checksum=seal("Something else"))
    faults = [fault.what for fault in history.verify()]
    assert any("do not match" in what for what in faults)
    assert any("not the one that was recorded" in what for what in faults)
