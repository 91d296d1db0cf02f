"""What we leave out of the official components, and why. Where two cases have one name, the second is "name #2"."""

from __future__ import annotations

NOT_OURS = {
    "caption": "has no cases of its own; ours is compared inside headings, labels and legends",
    "code": "shows source code with a button that copies it; nobody here needs it",
    "header": "ours is neutral, with no NHS logo; its menu and account links are compared in test_frame.py",
    "hero": "a large picture on a marketing page; nobody here needs it",
    "images": "a picture is an <img> with words; no page has more",
    "scroll": "scrolls sideways by script; our tables stack instead",
}

_LINK_IS_LINK = "a link goes somewhere and a button does something: ours is only a link"
_NO_BUTTON_ACTION = "an action beside a fact is a link; what changes something is a form"
_NO_LABEL_ID = "labels are found by the input they are for; they need no id"
_ONE_LIMIT = "counts words or characters, whichever limit is given; there is no second switch"
_NO_SCRIPT_LIMIT = "a limit is always known to the server"
_NO_GROUPS = "boxes that tick other boxes surprise people; only “none of these” is offered (exclusive)"
_WHOLE_DATE = "a date is on or off as a whole"
_CAPTION_ABOVE = "a caption stands in one place, above, inside its heading"
_LEVEL_ONE = "a question that is the page's heading is its h1"
_SIZE_IS_SIZE = "size and colour are given by their parameters, never again by a class"
_WORDS_TRANSLATED = "words are translated on the server, not by a parameter of each call"
_ONE_BUTTON = "its one button is as it is; another button stands outside it"
_NO_WIDGETS = "nothing else stands in the same group as the input"
_ONE_ROW = "our footer has one row of links"
_BY_SERVER = "sorting is done by the server, with links in the headings, so that it works for more than one page"
_STACKS = "our tables stack on a small screen instead of scrolling sideways"

