"""Send the emails that wait, once: what the worker does each minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from safety_partners.core import outbox


class Command(BaseCommand):
    help = "Send the emails that wait. The background worker does this each minute by itself."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{outbox.deliver()} sent")
