"""What only the database can do: refuse to change words once they are sealed (they may be taken away, and the seal stays), and
keep organisations apart.
"""

from django.db import migrations

from safety_partners.core.append_only import FixedOnce
from safety_partners.core.wall import Wall

REFUSAL = "sealed words are never changed"


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_initial")]

    operations = [
        *(FixedOnce(table, REFUSAL, filled="checksum", may_be_emptied=["words"]) for table in ("insights_insight", "insights_verdict")),
        Wall(published=["PublishedChange", "PublishedMovement"]),
    ]
