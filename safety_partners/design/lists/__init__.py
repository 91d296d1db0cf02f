"""One way for every list: columns, filters, search, sorts, keyset pages. A list page costs two queries at most."""

from safety_partners.design.lists.columns import Column
from safety_partners.design.lists.filters import BooleanFilter, ChoiceFilter, DateRangeFilter, Filter
from safety_partners.design.lists.keyset import Order
from safety_partners.design.lists.listing import Listing, ListPage, Sort

__all__ = ["BooleanFilter", "ChoiceFilter", "Column", "DateRangeFilter", "Filter", "ListPage", "Listing", "Order", "Sort"]
