"""Help that is named, and nothing about it; not the child's own asking, nor a task one can watch."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, WORD, Statement, is_figure, object_end
from domain.wording.hedges import HELP_OR_PROMPTS
from domain.wording.senses import around, bracket, is_spelled_out
from domain.wording.span import SUBJECTIVE, SUPPORT, Span

_THINGS_OF_PROMPTS = listed(
    "card cards sheet sheets strip strips chart charts board boards list lists fading hierarchy system note notes"
    " page pages word words dog dogs band bracelet app device devices desk binder notebook template templates slip"
    " slips ring rings tape poster bell lamp button teacher teachers staff room rooms plan plans class classroom"
    " center counselor counselors person people animal animals worker workers group groups"
)
_BEFORE_PROMPT = listed(
    "writing essay journal story discussion self social context nonverbal facial picture math reading narrative"
    " opinion timed descriptive expository test"
)
_WATCHABLE = listed(
    "zip zipping button buttoning unbutton tie tying open opening carry carrying pack packing unpack unpacking"
    " put putting take taking cut cutting pour pouring transfer transferring lift lifting push pushing wipe wiping"
    " feed feeding wash washing undress fasten fastening buckle buckling unbuckle unbuckling set setting turn"
    " turning hold holding dial plug plugging hang hanging evacuate board boarding climb climbing load loading"
    " copy copying peel peeling snap snapping unzip hook hooking line lining clean cleaning empty emptying remove"
    " removing swallow insert inserting charge charging log logging type typing stand standing sit sitting walk"
    " walking step stepping get exit cross crossing unlock unlocking pull pulling pick picking gather gathering"
    " stack check checking write record recording read change changing position positioning adjust adjusting strap"
    " strapping secure securing tape throw hand place placing reach use find locate collect"
)
_UNSEEN_VERBS = listed("use find read check write get take record adjust change hand reach set turn place put")
_HELPERS = listed("helps supports assists aids guides facilitates help support assist aid")
_WATCHED_THINGS = listed(
    "zipper zippers button buttons shoelace shoelaces shoes coat jacket tray backpack locker milk carton lunchbox"
    " container containers boots mittens gloves belt harness seatbelt wheelchair walker brace braces splint splints"
    " pages page lid lids combination bag snaps laces buckle buckles straw packets utensils stairs door doors chair"
    " lift bib pump inhaler tray's snowsuit"
)
_BEFORE_PROMPT_BUT_NONVERBAL = _BEFORE_PROMPT - {"nonverbal", "picture"}
_AFTER_AND_OF_A_CLAUSE = known.AUXILIARY | {"provide"}
_THINGS_AFTER_BUT_GROUP = _THINGS_OF_PROMPTS - {"group", "groups", "teacher", "staff"}
_CHILD_AND_DETERMINERS = known.CHILD | known.DETERMINERS
_PROMPT_THINGS = listed("feedback response responses reply return attention notification communication")
_CUES_TO_READ = listed("social context nonverbal facial contextual phonetic language body semantic")
_PROMPTS_IN_NUMBERS = listed("prompts cues reminders hints redirections prompting cueing nudges")
_SET_MOMENTS = listed("each every the arrival dismissal school lunch recess")
_TIMES_OF_DAY = listed("morning day afternoon hour period time monday friday")
_ASKING = listed("ask asks asking asked seek seeks seeking request requests requesting signal signals signaling")
_AIDS_BY_NAME = listed(
    "hearing first visual memory financial legal mobility kool teaching learning instructional teacher's classroom"
    " communication calculation technology walking auditory low vision positioning band supplementary math listening"
    " study supplemental the an optical"
)
_GUIDES_BY_NAME = listed(
    "study pacing curriculum reading note taking sighted human line picture anticipation resource writing format tour"
    " style field a the finger review completed printed parent teacher's lesson"
)
_THINGS_OF_HELP = listed("dog dogs word words sheet card strip ruler lines runner technique")
_HELPING_PARTICIPLES = listed("guided supporting guiding scaffolded supported facilitated assisted aided aiding")
_GUIDED_THINGS = listed(
    "notes note reading practice details detail evidence questions instruction groups lessons inquiry discovery"
    " imagery outlines worksheets outline texts writing work document documents facts living employment decision"
    " communication device seating notetaking"
)
_GUIDANCE_OFFICE = listed("counselor counselors office department counselling counseling lesson lessons class")
_SUPPORT_TITLES = listed(
    "teacher teachers staff person people personnel individual room rooms plan plans class classroom center"
    " specialist group animal coordinator hose facilitator worker provider team aide professional assistant"
    " paraprofessional para teacher's"
)
_BODY_PARTS = listed("head foot back arm trunk lumbar ankle neck wrist lateral")
_SUPPORTED_IDEAS = listed("an a the his her their claims opinions answers ideas arguments conclusions inferences opinion")
_IDEAS = listed(
    "opinion claim claims answer answers argument conclusion conclusions idea ideas response responses thesis"
    " inference inferences statement opinions position theme"
)


def prompt_rule(statement: Statement, place: int) -> Span | None:
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    if (
        after in _THINGS_OF_PROMPTS
        and not (after in {"staff", "teacher", "person", "group", "class", "people"} and word not in ("prompt", "cue"))
        and after != "to"
    ):
        return None
    if word == "prompt" and after in _PROMPT_THINGS:
        return Span(SUBJECTIVE, place, place + 1)
    if word in ("prompt", "prompts") and before in _BEFORE_PROMPT_BUT_NONVERBAL:
        return None
    if (
        word in ("cue", "cues", "cueing")
        and before in _CUES_TO_READ
        and (statement.kind == "goal" or before in {"social", "context", "facial", "contextual"})
    ):
        return None
    if word == "cueing" and after in {"speech", "articulation", "language", "transliterator"}:
        return None
    if place and statement.joined[place - 1] and before == "self":
        return None
    if before == "self" or words[max(0, place - 2) : place] == ["from", "peers"]:
        return None
    if _childs_asking(statement, place) or _childs_reminding(statement, place):
        return None
    if any(
        words[at] == "by" and statement.word(at + 1).endswith("ing") for at in range(place + 1, min(place + 7, statement.count))
    ):
        # The act itself is said: `cues him by tapping his desk`.
        return None
    if word in known.PROMPTS_ONE and is_spelled_out(statement, place + 1) and after == "(":
        return None
    if word in known.PROMPTS_ONE or word in _PROMPTS_IN_NUMBERS:
        if _is_numbered(statement, place):
            return None
        if _is_range_after(statement, place + 1):
            return None
    if _is_set_moment(statement, place):
        return None
    return Span(SUPPORT, place, place + 1)


def _childs_reminding(statement: Statement, place: int) -> bool:
    """`He reminds the teacher`: the child's own act."""
    subject = place - 2 if statement.word(place - 1) in known.AUXILIARY else place - 1
    return statement.word(subject) in ("he", "she", "student") and statement.words[place].startswith(
        ("remind", "prompt", "cue")
    )


