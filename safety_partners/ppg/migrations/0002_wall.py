"""What only the database can do: keep organisations apart."""

from django.db import migrations

from safety_partners.core.wall import Wall


class Migration(migrations.Migration):
    dependencies = [("ppg", "0001_initial")]

    operations = [Wall()]
