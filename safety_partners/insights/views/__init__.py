"""Pages of the loop: load through ``visible_to``, ask the form, call one command, answer."""