def _is_numbered(statement: Statement, place: int) -> bool:
    """`one verbal cue`, `a reminder`, `no more than 2 cues`, `two or fewer prompts`: an adjective may stand between."""
    words, singular = statement.words, not statement.words[place].endswith("s")
    for at in range(place - 1, max(place - 6, statement.sentence_starts[place]) - 1, -1):
        word = words[at]
        if (
            is_figure(statement, at)
            and word not in ("half", "third", "quarter")
            and statement.word(at + 1) not in {"minute", "minutes", "second", "step"}
        ):
            return True
        if word in {"a", "an", "another", "each", "every", "either"} and singular and words[place] in known.PROMPTS_ONE:
            return True
        if (
            (word in known.PREPOSITIONS and word != "than")
            or word in known.AUXILIARY
            or (statement.kinds[at] == MARK and word not in "/,")
        ):
            return False
        if word in known.VERBS and at < place - 1:
            return False
    return False


def _is_range_after(statement: Statement, at: int) -> bool:
    """`prompts (no more than 2)`, `cues: 2`, `prompts, maximum of 3`: the limit may stand after."""
    if statement.word(at) == "," and statement.word(at + 1) in {"no", "not", "maximum", "max", "up", "limit"}:
        return any(is_figure(statement, each) for each in range(at + 2, min(at + 6, statement.count)))
    inside = bracket(statement, at, 7)
    if inside is None or statement.word(at) not in "(:":
        return False
    return any(is_figure(statement, each) for each in range(*inside))


