"""What only the database can do: refuse to change a paragraph that was read."""

from django.db import migrations

from safety_partners.reviews import append_only


def forwards(apps, schema_editor):
    append_only.guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