LEFT_OUT: dict[str, dict[str, str]] = {
    "action-link": {
        "as a button": _LINK_IS_LINK,
        "as a button #2": _LINK_IS_LINK,
    },
    "back-link": {
        "with HTML": _LINK_IS_LINK,
        "with HTML via call block": _LINK_IS_LINK,
        "with text escaping": _LINK_IS_LINK,
        "as a button": _LINK_IS_LINK,
        "as a button #2": _LINK_IS_LINK,
    },
    "breadcrumb": {
        "attributes": "attributes belong to the whole, not to one link",
        "reverse": "we have no dark background",
        "with back link as a button": _LINK_IS_LINK,
        "with back link custom text": "the back link on a phone is always the last link",
    },
    "card": {
        "basic with summary list and action as a button": _NO_BUTTON_ACTION,
        "basic with summary list and actions as buttons": _NO_BUTTON_ACTION,
        "with image and caption": "a picture on a card has words instead of a caption",
        "with image and custom HTML": "the heading is always a heading",
    },
    "character-count": {
        "label #5": _NO_LABEL_ID,
        "to configure in JavaScript": _NO_SCRIPT_LIMIT,
        "with count type 'characters'": _ONE_LIMIT,
        "with count type 'characters' and error message": _ONE_LIMIT,
        "with count type 'characters' and threshold": _ONE_LIMIT,
        "with count type 'characters' and value": _ONE_LIMIT,
        "with count type 'length'": _ONE_LIMIT,
        "with maxwords": "a deprecated parameter",
        "with neither maxlength, maxwords nor textarea description set": _NO_SCRIPT_LIMIT,
        "with neither maxlength nor maxwords set": _NO_SCRIPT_LIMIT,
        "with translations": _WORDS_TRANSLATED,
    },
    "checkboxes": {
        "legend #5": _NO_LABEL_ID,
        'with "all" option': _NO_GROUPS,
        'with "all" option #2': _NO_GROUPS,
        'with "all" option (named group)': _NO_GROUPS,
        'with "all" option (named group, unique)': _NO_GROUPS,
        'with "none" option (named group)': _NO_GROUPS,
        'with "none" option (named group, unique)': _NO_GROUPS,
    },
    "contents-list": {
        "with nested lists": "a list of contents has one level",
    },
    "date-input": {
        "disabled input": _WHOLE_DATE,
        "disabled input (using items)": _WHOLE_DATE,
        "disabled with enabled input": _WHOLE_DATE,
        "legend #5": _NO_LABEL_ID,
    },
    "error-message": {
        "without visually hidden text": "an error always says that it is one, also to those who hear the page",
        "with translations": _WORDS_TRANSLATED,
    },
    "error-summary": {
        "with description via call block": "its words are given as text",
    },
    "file-upload": {
        "button": "the button looks the same everywhere",
        "button #2": "the button looks the same everywhere",
        "button #3": "the button looks the same everywhere",
        "label #5": _NO_LABEL_ID,
        "with multiple": _WORDS_TRANSLATED,
        "with translations": _WORDS_TRANSLATED,
    },
    "footer": {
        "with meta and navigation": _ONE_ROW,
        "with meta HTML via call block": "the file of cases leaves out what was in the call block",
        "with meta links and HTML": "the last line of our footer is plain words",
        "with multiple navigation groups": _ONE_ROW,
        "with multiple navigation groups and custom HTML": _ONE_ROW,
        "with multiple navigation groups and headings": _ONE_ROW,
        "with multiple navigation groups and headings as strings": _ONE_ROW,
        "with single navigation group": _ONE_ROW,
        "with single navigation group (empty items)": _ONE_ROW,
    },
    "heading": {
        "size class": _SIZE_IS_SIZE,
        "size class overriding size option": _SIZE_IS_SIZE,
        'text and caption "after"': _CAPTION_ABOVE,
        'text and caption "after" #2': _CAPTION_ABOVE,
        'text and caption "after" #3': _CAPTION_ABOVE,
        'text and caption "after" #4': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph': _CAPTION_ABOVE,
        'text and caption "before"': _CAPTION_ABOVE,
        'text and caption "before" #2': _CAPTION_ABOVE,
        'text and caption "before" #3': _CAPTION_ABOVE,
        'text and caption "before" #4': _CAPTION_ABOVE,
        'text and caption "before" as a heading': _CAPTION_ABOVE,
        'text and caption "end"': _CAPTION_ABOVE,
        'text and caption "end" #2': _CAPTION_ABOVE,
        'text and caption "end" #3': _CAPTION_ABOVE,
        'text and caption "end" #4': _CAPTION_ABOVE,
    },
    "input": {
        "label #5": _NO_LABEL_ID,
        "width class overriding width option": _SIZE_IS_SIZE,
        "with button": _NO_WIDGETS,
        "with button and error message": _NO_WIDGETS,
    },
    "label": {
        "size class overriding size option": _SIZE_IS_SIZE,
        'text and caption "after" as a paragraph': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #2': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #3': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #4': _CAPTION_ABOVE,
        'text and caption "before" as a paragraph': _CAPTION_ABOVE,
        'text and caption "before" as a paragraph #2': _CAPTION_ABOVE,
        'text and caption "before" as a paragraph #3': _CAPTION_ABOVE,
        'text and caption "before" as a paragraph #4': _CAPTION_ABOVE,
        "with deprecated page heading overriding heading": "a deprecated parameter",
        "with heading level 1": _LEVEL_ONE,
        "with heading level 2": _LEVEL_ONE,
        "with heading level 3": _LEVEL_ONE,
        "with heading options only": _LEVEL_ONE,
        "with id attribute on heading": _NO_LABEL_ID,
    },
    "legend": {
        "size class overriding size option": _SIZE_IS_SIZE,
        'text and caption "after" as a paragraph': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #2': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #3': _CAPTION_ABOVE,
        'text and caption "after" as a paragraph #4': _CAPTION_ABOVE,
        "with deprecated page heading overriding heading": "a deprecated parameter",
        "with heading level 1": _LEVEL_ONE,
        "with heading level 2": _LEVEL_ONE,
        "with heading level 3": _LEVEL_ONE,
        "with heading options only": _LEVEL_ONE,
        "with HTML via call block": "its words are given as text",
        "with id attribute on heading": _NO_LABEL_ID,
    },
    "notification-banner": {
        "paragraph with heading class": "a heading is a heading",
    },
    "panel": {
        "heading #4": _NO_LABEL_ID,
        "with heading classes": _SIZE_IS_SIZE,
    },
    "password-input": {
        "disabled button": _ONE_BUTTON,
        "disabled with enabled button": _ONE_BUTTON,
        "with button double click not prevented": _ONE_BUTTON,
        "with button double click prevented": _ONE_BUTTON,
        "with prefix": "a password has nothing before or after it",
        "with prefix and error message": "a password has nothing before or after it",
        "with translations": _WORDS_TRANSLATED,
    },
    "radios": {
        "legend #5": _NO_LABEL_ID,
    },
    "search-input": {
        "disabled button": _ONE_BUTTON,
        "disabled with enabled button": _ONE_BUTTON,
        "large with brand button": _ONE_BUTTON,
        "with alternative icon": _ONE_BUTTON,
        "with brand button": _ONE_BUTTON,
        "with brand button text": _ONE_BUTTON,
        "with brand button text only": _ONE_BUTTON,
        "without button": "without a button it is an input of the type search",
        "with prefix": "a search has nothing before or after it",
        "with prefix and error message": "a search has nothing before or after it",
        "with secondary button": _ONE_BUTTON,
        "with secondary button text": _ONE_BUTTON,
        "with secondary button text only": _ONE_BUTTON,
    },
    "select": {
        "disabled option": "what cannot be chosen is not offered",
        "label #5": _NO_LABEL_ID,
        "with button": _NO_WIDGETS,
        "with button and error message": _NO_WIDGETS,
        "with divider": "a list that needs dividers is two questions",
    },
    "summary-list": {
        "with actions as buttons": _NO_BUTTON_ACTION,
        "with item widths": "all lists of facts share their widths",
        "with multiple actions as buttons": _NO_BUTTON_ACTION,
        "as a card with action as a button": _NO_BUTTON_ACTION,
        "as a card with actions as buttons": _NO_BUTTON_ACTION,
    },
    "tables": {
        "scrolling": _STACKS,
        "scrolling #2": _STACKS,
        "scrolling #3": _STACKS,
        "scrolling as a card": _STACKS,
        "scrolling as a card #2": _STACKS,
        "scrolling as a card #3": _STACKS,
        "scrolling (full width)": _STACKS,
        "scrolling (full width) #2": _STACKS,
        "scrolling (full width) #3": _STACKS,
        "scrolling sortable": _STACKS,
        "scrolling sortable #2": _STACKS,
        "scrolling sortable #3": _STACKS,
        "scrolling sortable as a card": _STACKS,
        "scrolling sortable as a card #2": _STACKS,
        "scrolling sortable as a card #3": _STACKS,
        "scrolling sortable (full width)": _STACKS,
        "scrolling sortable (full width) #2": _STACKS,
        "scrolling sortable (full width) #3": _STACKS,
        "sortable with numeric format": _BY_SERVER,
        "sortable with numeric format #2": _BY_SERVER,
        "sortable with numeric format and missing data": _BY_SERVER,
        "sortable with numeric format and missing data #2": _BY_SERVER,
        "sortable with numeric format and sort values": _BY_SERVER,
        "sortable with sort values": _BY_SERVER,
        "as a card (feature) with deprecated options": "a deprecated parameter",
    },
    "tag": {
        "colour class overriding colour option": _SIZE_IS_SIZE,
    },
    "task-list": {
        "with deprecated status classes": "a deprecated parameter",
        "with empty items": "an empty item has no number of its own with us",
    },
    "textarea": {
        "label #5": _NO_LABEL_ID,
    },
}
