"""How it is run: settings, addresses, menus."""
