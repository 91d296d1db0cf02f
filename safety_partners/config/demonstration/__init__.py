"""An invented organisation and a year of its work, told through the commands, so that it obeys every rule."""
