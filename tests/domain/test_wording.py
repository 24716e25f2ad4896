"""How a statement is worded: every rule of the trade by an example of its own, then the labelled statements as a whole."""

import pytest

from domain.wording import CATEGORIES, ELEMENTS, OtherLanguage, OwnTerm, weigh
from tests.walks import each
from tests.wording.scoring import labelled, score


def terms(text, kind="accommodation"):
    return [(finding.category, finding.term) for finding in weigh(text, kind).findings]


def found(said):
    """`conditional: as needed; vague_support: help` as pairs."""
    return [tuple(part.split(": ", 1)) for part in said.split("; ")] if said else []


# What each category finds

FINDS = [
    # A condition that no one can check
    ("accommodation", "Movement breaks as needed", "conditional: as needed"),
    ("accommodation", "Breaks on an as needed basis", "conditional: on an as needed basis"),
    ("accommodation", "Noise-reducing headphones if and when necessary", "conditional: if and when necessary"),
    ("accommodation", "Where feasible, the class is co-taught.", "conditional: Where feasible"),
    ("accommodation", "Scribe PRN for written work", "conditional: PRN"),
    ("accommodation", "He sits out once he is calm.", "conditional: once he is calm"),
    ("accommodation", "Snacks whenever she appears tired", "conditional: whenever she appears tired"),
    ("accommodation", "A walk in the hall when he is having a hard day", "conditional: when he is having a hard day"),
    ("accommodation", "Testing continues as tolerated.", "conditional: as tolerated"),
    ("accommodation", "Test in room 4 as space allows", "conditional: as space allows"),
    ("accommodation", "Notes are mailed, time permitting.", "conditional: time permitting"),
    ("accommodation", "Sensory breaks based on his needs", "conditional: based on his needs"),
    ("accommodation", "Elevator use depending upon the day", "conditional: depending upon the day"),
    ("accommodation", "A reader, to the maximum extent appropriate", "conditional: to the maximum extent appropriate"),
    ("accommodation", "Should the need arise, the aide walks him out.", "conditional: Should the need arise"),
    ("accommodation", "Weather permitting, recess is outside.", "conditional: Weather permitting"),
    ("accommodation", "In times of stress she goes to the counselor.", "conditional: In times of stress"),
    ("service", "Nursing as his health requires", "conditional: as his health requires"),
    ("service", "Group counseling subject to availability", "conditional: subject to availability"),
    ("support", "The aide joins PE if staff is available.", "conditional: if staff is available"),
    # Allowed, not promised
    ("accommodation", "He might be excused from the assembly.", "permissive: might be excused"),
    ("accommodation", "She is permitted to chew gum.", "permissive: is permitted to"),
    ("accommodation", "Hats allowed in the gym", "permissive: allowed"),
    ("accommodation", "Student is welcome to stand at the back table.", "permissive: is welcome to"),
    ("accommodation", "Optional use of a number line", "permissive: Optional"),
    ("accommodation", "Answers can also be dictated.", "permissive: can also be dictated"),
    ("accommodation", "COULD USE GRAPH PAPER IN MATH", "permissive: COULD USE"),
    # How often is not said
    ("accommodation", "The aide regularly empties his locker.", "vague_frequency: regularly"),
    ("accommodation", "Regular breaks between classes", "vague_frequency: Regular"),
    ("support", "The case manager calls home from time to time.", "vague_frequency: from time to time"),
    ("support", "Ongoing contact with the parents", "vague_frequency: Ongoing"),
    ("support", "The nurse looks in on some days.", "vague_frequency: some days"),
    ("accommodation", "The teacher walks by as often as needed.", "vague_frequency: as often as needed"),
    ("goal", "Student will stay seated most of the time.", "vague_frequency: most of the time"),
    # How much is not said
    ("accommodation", "Additional time on labs", "vague_amount: Additional time"),
    ("accommodation", "A few practice items before each test", "vague_amount: A few"),
    ("modification", "Fewer vocabulary words", "vague_amount: Fewer"),
    ("modification", "Plenty of manipulatives", "vague_amount: Plenty of"),
    ("accommodation", "Brief walks in the hallway", "vague_amount: Brief"),
    ("accommodation", "A walk of about 10 minutes", "vague_amount: about 10 minutes"),
    ("accommodation", "Max. 2 breaks a day", "vague_amount: Max. 2 breaks"),
    ("accommodation", "He has as many breaks as needed.", "vague_amount: as many breaks as needed"),
    ("service", "OT between 20 and 30 minutes weekly", "vague_amount: between 20 and 30 minutes"),
    ("service", "PT 30-45 min each month", "vague_amount: 30-45 min"),
    ("service", "Counseling for 30 minutes or so each week", "vague_amount: 30 minutes or so"),
    ("modification", "Reduce the spelling list.", "vague_amount: Reduce"),
    ("modification", "Reports are shortened.", "vague_amount: shortened"),
    # Help and nothing about it
    ("accommodation", "Verbal and gestural cueing during labs", "vague_support: cueing"),
    ("accommodation", "The aide redirects him during lectures.", "vague_support: redirects"),
    ("accommodation", "The teacher will encourage participation.", "vague_support: encourage"),
    ("accommodation", "Help with long division", "vague_support: Help"),
    ("accommodation", "The aide assists her to focus in art.", "vague_support: assists"),
    ("service", "Aide support, 120 minutes daily", "vague_support: support"),
    ("accommodation", "Scaffolding in writing", "vague_support: Scaffolding"),
    # A standard on which two can differ
    ("accommodation", "Suitable seating in the auditorium", "subjective_standard: Suitable"),
    ("accommodation", "Papers are returned promptly.", "subjective_standard: promptly"),
    ("accommodation", "Grades are posted in a timely manner.", "subjective_standard: in a timely manner"),
    ("accommodation", "Pref. seating", "subjective_standard: Pref. seating"),
    ("accommodation", "The bus seat is changed ASAP.", "subjective_standard: ASAP"),
    ("goal", "Student will make progress in spelling.", "subjective_standard: make progress"),
    ("goal", "Student will strengthen his handwriting.", "subjective_standard: strengthen"),
    ("goal", "Student will respond appropriately in 4 of 5 trials.", "subjective_standard: appropriately"),
    ("goal", "Student will write to the best of her ability.", "subjective_standard: to the best of her ability"),
    # A person decides later
    ("accommodation", "Headphones per teacher judgment", "discretionary: per teacher judgment"),
    ("accommodation", "Retakes are up to the teacher.", "discretionary: up to the teacher"),
    ("accommodation", "If the nurse feels he is pale, he lies down.", "discretionary: If the nurse feels"),
    ("accommodation", "Extra credit on a case by case basis", "discretionary: on a case by case basis"),
    ("accommodation", "The IEP team will determine the test room.", "discretionary: IEP team will determine"),
    ("service", "Speech, minutes to be determined", "discretionary: to be determined"),
    ("accommodation", "Breaks as staff see fit", "discretionary: as staff see fit"),
    ("accommodation", "Seat changes as deemed necessary by the dean", "discretionary: as deemed necessary by the dean"),
    ("support", "An aide of the principal's choice rides the bus.", "discretionary: of the principal's choice"),
    ("accommodation", "Snacks at the discretion of his teachers", "discretionary: at the discretion of his teachers"),
    # Nobody in particular
    ("accommodation", "Someone opens his locker.", "unnamed_person: Someone"),
    ("accommodation", "A trained individual feeds him at lunch.", "unnamed_person: trained individual"),
    ("accommodation", "A faculty member signs the planner.", "unnamed_person: faculty member"),
    ("accommodation", "Student reports to staff daily.", "unnamed_person: staff"),
    ("accommodation", "Support staff unlock the ramp.", "unnamed_person: staff"),
    ("accommodation", "The principal or his designee meets the bus.", "unnamed_person: designee"),
    # A list without an end
    ("accommodation", "Tools such as a pencil grip", "open_ended: such as"),
    ("accommodation", "Fidgets, putty, etc.", "open_ended: etc."),
    ("accommodation", "Items like a wobble stool", "open_ended: like"),
    ("accommodation", "Word bank and/or notes on quizzes", "open_ended: and/or"),
    ("accommodation", "Slant board or similar", "open_ended: or similar"),
    ("accommodation", "Snacks in various rooms", "open_ended: various"),
    ("accommodation", "A variety of pencils, e.g. fat ones", "open_ended: A variety of; open_ended: e.g."),
    # Effort, wish, advice
    ("accommodation", "Teachers should face him.", "intent_only: should face"),
    ("accommodation", "The aide will strive to sit on his left.", "intent_only: strive to"),
    ("support", "The team will look into a lift.", "intent_only: look into"),
    ("support", "Consider a communication device.", "intent_only: Consider"),
    ("accommodation", "She would benefit from a number line.", "intent_only: would benefit from"),
    ("support", "The school plans to buy a lift.", "intent_only: plans to"),
    ("accommodation", "Ideally he sits on the left.", "intent_only: Ideally"),
    ("goal", "Student will work on cursive.", "intent_only: work on"),
]

