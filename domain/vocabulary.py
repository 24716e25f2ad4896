"""The words of American special education: who acts, what is given, where; and the abbreviations people write for them.

Phrases are found word by word, the longest first, whatever stands between the words: "speech/language pathologist" is
"Speech-Language Pathologist". Sources: 34 CFR 300.34, 300.39, 300.42, 300.321 and the forms of WI, TX, NY, CA, FL and MN.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache


@dataclass(frozen=True)
class Role:
    """Who acts at a school. A professional holds the licence for it; an assistant or aide works under one."""

    name: str
    is_professional: bool
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Service:
    """What is given, and the role that it is named after, if it is."""

    name: str
    profession: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """Where something is given. `is_general`: among children without disabilities; None where the words do not say."""

    name: str
    is_general: bool | None = None
    forms: tuple[str, ...] = ()


# Forms with capitals are read only so: "OT" is no word, "AT" is one.
ROLES: tuple[Role, ...] = (
    Role(
        "special education teacher",
        True,
        (
            *("special ed teacher", "spec ed teacher", "sped teacher", "sp ed teacher", "special educator", "SET"),
            *("special education instructor", "special education provider", "special education specialist", "SpEd tchr"),
            *(
                "exceptional student education teacher",
                "ESE teacher",
                "exceptional education teacher",
                "EC teacher",
                "ESS teacher",
            ),
            *("resource teacher", "resource room teacher", "resource specialist", "RSP teacher", "RST", "RSP"),
            *("resource specialist program teacher", "specialized academic instruction teacher", "SAI teacher", "SDI teacher"),
            *("education specialist", "ed specialist", "ed spec", "intervention specialist", "SETSS teacher", "SETSS provider"),
            *("learning support teacher", "learning specialist", "inclusion teacher", "inclusion specialist", "ICT teacher"),
            *(
                "cross categorical teacher",
                "cross-cat teacher",
                "LD teacher",
                "ED teacher",
                "CD teacher",
                "ID teacher",
                "SLD teacher",
            ),
            *(
                "learning disabilities teacher",
                "life skills teacher",
                "self contained teacher",
                "autism teacher",
                "EBD teacher",
            ),
            *("consultant teacher", "special education consultant teacher", "strategist", "exceptional needs teacher"),
            *("moderate needs teacher", "special class teacher", "special day class teacher"),
            *("SDC teacher", "special services teacher", "special education co teacher", "licensed special education teacher"),
            *("certified special education teacher", "early childhood special education teacher", "ECSE teacher"),
        ),
    ),
    Role(
        "general education teacher",
        True,
        (
            *("general ed teacher", "gen ed teacher", "gened teacher", "regular education teacher", "regular ed teacher"),
            *("reg ed teacher", "general educator", "regular educator", "GE teacher", "gen ed tchr", "mainstream teacher"),
        ),
    ),
    Role(
        "classroom teacher",
        True,
        ("class teacher", "homeroom teacher", "grade level teacher", "content teacher", "core teacher"),
    ),
    Role("subject teacher", True, ("content area teacher", "subject area teacher")),
    Role("teacher", True, ("teachers", "tchr", "instructor", "educator", "co teacher")),
    Role("math teacher", True, ("mathematics teacher", "algebra teacher", "geometry teacher")),
    Role("English teacher", True, ("ELA teacher", "English language arts teacher", "language arts teacher")),
    Role("science teacher", True, ("biology teacher", "chemistry teacher")),
    Role("social studies teacher", True, ("history teacher",)),
    Role("art teacher", True),
    Role("music teacher", True),
    Role("physical education teacher", True, ("PE teacher", "gym teacher", "phys ed teacher")),
    Role(
        "adapted physical education teacher",
        True,
        (
            *("APE teacher", "APE specialist", "DAPE teacher", "SDPE teacher", "adapted PE teacher", "adaptive PE teacher"),
            *("adaptive physical education teacher", "adapted physical education specialist", "adapted physical educator"),
            *("developmental adapted physical education teacher", "adapted PE specialist"),
        ),
    ),
    Role("reading teacher", True, ("literacy teacher", "dyslexia teacher", "wilson teacher")),
    Role(
        "reading specialist",
        True,
        ("literacy specialist", "reading interventionist", "literacy interventionist", "dyslexia specialist"),
    ),
    Role("reading coach", True, ("literacy coach",)),
    Role("math specialist", True, ("math interventionist", "math coach")),
    Role("interventionist", True, ("academic interventionist", "academic intervention specialist")),
    Role("dyslexia therapist", True, ("academic language therapist", "CALT", "dyslexia interventionist")),
    Role(
        "English language teacher",
        True,
        ("ESL teacher", "ELL teacher", "EL teacher", "ENL teacher", "ESOL teacher", "ELD teacher"),
    ),
    Role("bilingual teacher", True, ("bilingual education teacher", "dual language teacher")),
    Role("vocational teacher", True, ("CTE teacher", "career technical education teacher", "vocational instructor")),
    Role(
        "speech-language pathologist",
        True,
        (
            *(
                "SLP",
                "CCC-SLP",
                "SLP-CCC",
                "speech pathologist",
                "speech therapist",
                "speech language therapist",
                "speech teacher",
            ),
            *(
                "speech clinician",
                "speech language clinician",
                "speech and language pathologist",
                "speech and language therapist",
            ),
            *("speech provider", "speech language specialist", "speech specialist", "language speech and hearing specialist"),
            *(
                "LSHS",
                "S/LP",
                "speech and language teacher",
                "speech language teacher",
                "communication specialist",
                "bilingual SLP",
            ),
        ),
    ),
    Role(
        "speech-language pathology assistant",
        False,
        (
            *(
                "SLPA",
                "SLP assistant",
                "SLP-A",
                "speech assistant",
                "speech aide",
                "speech language assistant",
                "speech therapy assistant",
            ),
            *("speech language pathologist assistant", "speech pathology assistant", "speech and language assistant"),
        ),
    ),
    Role("occupational therapist", True, ("OT", "OTR", "OTR/L", "OT/L", "registered occupational therapist", "OTs")),
    Role(
        "occupational therapy assistant",
        False,
        (
            *(
                "COTA",
                "COTA/L",
                "OTA",
                "OT assistant",
                "certified occupational therapy assistant",
                "occupational therapist assistant",
            ),
            *("occupational therapy aide", "OT aide"),
        ),
    ),
    Role("physical therapist", True, ("PT", "RPT", "DPT", "LPT", "MPT", "PTs")),
    Role(
        "physical therapist assistant",
        False,
        ("PTA", "LPTA", "PT assistant", "physical therapy assistant", "physical therapy aide", "PT aide"),
    ),
    Role(
        "school psychologist",
        True,
        (
            *("psychologist", "school psych", "psych", "LSSP", "licensed specialist in school psychology", "NCSP"),
            *("clinical psychologist", "licensed psychologist"),
        ),
    ),
    Role(
        "school counselor",
        True,
        (
            "counselor",
            "guidance counselor",
            "school guidance counselor",
            "licensed professional counselor",
            "LPC",
            "SAC",
            "counsellor",
        ),
    ),
    Role(
        "school social worker",
        True,
        ("social worker", "SSW", "LCSW", "LMSW", "LSW", "MSW", "LICSW", "school adjustment counselor", "adjustment counselor"),
    ),
    Role(
        "mental health counselor",
        True,
        ("LMHC", "mental health provider", "mental health clinician", "ERMHS provider", "clinician"),
    ),
    Role(
        "mental health specialist",
        True,
        ("mental health practitioner", "mental health professional", "therapist", "LMFT", "MFT"),
    ),
    Role("behavior analyst", True, ("BCBA", "BCBA-D", "LBA", "LBS", "board certified behavior analyst", "behaviour analyst")),
    Role("assistant behavior analyst", False, ("BCaBA", "board certified assistant behavior analyst")),
    Role(
        "behavior specialist",
        True,
        (
            *("behavior interventionist", "behavior intervention specialist", "behavior consultant", "behavior coach", "BIS"),
            *("behavior therapist", "behaviorist", "behavior support specialist", "behaviour specialist", "behavior teacher"),
        ),
    ),
    Role(
        "behavior technician",
        False,
        ("RBT", "registered behavior technician", "behavior tech", "behavior aide", "behavior assistant"),
    ),
    Role("autism specialist", True, ("autism consultant", "autism support teacher")),
    Role("audiologist", True, ("educational audiologist", "AuD")),
    Role(
        "teacher of the deaf and hard of hearing",
        True,
        (
            *(
                "teacher of the deaf",
                "TOD",
                "ToD",
                "TDHH",
                "DHH teacher",
                "D/HH teacher",
                "teacher of the hearing impaired",
                "THI",
            ),
            *("hearing teacher", "hearing itinerant", "DHH itinerant", "teacher of deaf and hard of hearing", "deaf educator"),
            *("hearing impaired teacher", "deaf and hard of hearing teacher", "deaf/hard of hearing teacher", "HI teacher"),
            *("hearing specialist", "teacher of students who are deaf", "teacher of students who are deaf or hard of hearing"),
        ),
    ),
    Role(
        "teacher of the visually impaired",
        True,
        (
            *(
                "TVI",
                "TBVI",
                "TBS",
                "teacher of students with visual impairments",
                "vision teacher",
                "VI teacher",
                "vision specialist",
            ),
            *(
                "vision itinerant",
                "teacher of the blind",
                "teacher of visually impaired",
                "teacher of the blind and visually impaired",
            ),
            *("visual impairment teacher", "TSVI", "VI itinerant teacher", "teacher of students with visual impairment"),
        ),
    ),
    Role(
        "orientation and mobility specialist",
        True,
        (
            "O&M specialist",
            "COMS",
            "O&M instructor",
            "orientation and mobility instructor",
            "orientation & mobility specialist",
            "O & M specialist",
            "mobility specialist",
        ),
    ),
    Role("interpreter", True, ("sign language interpreter", "ASL interpreter", "educational interpreter", "EIPA interpreter")),
    Role("transliterator", True, ("cued speech transliterator", "oral transliterator", "CART provider")),
    Role("intervener", False),
    Role("braillist", False, ("braille transcriber",)),
    Role("school nurse", True, ("nurse", "RN", "registered nurse", "CSN", "certified school nurse", "district nurse")),
    Role("licensed practical nurse", False, ("LPN", "LVN", "licensed vocational nurse", "private duty nurse")),
    Role(
        "health aide",
        False,
        ("health assistant", "health office aide", "nurse aide", "nursing aide", "CNA", "health clerk", "UAP"),
    ),
    Role("physician", True, ("doctor", "pediatrician", "psychiatrist", "neurologist")),
    Role("dietitian", True, ("nutritionist",)),
    Role("music therapist", True, ("MT-BC",)),
    Role("art therapist", True),
    Role("recreation therapist", True, ("therapeutic recreation specialist", "recreational therapist", "CTRS")),
    Role("respiratory therapist", True),
    Role(
        "assistive technology specialist",
        True,
        (
            "AT specialist",
            "ATP",
            "AT consultant",
            "assistive technology consultant",
            "AT facilitator",
            "AAC specialist",
            "AT team",
        ),
    ),
    Role(
        "transition specialist",
        True,
        ("transition coordinator", "transition teacher", "transition consultant", "VAC", "vocational adjustment coordinator"),
    ),
    Role("job coach", False, ("job developer", "employment specialist", "work experience coordinator", "vocational coach")),
    Role("rehabilitation counselor", True, ("vocational rehabilitation counselor", "VR counselor", "DVR counselor")),
    Role("parent trainer", True, ("parent educator", "parent liaison", "in home trainer", "in-home trainer", "family trainer")),
    Role(
        "case manager",
        True,
        (
            "case carrier",
            "casemanager",
            "IEP manager",
            "IEP case manager",
            "case coordinator",
            "case mgr",
            "service coordinator",
        ),
    ),
    Role(
        "LEA representative",
        True,
        (
            "LEA rep",
            "LEA",
            "local education agency representative",
            "local educational agency representative",
            "district representative",
        ),
    ),
    Role(
        "principal", True, ("building principal", "school principal", "head of school", "administrator", "school administrator")
    ),
    Role("assistant principal", True, ("vice principal", "dean", "dean of students")),
    Role(
        "special education director",
        True,
        ("director of special education", "special education coordinator", "program specialist"),
    ),
    Role("special education supervisor", True, ("program support teacher", "diagnostician", "educational diagnostician")),
    Role("librarian", True, ("media specialist", "school librarian", "library media specialist")),
    Role("coach", True),
    Role("consultant", True),
    Role("evaluator", True),
    Role("tutor", False, ("peer tutor", "reading tutor")),
    Role(
        "paraprofessional",
        False,
        (
            *(
                "para",
                "paraeducator",
                "para educator",
                "para pro",
                "parapro",
                "paras",
                "educational assistant",
                "EA",
                "instructional aide",
            ),
            *(
                "IA",
                "instructional assistant",
                "teacher aide",
                "teacher's aide",
                "teachers aide",
                "teacher assistant",
                "teaching assistant",
            ),
            *(
                "teacher's assistant",
                "TA",
                "aide",
                "classroom aide",
                "class aide",
                "special education aide",
                "sped aide",
                "ed tech",
            ),
            *("education technician", "special education assistant", "SEA", "special education paraprofessional", "sped para"),
            *(
                "special education paraeducator",
                "1:1 aide",
                "one to one aide",
                "one-on-one aide",
                "1:1 para",
                "1:1 paraprofessional",
            ),
            *(
                "one to one paraprofessional",
                "one on one paraprofessional",
                "individual aide",
                "personal care assistant",
                "PCA",
            ),
            *(
                "personal aide",
                "personal assistant",
                "program assistant",
                "program aide",
                "classroom assistant",
                "inclusion aide",
            ),
            *(
                "inclusion assistant",
                "student support assistant",
                "learning assistant",
                "support aide",
                "adult aide",
                "shared aide",
            ),
            *(
                "special circumstances instructional assistant",
                "SCIA",
                "dedicated aide",
                "student aide",
                "educational aide",
                "assistant",
            ),
            *(
                "behavior support aide",
                "para professional",
                "special education teaching assistant",
                "school aide",
                "crisis paraprofessional",
            ),
            *(
                "health paraprofessional",
                "transportation paraprofessional",
                "instructional paraprofessional",
                "one to one assistant",
            ),
        ),
    ),
    Role(
        "bus aide",
        False,
        ("bus monitor", "bus attendant", "bus matron", "transportation aide", "bus assistant", "bus para", "vehicle aide"),
    ),
    Role(
        "lunch aide",
        False,
        ("lunchroom aide", "cafeteria aide", "lunch monitor", "recess aide", "playground aide", "playground supervisor"),
    ),
    Role("bus driver", False, ("driver",)),
    Role("note taker", False, ("notetaker", "note-taker")),
    Role("scribe", False),
    Role("student teacher", False, ("intern", "teacher intern", "practicum student")),
    Role("substitute teacher", False, ("substitute", "sub")),
    Role("volunteer", False, ("parent volunteer", "peer helper", "peer buddy")),
    Role("secretary", False, ("attendance clerk",)),
    Role("social skills teacher", True, ("social skills specialist",)),
)

SERVICES: tuple[Service, ...] = (
    Service(
        "speech-language therapy",
        "speech-language pathologist",
        (
            *(
                "speech",
                "speech therapy",
                "speech language",
                "speech and language",
                "speech and language therapy",
                "speech services",
            ),
            *(
                "speech language services",
                "speech and language services",
                "language therapy",
                "language and speech",
                "LSH",
                "ST",
                "S/L",
            ),
            *(
                "speech language pathology",
                "speech language pathology services",
                "speech pathology",
                "SLT",
                "S&L",
                "SLP services",
                "speech/lang",
            ),
            *(
                "language speech and hearing",
                "speech or language therapy",
                "speech lang therapy",
                "speech improvement",
                "speech instruction",
            ),
            *(
                "articulation therapy",
                "language services",
                "speech/language therapy",
                "speech language instruction",
                "speech support",
            ),
        ),
    ),
    Service(
        "occupational therapy",
        "occupational therapist",
        (
            "OT",
            "OT services",
            "occupational therapy services",
            "occ therapy",
            "occ. therapy",
            "educationally related occupational therapy",
        ),
    ),
    Service("physical therapy", "physical therapist", ("PT", "PT services", "physical therapy services", "phys therapy")),
    Service(
        "counseling",
        "school counselor",
        (
            *(
                "counseling services",
                "counselling",
                "school counseling",
                "individual counseling",
                "group counseling",
                "counseling support",
            ),
            *("guidance services", "counseling and guidance", "guidance counseling", "counseling as a related service"),
        ),
    ),
    Service(
        "psychological services",
        "school psychologist",
        ("psychology services", "psych services", "psychological counseling", "psychological service"),
    ),
    Service(
        "social work services",
        "school social worker",
        ("social work", "SW services", "SSW services", "school social work", "social work service"),
    ),
    Service(
        "mental health services",
        "mental health counselor",
        (
            "ERMHS",
            "educationally related mental health services",
            "educationally related intensive counseling services",
            "ERICS",
            "mental health counseling",
        ),
    ),
    Service(
        "school health services",
        "school nurse",
        (
            "nursing",
            "nursing services",
            "school nurse services",
            "health services",
            "health and nursing",
            "nursing service",
            "skilled nursing",
            "specialized physical health care services",
            "SPHCS",
        ),
    ),
    Service(
        "audiology",
        "audiologist",
        ("audiology services", "audiological services", "educational audiology", "audiological service"),
    ),
    Service(
        "interpreting services",
        "interpreter",
        ("interpreting", "interpreter services", "sign language interpreting", "interpreter", "transliteration services"),
    ),
    Service(
        "deaf and hard of hearing services",
        "teacher of the deaf and hard of hearing",
        (
            "DHH services",
            "D/HH services",
            "hearing services",
            "HI services",
            "hearing impaired services",
            "DHH",
            "auditory training",
            "aural rehabilitation",
            "hearing education services",
            "hearing support services",
        ),
    ),
    Service(
        "vision services",
        "teacher of the visually impaired",
        (
            "VI services",
            "vision education services",
            "visual impairment services",
            "vision itinerant services",
            "vision support",
            "vision support services",
            "vision therapy",
            "services for the visually impaired",
            "braille instruction",
        ),
    ),
    Service(
        "orientation and mobility",
        "orientation and mobility specialist",
        (
            "O&M",
            "O & M",
            "O&M services",
            "orientation and mobility services",
            "mobility training",
            "orientation & mobility",
            "orientation and mobility training",
        ),
    ),
    Service(
        "adapted physical education",
        "adapted physical education teacher",
        (
            "APE",
            "adapted PE",
            "adaptive PE",
            "adaptive physical education",
            "SDPE",
            "specially designed physical education",
            "specially designed PE",
            "DAPE",
            "developmental adapted physical education",
            "adapted phys ed",
        ),
    ),
    Service("music therapy", "music therapist"),
    Service("art therapy", "art therapist"),
    Service(
        "recreation therapy",
        "recreation therapist",
        ("therapeutic recreation", "recreation", "recreation services", "recreational therapy"),
    ),
    Service("dyslexia therapy", "dyslexia therapist"),
    Service(
        "behavior intervention services",
        None,
        (
            "behavior services",
            "behavior support services",
            "behavior consultation",
            "BIS",
            "behavioral intervention services",
            "applied behavior analysis",
            "ABA",
            "ABA therapy",
            "intensive behavior intervention",
            "behavior support",
        ),
    ),
    Service(
        "assistive technology services",
        "assistive technology specialist",
        ("AT services", "assistive technology", "assistive technology consultation", "AT consult", "AAC services"),
    ),
    Service(
        "transition services",
        None,
        (
            "transition",
            "career awareness",
            "vocational training",
            "vocational education",
            "job coaching",
            "work experience",
            "work based learning",
            "community based vocational instruction",
            "pre-employment transition services",
            "pre-ETS",
            "career education",
            "travel training",
            "transition planning",
            "college awareness",
            "agency linkages",
        ),
    ),
    Service(
        "transportation",
        None,
        (
            "special transportation",
            "specialized transportation",
            "transport",
            "curb to curb transportation",
            "door to door transportation",
            "bus service",
            "busing",
            "bussing",
        ),
    ),
    Service(
        "parent counseling and training",
        None,
        ("parent training", "parent counseling", "in home training", "family training", "parent training and counseling"),
    ),
    Service(
        "specially designed instruction",
        "special education teacher",
        (
            *(
                "SDI",
                "special education instruction",
                "special education",
                "specialized academic instruction",
                "SAI",
                "sped services",
                "SpEd",
            ),
            *(
                "specialized instruction",
                "special education services",
                "direct instruction",
                "special instruction",
                "academic support",
            ),
            *(
                "resource specialist program",
                "RSP",
                "resource",
                "resource support",
                "resource services",
                "resource room instruction",
            ),
            *(
                "exceptional student education",
                "ESE",
                "ESE services",
                "academic instruction",
                "study skills",
                "learning strategies",
            ),
            *(
                "special education teacher support services",
                "SETSS",
                "integrated co-teaching",
                "integrated co teaching services",
                "ICT",
            ),
            *(
                "consultant teacher services",
                "direct consultant teacher services",
                "indirect consultant teacher services",
                "co-teaching",
            ),
            *(
                "inclusion support",
                "inclusion services",
                "in class support",
                "in-class resource",
                "ICS",
                "ICR",
                "POR",
                "pull out resource",
            ),
            *(
                "pull-out replacement",
                "support facilitation",
                "learning support",
                "push-in support",
                "co-taught instruction",
                "intensive instruction",
            ),
            *(
                "special class",
                "special day class",
                "self-contained instruction",
                "content mastery",
                "specialized academic support",
            ),
            *(
                "intensive individual services",
                "IIS",
                "individual and small group instruction",
                "home instruction",
                "home and hospital instruction",
                "homebound instruction",
            ),
        ),
    ),
    Service(
        "reading instruction",
        None,
        (
            "reading",
            "specially designed reading instruction",
            "reading intervention",
            "reading support",
            "literacy instruction",
            "literacy",
            "reading services",
            "structured literacy",
            "decoding instruction",
        ),
    ),
    Service(
        "mathematics instruction",
        None,
        (
            "math",
            "math instruction",
            "mathematics",
            "math intervention",
            "math support",
            "math services",
            "math calculation",
            "math problem solving",
        ),
    ),
    Service(
        "written language instruction",
        None,
        (
            "writing",
            "writing instruction",
            "written language",
            "written expression",
            "writing support",
            "written expression instruction",
        ),
    ),
    Service(
        "social skills instruction",
        None,
        (
            "social skills",
            "social skills group",
            "social emotional",
            "social/emotional",
            "social emotional learning",
            "SEL",
            "social emotional instruction",
            "social skills training",
            "social/emotional support",
            "pragmatic language group",
        ),
    ),
    Service(
        "behavior instruction",
        None,
        (
            "behavior",
            "behavioral support",
            "self-regulation instruction",
            "executive functioning",
            "organization skills",
            "executive function instruction",
            "organizational skills",
        ),
    ),
    Service(
        "functional skills instruction",
        None,
        (
            "functional skills",
            "functional academics",
            "life skills",
            "daily living skills",
            "adaptive skills",
            "independent living skills",
            "ADL skills",
            "activities of daily living",
            "self-help skills",
            "vocational skills",
        ),
    ),
    Service("community-based instruction", None, ("CBI", "community instruction", "community based education")),
    Service(
        "health monitoring",
        "school nurse",
        ("health care", "health support", "medication administration", "catheterization", "glucose monitoring"),
    ),
    Service("early childhood special education", None, ("ECSE", "early intervention", "specialized preschool instruction")),
    Service(
        "paraprofessional support",
        "paraprofessional",
        (
            "para support",
            "aide support",
            "1:1 aide",
            "one to one aide",
            "1:1 paraprofessional",
            "instructional assistant support",
            "supplementary aide",
            "intensive individualized support",
            "additional adult support",
            "adult support",
            "adult assistance",
        ),
    ),
    Service("extended school year services", None, ("ESY", "ESY services", "extended school year", "summer services")),
    Service(
        "communication instruction",
        None,
        (
            "communication",
            "communication services",
            "AAC",
            "augmentative communication instruction",
            "functional communication training",
        ),
    ),
    Service(
        "consultation",
        None,
        (
            "consult",
            "consultation services",
            "consult services",
            "collaboration",
            "collaborative consultation",
            "indirect services",
            "teacher consultation",
        ),
    ),
    Service("tutoring", None, ("tutorial", "tutorials", "academic tutoring")),
    Service("medical services", "physician", ("diagnostic medical services",)),
    Service("intensive intervention", None, ("MTSS intervention", "academic intervention services", "AIS")),
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "general education classroom",
        True,
        (
            *(
                "general education",
                "gen ed",
                "gened",
                "general ed",
                "regular education",
                "regular ed",
                "reg ed",
                "regular class",
                "GE",
            ),
            *(
                "general education class",
                "general education setting",
                "gen ed class",
                "gen ed classroom",
                "gen ed setting",
                "gen ed rm",
            ),
            *(
                "regular classroom",
                "regular education classroom",
                "regular education class",
                "regular education setting",
                "mainstream",
            ),
            *(
                "general ed classroom",
                "general ed class",
                "mainstream class",
                "mainstream classroom",
                "inside general education",
            ),
            *(
                "inside regular class",
                "inside the regular class",
                "in the regular class",
                "GE classroom",
                "GE class",
                "general education environment",
            ),
            *(
                "regular education environment",
                "inclusion classroom",
                "inclusive classroom",
                "inclusion",
                "inclusion class",
                "inside gen ed",
            ),
            *(
                "inside the general education classroom",
                "inside the general education class",
                "general education classes",
                "regular classes",
            ),
            *(
                "general classroom",
                "inside regular education",
                "within the general education classroom",
                "in general education",
            ),
        ),
    ),
    Setting("push-in", True, ("push in", "pushin", "in class", "in-class", "embedded", "plug-in", "plug in")),
    Setting(
        "co-taught classroom",
        True,
        (
            "co-taught",
            "co taught",
            "co-taught class",
            "cotaught",
            "co-teaching classroom",
            "ICT class",
            "integrated co-teaching class",
            "CWC",
            "class within a class",
            "collaborative classroom",
            "team taught class",
        ),
    ),
    Setting(
        "special education classroom",
        False,
        (
            *(
                "special education",
                "sped",
                "special ed",
                "spec ed",
                "sp ed",
                "sped rm",
                "sped room",
                "special education room",
                "SE",
            ),
            *(
                "special education class",
                "special education setting",
                "sped classroom",
                "sped class",
                "sped setting",
                "special ed room",
            ),
            *(
                "special ed classroom",
                "special ed setting",
                "special education environment",
                "ESE classroom",
                "ESE class",
                "ESE setting",
            ),
            *(
                "special class",
                "special day class",
                "SDC",
                "self-contained classroom",
                "self contained",
                "self-contained class",
                "SE classroom",
            ),
            *(
                "separate class",
                "separate classroom",
                "special setting",
                "exceptional education classroom",
                "EC classroom",
                "EC setting",
            ),
            *(
                "life skills classroom",
                "life skills room",
                "functional skills classroom",
                "intensive support classroom",
                "autism classroom",
            ),
            *("intensive resource", "learning support classroom", "learning support room", "ESE room", "separate setting"),
            *(
                "special education location",
                "special education classes",
                "cross categorical classroom",
                "therapeutic classroom",
            ),
        ),
    ),
    Setting(
        "outside the general education classroom",
        False,
        (
            *(
                "outside general education",
                "outside gen ed",
                "outside the general education class",
                "outside of general education",
            ),
            *(
                "outside of the general education classroom",
                "outside regular class",
                "outside the regular class",
                "outside reg ed",
            ),
            *(
                "removed from general education",
                "removed from non-disabled peers",
                "outside the general education setting",
                "out of class",
            ),
            *(
                "outside regular education",
                "outside the regular education classroom",
                "outside of the regular class",
                "outside of gen ed",
            ),
            *(
                "outside the regular classroom",
                "outside GE",
                "outside the classroom",
                "outside of class",
                "outside of the regular classroom",
            ),
            *("outside general education classroom", "outside general education class"),
        ),
    ),
    Setting("pull-out", False, ("pull out", "pullout", "pulled out", "pull-out room", "pull-out setting", "pull out setting")),
    Setting(
        "resource room",
        False,
        (
            "RR",
            "resource rm",
            "resource classroom",
            "resource class",
            "resource setting",
            "resource",
            "RSP room",
            "RSP classroom",
            "resource center",
            "resource lab",
        ),
    ),
    Setting(
        "learning center",
        False,
        (
            "learning lab",
            "learning centre",
            "academic lab",
            "study lab",
            "content mastery center",
            "CMC",
            "learning resource center",
            "LRC",
        ),
    ),
    Setting(
        "speech room",
        False,
        (
            "speech rm",
            "speech therapy room",
            "speech language room",
            "speech office",
            "speech classroom",
            "speech/language room",
        ),
    ),
    Setting(
        "therapy room",
        False,
        (
            "therapy rm",
            "OT room",
            "PT room",
            "OT/PT room",
            "therapy space",
            "therapy setting",
            "therapy office",
            "clinic room",
            "motor room",
            "sensory room",
            "sensory space",
        ),
    ),
    Setting(
        "counseling office",
        False,
        (
            "counselor's office",
            "counselors office",
            "guidance office",
            "counseling room",
            "counselor office",
            "counseling suite",
            "social worker's office",
            "psychologist's office",
            "office",
        ),
    ),
    Setting(
        "nurse's office",
        None,
        ("nurses office", "nurse office", "health office", "health room", "health clinic", "health suite", "clinic"),
    ),
    Setting(
        "gym",
        None,
        (
            "gymnasium",
            "PE class",
            "PE",
            "physical education class",
            "physical education",
            "weight room",
            "APE class",
            "adapted PE class",
            "fitness room",
        ),
    ),
    Setting("library", None, ("media center", "library media center", "school library")),
    Setting("cafeteria", None, ("lunchroom", "lunch room", "lunch", "cafetorium", "lunchtime")),
    Setting("playground", None, ("recess", "blacktop")),
    Setting("hallway", None, ("hall", "hallways", "corridor", "passing periods", "passing time")),
    Setting("pool", None, ("swimming pool", "school pool")),
    Setting("auditorium", None, ("assemblies", "assembly hall")),
    Setting("homeroom", True, ("advisory", "home room")),
    Setting(
        "study hall",
        None,
        (
            "guided study",
            "support period",
            "WIN time",
            "WIN period",
            "intervention block",
            "intervention period",
            "study skills class",
            "structured study hall",
        ),
    ),
    Setting(
        "specials",
        True,
        (
            "electives",
            "elective",
            "elective classes",
            "specials classes",
            "encore classes",
            "art class",
            "music class",
            "art",
            "music",
        ),
    ),
    Setting(
        "community",
        None,
        (
            "community setting",
            "in the community",
            "community site",
            "community sites",
            "community settings",
            "job site",
            "work site",
            "worksite",
            "job sites",
            "workplace",
            "work sites",
        ),
    ),
    Setting("home", None, ("at home", "student's home", "home setting", "homebound", "in the home", "home and hospital")),
    Setting("hospital", None, ("hospital setting",)),
    Setting("bus", None, ("school bus", "on the bus", "bus stop")),
    Setting(
        "school",
        None,
        (
            "school campus",
            "on campus",
            "campus",
            "school building",
            "school site",
            "school wide",
            "schoolwide",
            "school environment",
            "across the school",
            "school grounds",
            "neighborhood school",
        ),
    ),
    Setting(
        "all settings",
        None,
        (
            "all school settings",
            "across settings",
            "across all settings",
            "all classes",
            "all classrooms",
            "all environments",
            "across school settings",
            "school settings",
            "all academic settings",
            "all areas",
            "all educational settings",
            "across all school settings",
            "any setting",
            "all school environments",
            "throughout the school",
            "all academic classes",
            "all core classes",
            "all subjects",
            "all content areas",
        ),
    ),
    Setting(
        "classroom",
        None,
        (
            "class",
            "classes",
            "classrooms",
            "in the classroom",
            "core classes",
            "content classes",
            "academic classes",
            "classroom setting",
            "homeroom class",
        ),
    ),
    Setting(
        "testing room",
        None,
        (
            "testing center",
            "test room",
            "separate testing room",
            "alternate setting",
            "separate location",
            "small group setting",
            "small-group setting",
            "quiet room",
            "quiet area",
            "quiet space",
            "small group testing",
        ),
    ),
    Setting(
        "virtual",
        None,
        (
            "online",
            "remote",
            "teletherapy",
            "tele-therapy",
            "telehealth",
            "virtually",
            "distance learning",
            "video conference",
            "Zoom",
        ),
    ),
    Setting(
        "preschool",
        None,
        (
            "preschool classroom",
            "early childhood classroom",
            "pre-K",
            "pre-K classroom",
            "regular early childhood program",
            "daycare",
            "Head Start",
        ),
    ),
    Setting(
        "separate school",
        False,
        (
            "special school",
            "special day school",
            "separate day school",
            "residential facility",
            "residential setting",
            "nonpublic school",
            "NPS",
            "day treatment",
        ),
    ),
    Setting(
        "English class",
        None,
        ("ELA class", "ELA classroom", "English classroom", "language arts class", "language arts", "ELA"),
    ),
    Setting("math class", None, ("math classroom", "mathematics class", "math", "mathematics")),
    Setting("science class", None, ("science classroom", "science lab", "science", "lab")),
    Setting("social studies class", None, ("social studies classroom", "social studies", "history class")),
    Setting("itinerant", None, ("itinerant setting",)),
)

# Abbreviations that are no English words: read in any case.
_ANY_CASE: dict[str, str] = {
    "slp": "speech-language pathologist",
    "slpa": "speech-language pathology assistant",
    "otr": "occupational therapist",
    "otr/l": "occupational therapist",
    "cota": "certified occupational therapy assistant",
    "cota/l": "certified occupational therapy assistant",
    "ot": "occupational therapy",
    "pt": "physical therapy",
    "ot/pt": "occupational therapy/physical therapy",
    "pe": "physical education",
    "bcba": "board certified behavior analyst",
    "rbt": "registered behavior technician",
    "tvi": "teacher of the visually impaired",
    "tsvi": "teacher of the visually impaired",
    "o&m": "orientation and mobility",
    "coms": "orientation and mobility specialist",
    "dhh": "deaf and hard of hearing",
    "d/hh": "deaf and hard of hearing",
    "lssp": "school psychologist",
    "lcsw": "licensed clinical social worker",
    "lmsw": "licensed master social worker",
    "lpn": "licensed practical nurse",
    "lvn": "licensed vocational nurse",
    "esl": "English as a second language",
    "ela": "English language arts",
    "sped": "special education",
    "sp ed": "special education",
    "sp. ed.": "special education",
    "sp. ed": "special education",
    "spec ed": "special education",
    "spec. ed.": "special education",
    "spec. ed": "special education",
    "special ed": "special education",
    "special ed.": "special education",
    "gen ed": "general education",
    "gen. ed.": "general education",
    "gen. ed": "general education",
    "gen-ed": "general education",
    "gened": "general education",
    "general ed": "general education",
    "general ed.": "general education",
    "reg ed": "regular education",
    "reg. ed.": "regular education",
    "regular ed": "regular education",
    "regular ed.": "regular education",
    "phys ed": "physical education",
    "phys. ed.": "physical education",
    "rm": "room",
    "ctr": "center",
    "rm.": "room",
    "tchr": "teacher",
    "tchrs": "teachers",
    "asst": "assistant",
    "tx": "therapy",
    "asst.": "assistant",
    "para": "paraprofessional",
    "paras": "paraprofessionals",
    "parapro": "paraprofessional",
    "psych": "psychologist",
    "sdi": "specially designed instruction",
    "setss": "special education teacher support services",
    "esy": "extended school year",
    "fape": "free appropriate public education",
    "lre": "least restrictive environment",
    "bip": "behavior intervention plan",
    "fba": "functional behavioral assessment",
    "aac": "augmentative and alternative communication",
    "asl": "American Sign Language",
    "hw": "homework",
    "indiv": "individual",
    "indiv.": "individual",
    "ind.": "individual",
    "grp": "group",
    "grp.": "group",
    "sm grp": "small group",
    "sm. grp.": "small group",
    "sm. group": "small group",
    "sm group": "small group",
    "lg grp": "large group",
    "1:1": "one-to-one",
    "assign.": "assignment",
    "asgmt": "assignment",
    "asgmts": "assignments",
    "approx": "approximately",
    "approx.": "approximately",
    "ext. time": "extended time",
    "ext time": "extended time",
    "pref. seating": "preferential seating",
    "pref seating": "preferential seating",
    "prn": "as needed",
    "w/": "with",
    "w/o": "without",
    "w/in": "within",
    "b/c": "because",
    "b/w": "between",
    "thru": "through",
    "wkly": "weekly",
    "mthly": "monthly",
    "avail": "available",
    "vocab": "vocabulary",
    "sci": "science",
    "lang": "language",
    "lang.": "language",
    "instr.": "instruction",
    "svcs": "services",
    "svc": "service",
    "svcs.": "services",
    "calc.": "calculator",
    "dept": "department",
    "dept.": "department",
    "elem.": "elementary",
    "kg": "kindergarten",
    "wpm": "words per minute",
    "wcpm": "words correct per minute",
    "cwpm": "words correct per minute",
    "w/c": "wheelchair",
    "pics": "pictures",
    "info": "information",
    "poss.": "possible",
    "bcaba": "board certified assistant behavior analyst",
}
# As capitals alone, since in small letters they are words or nothing.
_CAPITALS: dict[str, str] = {
    "ST": "speech therapy",
    "S/L": "speech-language",
    "SLT": "speech-language therapy",
    "APE": "adapted physical education",
    "DAPE": "developmental adapted physical education",
    "SDPE": "specially designed physical education",
    "AT": "assistive technology",
    "RR": "resource room",
    "RSP": "resource specialist program",
    "SAI": "specialized academic instruction",
    "LSH": "language, speech and hearing",
    "ICT": "integrated co-teaching",
    "ESE": "exceptional student education",
    "SDC": "special day class",
    "CBI": "community-based instruction",
    "SEL": "social emotional learning",
    "ABA": "applied behavior analysis",
    "ADL": "activities of daily living",
    "ADLs": "activities of daily living",
    "ECSE": "early childhood special education",
    "ERMHS": "educationally related mental health services",
    "VI": "visual impairment",
    "HI": "hearing impairment",
    "TOD": "teacher of the deaf",
    "SSW": "school social worker",
    "SW": "social work",
    "RN": "registered nurse",
    "TA": "teaching assistant",
    "IA": "instructional assistant",
    "EA": "educational assistant",
    "PCA": "personal care assistant",
    "PTA": "physical therapist assistant",
    "LEA": "local educational agency",
    "SS": "social studies",
    "ELL": "English language learner",
    "ENL": "English as a new language",
    "SE": "special education",
    "GE": "general education",
    "ELs": "English learners",
    "LD": "learning disability",
    "EBD": "emotional behavioral disorder",
    "OTA": "occupational therapy assistant",
    "TBVI": "teacher of the blind and visually impaired",
    "CTE": "career and technical education",
    "ALT": "alternative",
    "Rx": "prescription",
    "DX": "diagnosis",
}
# The same letters name the service and who gives it.
_AS_ROLE: dict[str, str] = {
    "ot": "occupational therapist",
    "pt": "physical therapist",
    "ot/pt": "occupational therapist/physical therapist",
    "st": "speech therapist",
    "ape": "adapted physical education teacher",
    "pe": "physical education teacher",
    "dape": "developmental adapted physical education teacher",
    "rsp": "resource specialist",
    "vi": "teacher of the visually impaired",
    "dhh": "teacher of the deaf and hard of hearing",
    "o&m": "orientation and mobility specialist",
    "sw": "social worker",
    "lcsw": "licensed clinical social worker",
    "sped": "special education teacher",
    "special ed": "special education teacher",
    "special education": "special education teacher",
    "gen ed": "general education teacher",
    "speech": "speech-language pathologist",
    "counseling": "counselor",
    "nursing": "nurse",
    "social work": "social worker",
    "general education": "general education teacher",
    "psych": "psychologist",
    "lea rep": "local educational agency representative",
    "lea": "local educational agency representative",
    "at": "assistive technology specialist",
    "coms": "certified orientation and mobility specialist",
    "audiology": "audiologist",
    "occupational therapy": "occupational therapist",
    "physical therapy": "physical therapist",
    "speech therapy": "speech therapist",
}
_ROLES_ANYWHERE = frozenset(("ot", "pt", "ot/pt"))
_UNITS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("min", "mins", "min.", "mins."), ("minute", "minutes")),
    **dict.fromkeys(("hr", "hrs", "hr.", "hrs."), ("hour", "hours")),
    **dict.fromkeys(("wk", "wks", "wk.", "wks."), ("week", "weeks")),
    **dict.fromkeys(("mo", "mos", "mo.", "mos.", "mth", "mths"), ("month", "months")),
    **dict.fromkeys(("yr", "yrs", "yr.", "yrs."), ("year", "years")),
    **dict.fromkeys(("qtr", "qtrs", "qtr."), ("quarter", "quarters")),
    **dict.fromkeys(("sem.",), ("semester", "semesters")),
    **dict.fromkeys(("sess", "sess."), ("session", "sessions")),
    **dict.fromkeys(("sec", "secs", "sec."), ("second", "seconds")),
}


def spelled_out(text: str, *, as_role: bool = False) -> str:
    """The same with the trade's abbreviations in full words: "sped rm" is "special education room".

    `as_role`: the text says who acts ("PT" is the therapist, not the therapy).
    """
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if as_role:
        whole = _AS_ROLE.get(" ".join(text.casefold().split()).rstrip("."))
        if whole:
            return whole
    # In a text of capitals alone a capital says nothing.
    is_shouted = len(text) > 8 and text.isupper()
    text = _TIMES.sub(r"\1 times", text)
    text = _SLASH_PER.sub(" per ", text)

    def full(found: re.Match[str]) -> str:
        said = found[0]
        folded = said.casefold()
        if folded in _UNITS:
            return _unit(text, found)
        if as_role and folded in _ROLES_ANYWHERE and (role := _AS_ROLE[folded]) and not _NEXT_IS_ROLE.match(text, found.end()):
            return role
        if (
            folded in ("ot", "pt")
            and _WHO_ACTS.search(text, max(0, found.start() - 6), found.start())
            and not _NEXT_IS_THING.match(text, found.end())
        ):
            return _AS_ROLE[folded]
        if folded in _ANY_CASE:
            full = _ANY_CASE[folded]
            # "w/peers": the slash parts the words.
            return f"{full} " if said.endswith("/") and text[found.end() : found.end() + 1].strip() else full
        if said in _CAPITALS and not (is_shouted and folded in _WORDS_TOO):
            return _CAPITALS[said]
        return said

    if _ABBREVIATED.isdisjoint(_PIECE.split(text.casefold())):
        return text
    return _ABBREVIATION.sub(full, text)


def role_in(text: str) -> Role | None:
    """The first who is named."""
    return next((role for role, _, _ in all_roles(text)), None)


def all_roles(text: str) -> list[tuple[Role, int, int]]:
    """All who are named, with the span of each in the text."""
    return [
        (role, start, end)
        for role, start, end in _phrases(Role).in_(text)
        if isinstance(role, Role) and not _is_other_sense(text, start, end)
    ]


def all_services(text: str) -> list[tuple[Service, int, int]]:
    """All services that are named, with the span of each in the text."""
    return [(each, start, end) for each, start, end in _phrases(Service).in_(text) if isinstance(each, Service)]


def all_settings(text: str) -> list[tuple[Setting, int, int]]:
    """All places and settings that are named, with the span of each in the text."""
    return [(each, start, end) for each, start, end in _phrases(Setting).in_(text) if isinstance(each, Setting)]


_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+|['’][^\W_]+)?")
_BETWEEN = re.compile(r"[\s\-‐-—/.,&:]{0,3}\Z")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,4}(?=\W|\Z)")
_TIMES = re.compile(r"\b(\d{1,3}) ?[xX](?=[\s/,;]|\Z)(?! ?\d)")
_SLASH_PER = re.compile(r" ?/ ?(?=(?:day|wk|week|mo|month|mth|yr|year|qtr|quarter|semester|session|trimester|hr|hour)s?\b)")
_NUMBER_BEFORE = re.compile(
    r"(?:(\d[\d.,/]*)|\b(one|an?|half|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|forty-five|sixty))([\s-]{0,2})\Z"
)
_NEXT_IS_ROLE = re.compile(
    r"[\s.]{1,2}(?:teacher|tchr|assistant|asst|aide|specialist|instructor|therapist|provider|consultant|room|staff|para)",
    re.IGNORECASE,
)
_NEXT_IS_THING = re.compile(
    r"\s(?:rooms?|rm|sessions?|services?|office|goals?|evaluation|consult\w*|time|gym|space|equipment)\b", re.IGNORECASE
)
_WHO_ACTS = re.compile(r"\b(?:by|the|an?|from)\s{1,2}\Z", re.IGNORECASE)
# Of those in capitals the ones that are words, too.
_WORDS_TOO = frozenset(("at", "ape", "it", "st", "hi", "ss", "ta", "pta", "alt", "se", "ge", "ia", "ea"))
# "a note to the parent aide": words after which a role's word means something else ("aide memoire", "coach bus").
_OTHER_SENSE_AFTER = re.compile(r"[\s-](?:memoire|edition|guide|manual|desk|lounge|website|notes?\b(?! tak))", re.IGNORECASE)
_OTHER_SENSE_BEFORE = re.compile(r"(?:hearing|first|visual|communication|band)[\s-]\Z", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?<![\w&])(?:"
    + "|".join(
        re.escape(each).replace(r"\ ", r"\s+")
        for each in sorted({*_ANY_CASE, *_UNITS, *_CAPITALS, *_AS_ROLE}, key=lambda each: (-len(each), each))
        if each not in ("1:1", "w/")
    )
    + r"|(?<!:)1:1(?![.:]?\d)|w/)(?:(?<=[./])|(?![\w&]))",
    re.IGNORECASE,
)


# The first pieces of all abbreviations: a text with none of them needs no search.
_PIECE = re.compile(r"[^\w&:]+")
_ABBREVIATED = frozenset(_PIECE.split(each.casefold())[0] for each in (*_ANY_CASE, *_UNITS, *_CAPITALS, *_AS_ROLE))


def _unit(text: str, found: re.Match[str]) -> str:
    """The unit in full, if one is meant: "30 min", "min/wk", but not "min. of 2"."""
    one, many = _UNITS[found[0].casefold()]
    before = _NUMBER_BEFORE.search(text, max(0, found.start() - 14), found.start())
    if before:
        number, word, gap = before.groups()
        if gap == "-":
            return one
        is_one = number in ("1", "1.0") or word in ("one", "a", "an", "half")
        return one if is_one else many
    rest = text[found.end() : found.end() + 4].lstrip()
    if one == "minute" and rest[:3] in ("of ", "of"):
        return "minimum"
    # A bare "min" or "sec" in a row of figures; "per wk", "each mo".
    return many if one in ("minute", "second", "session") else one


Named = Role | Service | Setting


class _Phrases:
    """Every form of a table, by its first word; the longest that stands in a text is the one that is meant."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._forms: dict[str, list[tuple[tuple[str, ...], str, Named]]] = {}
        for each in named:
            for form in (each.name, *each.forms):
                words = tuple(map(_folded, _WORD.findall(form)))
                # Short capitals are read only as such; longer ones nobody writes to mean something else.
                exactly = form if form.isupper() and form.casefold() in _WORDS_TOO | _LETTERS_ONLY else ""
                self._forms.setdefault(words[0], []).append((words, exactly, each))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form[0]))

    def in_(self, text: str) -> Iterator[tuple[Named, int, int]]:
        found = list(_WORD.finditer(text))
        words = [_folded(each[0]) for each in found]
        place = 0
        while place < len(found):
            taken = 1
            for form, exactly, named in self._forms.get(words[place], ()):
                end = place + len(form)
                if tuple(words[place:end]) != form or (
                    exactly and text[found[place].start() : found[end - 1].end()] != exactly
                ):
                    continue
                if all(_BETWEEN.match(text, found[at].end(), found[at + 1].start()) for at in range(place, end - 1)):
                    yield named, found[place].start(), found[end - 1].end()
                    taken = len(form)
                    break
            place += taken


_LETTERS_ONLY = frozenset(
    ("re", "ls", "ed", "id", "cd", "set", "sea", "sac", "bis", "vac", "st", "pe", "pt", "ics", "por", "ais", "eric")
)


@cache
def _phrases(kind: type[Named]) -> _Phrases:
    tables: Mapping[type[Named], Iterable[Named]] = {Role: ROLES, Service: SERVICES, Setting: SETTINGS}
    return _Phrases(tables[kind])


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """A word as it is looked up: no case, no possessive, no plural."""
    word = word.casefold().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("s'").removesuffix("'")
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1] if not word.endswith(("sses", "xes", "ches", "shes")) else word[:-2]
    return word


def _is_other_sense(text: str, start: int, end: int) -> bool:
    return bool(_OTHER_SENSE_AFTER.match(text, end) or _OTHER_SENSE_BEFORE.search(text, max(0, start - 16), start))
