"""Who acts at a school. Forms with capitals are read only so: "OT" is no word, "AT" is one."""

from dataclasses import dataclass

from domain.vocabulary.forms import entries


@dataclass(frozen=True)
class Role:
    """Who acts at a school. A professional holds the licence for it; an assistant or aide works under one."""

    name: str
    is_professional: bool
    forms: tuple[str, ...] = ()


_PROFESSIONALS = """
special education teacher: special ed teacher, spec ed teacher, sped teacher, sp ed teacher, special educator, SET,
    special education instructor, special education provider, special education specialist, SpEd tchr,
    exceptional student education teacher, ESE teacher, exceptional education teacher, EC teacher, ESS teacher,
    resource teacher, resource room teacher, resource specialist, RSP teacher, RST, RSP,
    resource specialist program teacher, specialized academic instruction teacher, SAI teacher, SDI teacher,
    education specialist, ed specialist, ed spec, intervention specialist, SETSS teacher, SETSS provider,
    learning support teacher, learning specialist, inclusion teacher, inclusion specialist, ICT teacher,
    cross categorical teacher, cross-cat teacher, LD teacher, ED teacher, CD teacher, ID teacher, SLD teacher,
    learning disabilities teacher, life skills teacher, self contained teacher, autism teacher, EBD teacher,
    consultant teacher, special education consultant teacher, strategist, exceptional needs teacher, moderate needs teacher,
    special class teacher, special day class teacher, SDC teacher, special services teacher, special education co teacher,
    licensed special education teacher, certified special education teacher, early childhood special education teacher,
    ECSE teacher
general education teacher: general ed teacher, gen ed teacher, gened teacher, regular education teacher, regular ed teacher,
    reg ed teacher, general educator, regular educator, GE teacher, gen ed tchr, mainstream teacher
classroom teacher: class teacher, homeroom teacher, grade level teacher, content teacher, core teacher
subject teacher: content area teacher, subject area teacher
teacher: teachers, tchr, instructor, educator, co teacher
math teacher: mathematics teacher, algebra teacher, geometry teacher
English teacher: ELA teacher, English language arts teacher, language arts teacher
science teacher: biology teacher, chemistry teacher
social studies teacher: history teacher
art teacher
music teacher
physical education teacher: PE teacher, gym teacher, phys ed teacher
adapted physical education teacher: APE teacher, APE specialist, DAPE teacher, SDPE teacher, adapted PE teacher,
    adaptive PE teacher, adaptive physical education teacher, adapted physical education specialist,
    adapted physical educator, developmental adapted physical education teacher, adapted PE specialist
reading teacher: literacy teacher, dyslexia teacher, wilson teacher
reading specialist: literacy specialist, reading interventionist, literacy interventionist, dyslexia specialist
reading coach: literacy coach
math specialist: math interventionist, math coach
interventionist: academic interventionist, academic intervention specialist
dyslexia therapist: academic language therapist, CALT, dyslexia interventionist
English language teacher: ESL teacher, ELL teacher, EL teacher, ENL teacher, ESOL teacher, ELD teacher
bilingual teacher: bilingual education teacher, dual language teacher
vocational teacher: CTE teacher, career technical education teacher, vocational instructor
speech-language pathologist: SLP, CCC-SLP, SLP-CCC, speech pathologist, speech therapist, speech language therapist,
    speech teacher, speech clinician, speech language clinician, speech and language pathologist,
    speech and language therapist, speech provider, speech language specialist, speech specialist,
    language speech and hearing specialist, LSHS, S/LP, speech and language teacher, speech language teacher,
    communication specialist, bilingual SLP
occupational therapist: OT, OTR, OTR/L, OT/L, registered occupational therapist, OTs
physical therapist: PT, RPT, DPT, LPT, MPT, PTs
school psychologist: psychologist, school psych, psych, LSSP, licensed specialist in school psychology, NCSP,
    clinical psychologist, licensed psychologist
school counselor: counselor, guidance counselor, school guidance counselor, licensed professional counselor, LPC, SAC,
    counsellor
school social worker: social worker, SSW, LCSW, LMSW, LSW, MSW, LICSW, school adjustment counselor, adjustment counselor
mental health counselor: LMHC, mental health provider, mental health clinician, ERMHS provider, clinician
mental health specialist: mental health practitioner, mental health professional, therapist, LMFT, MFT
behavior analyst: BCBA, BCBA-D, LBA, LBS, board certified behavior analyst, behaviour analyst
behavior specialist: behavior interventionist, behavior intervention specialist, behavior consultant, behavior coach, BIS,
    behavior therapist, behaviorist, behavior support specialist, behaviour specialist, behavior teacher
autism specialist: autism consultant, autism support teacher
audiologist: educational audiologist, AuD
teacher of the deaf and hard of hearing: teacher of the deaf, TOD, ToD, TDHH, DHH teacher, D/HH teacher,
    teacher of the hearing impaired, THI, hearing teacher, hearing itinerant, DHH itinerant,
    teacher of deaf and hard of hearing, deaf educator, hearing impaired teacher, deaf and hard of hearing teacher,
    deaf/hard of hearing teacher, HI teacher, hearing specialist, teacher of students who are deaf,
    teacher of students who are deaf or hard of hearing
teacher of the visually impaired: TVI, TBVI, TBS, teacher of students with visual impairments, vision teacher, VI teacher,
    vision specialist, vision itinerant, teacher of the blind, teacher of visually impaired,
    teacher of the blind and visually impaired, visual impairment teacher, TSVI, VI itinerant teacher,
    teacher of students with visual impairment
orientation and mobility specialist: O&M specialist, COMS, O&M instructor, orientation and mobility instructor,
    orientation & mobility specialist, O & M specialist, mobility specialist
interpreter: sign language interpreter, ASL interpreter, educational interpreter, EIPA interpreter
transliterator: cued speech transliterator, oral transliterator, CART provider
school nurse: nurse, RN, registered nurse, CSN, certified school nurse, district nurse
physician: doctor, pediatrician, psychiatrist, neurologist
dietitian: nutritionist
music therapist: MT-BC
art therapist
recreation therapist: therapeutic recreation specialist, recreational therapist, CTRS
respiratory therapist
assistive technology specialist: AT specialist, ATP, AT consultant, assistive technology consultant, AT facilitator,
    AAC specialist, AT team
transition specialist: transition coordinator, transition teacher, transition consultant, VAC,
    vocational adjustment coordinator
rehabilitation counselor: vocational rehabilitation counselor, VR counselor, DVR counselor
parent trainer: parent educator, parent liaison, in home trainer, in-home trainer, family trainer
case manager: case carrier, casemanager, IEP manager, IEP case manager, case coordinator, case mgr, service coordinator
LEA representative: LEA rep, LEA, local education agency representative, local educational agency representative,
    district representative
principal: building principal, school principal, head of school, administrator, school administrator
assistant principal: vice principal, dean, dean of students
special education director: director of special education, special education coordinator, program specialist
special education supervisor: program support teacher, diagnostician, educational diagnostician
librarian: media specialist, school librarian, library media specialist
coach
consultant
evaluator
social skills teacher: social skills specialist
"""
_ASSISTANTS_AND_AIDES = """
speech-language pathology assistant: SLPA, SLP assistant, SLP-A, speech assistant, speech aide, speech language assistant,
    speech therapy assistant, speech language pathologist assistant, speech pathology assistant,
    speech and language assistant
occupational therapy assistant: COTA, COTA/L, OTA, OT assistant, certified occupational therapy assistant,
    occupational therapist assistant, occupational therapy aide, OT aide
physical therapist assistant: PTA, LPTA, PT assistant, physical therapy assistant, physical therapy aide, PT aide
assistant behavior analyst: BCaBA, board certified assistant behavior analyst
behavior technician: RBT, registered behavior technician, behavior tech, behavior aide, behavior assistant
intervener
braillist: braille transcriber
licensed practical nurse: LPN, LVN, licensed vocational nurse, private duty nurse
health aide: health assistant, health office aide, nurse aide, nursing aide, CNA, health clerk, UAP
job coach: job developer, employment specialist, work experience coordinator, vocational coach
tutor: peer tutor, reading tutor
paraprofessional: para, paraeducator, para educator, para pro, parapro, paras, educational assistant, EA,
    instructional aide, IA, instructional assistant, teacher aide, teacher's aide, teachers aide, teacher assistant,
    teaching assistant, teacher's assistant, TA, aide, classroom aide, class aide, special education aide, sped aide,
    ed tech, education technician, special education assistant, SEA, special education paraprofessional, sped para,
    special education paraeducator, 1:1 aide, one to one aide, one-on-one aide, 1:1 para, 1:1 paraprofessional,
    one to one paraprofessional, one on one paraprofessional, individual aide, personal care assistant, PCA, personal aide,
    personal assistant, program assistant, program aide, classroom assistant, inclusion aide, inclusion assistant,
    student support assistant, learning assistant, support aide, adult aide, shared aide,
    special circumstances instructional assistant, SCIA, dedicated aide, student aide, educational aide, assistant,
    behavior support aide, para professional, special education teaching assistant, school aide, crisis paraprofessional,
    health paraprofessional, transportation paraprofessional, instructional paraprofessional, one to one assistant
bus aide: bus monitor, bus attendant, bus matron, transportation aide, bus assistant, bus para, vehicle aide
lunch aide: lunchroom aide, cafeteria aide, lunch monitor, recess aide, playground aide, playground supervisor
bus driver: driver
note taker: notetaker, note-taker
scribe
student teacher: intern, teacher intern, practicum student
substitute teacher: substitute, sub
volunteer: parent volunteer, peer helper, peer buddy
secretary: attendance clerk
"""
ROLES: tuple[Role, ...] = (
    *(Role(name, True, forms) for name, forms in entries(_PROFESSIONALS)),
    *(Role(name, False, forms) for name, forms in entries(_ASSISTANTS_AND_AIDES)),
)