# Neighbours that look alike and promise

PASSES = [
    ("accommodation", "Because he often loses his glasses, a spare pair is in the office."),
    ("accommodation", "Seated in row 1 due to frequent ear infections"),
    ("accommodation", "Given her limited hearing, she sits at the front."),
    ("accommodation", "A visual schedule to support transitions"),
    ("accommodation", "Blinds are closed so that he can see the board."),
    ("accommodation", "The team considered and refused a scribe."),
    ("accommodation", 'The words "as needed" are struck out.'),
    ("accommodation", "[ ] Extended time [ ] Frequent breaks [x] Scribe"),
    ("accommodation", "Parents may ask for the log."),
    ("accommodation", "On May 12 the test is read aloud."),
    ("accommodation", "He keeps his place in regular education with the same book."),
    ("accommodation", "The writing prompt is read aloud."),
    ("accommodation", "A cue card lies on her desk."),
    ("accommodation", "The hearing aid is checked at 8:10."),
    ("accommodation", "A first aid kit and a study guide for each unit"),
    ("accommodation", "Multiple choice tests and a periodic table"),
    ("accommodation", "A check every other day by the guidance counselor"),
    ("accommodation", "Progress notes go home on Fridays."),
    ("accommodation", "He eats in the learning support room."),
    ("support", "Supports for school personnel: none"),
    ("service", "Extended School Year, 60 minutes daily"),
    ("accommodation", "An extra-large keyboard"),
    ("accommodation", "Extended time (time and a half) on quizzes"),
    ("accommodation", "50% extended time on quizzes"),
    ("accommodation", "Frequent breaks: 5 minutes every 20"),
    ("accommodation", "Juice as needed, that is, when the meter reads under 70"),
    ("accommodation", "Preferential seating: front row"),
    ("accommodation", "Breaks are given, not as needed but at 9:30."),
    ("accommodation", "He lines up without prompts."),
    ("accommodation", "There is no adult help on spelling tests."),
    ("accommodation", "He may not be penalized for spelling."),
    ("accommodation", "She cannot be removed from recess."),
    ("accommodation", "She will be allowed to type."),
    ("accommodation", "He must be permitted to stand."),
    ("accommodation", "A break will be offered at 10:00."),
    ("accommodation", "He will have access to a calculator."),
    ("accommodation", "Allow gum in class."),
    ("goal", "Student can identify 20 letters by June 1."),
    ("accommodation", "The test is read aloud upon request."),
    ("accommodation", "He leaves if he raises the card."),
    ("accommodation", "If absent 2 days, he gets the notes."),
    ("accommodation", "When off task, he gets the timer."),
    ("accommodation", "Calculator in math unless the test measures computation"),
    ("accommodation", "He goes to room 3 when upset (crying, head down)."),
    ("accommodation", "Insulin per the physician's order"),
    ("accommodation", "Snacks as written in the health plan"),
    ("accommodation", "Leveled books as determined by the rubric score"),
    ("accommodation", "The walker is within reach at all times, in each class, throughout the day."),
    ("accommodation", "Her planner is signed at least weekly."),
    ("accommodation", "Notes are updated as often as grades are posted."),
    ("accommodation", "No more than 10 problems a page, in a group of no more than 3"),
    ("accommodation", "Answers within 5 days, at least 30 minutes of reading"),
    ("goal", "Student will write 3-5 sentences with 1-2 prompts by May 1."),
    ("accommodation", "One extra day for each essay"),
    ("accommodation", "An additional break after lunch"),
    ("accommodation", "10 additional minutes for quizzes"),
    ("modification", "Homework reduced by half"),
    ("modification", "Copying is limited to 3 lines."),
    ("accommodation", "A word processor for longer assignments and difficult texts"),
    ("modification", "Modified, simplified tests in large print in a small group"),
    ("accommodation", "One verbal cue before each test"),
    ("accommodation", "A reminder to turn in homework"),
    ("accommodation", "No more than 2 cues per direction"),
    ("accommodation", "Prompts every 5 minutes during tests"),
    ("accommodation", "The aide will prompt him at the start of each period."),
    ("accommodation", "The aide helps her zip the coat."),
    ("accommodation", "The aide assists by turning the pages."),
    ("goal", "Student will ask for help with the help card 4 of 5 times by May 1."),
    ("goal", "Student will improve from 42 to 78 words a minute by May 1."),
    ("goal", "Student will use an appropriate voice (level 2) in 4 of 5 classes by May 1."),
    ("goal", "Student will try one new food in 8 of 10 attempts by May 1."),
    ("support", "Training for staff on the lift, 2 hours in August"),
    ("goal", "Student answers adults in 4 of 5 trials by May 1."),
    ("accommodation", "The aide, the case manager and the school sign."),
    ("accommodation", "He needs a scribe on essays."),
    ("accommodation", "Should the bus be late, first period is excused."),
    ("accommodation", "Tools, including a grip and a slant board, i.e. those in the bin"),
]


