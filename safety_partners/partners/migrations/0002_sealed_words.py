"""The database refuses to change an agreement once both have signed it."""

from django.db import migrations

from safety_partners.core import sealed_words


def forwards(apps, schema_editor):
    sealed_words.guard(schema_editor.connection, "partners_agreement")


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
