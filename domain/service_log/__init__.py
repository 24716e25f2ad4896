"""A school's log of services, read from a table: which row holds the headings, what each column is, what each row says.

Pure: rows of cells come in, and entries, what is wrong, what is left out and what has to be asked go out. Nothing that is not
sure is guessed silently: it is a question, which whoever takes the log in answers by saying it.
"""

from domain.service_log.layout import FIELDS, Column, Question, Said
from domain.service_log.log import Bad, LeftOut, Log, Row, Session, pointers, read
from domain.service_log.outcomes import CHOICES
from domain.service_log.values import ORDERS, UNITS, Cell, key_of, text_of

__all__ = [
    "CHOICES",
    "FIELDS",
    "ORDERS",
    "UNITS",
    "Bad",
    "Cell",
    "Column",
    "LeftOut",
    "Log",
    "Question",
    "Row",
    "Said",
    "Session",
    "key_of",
    "pointers",
    "read",
    "text_of",
]
