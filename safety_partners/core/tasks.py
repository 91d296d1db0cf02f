"""What the machinery does by the clock."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from safety_partners.core import files, outbox
from safety_partners.core.models import Message, Submission
from safety_partners.core.schedule import every, nightly


@every(minutes=1)
def deliver_messages() -> int:
    """Send the emails that wait."""
    return outbox.deliver()


@nightly("40 2 * * *")
def tidy() -> None:
    """Forget what has been kept long enough: old form keys, old messages, files of nobody, ended sessions."""
    now = timezone.now()
    Submission.objects.filter(made_at__lt=now - dt.timedelta(days=30)).delete()
    in_doubt = Q(status=Message.Status.IN_DOUBT, made_at__lt=now - dt.timedelta(days=365))
    Message.objects.filter(Q(finished_at__lt=now - dt.timedelta(days=365)) | in_doubt).delete()
    files.sweep()
    call_command("clearsessions")
