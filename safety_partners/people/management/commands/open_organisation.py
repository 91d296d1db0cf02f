"""Open an organisation with its first administrator: the one thing that cannot be done in a browser."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import system_viewer
from safety_partners.people import commands


class Command(BaseCommand):
    help = "Open an organisation. Its first administrator then signs in with a code sent to their email address, and invites the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name of the organisation")
        parser.add_argument("administrator", help="the name of its first administrator")
        parser.add_argument("email", help="the administrator's email address")
        parser.add_argument("--short-name", default="", help="its part of public addresses, such as meadowbank")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            organisation = commands.open_organisation(
                system_viewer(None),
                name=options["name"],
                administrator_name=options["administrator"],
                administrator_email=options["email"],
                slug=options["short_name"],
            )
        except ValidationError as trouble:
            raise CommandError(f"{options['email']!r} is no email address.") from trouble
        except NotPossible as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"{organisation.name} is open ({organisation.code}). {options['administrator']} can sign in now.")
