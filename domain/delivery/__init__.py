"""What an IEP promises in minutes, held against what was given: owed by the calendar, delivered by the log."""

from domain.delivery.contact import is_consult
from domain.delivery.contradictions import BOTH_COUNTED, KINDS, SOURCES_DIFFER, Contradiction, Said, contradictions
from domain.delivery.log import GIVEN, OUTCOMES, Entry, Logged, ShortBy, Sums, Support
from domain.delivery.owed import GRADING_PERIODS_MISSING, NOT_QUANTIFIED, REASONS, Owing, PeriodOwed, Promised, rounded
from domain.delivery.telling import rule_in_words

__all__ = [
    "BOTH_COUNTED",
    "GIVEN",
    "GRADING_PERIODS_MISSING",
    "KINDS",
    "NOT_QUANTIFIED",
    "OUTCOMES",
    "REASONS",
    "SOURCES_DIFFER",
    "Contradiction",
    "Entry",
    "Logged",
    "Owing",
    "PeriodOwed",
    "Promised",
    "Said",
    "ShortBy",
    "Sums",
    "Support",
    "contradictions",
    "is_consult",
    "rounded",
    "rule_in_words",
]