@each(("kind", "text", "said"), FINDS)
def test_what_leaves_the_school_a_way_out_is_found(kind, text, said):
    assert terms(text, kind) == found(said)


@each(("kind", "text"), PASSES)
def test_what_promises_or_only_tells_why_is_no_finding(kind, text):
    assert terms(text, kind) == []


# Sense, settling and spans


@each(
    ("text", "said"),
    [
        ("FREQUENT BREAKS", "vague_frequency: FREQUENT"),
        ("Freqent breaks", "vague_frequency: Freqent"),
        ("Aproximately 20 minutes of reading aloud", "vague_amount: Aproximately 20 minutes"),
        ("Apropriate seat on the bus", "subjective_standard: Apropriate"),
        ("Ext. time on labs", "vague_amount: Ext. time"),
        ("Addl. time on labs", "vague_amount: Addl. time"),
        ("Walk w/ staff", "unnamed_person: staff"),
        ("Tests read by the teacher’s aide at the teacher’s discretion", "discretionary: at the teacher’s discretion"),
    ],
)
def test_case_slips_and_abbreviations_do_not_hide_a_word(text, said):
    assert terms(text) == found(said)


@each("text", ["Stuff is kept in a bag.", "An adept coach leads PE.", "Sport shirts are worn.", "He extracts a tooth."])
def test_a_word_of_its_own_is_not_mended_into_a_familys(text):
    assert terms(text) == []


