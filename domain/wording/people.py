"""Those who act and are nobody in particular; not those who are only trained or told."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import WORD, Statement
from domain.wording.senses import around
from domain.wording.span import UNNAMED, Span

_INDIVIDUAL_THINGS = listed(
    "counseling therapy instruction session sessions basis needs need education plan plans speech work tutoring desk"
    " testing support attention student students program seating practice copy setting help conferences lessons"
    " reading whiteboard goals and or occupational physical language services service"
)
_TELLS = listed(
    "train trains training inform informs informing notify notifies tell tells educate educates alert alerts"
    " update updates remind teach teaches brief briefs show shows give gives giving provide provides send sends"
    " email emails advise advises instruct instructs instructing invite invites consult help helps orient coach"
    " coaches greet greets ask asks follow answer answers address respond hand hands trained thank approach"
    " approaches telling asking introduce support supporting mail mails mailing messages message calls call phones"
    " phone texts text"
)
_WHAT_PEOPLE_GIVE = listed(
    "support supports assistance help prompts prompting cues cueing supervision guidance monitoring reminders"
    " proximity prompt check checks supported led assisted assist facilitation redirection reminder encouragement cue"
)
_AFTER_A_PERSON = known.AUXILIARY | known.PREPOSITIONS | {"who", "and", "or", "to", "provides", "gives", "checks"}
_THINGS_OF_STAFF = listed(
    "elevator entrance kitchen workroom mailbox restroom restrooms bathroom lounge meeting meetings"
    " development training trainings inservice handbook parking room directory email desk in ratio notes"
)
_THINGS_OF_ADULTS = listed(
    "education services service agency agencies living life program programs transition size sized literacy day"
    " learning learner basic world provider ed"
)
_KINDS_OF_PROVIDERS = listed("speech ot pt counseling therapy education vision nursing o&m hearing mobility ed")
_THINGS_RECEIVED = listed("training trained inservice copy copies information workshop instruction in session module")
_ONLY_TOLD = listed("trained informed notified told briefed taught oriented instructed educated advised alerted")
_KINDS_OF_STAFF = listed(
    "school classroom general special education ed trained familiar other relevant all appropriate cafeteria building"
    " support new key bus unfamiliar trusted teaching known related instructional preferred involved substitute"
    " different various gen lunchroom playground more two 2 three 3 working or peers and peer teachers students"
    " classmates designated sped multiple most several non service"
)
_SHARED_WITH = listed(
    "shared share shares consult consultation communicate consults reviewed review reviews meets meet discuss"
    " discussed collaborate communication collaborates sharing"
)
_SPOKEN_TO = listed(
    "ask asks answer answers greet greets follow follows tell show obey request initiate address approach seek"
    " respond find locate report inform notify identify hand give gives"
)
_OTHER_HELPERS = listed("community peer student class line lunch little parent")
_KINDS_OF_PROFESSIONAL = listed("a the another paid trained licensed qualified certified school health medical outside")


def unnamed_rule(statement: Statement, place: int) -> Span | None:
    word = statement.words[place]
    before, after = around(statement, place)
    first, end = place, place + 1
    if word in ("anyone", "anybody") and (before in ("from", "with") or after in ("who", "can")):
        return None
    if (
        word == "staff"
        and after in _THINGS_OF_STAFF
        and not (after == "in" and not statement.joined[place] and statement.word(place + 2) != "service")
    ):
        return None
    if word == "staff" and statement.joined[place] and after in ("to", "student"):
        return None
    if word == "faculty" and after in {"meeting", "meetings", "lounge", "restroom", "room"}:
        return None
    if word in ("helper", "helpers") and before in _OTHER_HELPERS:
        return None
    if word in ("adult", "adults") and (before in ("young", "older") or after in _THINGS_OF_ADULTS):
        return None
    if word in ("professional", "professionals") and (after in {"development", "judgment", "learning", "help"}):
        return None
    if word == "professional" and before in _KINDS_OF_PROFESSIONAL and statement.word(place + 2) != "":
        return None if _only_receives(statement, first, end) else Span(UNNAMED, first, end)
    if word == "professional" and after and statement.kinds[place + 1] == WORD and after not in _AFTER_A_PERSON:
        return None
    if word in ("provider", "providers"):
        if before in ("service", "services"):
            first -= 1
            if statement.word(first - 1) == "related":
                first -= 0
        elif before in {"care", "medical", "healthcare", "health"} or (before in _KINDS_OF_PROVIDERS and before != "therapy"):
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
    if statement.word(place) not in {"team", "faculty", "staff", "school", "iep", "department"} or _only_receives(
        statement, place, place + 2
    ):
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
    if (
        word == "person"
        and before in ("a", "the", "one")
        and (after in known.AUXILIARY or after in {"who", "to", "on", "in", "responsible", "assigned", "available"})
    ):
        return Span(UNNAMED, place, place + 1)
    return None


def _only_receives(statement: Statement, first: int, end: int) -> bool:
    """Those who are trained or told, and to whom a child in a goal speaks, need not act."""
    words, start = statement.words, statement.sentence_starts[first]
    after = statement.word(end)
    if after in _WHAT_PEOPLE_GIVE:
        return False
    if after in {"will", "shall", "must", "should", "are", "is", "to"}:
        verb = end + 1
        while verb < statement.sentence_ends[first] and words[verb] in {"be", "also", "all", "get", "been"}:
            verb += 1
        look = statement.word(verb)
        if look in known.INFORMED and (look in _ONLY_TOLD or "by" not in words[verb : verb + 3]):
            return True
        if look in {"receive", "attend", "receives", "attends", "complete", "get"} and _THINGS_RECEIVED & set(
            words[verb : verb + 6]
        ):
            return True
    if after in {"receive", "receives", "attend", "attends", "get", "gets"} and {
        "training",
        "inservice",
        "copy",
        "copies",
        "workshop",
        "instruction",
    } & set(words[end : end + 6]):
        return True
    before = first - 1
    while before >= start and (words[before] in known.DETERMINERS or words[before] in _KINDS_OF_STAFF):
        before -= 1
    word = words[before] if before >= start else ""
    if word in ("by", "from") or (word == "with" and statement.kind != "goal"):
        if word == "with":
            return not _SHARED_WITH.isdisjoint(words[max(before - 3, start) : before])
        return False
    if word == "of" and statement.word(before - 1) in {"help", "support", "assistance", "guidance", "supervision", "presence"}:
        return False
    if word == "of" and statement.word(before - 1) in {"training", "instruction", "education", "orientation"}:
        return True
    if statement.kind == "goal":
        if (
            word in {"to", "with", "for", "at", "toward", "towards", "when"}
            or word in _TELLS
            or word.endswith("ing")
            or word in _SPOKEN_TO
        ):
            if word == "with" and after in _WHAT_PEOPLE_GIVE:
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
        if {"reports", "report", "reporting", "goes", "checks", "go", "escorted"} & set(verbs) and statement.kind != "goal":
            return False
        return after not in known.VERBS or after == "with"
    if word == "for":
        return True
    if word in _TELLS and after not in known.AUXILIARY:
        # "Provide staff support": staff still acts.
        return after not in _WHAT_PEOPLE_GIVE and after != "who"
    return False
