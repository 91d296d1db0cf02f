"""Tables in and out: CSV and XLSX files read into rows of text, and rows written so that a spreadsheet cannot harm them."""

from safety_partners.partners.tables.reading import Table, TableRefused, read_table
from safety_partners.partners.tables.writing import csv_of, xlsx_of

__all__ = ["Table", "TableRefused", "csv_of", "read_table", "xlsx_of"]