def test_a_longer_phrase_takes_the_words_inside_it():
    assert terms("Breaks as determined by staff") == [("discretionary", "as determined by staff")]
    assert terms("Adult support as needed") == [
        ("unnamed_person", "Adult"),
        ("vague_support", "support"),
        ("conditional", "as needed"),
    ]
    assert terms("Frequent cues and prompts") == [
        ("vague_frequency", "Frequent"),
        ("vague_support", "cues"),
        ("vague_support", "prompts"),
    ]


def test_a_hedged_figure_takes_its_unit_along():
    assert terms("Up to two 5-minute breaks a day") == [("vague_amount", "Up to two 5-minute breaks")]


@each(
    ("text", "said"),
    [
        ("He is treated at Good Shepherd Hospital on Mondays.", ""),
        ("The aide leads the Positive Action program in homeroom.", ""),
        ("The aide leads the Positive action.", "subjective_standard: Positive"),
        ("Student will have Frequent Breaks.", "vague_frequency: Frequent"),
        ("Frequent Breaks At The Learning Center", "vague_frequency: Frequent"),
    ],
)
def test_a_name_within_a_sentence_is_no_finding_but_capitals_alone_make_no_name(text, said):
    assert terms(text) == found(said)


def test_of_one_statement_only_the_promise_is_weighed():
    text = "Because he is often absent, notes are sent as needed so that he can keep up with adult help."
    assert terms(text) == [("conditional", "as needed")]


# Elements


def element(name, text, kind="accommodation"):
    return weigh(text, kind).elements[name]


