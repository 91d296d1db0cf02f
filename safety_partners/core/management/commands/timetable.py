"""Write the routines of every app into the database's timetable."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules

from safety_partners.core import schedule


class Command(BaseCommand):
    help = "Write what runs by the clock into the database, for the background worker. Run it after every upgrade."

    def handle(self, *_args: Any, **options: Any) -> None:
        autodiscover_modules("tasks")
        for name in schedule.install():
            if options["verbosity"]:
                self.stdout.write(name)
