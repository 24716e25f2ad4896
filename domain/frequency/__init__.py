"""How much of a service, how often: read from a line as people write it, and printed back (34 CFR 300.320(a)(7)).

A line is cut into tokens: a length, a count, a period, a hedge. Neighbours make one amount, until one of a kind comes
twice. Of a range the lower number counts; a mere total ("120 minutes a month") has no `times`; "up to" and "as needed"
promise nothing, so all of it is None.
"""

from domain.frequency.amount import PERIODS, WEEKS, Frequency, said, weekly_minutes
from domain.frequency.clusters import frequencies, frequency
from domain.frequency.line import Service, service
from domain.frequency.numbers import NUMBER_WORDS

__all__ = [
    "NUMBER_WORDS",
    "PERIODS",
    "WEEKS",
    "Frequency",
    "Service",
    "frequencies",
    "frequency",
    "said",
    "service",
    "weekly_minutes",
]