@each(
    ("name", "kind", "text", "said"),
    [
        ("who", "accommodation", "The aide opens his milk.", "clear"),
        ("who", "accommodation", "Notes at teacher discretion", "missing"),
        ("who", "accommodation", "The school supplies a keyboard.", "vague"),
        ("who", "service", "Speech, 30 minutes weekly", "vague"),
        ("who", "service", "SLP, 30 minutes weekly", "clear"),
        ("who", "goal", "Reads 40 words a minute", "clear"),
        ("what", "accommodation", "Modified work", "vague"),
        ("what", "accommodation", "A printed outline", "clear"),
        ("what", "goal", "Student will understand maps.", "vague"),
        ("what", "support", "Teacher training", "vague"),
        ("where", "accommodation", "A quiet place for tests", "vague"),
        ("where", "accommodation", "Calculator in algebra", "clear"),
        ("where", "service", "Reading, 30 minutes daily, resource room", "clear"),
        ("where", "service", "Reading, 30 minutes daily", "missing"),
        ("where", "goal", "Student will read aloud.", "not_applicable"),
        ("when", "service", "Counseling twice a month", "clear"),
        ("when", "service", "Counseling up to 2 times a month", "vague"),
        ("when", "accommodation", "Scribe for essays", "clear"),
        ("when", "accommodation", "A slant board", "missing"),
        ("when", "accommodation", "A scribe for lengthy essays", "vague"),
        ("when", "goal", "By May 12, Student will skip rope.", "clear"),
        ("when", "goal", "Student will skip rope.", "missing"),
        ("when", "goal", "By 2027, Student will skip rope.", "clear"),
        ("when", "support", "A review of the care plan each September", "clear"),
        ("where", "support", "Training for cafeteria workers on the lift", "missing"),
        ("where", "goal", "Student will score 4 of 5 on the class rubric.", "not_applicable"),
        ("who", "support", "Consultation between SLP and teacher monthly", "clear"),
        ("who", "accommodation", "Seat between the teacher and the aide", "missing"),
        ("when", "goal", "Student will greet the class by name for 20 straight days.", "missing"),
        ("when", "service", "Counseling every other Wednesday", "clear"),
        ("how", "service", "Counseling, 20 minutes a month", "clear"),
        ("how", "accommodation", "Extended time", "vague"),
        ("how", "accommodation", "Breaks", "missing"),
        ("how", "accommodation", "A slant board", "not_applicable"),
        ("how", "goal", "Student will skip rope 10 times in a row.", "clear"),
        ("how", "goal", "After graduation, Student will enroll in a welding course.", "not_applicable"),
        ("why", "accommodation", "A stool to prevent falls", "clear"),
        ("why", "accommodation", "A stool due to his disability", "vague"),
        ("why", "accommodation", "A stool", "missing"),
        ("why", "service", "Nursing daily", "not_applicable"),
    ],
)
def test_an_element_is_clear_vague_missing_or_does_not_apply(name, kind, text, said):
    assert element(name, text, kind) == said


# All of it


def test_precision_and_recall_on_all_labelled_statements_are_at_least_95_in_100():
    whole = score(labelled())
    assert whole.statements >= 320
    assert whole.precision() >= 0.95, "\n".join(whole.misses)
    assert whole.recall() >= 0.95, "\n".join(whole.misses)
    assert whole.elements >= 0.93, "\n".join(whole.misses)


# What the caller gets


def test_a_finding_says_why_it_matters_and_what_to_ask():
    cue = weigh("Verbal prompts during labs").findings[0]
    assert cue.question == "Who prompts, how often, and what happens when it does not help?"
    assert cue.why.endswith(".")
    questions = {finding.category: finding.question for text in FINDS for finding in weigh(text[1], text[0]).findings}
    assert set(questions) == set(CATEGORIES)
    assert all(question.endswith("?") for question in questions.values())


def test_a_firm_goal_has_the_full_score_and_no_rewrite():
    wording = weigh("By 6/1/2026, Student will name 20 coins in 4 of 5 weekly checks.", "goal")
    assert (wording.findings, wording.score, wording.rewrite) == ((), 100, None)


def test_each_finding_costs_and_a_text_without_words_is_worth_nothing():
    assert weigh("Breaks").score > weigh("Frequent breaks").score > weigh("Frequent breaks as needed").score
    assert weigh("").score == weigh(" ... ").score == 0
    assert weigh("").rewrite is None


def test_a_rewrite_keeps_what_is_known_and_asks_for_the_rest():
    wording = weigh("Sasha may use a reader for tests as needed.", "accommodation")
    assert wording.rewrite is not None
    assert wording.rewrite.startswith("Sasha will use a reader for tests [when, in words anyone can check].")
    assert "[which role]" in wording.rewrite
    assert weigh("Staff should help.", "support").rewrite.startswith("[Which role] will")


def test_a_practice_finds_its_own_words_too():
    own = [
        OwnTerm("bus duty", "discretionary", "It changes weekly.", "Who has it?"),
        OwnTerm("as needed by the bus", "conditional"),
    ]
    said = weigh("Bus Duty waits as needed by the bus. No busduty here.", own_terms=own).findings
    assert [(finding.category, finding.term) for finding in said] == [
        ("discretionary", "Bus Duty"),
        ("conditional", "as needed by the bus"),
    ]
    assert (said[0].why, said[0].question) == ("It changes weekly.", "Who has it?")
    assert said[1].question.endswith("?")


def test_a_statement_that_is_surely_not_english_is_refused_with_its_language():
    with pytest.raises(OtherLanguage) as refused:
        weigh("El estudiante recibirá tiempo adicional en los exámenes según sea necesario.")
    assert refused.value.language == "es"
    assert "Spanish" in str(refused.value)


def test_names_of_elements_and_categories_are_fixed():
    assert ELEMENTS == ("who", "what", "where", "when", "how", "why")
    assert len(CATEGORIES) == 10
