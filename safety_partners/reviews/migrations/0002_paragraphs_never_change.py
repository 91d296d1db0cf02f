"""What only the database can do: refuse to change a paragraph that was read (it goes only with its version), and keep
organisations apart.
"""

from django.db import migrations

from safety_partners.core.append_only import AppendOnly
from safety_partners.core.wall import Wall


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        AppendOnly(
            "reviews_paragraph",
            "paragraphs of a version are never changed",
            keys=[("version_id", "position")],
            may_be_deleted=True,
        ),
        Wall(),
    ]