def _is_set_moment(statement: Statement, place: int) -> bool:
    """`prompts every 5 minutes`, `at the start of each period`, `before each transition`, `daily`."""
    words, end = statement.words, statement.sentence_ends[place]
    before = statement.word(place - 1)
    if before in {"daily", "hourly", "weekly", "nightly"} or statement.word(place - 2) == "daily":
        return True
    for at in range(place + 1, min(place + 16, end)):
        word, after = words[at], statement.word(at + 1)
        if (
            word == "every"
            and after != "effort"
            and not (after == "class" and words[at - 1] == "in")
            and words[at - 1] not in {"during", "in", "on", "of", "for", "with"}
        ):
            return True
        if word in ("before", "after", "at") and after in _SET_MOMENTS and words[at : at + 3] != ["at", "the", "teacher's"]:
            if word in ("before", "after"):
                return True
            if after in ("arrival", "dismissal") or statement.word(at + 2) in {
                "start",
                "end",
                "beginning",
                "bell",
                "close",
                "conclusion",
            }:
                return True
        if word in ("before", "after") and (
            after.endswith("ing") or after in known.CHILD or after in ("transitions", "tests", "tasks")
        ):
            return True
        if word == "at" and at + 1 < end and statement.kinds[at + 1] == "time":
            return True
        if word in ("once", "twice") and after in {"per", "a", "each", "every", "daily", "an", "before"}:
            return True
        if is_figure(statement, at) and after in ("times", "x") and statement.word(at - 1) not in ("to", "-"):
            return True
        if word in ("daily", "hourly") and not {"as", "if", "when"} & set(words[place:at]):
            return True
        if word == "each" and after in _TIMES_OF_DAY and words[at - 1] != "of":
            return True
        if word == "when" and (after == "the" and statement.word(at + 2) in {"bell", "timer", "alarm", "light"}):
            return True
        if word in (",", ";", "and") and (
            word != "and" or (words[at + 1 : at + 2] and words[at + 1] in _AFTER_AND_OF_A_CLAUSE)
        ):
            return False
        if word in known.PROMPTS and at > place + 1 and word not in known.PROMPTS_ONE:
            continue
    # The moment may lead: "Before each transition the teacher prompts him".
    start = statement.sentence_starts[place]
    return (
        (words[start] in ("before", "after") and statement.word(start + 1) in ("each", "every"))
        or (words[start] == "every" and is_figure(statement, start + 1))
        or (
            words[start] == "at"
            and statement.word(start + 2) in ("start", "end", "beginning")
            and statement.word(start + 3) == "of"
        )
    )


def _childs_asking(statement: Statement, place: int) -> bool:
    """`will ask for help`, `requests assistance`, `raises a hand for help`: the child's own act."""
    words = statement.words
    for at in range(place - 1, max(place - 6, statement.sentence_starts[place]) - 1, -1):
        word = words[at]
        if word in _ASKING:
            return True
        if word in {"hand", "card", "need", "desire"} and statement.word(at + 1) == "for":
            return True
        if statement.kinds[at] != WORD or word in known.AUXILIARY:
            return False
    return False


