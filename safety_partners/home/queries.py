"""What waits for somebody, from every app, oldest duty first."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.duty import Duties
from safety_partners.core.viewer import Viewer
from safety_partners.insights import queries as insights
from safety_partners.joining import queries as joining
from safety_partners.partners import queries as partners
from safety_partners.reviews import queries as reviews


def waiting(viewer: Viewer) -> Duties:
    """What this person is asked to do, the longest due first; what has no day comes last."""
    apps = [insights.duties(viewer), reviews.duties(viewer), partners.duties(viewer), joining.duties(viewer)]
    # Sorting keeps the order of each app among duties of one day: what others wait for comes before one's own drafts.
    found = Duties(sorted((duty for app in apps for duty in app), key=lambda duty: duty.due_on or dt.date.max))
    found.has_more = any(app.has_more for app in apps)
    return found
