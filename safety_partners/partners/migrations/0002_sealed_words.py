"""What only the database can do: refuse to change an agreement once both have signed it (when a record is forgotten its words
may be taken away), and keep organisations apart.
"""

from django.db import migrations

from safety_partners.core.append_only import FixedOnce
from safety_partners.core.wall import Wall


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        FixedOnce("partners_agreement", "sealed words are never changed", filled="checksum", may_be_emptied=["words"]),
        Wall(),
    ]
