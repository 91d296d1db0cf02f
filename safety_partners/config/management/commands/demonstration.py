"""Make the demonstration organisation, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safety_partners.people.models import Organisation


class Command(BaseCommand):
    help = "Make an invented organisation with a year of work in it, if it is not there yet. Not for production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("A production installation holds no invented people. Set SAFETY_PARTNERS_MODE=demonstration.")
        if Organisation.objects.filter(slug="meadowbank").exists():
            self.stdout.write("The demonstration organisation is there already.")
            return
        from safety_partners.config.demonstration import (
            activities,
            agendas,
            committees,
            documents,
            groups,
            insights,
            interest,
            joining,
            minutes,
            partners,
            people,
            post,
            programme,
        )
        from safety_partners.config.demonstration.telling import days_ago

        with days_ago(235):
            cast = people.gather()
            people.open_practice()
        role = programme.set_up(cast)
        found = partners.welcome(cast, role)
        committee = committees.tell(cast, found)
        minutes.tell(cast, committee)
        agendas.tell(cast, committee)
        insights.tell(cast)
        documents.tell(cast)
        activities.tell(cast, found)
        groups.tell(cast, found)
        programme.learn(cast)
        joining.tell(cast, interest.advertise(cast))
        post.go_out(cast)
        self.stdout.write("Meadowbank Care Federation and Harbour Lane Surgery are ready. Both are invented.")
