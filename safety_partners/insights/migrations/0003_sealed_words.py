"""The database refuses to change words once they are sealed."""

from django.db import migrations

from safety_partners.core import sealed_words


def forwards(apps, schema_editor):
    for table in ("insights_insight", "insights_verdict"):
        sealed_words.guard(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_alter_action_made_at_alter_change_made_at_and_more")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
