"""What only the database can do: refuse to change minutes and decisions once a meeting has approved them."""

from django.db import migrations

from safety_partners.core.append_only import FixedOnce

REFUSAL = "approved minutes are never changed"


class Migration(migrations.Migration):
    dependencies = [("committees", "0002_wall")]

    operations = [
        FixedOnce("committees_minutes", REFUSAL, filled="checksum", fixed=["status", "corrections", "approved_at"]),
        FixedOnce("committees_itemminute", REFUSAL, filled="checksum", fixed=["words"]),
        FixedOnce("committees_decision", REFUSAL, filled="checksum", fixed=["words"]),
    ]
