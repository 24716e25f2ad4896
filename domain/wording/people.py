"""Those who act and are nobody in particular; not those who are only trained or told."""

from domain.wording import words as known
from domain.wording.context import FINITE, WORD, Statement
from domain.wording.senses import around
from domain.wording.span import UNNAMED, Span
from domain.wording.words import listed


def unnamed_rule(statement: Statement, place: int) -> Span | None:
    _words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    first, end = place, place + 1
    if word in ("anyone", "anybody") and (before in ("from", "with") or after in ("who", "can")):
        return None
    if (
        word == "staff"
        and after in _UNNAMED_AFTER
        and not (after == "in" and not statement.joined[place] and statement.word(place + 2) != "service")
    ):
        return None
    if word == "staff" and statement.joined[place] and after in ("to", "student"):
        return None
    if word == "faculty" and after in _UNNAMED_AFTER_3:
        return None
    if word in ("helper", "helpers") and before in _OTHER_HELPERS:
        return None
    if word in ("adult", "adults") and (before in ("young", "older") or after in _UNNAMED_AFTER_2):
        return None
    if word in ("professional", "professionals") and (after in {"development", "judgment", "learning", "help"}):
        return None
    if word == "professional" and before in _KINDS_OF_PROFESSIONAL and statement.word(place + 2) != "":
        return None if _only_receives(statement, first, end) else Span(UNNAMED, first, end)
    if (
        word == "professional"
        and after
        and statement.kinds[place + 1] == WORD
        and after not in _AUXILIARY_OR_PREPOSITIONS_OR_WHO
    ):
        return None
    if word in ("provider", "providers"):
        if before in ("service", "services"):
            first -= 1
            if statement.word(first - 1) == "related":
                first -= 0
        elif before in {"care", "medical", "healthcare", "health"} or (before in _UNNAMED_BEFORE and before != "therapy"):
            return None
    if after in ("member", "members"):
        end += 1
    if word == "team":
        return None
    if _only_receives(statement, first, end):
        return None
    return Span(UNNAMED, first, end)


def team_member_rule(statement: Statement, place: int) -> Span | None:
    if statement.word(place + 1) not in ("member", "members") or statement.word(place - 1) == "family":
        return None
    if statement.word(place) not in _TEAM_MEMBER_WORDS or _only_receives(statement, place, place + 2):
        return None
    if statement.words[place] == "iep":
        return None
    return Span(UNNAMED, place, place + 2)


def person_rule(statement: Statement, place: int) -> Span | None:
    """`designated person`, `trained individual`: with the adjective."""
    word = statement.words[place]
    before, after = around(statement, place)
    if word == "people" or (word in {"individual", "individuals"} and after in _INDIVIDUAL_THINGS):
        return None
    if before in known.PERSON_KINDS:
        return None if _only_receives(statement, place - 1, place + 1) else Span(UNNAMED, place - 1, place + 1)
    if word == "person" and before in ("a", "the", "one") and (after in FINITE or after in _PERSON_AFTER):
        return Span(UNNAMED, place, place + 1)
    return None


_INDIVIDUAL_THINGS = listed(
    "counseling therapy instruction session sessions basis needs need education plan plans speech work tutoring desk"
    " testing support attention student students program seating practice copy setting help conferences lessons"
    " reading whiteboard goals and or occupational physical language services service"
)


_TO_THEM = listed("to for with of among about from")


_TELLS = listed(
    "train trains training inform informs informing notify notifies tell tells educate educates alert alerts update"
    " updates remind teach teaches brief briefs show shows give gives giving provide provides send sends email emails"
    " e-mail e-mails advise advises instruct instructs instructing invite invites consult help helps orient coach"
    " coaches greet greets ask asks follow answer answers address respond hand hands trained informing thank approach"
    " approaches telling asking introduce support supporting"
    " mail mails mailing messages message calls call phones phone texts text"
)


_TRAINED = listed(
    "trained informed notified told given provided made briefed updated oriented advised instructed alerted educated"
    " taught sent shown in-serviced e-mailed emailed invited"
)


_ACTS_AFTER = listed(
    "support supports assistance help prompts prompting cues cueing supervision guidance monitoring reminders"
    " proximity prompt check checks supported led assisted assist facilitation redirection reminder encouragement cue"
)