def help_rule(statement: Statement, place: int) -> Span | None:
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    span = Span(SUPPORT, place, place + 1)
    if statement.joined[place] and after != "needed" and word not in ("support", "help"):
        return None
    if place and statement.joined[place - 1] and before in ("self", "well"):
        return None
    if word in ("aid", "aids") and before in _AIDS_BY_NAME:
        return None
    if word == "supplementary":
        return None
    if word == "guide" and not known.ARTICLES.isdisjoint(words[max(0, place - 2) : place]):
        return None
    if word in ("guide", "guides"):
        if before in _GUIDES_BY_NAME:
            return None
        if after in _THINGS_OF_HELP:
            return None
    if word in _HELPING_PARTICIPLES:
        if after in _GUIDED_THINGS:
            return None
        if word == "supported" and before in ("well", "and") and after in ("by", "with"):
            return None
    if word in ("supported", "assisted") and before not in known.BE:
        return None
    if word == "guidance" and after in _GUIDANCE_OFFICE:
        return None
    if word in ("support", "supports"):
        if after in _SUPPORT_TITLES:
            return None
        if after == "for" and words[place + 2 : place + 4] == ["school", "personnel"]:
            return None
        if before in {"learning", "emotional", "autistic", "life", "multiple"} and after in ("program", "services"):
            return None
        if (
            before in {"visual", "sensory", "environmental", "behavioral"}
            and after in {"(", ":"}
            and is_spelled_out(statement, place + 1)
        ):
            return None
        if before in _BODY_PARTS:
            return None
        if (
            word == "support"
            and after in _SUPPORTED_IDEAS
            and any(words[at] in _IDEAS for at in range(place + 1, min(place + 5, statement.count)))
        ):
            return None
        if before in {"textual", "evidence", "text", "child"}:
            return None
    if word == "help" and (after in _THINGS_AFTER_BUT_GROUP or before == "self"):
        return None
    if after in {"card", "cards", "sign", "button", "desk", "bell"} or _childs_asking(statement, place):
        return None
    if word in ("facilitate", "facilitates", "facilitated") and after in ("iep", "meetings", "meeting"):
        return None
    if before in ("which", "that") and word in _HELPERS:
        return None
    return None if _watchable_task(statement, place) else span


def _watchable_task(statement: Statement, place: int) -> bool:
    """`helps her zip the coat`, `assists by turning the pages`, `help with zippers`."""
    words, end = statement.words, min(statement.sentence_ends[place], place + 9)
    at = place + 1
    if statement.word(at) in ("by", "in") and statement.word(at + 1).endswith("ing"):
        return (statement.word(at) == "by" and statement.word(at + 1) not in HELP_OR_PROMPTS) or statement.word(
            at + 1
        ) in _WATCHABLE
    if statement.word(at) in ("with", "for", "in"):
        task = at + 1
        while task < end and words[task] in known.DETERMINERS:
            task += 1
        if statement.word(task) in _WATCHABLE and statement.word(task).endswith("ing"):
            return statement.word(task + 1) not in {"", ".", ",", "and", ";", "as", "when", "if", "skills"}
        return any(words[each] in _WATCHED_THINGS for each in range(task, min(task + 3, end)))
    # "helps him (to) V", "help the student V".
    moved = 0
    while at < end and moved < 4 and (words[at] in _CHILD_AND_DETERMINERS or statement.owners[at]):
        at += 1
        moved += 1
    if not moved:
        at = object_end(statement, at)
    if at < end and words[at] == "to":
        at += 1
    if at < end and words[at] in _WATCHABLE and not words[at].endswith("ing"):
        following = words[at + 1 : at + 4]
        if words[at] in _UNSEEN_VERBS:
            return bool(set(following) & _WATCHED_THINGS) or words[at : at + 2] in (
                ["put", "on"],
                ["take", "off"],
                ["hand", "out"],
                ["turn", "pages"],
                ["write", "down"],
            )
        return True
    for later in range(at, end):
        if words[later] == "by" and statement.word(later + 1).endswith("ing"):
            return True
        if statement.kinds[later] == MARK or words[later] in ("and", "or"):
            break
    return False
