"""Verify the chain of events and every seal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safety_partners.core import history
from safety_partners.core.models import Event


class Command(BaseCommand):
    help = "Verify that no event and no sealed words were changed, added or taken away."

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = list(history.verify())
        for fault in faults:
            self.stderr.write(f"{fault.where}: {fault.what}")
        if faults:
            raise CommandError(f"{len(faults)} faults found. Keep this output and the database as they are, and look at the backups.")
        sealed = sum(model._base_manager.exclude(checksum="").count() for model in history.sealed_models())
        self.stdout.write(f"{Event.objects.count()} events in their chains and {sealed} seals verified: nothing was changed.")
