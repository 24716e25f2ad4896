"""Where a service is given, or a support holds: rooms, classes, places outside of school."""

from dataclasses import dataclass

from domain.vocabulary.forms import entries


@dataclass(frozen=True)
class Setting:
    """Where something is given."""

    name: str
    forms: tuple[str, ...] = ()


_TABLE = """
general education classroom: general education, gen ed, gened, general ed, regular education, regular ed, reg ed,
    regular class, GE, general education class, general education setting, gen ed class, gen ed classroom, gen ed setting,
    gen ed rm, regular classroom, regular education classroom, regular education class, regular education setting,
    mainstream, general ed classroom, general ed class, mainstream class, mainstream classroom, inside general education,
    inside regular class, inside the regular class, in the regular class, GE classroom, GE class,
    general education environment, regular education environment, inclusion classroom, inclusive classroom, inclusion,
    inclusion class, inside gen ed, inside the general education classroom, inside the general education class,
    general education classes, regular classes, general classroom, inside regular education,
    within the general education classroom, in general education
push-in: push in, pushin, in class, in-class, embedded, plug-in, plug in
co-taught classroom: co-taught, co taught, co-taught class, cotaught, co-teaching classroom, ICT class,
    integrated co-teaching class, CWC, class within a class, collaborative classroom, team taught class
special education classroom: special education, sped, special ed, spec ed, sp ed, sped rm, sped room,
    special education room, SE, special education class, special education setting, sped classroom, sped class,
    sped setting, special ed room, special ed classroom, special ed setting, special education environment, ESE classroom,
    ESE class, ESE setting, special class, special day class, SDC, self-contained classroom, self contained,
    self-contained class, SE classroom, separate class, separate classroom, special setting,
    exceptional education classroom, EC classroom, EC setting, life skills classroom, life skills room,
    functional skills classroom, intensive support classroom, autism classroom, intensive resource,
    learning support classroom, learning support room, ESE room, separate setting, special education location,
    special education classes, cross categorical classroom, therapeutic classroom
outside the general education classroom: outside general education, outside gen ed, outside the general education class,
    outside of general education, outside of the general education classroom, outside regular class,
    outside the regular class, outside reg ed, removed from general education, removed from non-disabled peers,
    outside the general education setting, out of class, outside regular education, outside the regular education classroom,
    outside of the regular class, outside of gen ed, outside the regular classroom, outside GE, outside the classroom,
    outside of class, outside of the regular classroom, outside general education classroom, outside general education class
pull-out: pull out, pullout, pulled out, pull-out room, pull-out setting, pull out setting
resource room: RR, resource rm, resource classroom, resource class, resource setting, resource, RSP room, RSP classroom,
    resource center, resource lab
learning center: learning lab, learning centre, academic lab, study lab, content mastery center, CMC,
    learning resource center, LRC
speech room: speech rm, speech therapy room, speech language room, speech office, speech classroom, speech/language room
therapy room: therapy rm, OT room, PT room, OT/PT room, therapy space, therapy setting, therapy office, clinic room,
    motor room, sensory room, sensory space
counseling office: counselor's office, counselors office, guidance office, counseling room, counselor office,
    counseling suite, social worker's office, psychologist's office, office
nurse's office: nurses office, nurse office, health office, health room, health clinic, health suite, clinic
gym: gymnasium, PE class, PE, physical education class, physical education, weight room, APE class, adapted PE class,
    fitness room
library: media center, library media center, school library
cafeteria: lunchroom, lunch room, lunch, cafetorium, lunchtime
playground: recess, blacktop
hallway: hall, hallways, corridor, passing periods, passing time
pool: swimming pool, school pool
auditorium: assemblies, assembly hall
homeroom: advisory, home room
study hall: guided study, support period, WIN time, WIN period, intervention block, intervention period, study skills class,
    structured study hall
specials: electives, elective, elective classes, specials classes, encore classes, art class, music class, art, music
community: community setting, in the community, community site, community sites, community settings, job site, work site,
    worksite, job sites, workplace, work sites
home: at home, student's home, home setting, homebound, in the home, home and hospital
hospital: hospital setting
bus: school bus, on the bus, bus stop
school: school campus, on campus, campus, school building, school site, school wide, schoolwide, school environment,
    across the school, school grounds, neighborhood school
all settings: all school settings, across settings, across all settings, all classes, all classrooms, all environments,
    across school settings, school settings, all academic settings, all areas, all educational settings,
    across all school settings, any setting, all school environments, throughout the school, all academic classes,
    all core classes, all subjects, all content areas
classroom: class, classes, classrooms, in the classroom, core classes, content classes, academic classes, classroom setting,
    homeroom class
testing room: testing center, test room, separate testing room, alternate setting, separate location, small group setting,
    small-group setting, quiet room, quiet area, quiet space, small group testing
virtual: online, remote, teletherapy, tele-therapy, telehealth, virtually, distance learning, video conference, Zoom
preschool: preschool classroom, early childhood classroom, pre-K, pre-K classroom, regular early childhood program, daycare,
    Head Start
separate school: special school, special day school, separate day school, residential facility, residential setting,
    nonpublic school, NPS, day treatment
English class: ELA class, ELA classroom, English classroom, language arts class, language arts, ELA
math class: math classroom, mathematics class, math, mathematics
science class: science classroom, science lab, science, lab
social studies class: social studies classroom, social studies, history class
itinerant: itinerant setting
"""
SETTINGS: tuple[Setting, ...] = tuple(Setting(name, forms) for name, forms in entries(_TABLE))
