"""The law's clocks, rule by rule: every federal row, every state row, every sentence on how days are counted.

The school calendar of these tests is Monday to Friday, 2026-09-08 to 2027-06-18, closed 2026-10-12, 11-11, 11-26 to 27,
12-21 to 2027-01-01, 2027-04-05 to 09; the year behind it begins on Tuesday 2027-09-07.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain import deadline_rules
from domain.calendar import SchoolCalendar
from domain.deadline_rules import EVENTS, RULES, STATE_ROWS, rows_for
from domain.deadlines import GENERAL, Answer, check
from domain.follow_up import Policy
from domain.refusal import Invalid

CALENDAR = SchoolCalendar.parse(
    {
        "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}, {"from": "2027-09-07", "to": "2028-06-16"}],
        "closures": [
            {"from": "2026-10-12", "to": "2026-10-12"},
            {"from": "2026-11-11", "to": "2026-11-11"},
            {"from": "2026-11-26", "to": "2026-11-27"},
            {"from": "2026-12-21", "to": "2027-01-01"},
            {"from": "2027-04-05", "to": "2027-04-09", "kind": "no_students"},
        ],
    }
)
ONE_YEAR = replace(CALENDAR, school_years=CALENDAR.school_years[:1])
# No state has its holiday then; but answers in business days do not say that none was entered.
HOLIDAYS = frozenset({date(2026, 7, 24)})
Row = tuple[str, str, Mapping[str, Any], Mapping[str, Any]]


def ask(rule: str, on: str, **more: Any) -> Answer:
    event, state = more.pop("event", None), more.pop("state", None)
    return check(rule, on, event, state, more, calendar=CALENDAR, state_holidays=HOLIDAYS)


def misses(rows: tuple[Row, ...]) -> Iterator[str]:
    """What is answered otherwise than expected."""
    for rule, on, said, expected in rows:
        answer = ask(rule, on, **said).as_json()
        wrong = {name: answer[name] for name, value in expected.items() if answer[name] != value}
        if wrong:
            yield f"{rule} {on} {dict(said)}: {wrong}, expected {dict(expected)} ({answer['sum']})"


def pointers(rule: str, on: Any, **more: Any) -> list[str]:
    """What is wrong with a question."""
    with pytest.raises(Invalid) as refused:
        ask(rule, on, **more)
    return [error["pointer"] for error in refused.value.extra["errors"]]  # type: ignore[attr-defined]


FEDERAL: tuple[Row, ...] = (
    ("annual_review", "2026-10-05", {}, {"due_on": "2027-10-05", "by": "school", "act_by": None}),
    ("annual_review", "2026-10-05", {"amended_on": "2027-02-01"}, {"due_on": "2027-10-05", "ordinary_due_on": None}),
    ("reevaluation", "2024-03-15", {}, {"due_on": "2027-03-15"}),
    (
        *("reevaluation", "2024-03-15", {"agreed_unnecessary_on": "2026-12-01"}),
        {"due_on": "2029-12-01", "ordinary_due_on": "2027-03-15"},
    ),
    ("reevaluation_gap", "2026-03-15", {}, {"earliest_on": "2027-03-15", "due_on": None, "reason": None, "by": None}),
    # 26 days of October, 30 of November: 56; four more.
    ("initial_evaluation", "2026-10-05", {}, {"due_on": "2026-12-04", "ordinary_due_on": None, "refused": None}),
    (
        *("initial_evaluation", "2026-10-05", {"parent_does_not_produce_child": True}),
        {"due_on": None, "reason": "not_running", "ordinary_due_on": "2026-12-04"},
    ),
    ("initial_evaluation", "2026-10-05", {"parent_does_not_produce_child": False}, {"due_on": "2026-12-04"}),
    (
        *("initial_evaluation", "2026-10-05", {"transfer": {"agreed_on": "2027-01-20", "sufficient_progress": True}}),
        {"due_on": "2027-01-20", "ordinary_due_on": "2026-12-04", "reason": None},
    ),
    ("initial_evaluation", "2026-10-05", {"transfer": {"agreed_on": "2027-01-20"}}, {"due_on": "2026-12-04"}),
    ("initial_evaluation", "2026-10-05", {"transfer": {"sufficient_progress": True}}, {"due_on": "2026-12-04"}),
    (
        *("initial_evaluation", "2026-10-05", {"transfer": {"agreed_on": "2027-01-20", "sufficient_progress": False}}),
        {"due_on": "2026-12-04", "ordinary_due_on": None},
    ),
    (
        *("initial_evaluation", "2026-10-05", {"sld_extension_on": "2026-12-18"}),
        {"due_on": "2026-12-18", "ordinary_due_on": "2026-12-04"},
    ),
    (
        *("initial_evaluation", "2026-10-05", {"extension": {"to_on": "2027-01-04", "because": "parent_agreed"}}),
        {"due_on": "2026-12-04", "refused": "extension_not_allowed", "ordinary_due_on": None},
    ),
    ("initial_iep_meeting", "2026-12-04", {}, {"due_on": "2027-01-03"}),  # 27 days of December, three more: a Sunday
    (
        # 6, 7, 8, 9 (4), the 12th closed, 13 to 16 (8), 19, 20.
        *("iep_services_start", "2026-10-05", {}),
        {"due_on": None, "reason": "standard", "watch_on": "2026-10-20", "by": "school"},
    ),
    ("iep_at_year_start", "2026-09-08", {}, {"due_on": "2026-09-08"}),
    ("third_birthday_iep", "2024-02-29", {}, {"due_on": "2027-02-28"}),
    ("transition_plan", "2010-11-14", {}, {"due_on": "2026-11-14", "ordinary_due_on": None}),
    (
        *("transition_plan", "2010-11-14", {"iep_effective_from": "2026-03-02", "iep_effective_to": "2026-11-14"}),
        {"due_on": "2026-03-02", "ordinary_due_on": "2026-11-14"},
    ),
    (
        *("transition_plan", "2010-11-14", {"iep_effective_from": "2026-03-02", "iep_effective_to": "2026-11-13"}),
        {"due_on": "2026-11-14", "ordinary_due_on": None},
    ),
    ("rights_transfer_notice", "2009-05-06", {}, {"due_on": "2026-05-06", "inputs": {"age_of_majority": 18}}),
    ("rights_transfer_notice", "2009-05-06", {"age_of_majority": 19}, {"due_on": "2027-05-06"}),
    ("meeting_notice", "2026-11-05", {}, {"due_on": None, "reason": "standard", "watch_on": "2026-10-26"}),
    ("excusal_input", "2026-11-01", {}, {"due_on": "2026-10-31"}),
    # Back from Monday 30: 27 (1), Thanksgiving, 25, 24, 23 (4), 20 (5).
    ("prior_written_notice", "2026-11-30", {}, {"watch_on": "2026-11-20", "event": "change_effective"}),
    (
        # 6 to 9 (4), Columbus Day, 13 to 16 (8), 19, 20.
        *("prior_written_notice", "2026-10-05", {"event": "change_requested"}),
        {"watch_on": "2026-10-20", "reason": "standard", "due_on": None, "event": "change_requested"},
    ),
    ("amended_iep_copy", "2026-10-05", {}, {"watch_on": "2026-10-13"}),
    ("iee_response", "2026-10-05", {}, {"watch_on": "2026-10-20"}),
    ("comparable_services", "2026-10-10", {}, {"due_on": "2026-10-10"}),
    ("transfer_records", "2026-10-05", {}, {"watch_on": "2026-10-20"}),
    ("records_access", "2026-10-05", {}, {"due_on": "2026-11-19"}),  # 26 days of October, 19 more
    (
        *("records_access", "2026-10-05", {"meetings": ["2026-11-10", "2026-10-15", "2026-10-01"]}),
        {"due_on": "2026-10-14", "ordinary_due_on": "2026-11-19"},
    ),
    ("records_access", "2026-10-05", {"meetings": ["2026-11-20"]}, {"due_on": "2026-11-19", "ordinary_due_on": None}),
    ("records_access", "2026-10-05", {"meetings": ["2026-11-19"]}, {"due_on": "2026-11-18"}),
    ("records_access", "2026-10-05", {"meetings": ["2026-10-06"]}, {"due_on": "2026-10-05"}),
    ("records_access", "2026-10-05", {"meetings": ["2026-10-05", "2026-11-02"]}, {"due_on": "2026-11-01"}),
    # The day of the request is none after it.
    ("records_access", "2026-10-05", {"meetings": ["2026-10-05"]}, {"due_on": "2026-11-19", "ordinary_due_on": None}),
    ("records_access", "2026-10-05", {"meetings": ["2026-10-04"]}, {"due_on": "2026-11-19"}),
    # 15 business days: 10 as above, 21, 22, 23 (13), 26, 27.
    ("records_amendment", "2026-10-05", {}, {"watch_on": "2026-10-27"}),
    ("state_complaint_limit", "2024-02-29", {}, {"due_on": "2025-02-28", "act_by": "2025-02-28", "by": "parent"}),
    ("state_complaint_limit", "2025-12-25", {}, {"due_on": "2026-12-25", "act_by": "2026-12-24"}),
    ("state_complaint_lookback", "2028-02-29", {}, {"earliest_on": "2027-03-01", "due_on": None, "act_by": None}),
    ("state_complaint_lookback", "2025-02-28", {}, {"earliest_on": "2024-02-28"}),
    ("state_complaint_decision", "2026-10-05", {}, {"due_on": "2026-12-04", "by": "SEA"}),
    (
        *("state_complaint_decision", "2026-10-05"),
        {"extension": {"to_on": "2027-01-08", "because": "exceptional_circumstances"}},
        {"due_on": "2027-01-08", "ordinary_due_on": "2026-12-04", "refused": None},
    ),
    (
        *("state_complaint_decision", "2026-10-05", {"extension": {"to_on": "2027-01-08", "because": "mediation_agreed"}}),
        {"due_on": "2027-01-08"},
    ),
    (
        *("state_complaint_decision", "2026-10-05", {"extension": {"to_on": "2027-01-08", "because": "party_request"}}),
        {"due_on": "2026-12-04", "refused": "extension_not_allowed"},
    ),
    ("noncompliance_correction", "2026-10-05", {}, {"due_on": "2027-10-05"}),
    # Independence Day 2027 is a Sunday: Friday 2 is the last business day.
    ("due_process_limit", "2025-07-04", {}, {"due_on": "2027-07-04", "act_by": "2027-07-02", "may_be_later": False}),
    (
        *("due_process_limit", "2025-07-04", {"exception": "withheld_information"}),
        {"due_on": "2027-07-04", "act_by": "2027-07-02", "may_be_later": True},
    ),
    ("due_process_limit", "2025-07-04", {"exception": "misrepresentation"}, {"due_on": "2027-07-04", "may_be_later": True}),
    ("due_process_lookback", "2026-10-05", {}, {"earliest_on": "2024-10-05"}),
    ("due_process_response", "2026-10-05", {}, {"due_on": "2026-10-15", "by": "school", "act_by": None}),
    # Within ten days of 2 October lies 12 October, Columbus Day: the parent answers on Friday the 9th.
    (
        *("due_process_response", "2026-10-02", {"filed_by": "school"}),
        {"due_on": "2026-10-12", "by": "parent", "act_by": "2026-10-09"},
    ),
    ("sufficiency_challenge", "2026-10-05", {}, {"due_on": "2026-10-20", "by": "school"}),
    ("sufficiency_challenge", "2026-10-05", {"filed_by": "school"}, {"by": "parent", "act_by": "2026-10-20"}),
    ("sufficiency_ruling", "2026-10-20", {}, {"due_on": "2026-10-25", "by": "officer"}),
    ("resolution_meeting", "2026-10-05", {}, {"due_on": "2026-10-20", "by": "school"}),
    (
        *("resolution_meeting", "2026-10-05", {"waived_on": "2026-10-09"}),
        {"due_on": None, "reason": "waived", "ordinary_due_on": "2026-10-20"},
    ),
    ("resolution_meeting", "2026-10-05", {"mediation_on": "2026-10-05"}, {"due_on": None, "reason": "waived"}),
    (
        *("resolution_meeting", "2026-10-05", {"amended_on": "2026-10-14"}),
        {"due_on": "2026-10-29", "ordinary_due_on": "2026-10-20"},
    ),
    ("resolution_meeting", "2026-10-05", {"amended_on": "2026-10-14", "waived_on": "2026-10-15"}, {"reason": "waived"}),
    ("resolution_meeting", "2026-10-05", {"amended_on": "2026-10-14", "waived_on": "2026-10-09"}, {"due_on": "2026-10-29"}),
    ("resolution_default", "2026-10-05", {}, {"earliest_on": "2026-10-21", "due_on": None}),
    ("resolution_period", "2026-10-05", {}, {"due_on": "2026-11-04", "by": "both", "act_by": "2026-11-04"}),
    ("resolution_period", "2026-10-05", {"amended_on": "2026-10-12"}, {"due_on": "2026-11-11", "act_by": "2026-11-10"}),
    (
        *("resolution_period", "2026-10-05", {"parent_absent": True}),
        {"due_on": None, "reason": "paused", "ordinary_due_on": "2026-11-04", "act_by": None},
    ),
    # 30 days: 4 November. 26 days of November, 19 more: a Saturday.
    ("hearing_decision", "2026-10-05", {}, {"due_on": "2026-12-19", "ordinary_due_on": None, "by": "officer"}),
    # From 9 October: 22 days of October, 23 more.
    (
        *("hearing_decision", "2026-10-05", {"waived_on": "2026-10-09"}),
        {"due_on": "2026-11-23", "ordinary_due_on": "2026-12-19"},
    ),
    ("hearing_decision", "2026-10-05", {"no_agreement_on": "2026-11-04"}, {"due_on": "2026-12-19"}),
    ("hearing_decision", "2026-10-05", {"no_agreement_on": "2026-11-03"}, {"due_on": "2026-12-18"}),
    ("hearing_decision", "2026-10-05", {"no_agreement_on": "2026-11-05"}, {"due_on": "2026-12-19", "ordinary_due_on": None}),
    ("hearing_decision", "2026-10-05", {"mediation_ended_on": "2026-11-20"}, {"due_on": "2027-01-04"}),
    ("hearing_decision", "2026-10-05", {"mediation_ended_on": "2026-11-04"}, {"due_on": "2026-12-19"}),
    (
        *("hearing_decision", "2026-10-05", {"mediation_ended_on": "2026-11-20", "no_agreement_on": "2026-10-20"}),
        {"due_on": "2026-12-04"},
    ),
    ("hearing_decision", "2026-10-05", {"waived_on": "2026-10-20", "no_agreement_on": "2026-10-12"}, {"due_on": "2026-11-26"}),
    ("hearing_decision", "2026-10-05", {"waived_on": "2026-11-10"}, {"due_on": "2026-12-19"}),
    (
        *("hearing_decision", "2026-10-05", {"amended_on": "2026-10-15"}),
        {"due_on": "2026-12-29", "ordinary_due_on": "2026-12-19"},
    ),
    ("hearing_decision", "2026-10-05", {"amended_on": "2026-10-15", "waived_on": "2026-10-09"}, {"due_on": "2026-12-29"}),
    (
        *("hearing_decision", "2026-10-05", {"extension": {"to_on": "2027-02-01", "because": "party_request"}}),
        {"due_on": "2027-02-01", "ordinary_due_on": "2026-12-19"},
    ),
    (
        *("hearing_decision", "2026-10-05", {"extension": {"to_on": "2027-02-01", "because": "the judge was ill"}}),
        {"due_on": "2026-12-19", "refused": "extension_not_allowed"},
    ),
    (
        *("hearing_decision", "2026-10-05", {"filed_by": "school", "waived_on": "2026-10-09"}),
        {"due_on": None, "reason": "ask_counsel", "ordinary_due_on": None},
    ),
    # Back from Thursday 19: 14 November, a Saturday; Friday 13 is the last business day.
    ("complaint_amendment", "2026-11-19", {}, {"due_on": "2026-11-14", "act_by": "2026-11-13", "by": "both"}),
    ("evidence_disclosure", "2026-11-30", {}, {"due_on": "2026-11-20", "act_by": "2026-11-20"}),
    # 25 (1), Thanksgiving, 27, 30; in weekdays 25, 26, 27.
    ("settlement_void", "2026-11-24", {}, {"due_on": "2026-11-30", "act_by": "2026-11-27"}),
    # In weekdays 24, 25, 26, which is Thanksgiving: back to the 25th.
    ("settlement_void", "2026-11-23", {}, {"due_on": "2026-11-27", "act_by": "2026-11-25"}),
    ("state_review_decision", "2026-10-05", {}, {"due_on": "2026-11-04", "by": "SEA"}),
    (
        *("state_review_decision", "2026-10-05", {"extension": {"to_on": "2026-11-30", "because": "party_request"}}),
        {"due_on": "2026-11-30"},
    ),
    ("civil_action", "2026-10-05", {}, {"due_on": "2027-01-03", "act_by": "2026-12-31"}),  # a Sunday; 1 January is a holiday
    # 24, 23 (2), 20 to 16 (7), 13, 12, 11: Veterans Day is a weekday, and no business day.
    ("private_placement_notice", "2026-11-25", {}, {"due_on": "2026-11-11", "act_by": "2026-11-10", "may_be_later": True}),
    ("discipline_notice", "2026-10-10", {}, {"due_on": "2026-10-10"}),
    ("manifestation_determination", "2026-10-05", {}, {"due_on": "2026-10-20"}),
    # 16 (1), 19 to 23 (6), 2 to 6 November (11).
    (
        *("removal_services", "2026-10-16"),
        {"removals": [{"from": "2026-11-02", "to": "2026-11-30"}, {"from": "2026-10-16", "to": "2026-10-23"}]},
        {"due_on": "2026-11-06", "reason": None},
    ),
    (
        *("removal_services", "2026-10-16", {"removals": [{"from": "2026-10-16", "to": "2026-10-29"}]}),
        {"due_on": None, "reason": "not_reached"},
    ),
    ("removal_services", "2026-10-16", {}, {"due_on": None, "reason": "not_reached"}),
    # Days 1 to 5, 9 with the 16th, 14, 19, 24 on 6 November, 28 on the 13th, 33, 36 on the 25th, 41 on 4 December, 45.
    ("iaes_limit", "2026-10-05", {}, {"due_on": "2026-12-10"}),
    ("iaes_limit", "2026-10-03", {}, {"due_on": "2026-12-10"}),  # a Saturday: Monday is the first school day
    # 15 October (6 to 9, 13 to 15: 7), 16, 19 to 23, 26 to 30 (18), 2, 3.
    ("expedited_hearing", "2026-10-05", {}, {"due_on": "2026-11-03", "by": "SEA"}),
    (
        *("expedited_hearing", "2026-10-05", {"extension": {"to_on": "2026-12-01", "because": "party_request"}}),
        {"due_on": "2026-11-03", "refused": "extension_not_allowed"},
    ),
    ("expedited_decision", "2026-11-03", {}, {"due_on": "2026-11-18", "by": "officer"}),
    ("expedited_resolution_meeting", "2026-10-05", {}, {"due_on": "2026-10-12"}),
    ("expedited_resolution_meeting", "2026-10-05", {"mediation_on": "2026-10-07"}, {"reason": "waived"}),
    ("expedited_resolution_period", "2026-10-05", {}, {"due_on": "2026-10-20", "act_by": "2026-10-20", "by": "both"}),
)
STATES: tuple[Row, ...] = (
    # Asked 10 days before the last day, 18 June: 7 September + 10. A day earlier: 11 days of June, 7 to 10 September.
    ("evaluation_plan", "2027-06-08", {"state": "CA"}, {"due_on": "2027-09-17", "by": "school"}),
    ("evaluation_plan", "2027-06-18", {"state": "CA"}, {"due_on": "2027-09-17"}),
    ("evaluation_plan", "2027-06-07", {"state": "CA"}, {"due_on": "2027-09-10"}),
    ("evaluation_plan", "2027-07-01", {"state": "CA"}, {"due_on": "2027-09-21"}),
    ("evaluation_plan", "2026-10-05", {"state": "CA"}, {"due_on": "2026-10-20"}),
    # 20 days of December; from 21 December to 3 January none; 28 days from 4 January (48), 12 more.
    ("initial_evaluation", "2026-11-30", {"state": "CA"}, {"due_on": "2027-02-12"}),
    # A break of five weekdays counts: 19 days of March, 30 of April, 11 more.
    ("initial_evaluation", "2027-03-12", {"state": "CA"}, {"due_on": "2027-05-11"}),
    # Referred 30 days before 18 June: 7 September + 30. A day earlier: 17 days of June, 24 of September, 19 more.
    ("initial_evaluation", "2027-06-01", {"state": "CA", "referred_on": "2027-05-19"}, {"due_on": "2027-10-07"}),
    (
        *("initial_evaluation", "2027-06-01", {"state": "CA", "referred_on": "2027-05-18"}),
        {"due_on": "2027-10-19", "ordinary_due_on": None},
    ),
    (
        *("initial_evaluation", "2026-11-30"),
        {"state": "CA", "extension": {"to_on": "2027-03-01", "because": "parent_agreed"}},
        {"due_on": "2027-03-01", "ordinary_due_on": "2027-02-12", "refused": None},
    ),
    ("parent_requested_meeting", "2026-12-18", {"state": "CA"}, {"due_on": "2027-01-31"}),  # 19, 20; 28 from 4 January
    ("records_access", "2026-10-05", {"state": "CA"}, {"due_on": "2026-10-13"}),
    ("records_access", "2026-10-05", {"state": "CA", "meetings": ["2026-10-09"]}, {"due_on": "2026-10-08"}),
    ("evaluation_request_response", "2026-10-05", {"state": "TX"}, {"due_on": "2026-10-27"}),
    # 44 school days behind 19 April, 35 behind 30 April; 34 behind 3 May, so that 11 more come from 7 September.
    ("initial_evaluation", "2027-04-19", {"state": "TX"}, {"due_on": "2027-06-30", "ordinary_due_on": None}),
    ("initial_evaluation", "2027-04-30", {"state": "TX"}, {"due_on": "2027-06-30"}),
    ("initial_evaluation", "2027-05-03", {"state": "TX"}, {"due_on": "2027-09-21"}),
    ("initial_evaluation", "2027-04-16", {"state": "TX"}, {"due_on": "2027-06-18"}),
    ("initial_evaluation", "2027-04-19", {"state": "TX", "absent_on": ["2027-05-03", "2027-05-04"]}, {"due_on": "2027-06-30"}),
    (
        *("initial_evaluation", "2027-04-19", {"state": "TX", "absent_on": ["2027-05-03", "2027-05-04", "2027-06-18"]}),
        {"due_on": "2027-09-10", "ordinary_due_on": None},
    ),
    # The 45th is 11 December: two absences move nothing, three give the 48th; a day before, on or far behind does not count.
    ("initial_evaluation", "2026-10-05", {"state": "TX"}, {"due_on": "2026-12-11"}),
    ("initial_evaluation", "2026-10-05", {"state": "TX", "absent_on": ["2026-10-06", "2026-10-07"]}, {"due_on": "2026-12-11"}),
    (
        *("initial_evaluation", "2026-10-05", {"state": "TX", "absent_on": ["2026-10-06", "2026-10-07", "2026-12-11"]}),
        {"due_on": "2026-12-16"},
    ),
    (
        *("initial_evaluation", "2026-10-05"),
        {"state": "TX", "absent_on": ["2026-10-02", "2026-10-05", "2026-10-12", "2026-12-14", "2026-10-06", "2026-10-07"]},
        {"due_on": "2026-12-11"},
    ),
    # In summer: from 7 September. 4, 9, 14, 19, 24 on 8 October, 29, 34, 39, 44 on 5 November, 45 on the 8th.
    ("initial_evaluation", "2027-07-12", {"state": "TX"}, {"due_on": "2027-11-08"}),
    ("meeting_refusal_notice", "2026-10-05", {"state": "TX"}, {"due_on": "2026-10-13"}),
    ("due_process_limit", "2022-08-31", {"state": "TX"}, {"due_on": "2023-08-31", "act_by": "2023-08-31"}),
    ("due_process_limit", "2022-09-01", {"state": "TX"}, {"due_on": "2024-09-01", "act_by": "2024-08-30"}),
    ("transition_plan", "2012-10-05", {"state": "TX"}, {"due_on": "2026-10-05"}),
    ("initial_evaluation", "2026-10-05", {"state": "MA"}, {"due_on": "2026-11-18"}),
    # 45 school days behind 16 April: the last one is 18 June. 44 and 30 behind 19 April and 7 May: 14 days after 18 June.
    ("iep_proposal", "2027-04-16", {"state": "MA"}, {"due_on": "2027-06-18"}),
    ("iep_proposal", "2027-04-19", {"state": "MA"}, {"due_on": "2027-07-02"}),
    ("iep_proposal", "2027-05-07", {"state": "MA"}, {"due_on": "2027-07-02"}),
    ("iep_proposal", "2027-05-10", {"state": "MA"}, {"due_on": "2027-09-28"}),  # 29, and 16 from 7 September
    ("iep_proposal", "2026-10-05", {"state": "MA"}, {"due_on": "2026-12-11"}),
    ("evaluation_request_response", "2026-10-05", {"state": "WA"}, {"due_on": "2026-11-10"}),
    ("initial_evaluation", "2026-10-05", {"state": "WA"}, {"due_on": "2026-11-25"}),
    (
        *("initial_evaluation", "2026-10-05", {"state": "WA", "agreed_on": "2026-12-15"}),
        {"due_on": "2026-12-15", "ordinary_due_on": "2026-11-25"},
    ),
    ("reevaluation_after_consent", "2026-10-05", {"state": "WA"}, {"due_on": "2026-11-25"}),
    # 17 days of June, 24 of September, 19 more. Closures count: 26 of October, 30, four more.
    ("initial_evaluation", "2027-06-01", {"state": "PA"}, {"due_on": "2027-10-19"}),
    ("initial_evaluation", "2026-11-30", {"state": "PA"}, {"due_on": "2027-01-29"}),
    ("reevaluation_after_consent", "2027-06-01", {"state": "PA"}, {"due_on": "2027-10-19"}),
    ("reevaluation", "2026-10-05", {"state": "PA", "disability": "intellectual_disability"}, {"due_on": "2028-10-05"}),
    ("reevaluation", "2026-10-05", {"state": "PA", "disability": "autism"}, {"due_on": "2029-10-05", "state_row": None}),
    ("reevaluation", "2026-10-05", {"state": "PA"}, {"due_on": "2029-10-05", "state_row": None}),
    ("reevaluation", "2026-10-05", {"state": "OH", "disability": "intellectual disability"}, {"due_on": "2029-10-05"}),
    # Back from the 30th: 25, 24, 23 (3), 20 to 16 (8), 13, 12.
    ("evaluation_report_copy", "2026-11-30", {"state": "PA"}, {"due_on": "2026-11-12"}),
    (
        *("evaluation_report_copy", "2026-11-30", {"state": "PA", "waived_on": "2026-11-02"}),
        {"due_on": None, "reason": "waived", "ordinary_due_on": "2026-11-12"},
    ),
    ("evaluation_request_response", "2026-10-05", {"state": "MI"}, {"due_on": "2026-10-20"}),
    ("initial_evaluation", "2026-10-05", {"state": "MI"}, {"due_on": "2026-11-18"}),
    ("initial_evaluation", "2026-10-05", {"state": "MI", "agreed_on": "2026-12-02"}, {"due_on": "2026-12-02"}),
    ("iep_offer_notice", "2026-10-05", {"state": "MI"}, {"due_on": "2026-10-15"}),
    (
        *("iep_services_start", "2026-10-05", {"state": "MI"}),
        {"due_on": "2026-10-27", "reason": None, "watch_on": None, "event": "offer_received"},
    ),
    # 4, 8, 13, 18, 23 on 6 November, 27, 32, 36 on the 27th, 41, 46, 51, 55 on 24 December, 59 on the 31st, 64, 65.
    ("initial_evaluation", "2026-10-05", {"state": "VA"}, {"due_on": "2027-01-11", "event": "referral_received"}),
    ("due_process_limit", "2025-10-05", {"state": "NC"}, {"due_on": "2026-10-05", "act_by": "2026-10-05"}),
    ("due_process_limit", "2025-10-05", {"state": "NC", "exception": "misrepresentation"}, {"may_be_later": True}),
    (
        *("due_process_limit", "2025-10-05", {"state": "WI"}),
        {"due_on": "2026-10-05", "event": "action_proposed_or_refused", "may_be_later": True},
    ),
    ("meeting_notice", "2026-11-05", {"state": "MD"}, {"due_on": "2026-10-26", "watch_on": None, "reason": None}),
    ("meeting_documents", "2026-11-30", {"state": "MD"}, {"due_on": "2026-11-20"}),
    ("amendment_to_team", "2026-10-05", {"state": "DC"}, {"due_on": "2026-10-13"}),
    ("initial_evaluation", "2026-10-05", {"state": "NY"}, {"due_on": "2026-12-04", "status": "secondary"}),
    ("evaluation_request_response", "2026-10-05", {"state": "IL"}, {"due_on": "2026-10-26", "status": "secondary"}),
    ("initial_evaluation", "2026-10-05", {"state": "IL"}, {"due_on": "2027-01-15", "status": "secondary"}),
    ("initial_evaluation", "2026-10-05", {"state": "NJ"}, {"due_on": "2027-01-03", "status": "secondary"}),
    ("initial_evaluation", "2026-10-05", {"state": "FL"}, {"due_on": "2026-12-04", "state_row": None}),
)


def test_every_federal_row() -> None:
    assert list(misses(FEDERAL)) == []
    asked = {(rule, said.get("event")) for rule, _, said, _ in FEDERAL}
    rows = {(row.rule, row.event if rule.rows[0] is not row else None) for rule in RULES.values() for row in rule.rows}
    assert asked == rows


def test_every_row_of_a_state() -> None:
    assert list(misses(STATES)) == []
    used = [ask(rule, on, **said).state_row for rule, on, said, _ in STATES]
    assert [row for row in STATE_ROWS if row not in used] == []
    for row, (_, _, said, _) in zip(used, STATES, strict=True):
        assert row is None or row.state == said["state"]


def test_it_begins_with_no_state_and_says_whose_row_it_is() -> None:
    federal, texan = ask("initial_evaluation", "2026-10-05"), ask("initial_evaluation", "2026-10-05", state="TX")
    assert (federal.citation or "").startswith("34 CFR 300.301(c)(1), 34 CFR 300.301(d)(1)")
    assert texan.citation == "TEC 29.004; 19 TAC 89.1011"
    assert texan.state_row is not None
    assert (texan.state_row.checked_on, texan.state_row.status) == (date(2026, 11, 24), "verified")
    assert federal.state_row is None
    shown = texan.as_json()
    assert shown["state_row"]["offset_in_words"].startswith("45 school days after")
    assert shown["general"] == GENERAL
    assert ask("initial_evaluation", "2026-10-05", state="NY").as_json()["state_row"]["confirm"] == "confirm with the state"


def test_the_sum_says_what_was_left_out_and_what_it_would_be_otherwise() -> None:
    sums = {
        ("initial_evaluation", "2026-10-05"): "2026-10-05 + 60 calendar days = 2026-12-04",
        ("evidence_disclosure", "2026-11-30"): (
            "2026-11-30 - 5 business days = 2026-11-20 (not counted: 2026-11-26 (federal holiday)); act by 2026-11-20"
        ),
        ("manifestation_determination", "2026-10-05"): ("2026-10-05 + 10 school days = 2026-10-20 (not counted: 2026-10-12)"),
        ("third_birthday_iep", "2024-02-29"): "2024-02-29 + 3 years = 2027-02-28 (2027 has no 29 February)",
        ("hearing_decision", "2026-10-05"): (
            "2026-10-05 + 30 calendar days = 2026-11-04; 2026-11-04 + 45 calendar days = 2026-12-19"
        ),
        ("settlement_void", "2026-11-23"): (
            "2026-11-23 + 3 business days = 2026-11-27 (not counted: 2026-11-26 (federal holiday)); "
            "to be sure: 2026-11-23 + 3 weekdays = 2026-11-26; act by 2026-11-25, the last business day before 2026-11-26"
        ),
    }
    assert {key: ask(*key).sum for key in sums} == sums
    waived = ask("resolution_meeting", "2026-10-05", waived_on="2026-10-09").sum
    assert waived == (
        "no date: both agreed in writing to do without the resolution meeting; "
        "without what moved or stopped it: 2026-10-05 + 15 calendar days = 2026-10-20"
    )
    over_summer = ask("initial_evaluation", "2027-06-01", state="PA").sum
    assert over_summer == "2027-06-01 + 60 calendar days = 2027-10-19 (not counted: 2027-06-19 to 2027-09-06)"
    over_winter = ask("initial_evaluation", "2026-11-30", state="CA").sum
    assert "(not counted: 2026-12-21 to 2027-01-03)" in over_winter


def test_nothing_rolls_and_breaks_do_not_stop_calendar_days() -> None:
    on_a_saturday = ask("initial_evaluation", "2026-10-06")
    assert on_a_saturday.due_on == date(2026, 12, 5)
    assert "2026-12-05 is a Saturday: nothing moves it." in on_a_saturday.notices
    assert ask("initial_iep_meeting", "2026-11-25").due_on == date(2026, 12, 25)


def test_state_holidays_are_no_business_days_and_their_absence_is_said() -> None:
    plain = ask("iee_response", "2026-10-05", state_holidays=())
    assert plain.watch_on == date(2026, 10, 20)
    assert any("No state holidays were entered" in notice for notice in plain.notices)
    own = ask("iee_response", "2026-10-05", state_holidays=["2026-10-14", "2026-10-17"])
    assert own.watch_on == date(2026, 10, 21)
    assert not any("state holidays" in notice for notice in own.notices)
    assert "2026-10-14 (state holiday)" in own.sum
    asked: dict[str, Any] = {"state_holidays": [], "calendar": None}
    assert check("iee_response", "2026-10-05", inputs=asked, state_holidays={date(2026, 10, 14)}).watch_on == plain.watch_on
    assert ask("state_complaint_limit", "2025-10-14", state_holidays=["2026-10-14"]).act_by == date(2026, 10, 13)
    assert ask("initial_evaluation", "2026-10-05", state_holidays=()).notices == ask("initial_evaluation", "2026-10-05").notices


def test_without_a_school_year_there_are_no_bounds_and_the_answer_says_so() -> None:
    boundless = ask("manifestation_determination", "2027-06-28", calendar={})
    assert boundless.due_on == date(2027, 7, 12)
    assert any("No school year was entered" in notice for notice in boundless.notices)
    assert any(
        "No school year" in notice for notice in ask("initial_evaluation", "2026-10-05", state="PA", calendar={}).notices
    )
    assert ask("initial_evaluation", "2026-10-05", state="PA", calendar={}).due_on == date(2026, 12, 4)
    assert not any("No school year" in notice for notice in ask("initial_evaluation", "2026-10-05", calendar={}).notices)
    # Federal holidays are open unless listed, and half days and Saturdays count where school is.
    six = {"weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]}
    assert ask("iep_services_start", "2026-10-08", calendar=six).watch_on == date(2026, 10, 20)
    assert ask("initial_evaluation", "2026-10-05", state="TX", calendar={}).due_on == date(2026, 12, 7)


def test_a_count_that_runs_past_the_calendar_has_no_date() -> None:
    missing: list[tuple[str, str, dict[str, Any]]] = [
        ("manifestation_determination", "2027-06-10", {}),
        ("iaes_limit", "2027-06-01", {}),
        ("manifestation_determination", "2027-09-01", {}),
        ("manifestation_determination", "2026-03-02", {}),  # of which school year nobody knows anything
        ("evaluation_report_copy", "2026-09-15", {"state": "PA"}),  # backward it leaves the calendar too
        ("initial_evaluation", "2027-05-03", {"state": "TX"}),
        ("initial_evaluation", "2027-07-12", {"state": "TX"}),
        ("initial_evaluation", "2027-06-01", {"state": "PA"}),
        ("initial_evaluation", "2027-06-01", {"state": "CA"}),
        ("initial_evaluation", "2027-06-01", {"state": "CA", "referred_on": "2027-06-01"}),
        ("evaluation_plan", "2027-06-15", {"state": "CA"}),
        ("iep_proposal", "2027-05-10", {"state": "MA"}),
        ("removal_services", "2027-07-01", {"removals": [{"from": "2027-07-01", "to": "2027-10-01"}]}),
    ]
    for rule, on, said in missing:
        answer = ask(rule, on, calendar=ONE_YEAR, **said)
        assert (answer.due_on, answer.reason) == (None, "calendar_missing"), (rule, on, answer.sum)
        assert any("Enter the school year" in notice for notice in answer.notices)
    # What needs no next year has its date all the same.
    assert ask("initial_evaluation", "2027-04-19", state="TX", calendar=ONE_YEAR).due_on == date(2027, 6, 30)
    assert ask("iep_proposal", "2027-04-19", state="MA", calendar=ONE_YEAR).due_on == date(2027, 7, 2)
    agreed = ask("initial_evaluation", "2027-06-01", state="WA", calendar=ONE_YEAR, agreed_on="2027-09-30")
    assert (agreed.due_on, agreed.reason, agreed.ordinary_due_on) == (date(2027, 9, 30), None, None)
    watched = ask("iep_services_start", "2027-06-10", calendar=ONE_YEAR)
    assert (watched.reason, watched.watch_on) == ("standard", None)
    assert any("Enter the school year" in notice for notice in watched.notices)


def test_a_year_that_nobody_entered_is_not_counted_through() -> None:
    gap = replace(
        CALENDAR, school_years=(CALENDAR.school_years[0], replace(CALENDAR.school_years[1], from_on=date(2028, 1, 3)))
    )
    assert ask("manifestation_determination", "2027-06-10", calendar=gap).reason == "calendar_missing"
    assert ask("initial_evaluation", "2027-06-01", state="PA", calendar=gap).reason == "calendar_missing"
    assert ask("manifestation_determination", "2027-06-10").due_on == date(2027, 9, 10)


def test_removals_count_once_in_their_school_year_and_on_school_days_alone() -> None:
    def due(*removals: tuple[str, str], on: str = "2026-10-05", **more: Any) -> tuple[date | None, str | None]:
        answer = ask("removal_services", on, removals=[{"from": first, "to": last} for first, last in removals], **more)
        return answer.due_on, answer.reason

    # 5 to 9 (5), 13 to 16 (9), 19, 20: the overlap is no second removal, the 12th no school day.
    assert due(("2026-10-05", "2026-10-14"), ("2026-10-13", "2026-10-21")) == (date(2026, 10, 20), None)
    # Ten before the summer, one behind it: another school year.
    assert due(("2027-06-07", "2027-06-18"), ("2027-09-07", "2027-09-07"), on="2027-06-07") == (None, "not_reached")
    assert due(("2027-06-04", "2027-09-30"), on="2027-06-04") == (date(2027, 6, 18), None)
    # Where no school year was entered, nobody knows that. What lies before the first removal belongs to another year.
    summer = (("2027-06-07", "2027-06-18"), ("2027-09-07", "2027-09-07"))
    assert due(*summer, on="2027-06-07", calendar={}) == (date(2027, 9, 7), None)
    assert due(*summer, on="2027-09-07", calendar={}) == (None, "not_reached")
    assert due(*summer, ("2028-06-08", "2028-09-29"), on="2027-06-08", calendar={}) == (None, "not_reached")


def test_long_breaks_are_single_closures_of_more_than_five_weekdays_up_to_the_day_before_school_resumes() -> None:
    def due(*closures: tuple[str, str], on: str = "2026-10-05") -> date | None:
        calendar = {
            "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
            "closures": [{"from": first, "to": last} for first, last in closures],
        }
        return ask("parent_requested_meeting", on, state="CA", calendar=calendar).due_on

    assert due() == date(2026, 11, 4)
    assert due(("2026-10-12", "2026-10-16")) == date(2026, 11, 4)  # five weekdays
    assert due(("2026-10-10", "2026-10-18")) == date(2026, 11, 4)  # still five
    # Six weekdays, 12 to 19: nothing runs from the 12th to the 19th.
    assert due(("2026-10-12", "2026-10-19")) == date(2026, 11, 12)
    # Two entries of three weekdays are two short breaks.
    assert due(("2026-10-12", "2026-10-14"), ("2026-10-15", "2026-10-19")) == date(2026, 11, 4)
    # The long one ends on Friday 23, and school resumes on Tuesday 27, behind a day of staff: 12 to 26 are left out.
    assert due(("2026-10-12", "2026-10-23"), ("2026-10-26", "2026-10-26")) == date(2026, 11, 19)
    # Asked in the break: the first day behind it is day 1.
    assert due(("2026-10-12", "2026-10-23"), on="2026-10-14") == date(2026, 11, 24)


def test_where_the_state_counts_from_another_event_the_federal_one_is_refused() -> None:
    assert pointers("due_process_limit", "2025-10-05", state="WI", event="violation_known") == ["/event"]
    assert ask("due_process_limit", "2025-10-05", state="WI", event="action_proposed_or_refused").due_on == date(2026, 10, 5)
    assert pointers("iep_services_start", "2026-10-05", state="MI", event="iep_developed") == ["/event"]
    assert pointers("annual_review", "2026-10-05", event="birth") == ["/event"]
    assert pointers("follow_up_1", "2026-10-05", event="birth") == ["/event"]


def test_rules_of_states_alone_need_their_state() -> None:
    alone = [rule.key for rule in RULES.values() if rule.stands_only_in_states]
    assert len(alone) == 10
    for rule in alone:
        assert RULES[rule].by == "school"
        assert pointers(rule, "2026-10-05") == ["/state"]
        assert pointers(rule, "2026-10-05", state="FL") == ["/state"]
    for state in ("ZZ", "tx", "Texas", ""):
        assert pointers("annual_review", "2026-10-05", state=state) == ["/state"]


def test_what_is_malformed_or_contradicts_itself_is_named_where_it_stands() -> None:
    wrong: list[tuple[str, Any, dict[str, Any], str]] = [
        ("no_such_rule", "2026-10-05", {}, "/rule"),
        ("follow_up_4", "2026-10-05", {}, "/rule"),
        ("annual_review", "2026-10-5", {}, "/event_on"),
        ("annual_review", "20261005", {}, "/event_on"),
        ("annual_review", "2026-W41-1", {}, "/event_on"),
        ("annual_review", "2026-02-29", {}, "/event_on"),
        ("annual_review", "1899-12-31", {}, "/event_on"),
        ("annual_review", "2200-01-01", {}, "/event_on"),
        ("annual_review", None, {}, "/event_on"),
        ("annual_review", 20261005, {}, "/event_on"),
        ("annual_review", datetime(2026, 10, 5, tzinfo=UTC), {}, "/event_on"),
        ("transition_plan", "2190-01-01", {}, "/event_on"),
        ("due_process_lookback", "1901-01-01", {}, "/event_on"),
        ("evidence_disclosure", "1900-01-05", {}, "/event_on"),
        ("annual_review", "2026-10-05", {"colour": "red"}, "/inputs/colour"),
        ("annual_review", "2026-10-05", {"a/b~c": 1}, "/inputs/a~1b~0c"),
        ("annual_review", "2026-10-05", {"waived_on": "2026-10-06"}, "/inputs/waived_on"),
        ("annual_review", "2026-10-05", {"amended_on": "soon"}, "/inputs/amended_on"),
        ("initial_evaluation", "2026-10-05", {"absent_on": ["2026-10-06"]}, "/inputs/absent_on"),  # of Texas alone
        ("initial_evaluation", "2026-10-05", {"state": "TX", "referred_on": "2026-10-01"}, "/inputs/referred_on"),
        ("initial_evaluation", "2026-10-05", {"parent_does_not_produce_child": "yes"}, "/inputs/parent_does_not_produce_child"),
        ("initial_evaluation", "2026-10-05", {"transfer": True}, "/inputs/transfer"),
        ("initial_evaluation", "2026-10-05", {"transfer": {"agreed_on": "x"}}, "/inputs/transfer/agreed_on"),
        ("initial_evaluation", "2026-10-05", {"transfer": {"when": "x"}}, "/inputs/transfer/when"),
        ("initial_evaluation", "2026-10-05", {"transfer": {"agreed_on": "2026-10-04"}}, "/inputs/transfer/agreed_on"),
        ("initial_evaluation", "2026-10-05", {"sld_extension_on": "2026-10-04"}, "/inputs/sld_extension_on"),
        ("initial_evaluation", "2026-10-05", {"state": "CA", "referred_on": "2026-10-06"}, "/inputs/referred_on"),
        ("rights_transfer_notice", "2010-10-05", {"age_of_majority": 1.5}, "/inputs/age_of_majority"),
        ("rights_transfer_notice", "2010-10-05", {"age_of_majority": True}, "/inputs/age_of_majority"),
        ("rights_transfer_notice", "2010-10-05", {"age_of_majority": 99}, "/inputs/age_of_majority"),
        ("transition_plan", "2010-10-05", {"iep_effective_from": "2026-10-01"}, "/inputs/iep_effective_to"),
        ("transition_plan", "2010-10-05", {"iep_effective_to": "2026-10-01"}, "/inputs/iep_effective_from"),
        (
            *("transition_plan", "2010-10-05", {"iep_effective_from": "2026-10-01", "iep_effective_to": "2026-09-01"}),
            "/inputs/iep_effective_to",
        ),
        ("records_access", "2026-10-05", {"meetings": "2026-10-06"}, "/inputs/meetings"),
        ("records_access", "2026-10-05", {"meetings": ["2026-10-06", 7]}, "/inputs/meetings/1"),
        ("records_access", "2026-10-05", {"meetings": ["2026-10-06"] * 401}, "/inputs/meetings"),
        ("due_process_limit", "2026-10-05", {"exception": "bad_luck"}, "/inputs/exception"),
        ("due_process_response", "2026-10-05", {"filed_by": "SEA"}, "/inputs/filed_by"),
        ("resolution_meeting", "2026-10-05", {"amended_on": "2026-10-04"}, "/inputs/amended_on"),
        ("resolution_meeting", "2026-10-05", {"waived_on": "2026-10-04"}, "/inputs/waived_on"),
        ("hearing_decision", "2026-10-05", {"extension": {"because": "party_request"}}, "/inputs/extension/to_on"),
        (
            *("hearing_decision", "2026-10-05", {"extension": {"to_on": "2026-10-01", "because": "party_request"}}),
            "/inputs/extension/to_on",
        ),
        ("removal_services", "2026-10-05", {"removals": [{"from": "2026-10-05"}]}, "/inputs/removals/0"),
        ("removal_services", "2026-10-05", {"removals": [{"from": "2026-10-05", "to": "2026-10-04"}]}, "/inputs/removals/0/to"),
        ("removal_services", "2026-10-05", {"removals": [{"from": "5 Oct", "to": "2026-10-04"}]}, "/inputs/removals/0/from"),
        ("reevaluation", "2026-10-05", {"disability": 7}, "/inputs/disability"),
        ("iee_response", "2026-10-05", {"state_holidays": ["x"]}, "/inputs/state_holidays/0"),
        ("iee_response", "2026-10-05", {"calendar": {"weekdays": ["mon"]}}, "/inputs/calendar/weekdays"),
        ("iee_response", "2026-10-05", {"calendar": 7}, "/inputs/calendar"),
        ("follow_up_1", "2026-10-05", {"timezone": "Mars/Olympus"}, "/inputs/timezone"),
        ("follow_up_1", "2026-10-05", {"extension": {"to_on": "2026-12-01"}}, "/inputs/extension"),
    ]
    found = []
    for rule, on, said, _ in wrong:
        around = {name: said[name] for name in ("state",) if name in said}
        inputs = {name: value for name, value in said.items() if name != "state"}
        with pytest.raises(Invalid) as refused:
            check(rule, on, None, around.get("state"), inputs)
        found.append([error["pointer"] for error in refused.value.extra["errors"]])  # type: ignore[attr-defined]
    assert found == [[pointer] for *_, pointer in wrong]
    assert pointers("annual_review", "soon", timezone="x", state="?") == ["/event_on", "/inputs/timezone", "/state"]


def test_an_input_that_is_null_is_as_if_it_were_left_out() -> None:
    assert ask("resolution_meeting", "2026-10-05", waived_on=None, amended_on=None).due_on == date(2026, 10, 20)
    assert ask("initial_evaluation", "2026-10-05", transfer=None, extension=None).refused is None


def test_several_dates_that_were_agreed_give_the_earliest_and_an_extension_never_shortens() -> None:
    transfer = {"agreed_on": "2027-01-20", "sufficient_progress": True}
    both = ask("initial_evaluation", "2026-10-05", transfer=transfer, sld_extension_on="2026-12-18")
    assert both.due_on == date(2026, 12, 18)
    assert any("earliest" in notice for notice in both.notices)
    short = ask("initial_evaluation", "2026-10-05", sld_extension_on="2026-11-01")
    assert (short.due_on, short.ordinary_due_on) == (date(2026, 12, 4), None)
    assert any("moves nothing" in notice for notice in short.notices)


def test_what_is_refused_is_said_even_where_nothing_runs() -> None:
    extension = {"to_on": "2026-12-01", "because": "party_request"}
    stopped = ask("resolution_meeting", "2026-10-05", waived_on="2026-10-09", extension=extension)
    assert (stopped.reason, stopped.refused) == ("waived", "extension_not_allowed")
    for rule in RULES.values():
        for row in rule.rows:
            answer = ask(rule.key, "2026-10-05", event=row.event, extension={"to_on": "2027-06-01", "because": "convenience"})
            assert answer.refused == "extension_not_allowed"
            assert answer.due_on == ask(rule.key, "2026-10-05", event=row.event).due_on


def test_follow_ups_are_answered_alike() -> None:
    new_york = {"timezone": "America/New_York"}
    # Thursday: 9 (1), Columbus Day, 13, 14.
    first = ask("follow_up_1", "2026-10-08", **new_york)
    assert (first.due_on, first.due_at) == (date(2026, 10, 14), datetime(2026, 10, 14, 13, tzinfo=UTC))
    assert first.as_json()["due_at"] == "2026-10-14T13:00:00Z"
    # The clocks went back on 1 November: 9:00 is 14:00 in UTC.
    assert ask("follow_up_3", "2026-10-23", **new_york).due_at == datetime(2026, 11, 6, 14, tzinfo=UTC)
    # Staff at work answer, a closed school does not; summer counts.
    week = {
        "closures": [
            {"from": "2026-10-19", "to": "2026-10-20"},
            {"from": "2026-10-21", "to": "2026-10-21", "kind": "no_students"},
        ]
    }
    assert ask("follow_up_1", "2026-10-16", calendar=week).due_on == date(2026, 10, 23)
    assert ask("follow_up_1", "2027-07-07").due_on == date(2027, 7, 12)
    assert ask("follow_up_2", "2026-10-08", state_holidays=["2026-10-09"]).due_on == date(2026, 10, 21)
    never = ask("follow_up_1", "2026-10-16", calendar={"closures": [{"from": "2026-01-01", "to": "2199-12-31"}]})
    assert (never.due_on, never.due_at, never.reason) == (None, None, "calendar_missing")
    other = check("follow_up_4", "2026-10-05", policy=Policy((1, 2, 3, 5)), zone=ZoneInfo("America/Denver"))
    assert (other.due_on, other.due_at) == (date(2026, 10, 13), datetime(2026, 10, 13, 15, tzinfo=UTC))
    assert other.sum == "2026-10-05 + 5 follow-up days = 2026-10-13; 09:00 in America/Denver = 2026-10-13T15:00:00Z"
    # By the whole policy: on no quiet day, no two on one day, and one more where it proposes later than it asks.
    whole = Policy((3, 4), quiet_days=frozenset({3}), escalates_after=6)
    found = [check(f"follow_up_{rung}", "2026-10-05", policy=whole, zone=ZoneInfo("America/Denver")) for rung in (1, 2, 3)]
    assert [one.due_on for one in found] == [date(2026, 10, 9), date(2026, 10, 13), date(2026, 10, 14)]
    assert found[0].label == "Follow-up 1 of 3"
    assert "= 2026-10-08, moved to 2026-10-09, which is not quiet; 09:00" in found[0].sum


def test_doubts_are_said_and_move_nothing() -> None:
    said: dict[str, tuple[str, str, dict[str, Any], str]] = {
        "what nobody checked": ("civil_action", "2026-10-05", {}, "read the state's law first"),
        "a limit is not safe": ("state_complaint_limit", "2026-10-05", {}, "exceptions exist; check with counsel"),
        "second-hand": ("initial_evaluation", "2026-10-05", {"state": "NJ"}, "confirm with the state"),
        "no number": ("meeting_notice", "2026-10-05", {}, "our day to look again"),
        "which disability": (
            "reevaluation",
            "2026-10-05",
            {"state": "PA"},
            "2 years where disability is intellectual_disability",
        ),
        "a shorter limit": ("due_process_lookback", "2026-10-05", {"state": "NC"}, "1 year after"),
        "the limit that was": ("due_process_lookback", "2024-08-01", {"state": "TX"}, "1 year after"),
        "a referral": ("initial_evaluation", "2027-05-25", {"state": "CA"}, "Say referred_on"),
        "an amendment": ("annual_review", "2026-10-05", {"amended_on": "2027-01-01"}, "does not replace the review"),
        "too late a waiver": ("hearing_decision", "2026-10-05", {"waived_on": "2026-11-10"}, "does not begin the 45 days"),
        "the school filed": ("hearing_decision", "2026-10-05", {"filed_by": "school"}, "nobody has checked"),
        "the summer before": ("iaes_limit", "2026-08-24", {}, "No school year before 2026-09-08 was entered"),
        "the same day": ("records_access", "2026-10-05", {"meetings": ["2026-10-05"]}, "it is not counted"),
    }
    silent = [name for name, (rule, on, more, words) in said.items() if words not in " ".join(ask(rule, on, **more).notices)]
    assert silent == []
    # Day 30 is within the 30.
    on_day_30 = ask("hearing_decision", "2026-10-05", no_agreement_on="2026-11-04")
    assert not any("does not begin" in notice for notice in on_day_30.notices)
    assert not any("the limit is" in notice for notice in ask("due_process_lookback", "2026-10-05", state="TX").notices)


def test_what_nobody_checked_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(STATE_ROWS[0], rule="annual_review", state="KY", event="iep_reviewed", status="unchecked")
    monkeypatch.setitem(deadline_rules._STATE_ROWS, ("annual_review", "KY"), (row,))
    assert ask("annual_review", "2026-10-05", state="KY").state_row is None
    assert rows_for("annual_review", "KY", date(2026, 10, 5), {}) == RULES["annual_review"].rows


def test_the_table_is_whole_and_speaks_plainly() -> None:
    rows = [row for rule in RULES.values() for row in rule.rows] + list(STATE_ROWS)
    assert {row.event for row in rows} | {"sent"} == set(EVENTS)
    assert {row.rule for row in STATE_ROWS} <= set(RULES)
    assert all(row.citation and row.source and row.checked_on for row in rows)
    for rule in RULES.values():
        assert rule.rows or rule.state_rows
        for row in rule.state_rows or rule.rows:
            names = [one.name for one in rule.inputs_of(row)]
            assert len(names) == len(set(names))
            assert row.offset_in_words
    said = [*EVENTS.values()]
    for rule in RULES.values():
        said += [rule.label, *rule.notes, rule.may_be_later or "", *(one.says for one in rule.inputs)]
        for row in (*rule.rows, *rule.state_rows):
            said += [*row.notes, row.offset_in_words, row.may_be_later or "", *(one.says for one in row.inputs)]
    for rule_key, on, asked, _ in (*FEDERAL, *STATES):
        answer = ask(rule_key, on, **asked)
        said += [answer.sum, *answer.notices, answer.may_be_later_because or ""]
    for word in ("violat", "illegal", "school failed", "you must", "you will win", "safe date"):
        assert [sentence for sentence in said if word in sentence.lower()] == []
