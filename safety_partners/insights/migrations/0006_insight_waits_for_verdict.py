"""Answers that a person has not judged yet, the oldest first, as their home page asks for them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0005_insight_silence_told_for")]

    operations = [
        migrations.AddIndex(
            model_name="insight",
            index=models.Index(condition=models.Q(status="answered"), fields=["speaker", "answered_at"], name="insight_waits_for_verdict"),
        ),
    ]
