"""Secrets that people can write down, read aloud and type again; only their hashes are kept.

A *come-back code* opens what somebody has typed so far; the *private word* made from it opens the page that shows where
they stand, together with the code on their receipt.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid

from django.utils.crypto import salted_hmac

from safety_partners.core.codes import ALPHABET

# Short words that are hard to mishear and to misspell, none of them unkind. Three of 256 make 16 million; tries are limited.
WORDS = [
    "acorn",
    "amber",
    "anchor",
    "apple",
    "april",
    "apron",
    "arrow",
    "aspen",
    "atlas",
    "autumn",
    "badge",
    "baker",
    "balloon",
    "bamboo",
    "banana",
    "banjo",
    "barley",
    "basil",
    "basket",
    "beach",
    "beacon",
    "beaver",
    "bench",
    "berry",
    "birch",
    "biscuit",
    "blanket",
    "blossom",
    "bonnet",
    "bottle",
    "boulder",
    "bramble",
    "branch",
    "breeze",
    "brick",
    "bridge",
    "broom",
    "brush",
    "bubble",
    "bucket",
    "button",
    "cabin",
    "cactus",
    "camel",
    "candle",
    "canoe",
    "canvas",
    "carpet",
    "carrot",
    "castle",
    "cedar",
    "celery",
    "chalk",
    "cheese",
    "cherry",
    "chestnut",
    "cider",
    "cinema",
    "circle",
    "clay",
    "clock",
    "cloud",
    "clover",
    "cobalt",
    "coconut",
    "comet",
    "copper",
    "coral",
    "cotton",
    "cousin",
    "crayon",
    "cricket",
    "crystal",
    "curtain",
    "daisy",
    "dancer",
    "denim",
    "diamond",
    "dolphin",
    "donkey",
    "drawer",
    "drum",
    "eagle",
    "easel",
    "echo",
    "elbow",
    "elm",
    "ember",
    "emerald",
    "engine",
    "falcon",
    "farmer",
    "feather",
    "fern",
    "fiddle",
    "field",
    "finch",
    "flannel",
    "flint",
    "flower",
    "flute",
    "forest",
    "fossil",
    "fountain",
    "fox",
    "garden",
    "garlic",
    "ginger",
    "giraffe",
    "glacier",
    "glove",
    "goose",
    "granite",
    "grape",
    "gravel",
    "guitar",
    "hammer",
    "harbour",
    "harvest",
    "hazel",
    "heather",
    "hedge",
    "helmet",
    "heron",
    "hill",
    "holly",
    "honey",
    "hornet",
    "iceberg",
    "indigo",
    "island",
    "ivory",
    "jacket",
    "jasmine",
    "jigsaw",
    "jumper",
    "jungle",
    "juniper",
    "kayak",
    "kettle",
    "kitten",
    "ladder",
    "lagoon",
    "lantern",
    "lark",
    "lavender",
    "lemon",
    "lentil",
    "lettuce",
    "lilac",
    "lily",
    "linen",
    "lizard",
    "lobster",
    "locket",
    "magnet",
    "magpie",
    "mango",
    "maple",
    "marble",
    "market",
    "meadow",
    "melon",
    "mirror",
    "mitten",
    "monkey",
    "morning",
    "mosaic",
    "mountain",
    "mulberry",
    "mushroom",
    "mustard",
    "napkin",
    "nectar",
    "needle",
    "nettle",
    "noodle",
    "nutmeg",
    "oak",
    "oasis",
    "ocean",
    "olive",
    "onion",
    "orange",
    "orchard",
    "orchid",
    "otter",
    "owl",
    "paddle",
    "panda",
    "panther",
    "paper",
    "parrot",
    "parsley",
    "pasture",
    "peach",
    "peanut",
    "pebble",
    "pelican",
    "pencil",
    "pepper",
    "petal",
    "piano",
    "picnic",
    "pigeon",
    "pillow",
    "pine",
    "planet",
    "plum",
    "pocket",
    "pond",
    "poplar",
    "poppy",
    "potato",
    "puddle",
    "puffin",
    "pumpkin",
    "puzzle",
    "quarry",
    "quilt",
    "rabbit",
    "radish",
    "rainbow",
    "raven",
    "ribbon",
    "river",
    "robin",
    "rocket",
    "rope",
    "rose",
    "ruby",
    "saddle",
    "saffron",
    "sailor",
    "salmon",
    "sandal",
    "sapphire",
    "scarf",
    "season",
    "shell",
    "silver",
    "spruce",
    "squirrel",
    "starling",
    "summer",
    "sunset",
    "swallow",
    "table",
    "teapot",
    "thistle",
    "tulip",
    "turtle",
    "velvet",
    "violin",
    "walnut",
    "willow",
]

COME_BACK_LENGTH = 12
_KEY = "safety_partners.joining."


def new_come_back_code() -> str:
    """``7KQ3-M2XB-9TRF``: opens a draft, for whoever holds it."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(COME_BACK_LENGTH))
    return "-".join(signs[place : place + 4] for place in range(0, COME_BACK_LENGTH, 4))


def tidy_come_back_code(typed: str) -> str:
    """A come-back code as it was given, however it was typed."""
    signs = re.sub(r"[^0-9A-Za-z]", "", typed).upper()[:COME_BACK_LENGTH]
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def new_word() -> str:
    """``maple-otter-linen``: a private word that comes from nothing else."""
    return "-".join(secrets.choice(WORDS) for _ in range(3))


def word_of(come_back_code: str) -> str:
    """The private word that belongs to a come-back code: the same each time, so that sending twice gives the same receipt."""
    drawn = salted_hmac(_KEY + "word", tidy_come_back_code(come_back_code), algorithm="sha256").digest()
    return "-".join(WORDS[number] for number in drawn[:3])


def tidy_word(typed: str) -> str:
    """A private word as it was given: small letters, one dash between words, whatever stood between them."""
    return "-".join(re.findall(r"[a-z]+", typed[:100].lower()))


def hash_of(secret: str) -> str:
    """What is kept of a secret: a guess needs the installation's own key as well."""
    return salted_hmac(_KEY + "hash", secret, algorithm="sha256").hexdigest()


def is_word(typed: str, kept_hash: str) -> bool:
    """Say whether this is the private word whose hash was kept; takes as long for a near miss as for a wrong one."""
    return bool(kept_hash) and secrets.compare_digest(hash_of(tidy_word(typed)), kept_hash)


def key_of(come_back_code: str) -> uuid.UUID:
    """The key that makes everything sent from one draft the same submission."""
    return uuid.UUID(bytes=hashlib.sha256(hash_of(tidy_come_back_code(come_back_code)).encode()).digest()[:16])
