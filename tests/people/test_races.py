"""What several people do at the same moment, on a database for many connections."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import NOBODY
from safety_partners.people import commands
from safety_partners.people.models import Grant, Invitation, Membership, Parentage, Role, Service, User
from tests.core.conftest import at_once
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.people.test_inviting import invite, secret_of


def test_two_who_accept_at_the_same_moment_make_one_member(racing_db):
    admin = make_member(None, Role.ADMINISTRATOR)
    invitation = invite(admin)
    secret = secret_of(invitation)

    def accept_it():
        return commands.accept_invitation(NOBODY, Invitation.objects.get(pk=invitation.pk), secret=secret)

    results = at_once(*[accept_it] * 4)
    assert sum(isinstance(result, Membership) for result in results) == 1
    assert sum(isinstance(result, NotPossible) for result in results) == 3
    assert Membership.objects.count() == 2
    assert User.objects.count() == 2


def test_two_administrators_cannot_remove_each_other_at_the_same_moment(racing_db):
    organisation = make_organisation()
    one, two = (make_member(organisation, Role.ADMINISTRATOR, Role.STAFF) for _number in range(2))
    viewers = viewer_of(one), viewer_of(two)

    def remove(viewer, other):
        return lambda: commands.take_role(viewer, Membership.objects.get(pk=other.pk), role=Role.ADMINISTRATOR)

    results = at_once(remove(viewers[0], two), remove(viewers[1], one))
    assert sum(isinstance(result, NotPossible) for result in results) == 1, results
    assert Grant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_two_services_of_one_name_at_the_same_moment_are_one(racing_db):
    admin = make_member(None, Role.ADMINISTRATOR)
    viewer = viewer_of(admin)
    results = at_once(*[lambda: commands.add_service(viewer, admin.organisation, name="Frailty team")] * 3)
    assert sum(isinstance(result, Service) for result in results) == 1
    assert sum(isinstance(result, NotPossible) for result in results) == 2


def test_no_circle_of_parents_even_at_the_same_moment(racing_db):
    members = [make_member(None, Role.ADMINISTRATOR) for _number in range(4)]
    below = dict(zip(members, [*members[1:], members[0]], strict=True))

    def put(member, above):
        return lambda: commands.set_parent(viewer_of(member), member.organisation, parent=above.organisation, from_on=dt.date(2026, 1, 1))

    results = at_once(*[put(member, above) for member, above in below.items()])
    assert sum(isinstance(result, NotPossible) for result in results) == 1, results
    assert Parentage.objects.count() == 3
