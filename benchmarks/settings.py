"""The product's own settings, with a bare view beside it and a count of queries on request."""

from safety_partners.config.settings import *  # noqa: F403
from safety_partners.config.settings import BASE, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.counting.CountQueries", *MIDDLEWARE]
TEMPLATES[1]["DIRS"] = [BASE / "benchmarks" / "templates"]
ACCOUNT_RATE_LIMITS = False
