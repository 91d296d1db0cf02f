"""The world that the guards of the whole walk through: two organisations, everybody in them, a record in every state.

``build()`` makes it once, through the commands; ``pages`` says which record each page of the product is looked at with.
Everything that people type holds :data:`tests.world.words.TYPED`, so that a page that lets it become markup is seen.
"""

from tests.world.building import World, build
from tests.world.place import PEOPLE, Place

__all__ = ["PEOPLE", "Place", "World", "build"]
