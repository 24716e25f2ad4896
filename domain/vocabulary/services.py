"""What a school gives to a child: special education and related services."""

from dataclasses import dataclass

from domain.vocabulary.forms import entries


@dataclass(frozen=True)
class Service:
    """What is given."""

    name: str
    forms: tuple[str, ...] = ()


_TABLE = """
speech-language therapy: speech, speech therapy, speech language, speech and language, speech and language therapy,
    speech services, speech language services, speech and language services, language therapy, language and speech, LSH, ST,
    S/L, speech language pathology, speech language pathology services, speech pathology, SLT, S&L, SLP services,
    speech/lang, language speech and hearing, speech or language therapy, speech lang therapy, speech improvement,
    speech instruction, articulation therapy, language services, speech/language therapy, speech language instruction,
    speech support
occupational therapy: OT, OT services, occupational therapy services, occ therapy, occ. therapy,
    educationally related occupational therapy
physical therapy: PT, PT services, physical therapy services, phys therapy
counseling: counseling services, counselling, school counseling, individual counseling, group counseling,
    counseling support, guidance services, counseling and guidance, guidance counseling, counseling as a related service
psychological services: psychology services, psych services, psychological counseling, psychological service
social work services: social work, SW services, SSW services, school social work, social work service
mental health services: ERMHS, educationally related mental health services,
    educationally related intensive counseling services, ERICS, mental health counseling
school health services: nursing, nursing services, school nurse services, health services, health and nursing,
    nursing service, skilled nursing, specialized physical health care services, SPHCS
audiology: audiology services, audiological services, educational audiology, audiological service
interpreting services: interpreting, interpreter services, sign language interpreting, interpreter, transliteration services
deaf and hard of hearing services: DHH services, D/HH services, hearing services, HI services, hearing impaired services,
    DHH, auditory training, aural rehabilitation, hearing education services, hearing support services
vision services: VI services, vision education services, visual impairment services, vision itinerant services,
    vision support, vision support services, vision therapy, services for the visually impaired, braille instruction
orientation and mobility: O&M, O & M, O&M services, orientation and mobility services, mobility training,
    orientation & mobility, orientation and mobility training
adapted physical education: APE, adapted PE, adaptive PE, adaptive physical education, SDPE,
    specially designed physical education, specially designed PE, DAPE, developmental adapted physical education,
    adapted phys ed
music therapy
art therapy
recreation therapy: therapeutic recreation, recreation, recreation services, recreational therapy
dyslexia therapy
behavior intervention services: behavior services, behavior support services, behavior consultation, BIS,
    behavioral intervention services, applied behavior analysis, ABA, ABA therapy, intensive behavior intervention,
    behavior support
assistive technology services: AT services, assistive technology, assistive technology consultation, AT consult,
    AAC services
transition services: transition, career awareness, vocational training, vocational education, job coaching, work experience,
    work based learning, community based vocational instruction, pre-employment transition services, pre-ETS,
    career education, travel training, transition planning, college awareness, agency linkages
transportation: special transportation, specialized transportation, transport, curb to curb transportation,
    door to door transportation, bus service, busing, bussing
parent counseling and training: parent training, parent counseling, in home training, family training,
    parent training and counseling
specially designed instruction: SDI, special education instruction, special education, specialized academic instruction,
    SAI, sped services, SpEd, specialized instruction, special education services, direct instruction, special instruction,
    academic support, resource specialist program, RSP, resource, resource support, resource services,
    resource room instruction, exceptional student education, ESE, ESE services, academic instruction, study skills,
    learning strategies, special education teacher support services, SETSS, integrated co-teaching,
    integrated co teaching services, ICT, consultant teacher services, direct consultant teacher services,
    indirect consultant teacher services, co-teaching, inclusion support, inclusion services, in class support,
    in-class resource, ICS, ICR, POR, pull out resource, pull-out replacement, support facilitation, learning support,
    push-in support, co-taught instruction, intensive instruction, special class, special day class,
    self-contained instruction, content mastery, specialized academic support, intensive individual services, IIS,
    individual and small group instruction, home instruction, home and hospital instruction, homebound instruction
reading instruction: reading, specially designed reading instruction, reading intervention, reading support,
    literacy instruction, literacy, reading services, structured literacy, decoding instruction
mathematics instruction: math, math instruction, mathematics, math intervention, math support, math services,
    math calculation, math problem solving
written language instruction: writing, writing instruction, written language, written expression, writing support,
    written expression instruction
social skills instruction: social skills, social skills group, social emotional, social/emotional,
    social emotional learning, SEL, social emotional instruction, social skills training, social/emotional support,
    pragmatic language group
behavior instruction: behavior, behavioral support, self-regulation instruction, executive functioning, organization skills,
    executive function instruction, organizational skills
functional skills instruction: functional skills, functional academics, life skills, daily living skills, adaptive skills,
    independent living skills, ADL skills, activities of daily living, self-help skills, vocational skills
community-based instruction: CBI, community instruction, community based education
health monitoring: health care, health support, medication administration, catheterization, glucose monitoring
early childhood special education: ECSE, early intervention, specialized preschool instruction
paraprofessional support: para support, aide support, 1:1 aide, one to one aide, 1:1 paraprofessional,
    instructional assistant support, supplementary aide, intensive individualized support, additional adult support,
    adult support, adult assistance
extended school year services: ESY, ESY services, extended school year, summer services
communication instruction: communication, communication services, AAC, augmentative communication instruction,
    functional communication training
consultation: consult, consultation services, consult services, collaboration, collaborative consultation,
    indirect services, teacher consultation
tutoring: tutorial, tutorials, academic tutoring
medical services: diagnostic medical services
intensive intervention: MTSS intervention, academic intervention services, AIS
"""
SERVICES: tuple[Service, ...] = tuple(Service(name, forms) for name, forms in entries(_TABLE))