def _only_receives(statement: Statement, first: int, end: int) -> bool:
    """Those who are trained or told, and to whom a child in a goal speaks, need not act."""
    words, start = statement.words, statement.sentence_starts[first]
    after = statement.word(end)
    if after in _ACTS_AFTER:
        return False
    if after in _ONLY_RECEIVES_AFTER:
        verb = end + 1
        while verb < statement.sentence_ends[first] and words[verb] in _ONLY_RECEIVES_WORDS_5:
            verb += 1
        look = statement.word(verb)
        if look in _TRAINED and "by" not in words[verb : verb + 3]:
            return True
        if look in _ONLY_RECEIVES_WORDS_6 and _ONLY_RECEIVES_WORDS & set(words[verb : verb + 6]):
            return True
    if after in _ONLY_RECEIVES_AFTER_2 and _ONLY_RECEIVES_WORDS_7 & set(words[end : end + 6]):
        return True
    before = first - 1
    while before >= start and (words[before] in known.DETERMINERS or words[before] in _ONLY_RECEIVES_WORDS_2):
        before -= 1
    word = words[before] if before >= start else ""
    if word in ("by", "from") or (word == "with" and statement.kind != "goal"):
        if word == "with":
            return not _ONLY_RECEIVES_WORDS_3.isdisjoint(words[max(before - 3, start) : before])
        return False
    if word == "of" and statement.word(before - 1) in _ONLY_RECEIVES_BEFORE:
        return False
    if word == "of" and statement.word(before - 1) in {"training", "instruction", "education", "orientation"}:
        return True
    if statement.kind == "goal":
        if word in _ONLY_RECEIVES_HERE or word in _TELLS or word.endswith("ing") or word in _ONLY_RECEIVES_HERE_2:
            if word == "with" and after in _ACTS_AFTER:
                return False
            return word != "when"
        return False
    if (
        word == "to"
        and statement.kind != "goal"
        and words[start] in {"student", "he", "she"}
        and not known.BE & set(words[start:before])
    ):
        # The child reports, hands, shows something to staff: somebody has to be there for it.
        return False
    if word == "to":
        verbs = words[max(before - 6, start) : before]
        if _ONLY_RECEIVES_WORDS_4 & set(verbs) and statement.kind != "goal":
            return False
        return after not in known.VERBS or after == "with"
    if word == "for":
        return True
    if word in _TELLS and after not in FINITE:
        # "Provide staff support": staff still acts.
        return after not in _ACTS_AFTER and after != "who"
    return False


_AUXILIARY_OR_PREPOSITIONS_OR_WHO = (
    known.AUXILIARY | known.PREPOSITIONS | {"who", "and", "or", "to", "provides", "gives", "checks"}
)


_UNNAMED_AFTER = listed(
    "elevator entrance kitchen workroom mailbox restroom restrooms bathroom lounge meeting meetings"
    " development training trainings inservice handbook parking room directory email desk in ratio notes"
)


_UNNAMED_AFTER_2 = listed(
    "education services service agency agencies living life program programs transition size sized literacy day"
    " learning learner basic world provider ed"
)


_UNNAMED_BEFORE = listed("speech ot pt counseling therapy education vision nursing o&m hearing mobility ed")


_ONLY_RECEIVES_AFTER = listed("will shall must should are is to")


_ONLY_RECEIVES_WORDS = listed("training trained inservice copy copies information workshop instruction in session module")


_ONLY_RECEIVES_WORDS_2 = listed(
    "school classroom general special education ed trained familiar other relevant all appropriate cafeteria building"
    " support new key bus unfamiliar trusted teaching known related instructional preferred involved substitute"
    " different various gen lunchroom playground more two 2 three 3 working or peers and peer teachers students"
    " classmates designated sped multiple most several non service"
)


_ONLY_RECEIVES_WORDS_3 = listed(
    "shared share shares consult consultation communicate consults reviewed review reviews meets meet discuss"
    " discussed collaborate communication collaborates sharing"
)


_ONLY_RECEIVES_HERE = listed("to with for at toward towards when")


_ONLY_RECEIVES_HERE_2 = listed(
    "ask asks answer answers greet greets follow follows tell show obey request initiate address approach seek"
    " respond find locate report inform notify identify hand give gives"
)


_ONLY_RECEIVES_WORDS_4 = listed("reports report reporting goes checks go escorted")


_UNNAMED_AFTER_3 = listed("meeting meetings lounge restroom room")


_TEAM_MEMBER_WORDS = listed("team faculty staff school iep department")


_ONLY_RECEIVES_WORDS_5 = listed("be also all get been")


_ONLY_RECEIVES_WORDS_6 = listed("receive attend receives attends complete get")


_ONLY_RECEIVES_AFTER_2 = listed("receive receives attend attends get gets")


_ONLY_RECEIVES_WORDS_7 = listed("training inservice copy copies workshop instruction")


_ONLY_RECEIVES_BEFORE = listed("help support assistance guidance supervision presence")
_PERSON_AFTER = listed("who to on in responsible assigned available")
_OTHER_HELPERS = listed("community peer student class line lunch little parent")
_KINDS_OF_PROFESSIONAL = listed("a the another paid trained licensed qualified certified school health medical outside")
