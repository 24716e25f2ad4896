"""What the child gained and lost, judged as an advocate would: every row of the rules, in sentences of real IEPs."""

import json
from datetime import date
from pathlib import Path

from domain.changes import CHANGES, Change, Promise, changes
from tests.walks import each

FROM, THEN = date(2025, 9, 2), date(2026, 9, 1)
# The same kind, what it said, what it says now; one sentence against the other.
WEAKENED = (
    ("accommodation", "Oral or written directions", "Written directions"),
    ("support", "Bus aide on the way to and from school", "Bus aide on the way to school"),
    ("accommodation", "Check-in with the counselor before and after lunch", "Check-in with the counselor before lunch"),
    ("support", "Dedicated aide", "Shared aide"),
    ("support", "Adult aide all day", "Shared adult aide all day"),
    ("support", "Paraprofessional", "Paraprofessional for a group of 4"),
    ("accommodation", "Tests are read aloud", "Test directions are read aloud"),
    ("accommodation", "Word bank on tests", "Word bank on one section of the test"),
    ("accommodation", "Quizzes are read aloud", "Quiz questions are read aloud"),
    ("support", "Round-trip transportation with an aide", "Transportation to school with an aide"),
    ("support", "Personal aide", "Aide for two students"),
    ("support", "Own paraprofessional in all classes", "Paraprofessional in all classes"),
    ("accommodation", "Textbooks are read aloud", "The headings of the textbook are read aloud"),
    ("support", "One-on-one aide", "Aide in the classroom"),
    ("accommodation", "Extended time (2x) on tests", "Extended time (1.5x) on tests"),
    ("service", "Extended time (2x) on tests", "Extended time (1.5x) on tests"),
    ("support", "Weekly progress email to the parent", "Monthly progress email to the parent"),
    ("accommodation", "Daily behavior chart", "Weekly behavior chart"),
    ("service", "Reading specialist teaches decoding", "Teaching assistant teaches decoding"),
    ("accommodation", "Check-in at the start of each class", "Check-in at the start of each day"),
    ("accommodation", "Use of speech-to-text software", "Possible use of speech-to-text software"),
    ("accommodation", "Tests will be read aloud", "Tests will be read aloud when deemed necessary by the teacher"),
    ("accommodation", "10 additional minutes on each quiz", "Additional minutes on each quiz"),
    ("accommodation", "Double time on tests", "Extended time (time and a half) on tests"),
    (
        "accommodation",
        "Up to three additional days to complete assignments",
        "Up to one additional day to complete assignments",
    ),
    ("accommodation", "Use of a keyboard for all assignments", "Use of a keyboard for assignments over one page"),
    ("service", "Reading instruction, 1 teacher to 2 students", "Reading instruction, 1 teacher to 4 students"),
    ("service", "Nursing services, full time", "Nursing services, part time"),
    ("support", "Paraprofessional support for 100% of the school day", "Paraprofessional support for 50% of the school day"),
    (
        "goal",
        "Student will transfer to the toilet independently",
        "Student will transfer to the toilet with two-person assistance",
    ),
    ("goal", "Student will walk up 10 stairs using one railing", "Student will walk up 10 stairs using two railings"),
    ("service", "Music therapy, 45 minutes, 3 times per month", "Music therapy, 45 minutes, 2 times per month"),
    ("service", "Speech therapy, 30 minutes weekly", "Speech therapy, up to 30 minutes weekly"),
    ("service", "Counseling, 30 minutes per week", "Counseling as needed"),
    ("service", "OT direct, 30 minutes weekly", "OT consult, 30 minutes weekly"),
    ("service", "Physical therapy, direct", "Physical therapy, indirect"),
    ("service", "Hearing services, direct and consult", "Hearing services, consult"),
    ("service", "Speech therapy, individual", "Speech therapy, group"),
    ("service", "Speech therapy 1:1", "Speech therapy in a small group"),
    ("service", "Reading in a group of 3", "Reading in a group of 5"),
    ("service", "Reading, small group", "Reading, whole class"),
    ("service", "Math instruction, 1:2 ratio", "Math instruction, 1:4 ratio"),
    ("service", "Reading by the special education teacher", "Reading by the paraprofessional"),
    ("service", "Speech therapy by the SLP", "Speech therapy by the SLP or SLPA"),
    ("service", "ESY: speech 30 min weekly", "Speech 30 min weekly"),
    ("service", "Speech 30 min 2x weekly from the SLP", "Speech 30 min 2x weekly"),
    ("service", "Speech therapy will be provided by a licensed SLP", "Speech therapy will be provided by an SLP"),
    (
        "service",
        "Occupational therapy 30 min per week for the school year",
        "Occupational therapy 30 min per week for the first semester",
    ),
    ("service", "Physical therapy, 60 minutes monthly, plus consultation", "Physical therapy, 60 minutes monthly"),
    ("service", "Co-taught math, 50 minutes daily", "Co-taught math, 50 minutes 3 times a week"),
    ("service", "Nursing, 15 min, 2x daily", "Nursing, 15 min, 1x daily"),
    ("service", "Counseling 30 minutes weekly", "Counseling 30 minutes every other week"),
    ("service", "Transportation: door to door with an aide", "Transportation: door to door"),
    ("service", "Specialized transportation to and from school", "Specialized transportation to school"),
    ("service", "Interpreter for all classes and activities", "Interpreter for all classes"),
    ("service", "1:1 nurse on the bus", "Nurse on the bus"),
    ("service", "Reading intervention 5 days a week for 30 minutes", "Reading intervention 4 days a week for 30 minutes"),
    ("service", "Speech 30 min 2x/wk (school year) and 30 min 1x/wk (ESY)", "Speech 30 min 2x/wk (school year)"),
    ("service", "Counseling 30 minutes per week", "Counseling 1,000 minutes per year"),
    (
        "service",
        "Social skills group, 8 sessions per quarter, 30 minutes each",
        "Social skills group, 6 sessions per quarter, 30 minutes each",
    ),
    ("service", "Reading instruction, 30 minutes daily", "Reading instruction, 120 minutes weekly"),
    ("service", "Speech therapy, 2 times weekly", "Speech therapy, once weekly"),
    ("service", "Math, one period daily", "Math, one period every other day"),
    ("service", "Vision services 60 minutes per semester", "Vision services 30 minutes per semester"),
    ("service", "Nursing, 10 minutes, 3 times daily", "Nursing, 10 minutes, twice daily"),
    ("service", "Special education services, 1500 minutes per week", "Special education services, 1200 minutes per week"),
    ("service", "Audiology: hearing aid check 5 minutes daily", "Audiology: hearing aid check 5 minutes weekly"),
    ("service", "Physical therapy consultation will be provided", "Physical therapy consultation might be provided"),
    ("service", "Direct physical therapy 30 minutes monthly", "Consultative physical therapy 30 minutes monthly"),
    (
        "service",
        "Behavior intervention: direct, 60 minutes weekly",
        "Behavior intervention: consult to teacher, 60 minutes weekly",
    ),
    ("service", "Individual counseling, 30 minutes weekly", "Counseling, 30 minutes weekly, group of 5"),
    ("service", "Instruction at a 1:1 ratio", "Instruction at a 1:2 ratio"),
    ("service", "Instruction with a student-teacher ratio of 6:1:1", "Instruction with a student-teacher ratio of 12:1:1"),
    ("service", "Reading in a group of two", "Reading in a group of four"),
    ("service", "Speech therapy in a small group", "Speech therapy in a group"),
    (
        "service",
        "Speech services by a speech-language pathologist",
        "Speech services by a speech assistant under supervision of the SLP",
    ),
    ("service", "Reading with a certified reading teacher", "Reading with a tutor"),
    ("service", "Instruction in reading, writing and math", "Instruction in reading and math"),
    ("service", "Instruction in reading and math", "Instruction in reading or math"),
    ("service", "Speech 30 min weekly during the school year and ESY", "Speech 30 min weekly during the school year"),
    ("accommodation", "Multiplication chart on classwork and quizzes", "Multiplication chart on classwork"),
    ("accommodation", "The teacher will repeat directions", "The teacher may repeat directions"),
    ("accommodation", "Directions must be repeated", "Directions should be repeated"),
    ("accommodation", "Headphones during tests", "Headphones during tests if available"),
    ("accommodation", "Headphones during tests", "Headphones during tests as needed"),
    ("accommodation", "Headphones during tests", "Headphones during tests upon request"),
    ("accommodation", "Headphones during tests", "Headphones during tests at teacher discretion"),
    ("accommodation", "Headphones during tests", "Headphones available during tests"),
    ("accommodation", "Student will be reminded to wear glasses", "Student will be encouraged to wear glasses"),
    ("accommodation", "Teacher always checks the planner", "Teacher checks the planner when time permits"),
    ("accommodation", "Teacher checks the planner daily", "Teacher checks the planner regularly"),
    ("accommodation", "Teacher checks the planner daily", "Teacher checks the planner weekly"),
    ("accommodation", "Teacher checks the planner", "Teacher occasionally checks the planner"),
    ("accommodation", "Two breaks of 5 minutes each morning", "Frequent breaks each morning"),
    ("accommodation", "Breaks every 20 minutes", "Frequent breaks"),
    ("accommodation", "Time and a half on tests", "Extended time on tests"),
    ("accommodation", "At least 3 breaks a day", "Up to 3 breaks a day"),
    ("accommodation", "All directions are repeated", "Some directions are repeated"),
    ("accommodation", "The student shall be allowed to type answers", "The student can type answers"),
    ("accommodation", "Will be given a copy of the notes", "Will be given a copy of the notes whenever possible"),
    ("accommodation", "Teacher will offer choices", "Teacher will consider offering choices"),
    ("accommodation", "Tests in a small group of no more than 4", "Tests in a small group of no more than 8"),
    ("accommodation", "Tests read by a teacher", "Tests read by staff"),
    ("accommodation", "The nurse gives the medication", "Medication is given"),
    ("accommodation", "Extended time on tests and quizzes", "Extended time on tests or quizzes"),
    ("accommodation", "Preferential seating in all classes", "Preferential seating in math and reading"),
    ("accommodation", "Word bank on all tests", "Word bank on science tests"),
    ("accommodation", "Graphic organizer and sentence starters for essays", "Graphic organizer for essays"),
    ("accommodation", "Graphic organizer for essays", "Graphic organizer or outline for essays"),
    ("accommodation", "Read aloud tests, quizzes and worksheets", "Read aloud tests"),
    ("accommodation", "Notes and slides before class", "Notes before class"),
    ("accommodation", "Text-to-speech throughout the school day", "Text-to-speech in English class"),
    ("accommodation", "Scribe for essay tests", "Scribe for essay tests only"),
    ("accommodation", "Checks for understanding after each direction", "Checks for understanding after multi-step directions"),
    ("accommodation", "A break every 30 minutes", "A break every 45 minutes"),
    ("accommodation", "A 10-minute break every hour", "A 5-minute break every hour"),
    ("accommodation", "Notes are given before the lesson", "Notes are given after the lesson"),
    ("accommodation", "Notes are given the same day", "Notes are given the next day"),
    ("accommodation", "Test dates are given 5 days in advance", "Test dates are given 2 days in advance"),
    ("accommodation", "Work is accepted up to 5 days late", "Work is accepted up to 3 days late"),
    ("accommodation", "Three check-ins per day", "Two check-ins per day"),
    ("accommodation", "Large print, 18 point", "Large print, 14 point"),
    ("accommodation", "Seat within 3 feet of the board", "Seat within 10 feet of the board"),
    ("accommodation", "10 seconds of wait time", "5 seconds of wait time"),
    ("accommodation", "A 5-minute warning before transitions", "A 2-minute warning before transitions"),
    ("accommodation", "Use of calculator", "May use calculator"),
    ("accommodation", "Tests are not timed", "Tests are timed"),
    ("accommodation", "Spelling errors are not counted", "Spelling errors are counted"),
    ("accommodation", "Large print on all handouts", "Large print on handouts in science"),
    ("accommodation", "Directions are given orally and in writing", "Directions are given in writing"),
    ("accommodation", "Directions are given orally and in writing", "Directions are given orally or in writing"),
    ("accommodation", "A visual schedule is posted and reviewed each morning", "A visual schedule is posted"),
    ("accommodation", "Noise-reducing headphones", "Headphones"),
    (
        "accommodation",
        "Double-spaced worksheets with no more than 5 items per page",
        "Double-spaced worksheets with no more than 8 items per page",
    ),
    ("accommodation", "Breaks of 10 minutes, three times a day", "Breaks of 5 minutes, three times a day"),
    (
        "accommodation",
        "Student will take a 5 minute break after 20 minutes of work",
        "Student will take a 5 minute break after 40 minutes of work",
    ),
    ("accommodation", "Movement breaks at least every 30 minutes", "Movement breaks every hour"),
    ("accommodation", "Check in with counselor at the start of each day", "Check in with counselor when upset"),
    ("accommodation", "Daily check-in and check-out with the case manager", "Daily check-in with the case manager"),
    ("accommodation", "Daily check-in with the case manager", "Daily check-in with an aide"),
    ("accommodation", "Assignments broken into 3 steps", "Assignments broken into steps"),
    ("accommodation", "Tests are given over two days", "Tests are given over one day"),
    ("accommodation", "Two sets of books: home and school", "One set of books"),
    ("accommodation", "Closed captions on all videos", "Closed captions on videos"),
    ("accommodation", "FM system in all classes", "FM system in core classes"),
    ("accommodation", "FM system in all classes and assemblies", "FM system in all classes"),
    ("accommodation", "Student will be graded on content, not spelling", "Student will be graded on content"),
    ("accommodation", "Exempt from reading aloud in class", "May be exempt from reading aloud in class"),
    ("accommodation", "Leave class 5 minutes early", "Leave class 2 minutes early"),
    ("accommodation", "Leaves 3 minutes early with an aide", "Leaves 3 minutes early"),
    ("accommodation", "Student will be allowed to use a calculator", "Student may use a calculator"),
    ("accommodation", "Teacher shall provide an outline", "Teacher could provide an outline"),
    ("accommodation", "Teacher shall provide an outline", "Teacher is encouraged to provide an outline"),
    ("accommodation", "The student must be seated up front", "The student should be seated up front"),
    ("accommodation", "Directions are repeated", "Directions are repeated if the student asks"),
    ("accommodation", "Directions are always repeated", "Directions are repeated"),
    ("accommodation", "A quiet place to work will be provided", "A quiet place to work will be provided if space allows"),
    ("accommodation", "Oral tests are given", "Oral tests are given at the teacher's discretion"),
    ("accommodation", "Movement breaks every 25 minutes", "Movement breaks as often as possible"),
    ("accommodation", "Sensory breaks, 3 per day", "Sensory breaks, several per day"),
    ("accommodation", "Reminders to stay on task, at least one per period", "Reminders to stay on task, sometimes"),
    ("accommodation", "An exact copy of the notes", "A copy of some notes"),
    ("accommodation", "Use of a laptop for all writing", "Use of a laptop for writing when available"),
    ("accommodation", "Daily planner check", "Planner check when needed"),
    ("accommodation", "Testing alone in a room", "Testing in a small group"),
    ("accommodation", "Testing in a group of no more than 5", "Testing in a group of no more than 10"),
    ("accommodation", "Math facts practiced with the teacher", "Math facts practiced with a peer"),
    ("accommodation", "Reader for all state and district tests", "Reader for district tests"),
    ("accommodation", "Extended time for tests, quizzes and in-class essays", "Extended time for tests and quizzes"),
    ("accommodation", "Extended time in all academic classes", "Extended time in math"),
    ("accommodation", "Chunk long assignments in every subject", "Chunk long assignments in science"),
    ("accommodation", "Visual schedule at home and at school", "Visual schedule at school"),
    ("accommodation", "Seating away from doors and windows", "Seating away from doors"),
    ("accommodation", "Seating away from doors and windows", "Seating away from doors or windows"),
    ("accommodation", "Earplugs in the cafeteria, gym and assemblies", "Earplugs in the cafeteria"),
    ("accommodation", "Large print for textbooks, tests, and handouts", "Large print for textbooks and tests"),
    ("accommodation", "Spell check on any written work", "Spell check on essays"),
    ("accommodation", "Breaks after every 15 minutes of work", "Breaks after every 30 minutes of work"),
    ("accommodation", "A 5-minute break every half hour", "A 5-minute break every hour"),
    ("accommodation", "Four breaks a day", "Two breaks a day"),
    ("accommodation", "No more than one test a day", "No more than two tests a day"),
    ("accommodation", "Study guide one week before the test", "Study guide two days before the test"),
    ("accommodation", "Study guide before each test", "Study guide after each test"),
    ("accommodation", "Copies of slides at the start of class", "Copies of slides at the end of class"),
    ("accommodation", "Double time on tests", "One and a half times on tests"),
    ("accommodation", "Three extra days for projects", "One extra day for projects"),
    ("accommodation", "Two-day extension on homework", "One-day extension on homework"),
    ("accommodation", "Late work accepted for one week", "Late work accepted for three days"),
    ("accommodation", "Passing time: leaves five minutes early", "Passing time: leaves two minutes early"),
    ("modification", "No more than 10 problems per page", "No more than 15 problems per page"),
    ("modification", "Homework limited to 20 minutes a night", "Homework limited to 30 minutes a night"),
    ("modification", "Homework reduced by half", "Homework reduced by a quarter"),
    ("modification", "Complete half of the problems", "Complete three quarters of the problems"),
    ("modification", "10 spelling words instead of 20", "12 spelling words instead of 20"),
    ("modification", "Essays of 2 paragraphs", "Essays of 3 paragraphs"),
    ("modification", "Multiple choice tests with 3 choices", "Multiple choice tests with 4 choices"),
    ("modification", "Assignments shortened by 50%", "Assignments shortened"),
    ("modification", "Assignments shortened by 50%", "Assignments shortened by 25%"),
    ("modification", "Test questions limited to 10", "Test questions limited to 15"),
    ("modification", "Vocabulary lists cut to 5 words", "Vocabulary lists cut to 8 words"),
    ("modification", "One page of homework per night", "Two pages of homework per night"),
    ("modification", "Homework: at most 15 minutes per subject", "Homework: at most 25 minutes per subject"),
    ("modification", "5 fewer spelling words", "3 fewer spelling words"),
    ("modification", "Tests are shortened", "Tests may be shortened"),
    ("modification", "Modified tests and homework in all classes", "Modified tests in all classes"),
    ("modification", "Homework not to exceed 30 minutes per night", "Homework not to exceed 60 minutes per night"),
    ("modification", "Reduced workload: 5 math problems instead of 10", "Reduced workload: 8 math problems instead of 10"),
    ("modification", "Tests have 10 questions", "Tests have 20 questions"),
    ("modification", "Written work cut by two thirds", "Written work cut by one third"),
    ("modification", "Spelling tests of 6 words", "Spelling tests of 12 words"),
    ("modification", "Two-paragraph essays", "Four-paragraph essays"),
    ("support", "The district shall train the aides each semester", "The district will try to train the aides each semester"),
    ("support", "Aide on the bus", "Aide on the bus, depending on staff"),
    ("support", "1:1 aide all day", "Shared aide all day"),
    ("support", "One-to-one paraprofessional at lunch", "Paraprofessional at lunch"),
    ("support", "A paraprofessional helps with toileting", "An adult helps with toileting"),
    ("support", "The teacher and the aide check the work", "The teacher or the aide checks the work"),
    ("support", "Aide during lunch, recess and on field trips", "Aide during lunch and recess"),
    ("support", "Teacher calls the parent within 24 hours", "Teacher calls the parent within 48 hours"),
    ("support", "Team meets every month", "Team meets every quarter"),
    ("support", "Bus aide to and from school", "Bus aide to school"),
    ("support", "Weekly meeting of the OT and the teacher", "Monthly meeting of the OT and the teacher"),
    ("support", "Staff training on autism, 3 hours per year", "Staff training on autism, 1 hour per year"),
    (
        "support",
        "Consultation between OT and teacher, 30 minutes per month",
        "Consultation between OT and teacher, 15 minutes per month",
    ),
    ("support", "BCBA consults with staff 2 hours per month", "BCBA consults with staff as needed"),
    ("support", "A dedicated aide throughout the school day", "A dedicated aide in the morning"),
    ("support", "Two trained staff for lifting", "One trained staff for lifting"),
    ("support", "The school nurse and one trained aide carry the EpiPen", "The school nurse carries the EpiPen"),
    ("support", "The nurse trains all teachers and bus drivers", "The nurse trains all teachers"),
    ("support", "Monthly team meeting with the parents", "Team meeting"),
    ("support", "Monthly team meeting with the parents", "Quarterly team meeting with the parents"),
    ("support", "Team meets at least monthly", "Team may meet monthly"),
    ("support", "The team will meet quarterly", "The team may meet quarterly"),
    (
        "support",
        "The case manager will e-mail teachers every Friday",
        "The case manager will e-mail teachers from time to time",
    ),
    ("support", "Individual aide", "Classroom aide"),
    ("support", "A one-on-one aide during lunch", "An aide shared with two other students during lunch"),
    ("support", "A nurse will ride the bus", "A trained adult will ride the bus"),
    ("support", "A nurse will ride the bus", "A nurse or aide will ride the bus"),
    ("support", "The BCBA will train the team", "The behavior technician will train the team"),
    ("support", "A certified interpreter at all meetings", "An interpreter at all meetings"),
    ("support", "The teacher of the visually impaired prepares materials in braille", "Materials are prepared in braille"),
    ("support", "The SLP and OT consult on feeding", "The SLP consults on feeding"),
    ("support", "Aide in math, science and art", "Aide in math and science"),
    ("support", "Training for all teachers who work with the student", "Training for the classroom teacher"),
    ("support", "Adult supervision in the hallways, restroom and cafeteria", "Adult supervision in the hallways"),
    ("support", "Parents are told the same day", "Parents are told within a week"),
    ("support", "Behavior report sent home daily", "Behavior report sent home weekly"),
    ("support", "Equipment repaired within two school days", "Equipment repaired within ten school days"),
    ("goal", "Reads and spells 20 sight words", "Reads 20 sight words"),
    ("goal", "Greets peers and adults in 4 of 5 trials", "Greets peers in 4 of 5 trials"),
    ("goal", "Reads with 80% accuracy", "Reads with 70% accuracy"),
    ("goal", "Reads 90 words per minute", "Reads 80 words per minute"),
    ("goal", "Writes 5 sentences in 4 of 5 samples", "Writes 5 sentences in 3 of 5 samples"),
    ("goal", "Solves 8 of 10 problems independently", "Solves 8 of 10 problems with two prompts"),
    ("goal", "Solves 8 of 10 problems with no more than 2 prompts", "Solves 8 of 10 problems with no more than 3 prompts"),
    ("goal", "Will have fewer than 3 outbursts per week", "Will have fewer than 5 outbursts per week"),
    ("goal", "Will reduce call-outs from 10 to 2 per day", "Will reduce call-outs from 10 to 4 per day"),
    ("goal", "Will reduce tantrums to 1 per week", "Will reduce tantrums to 3 per week"),
    ("goal", "Will reduce tantrums by 50%", "Will reduce tantrums by 30%"),
    ("goal", "Will read with no more than 3 errors", "Will read with no more than 5 errors"),
    ("goal", "Will start work within 2 minutes", "Will start work within 5 minutes"),
    ("goal", "Will stay on task for 15 minutes", "Will stay on task for 10 minutes"),
    ("goal", "Will answer with 80% accuracy on 3 consecutive probes", "Will answer with 80% accuracy on 2 consecutive probes"),
    ("goal", "Will increase reading from 42 to 78 words per minute", "Will increase reading from 42 to 70 words per minute"),
    ("goal", "Writes name with verbal prompts", "Writes name with hand-over-hand help"),
    ("goal", "By May 2027, reads 60 wpm", "By May 2027, reads 50 wpm"),
    (
        "goal",
        "Joins a game at recess in 4 of 5 recesses, with no adult help",
        "Joins a game at recess in 4 of 5 recesses, with adult help",
    ),
    ("goal", "Transitions between classes with minimal assistance", "Transitions between classes with moderate assistance"),
    (
        "goal",
        "Will use a calm voice in 80% of conflicts across 3 settings",
        "Will use a calm voice in 80% of conflicts across 2 settings",
    ),
    ("goal", "Will identify 26 letters", "Will identify 20 letters"),
    ("goal", "Will identify upper and lower case letters", "Will identify upper case letters"),
    ("goal", "Will identify upper and lower case letters", "Will identify upper or lower case letters"),
    ("goal", "Will solve two-step problems with 80% accuracy", "Will solve one-step problems with 80% accuracy"),
    ("goal", "Will follow 3-step directions", "Will follow 2-step directions"),
    ("goal", "Will ask for help in 4 of 5 situations", "Will ask for help in most situations"),
    ("goal", "Will decode CVC words with 90% accuracy on 3 of 4 probes", "Will decode CVC words with 90% accuracy"),
    ("goal", "Will walk 100 feet with a walker", "Will walk 50 feet with a walker"),
    ("goal", "Will write a 5-paragraph essay", "Will write a 3-paragraph essay"),
    ("goal", "Will write an essay scoring 4 on the rubric", "Will write an essay scoring 3 on the rubric"),
    (
        "goal",
        "Will remain seated for 20 minutes with no more than 1 reminder",
        "Will remain seated for 20 minutes with no more than 3 reminders",
    ),
    ("goal", "Will remain seated for 20 minutes", "Will remain seated for 10 minutes with one reminder"),
    ("goal", "Will decrease hitting to 0 times per week", "Will decrease hitting to 2 times per week"),
    ("goal", "Will have zero incidents of elopement", "Will have no more than one incident of elopement"),
    ("goal", "Will turn in 90% of homework on time", "Will turn in 90% of homework"),
    ("goal", "Will complete tasks within 10 minutes", "Will complete tasks within 15 minutes"),
    (
        "goal",
        "Will read a 3rd grade passage at 100 wcpm with 95% accuracy",
        "Will read a 2nd grade passage at 100 wcpm with 95% accuracy",
    ),
    ("goal", "Will increase on-task behavior from 40% to 80%", "Will increase on-task behavior from 40% to 70%"),
    ("goal", "Will use 4-word sentences", "Will use 3-word sentences"),
    ("goal", "Will count to 100 by tens and fives", "Will count to 100 by tens"),
    ("goal", "Given 20 problems, will solve 15", "Given 20 problems, will solve 12"),
    (
        "goal",
        "Student will decrease off-task behavior to less than 20% of intervals",
        "Student will decrease off-task behavior to less than 30% of intervals",
    ),
    (
        "goal",
        "Student will reduce absences to no more than 2 per month",
        "Student will reduce absences to no more than 4 per month",
    ),
    ("goal", "Student will make eye contact 5 times per session", "Student will make eye contact 3 times per session"),
    ("goal", "Student will brush teeth for 2 minutes", "Student will brush teeth for 1 minute"),
    ("goal", "Will add and subtract two-digit numbers", "Will add two-digit numbers"),
    ("goal", "Will label 10 animals and 10 foods", "Will label 10 animals"),
    ("goal", "In 36 weeks, Student will read 100 words per minute", "In 36 weeks, Student will read 85 words per minute"),
    ("goal", "Student will complete 3 of 4 assignments", "Student will complete 2 of 4 assignments"),
    (
        "goal",
        "Student will use the toilet independently in 9 of 10 opportunities",
        "Student will use the toilet with one verbal prompt in 9 of 10 opportunities",
    ),
    (
        "goal",
        "Student will write three sentences with two or fewer errors",
        "Student will write three sentences with four or fewer errors",
    ),
    (
        "goal",
        "Student will reduce aggression from 5 incidents to 1 per week",
        "Student will reduce aggression from 5 incidents to 2 per week",
    ),
    ("goal", "Student will decrease tardies to 1 per month", "Student will decrease tardies to 1 per week"),
    (
        "goal",
        "Student will initiate play with peers 3 times per recess",
        "Student will initiate play with peers 2 times per recess",
    ),
    (
        "goal",
        "Student will wait for 3 minutes with no more than 1 prompt",
        "Student will wait for 3 minutes with gestural prompts",
    ),
    (
        "goal",
        "Student will request a break using 3-word phrases in 80% of opportunities",
        "Student will request a break using 2-word phrases in 80% of opportunities",
    ),
    (
        "goal",
        "Student will solve multi-step problems with 70% accuracy on 4 consecutive probes",
        "Student will solve multi-step problems with 70% accuracy on 2 consecutive probes",
    ),
    ("goal", "Student will answer with 80% accuracy in three settings", "Student will answer with 80% accuracy"),
    ("goal", "Student will add within 20 with 90% accuracy", "Student will add within 10 with 90% accuracy"),
    ("goal", "Student will name all 26 letters", "Student will name 20 letters"),
    (
        "goal",
        "Student will catch a ball from 5 feet in 4 of 5 throws",
        "Student will catch a ball from 3 feet in 4 of 5 throws",
    ),
)
STRENGTHENED = (
    ("service", "Speech therapy, about 30 minutes weekly", "Speech therapy, 30 minutes weekly"),
    ("service", "Counseling as needed", "Counseling, 30 minutes per month"),
    ("service", "Vision services consult 20 min monthly", "Vision services direct 20 min monthly"),
    ("service", "Reading in a group of up to 6", "Reading in a group of up to 4"),
    ("service", "Reading in a small group", "Reading in a small group of 3"),
    ("service", "OT by COTA", "OT by OTR/L"),
    ("service", "Speech therapy, 30 minutes", "Speech therapy, 30 minutes weekly"),
    ("service", "Indirect OT services 20 minutes monthly", "Direct OT services 20 minutes monthly"),
    ("service", "Speech 30 min weekly", "Speech 30 min weekly, including extended school year"),
    ("accommodation", "Fidget tool is allowed", "A fidget tool is provided in every class"),
    ("accommodation", "Student may use headphones", "Student will use headphones"),
    ("accommodation", "Extra time on tests", "Extra time of 50% on tests"),
    ("accommodation", "Time and a half on tests", "Double time on tests"),
    ("accommodation", "Small group testing", "Individual testing"),
    ("accommodation", "Medication is given by trained staff", "Medication is given by the nurse"),
    ("accommodation", "Preferential seating in math", "Preferential seating in all classes"),
    ("accommodation", "Word bank on science tests", "Word bank on science and history tests"),
    ("accommodation", "Calculator for math", "Calculator for math and science"),
    ("accommodation", "Text-to-speech in every class", "Text-to-speech in every class and at home"),
    ("accommodation", "One break per class", "Two breaks per class"),
    ("accommodation", "Notes are given within 2 days", "Notes are given within 1 day"),
    ("accommodation", "One extra day for homework", "Two extra days for homework"),
    ("accommodation", "Break card: student may leave class", "Break card: student will leave class"),
    ("accommodation", "Tests may be retaken once", "Tests may be retaken twice"),
    ("accommodation", "A quiet place to work will be provided, if possible", "A quiet place to work will be provided"),
    ("accommodation", "Student usually gets a seat at the front", "Student always gets a seat at the front"),
    ("accommodation", "Reasonable extra time", "Extra time of 20 minutes"),
    (
        "accommodation",
        "Tests are read by the special education teacher or an aide",
        "Tests are read by the special education teacher",
    ),
    ("accommodation", "Reader for state tests", "Reader for state tests and classroom tests"),
    ("accommodation", "Notes in science", "Notes in science and history"),
    ("accommodation", "Five-minute breaks each hour", "Ten-minute breaks each hour"),
    ("accommodation", "25% extra time on tests", "50% extra time on tests"),
    ("support", "Weekly e-mail to parents", "Daily e-mail to parents"),
    ("support", "A nurse or designee gives insulin", "A nurse gives insulin"),
    ("support", "Staff will monitor lunch", "A paraprofessional will monitor lunch"),
    ("goal", "Writes 5 sentences in 4 of 5 samples", "Writes 5 sentences in 8 of 10 samples"),
    ("goal", "Solves 8 of 10 problems with one prompt", "Solves 8 of 10 problems without prompts"),
    ("goal", "Will write a paragraph with 3 details", "Will write a paragraph with 5 details"),
    ("goal", "Reads a fourth-grade passage with 90% accuracy", "Reads a fifth-grade passage with 90% accuracy"),
    ("goal", "Given a word list, reads 9 of 10 words", "Reads 9 of 10 words"),
    ("goal", "Solves addition problems with 80% accuracy using counters", "Solves addition problems with 80% accuracy"),
    ("goal", "Will decode CVC words with 90% accuracy", "Will decode CVC and CVCE words with 90% accuracy"),
    ("goal", "Will walk 100 feet with a walker", "Will walk 100 feet without a walker"),
    (
        "goal",
        "Will increase on-task behavior to 80% of intervals",
        "Will increase on-task behavior to 80% of intervals for 3 weeks",
    ),
    ("goal", "Will tie shoes with no more than one physical prompt", "Will tie shoes with no more than one verbal prompt"),
    (
        "goal",
        "Will answer wh- questions in 4 of 5 trials with visual support",
        "Will answer wh- questions in 4 of 5 trials with no visual support",
    ),
    ("goal", "Will try to greet a peer", "Will greet a peer"),
    ("goal", "By June 2027, will read 90 words per minute", "By June 2027, will read 100 words per minute"),
    (
        "goal",
        "Student will answer comprehension questions with 75% accuracy",
        "Student will answer comprehension questions with 85% accuracy",
    ),
    (
        "goal",
        "Student will write three sentences with 2 errors or less",
        "Student will write three sentences with 1 error or less",
    ),
    ("goal", "Student will speak at an appropriate volume", "Student will speak at volume level 2 in 8 of 10 conversations"),
    ("goal", "Student will improve reading fluency", "Student will improve reading fluency to 95 wpm"),
    ("goal", "Student will match 10 pictures to words", "Student will match 12 pictures to words"),
    ("goal", "Student will walk up stairs with one hand held", "Student will walk up stairs with no hand held"),
    ("goal", "Student will keep hands to self for 30 minutes", "Student will keep hands to self for 45 minutes"),
    (
        "goal",
        "Student will complete a task within 5 minutes of the direction",
        "Student will complete a task within 3 minutes of the direction",
    ),
    (
        "goal",
        "Using a number line, Student will add within 20 with 90% accuracy",
        "Student will add within 20 with 90% accuracy",
    ),
    (
        "goal",
        "Student will participate in group with moderate support",
        "Student will participate in group with minimal support",
    ),
)
CHANGED = (
    ("service", "Nurse visit, 15 minutes daily", "Nurse visits, 75 minutes per week"),
    ("service", "Adapted swimming at the school pool", "Adapted swimming at the town pool"),
    ("service", "Counseling by the school psychologist", "Counseling by the school social worker"),
    ("service", "Reading with Orton-Gillingham", "Reading with Wilson"),
    ("service", "Speech therapy 60 min/month", "Speech therapy 15 minutes per week"),
    (
        "service",
        "Specially designed instruction in reading, 45 minutes daily, in the resource room",
        "Specially designed instruction in reading, 45 minutes daily, in the general education classroom",
    ),
    ("service", "Social work 30 minutes twice monthly", "Social work 30 minutes every other week"),
    ("service", "Reading intervention 30 min, 5x/wk", "Reading intervention 150 min/wk"),
    ("service", "Speech-language therapy, 120 minutes per month", "Speech-language therapy, 30 minutes per week"),
    ("service", "Counseling 30 minutes per week", "Counseling 1,300 minutes per year"),
    ("service", "Occupational therapy, twice a week, half an hour", "Occupational therapy, once a week, one hour"),
    ("service", "Reading instruction, 30 minutes daily", "Reading instruction, 2.5 hours per week"),
    ("service", "Speech therapy in the classroom", "Speech therapy in the therapy room"),
    ("service", "Counseling by the school counselor", "Counseling by the school psychologist"),
    ("accommodation", "Adapted swimming at the school pool", "Adapted swimming at the town pool"),
    ("accommodation", "Notes on paper", "Notes on a tablet"),
    ("accommodation", "Audio books on CD", "Audio books on an iPad"),
    ("accommodation", "Extra set of textbooks at home", "Extra set of textbooks at school"),
    ("accommodation", "Student will sit in the front row", "Student will sit in the back row"),
    ("accommodation", "Student will sit near the teacher", "Student will sit near a peer"),
    ("accommodation", "A visual schedule is posted on the desk", "A visual schedule is posted in the room"),
    ("accommodation", "A visual schedule with pictures", "A visual schedule"),
    ("accommodation", "Teacher provides notes", "Peer provides notes"),
    ("accommodation", "Teacher-made notes", "Peer notes"),
    ("accommodation", "Closed captions on all videos", "Closed captions on all films"),
    ("accommodation", "Test read by a human reader", "Test read by text-to-speech"),
    ("modification", "Reading passages at a second-grade level", "Reading passages at grade level"),
    ("modification", "Grades are based on effort", "Grades are based on half of the work"),
    ("support", "OT trains the classroom teacher in the sensory diet", "OT trains the aide in the sensory diet"),
    ("support", "The behavior specialist meets with the teacher monthly", "The case manager meets with the teacher monthly"),
    ("support", "BCBA consults with staff 2 hours per month", "Behavior specialist consults with staff 2 hours per month"),
    ("goal", "Spells 3 of 5 dictated words", "Spells 4 of 5 dictated words with a sound card"),
    ("goal", "Answers 4 of 5 questions measured by teacher checklist", "Answers 4 of 5 questions measured by weekly quizzes"),
    (
        "goal",
        "Will point to 8 of 10 colors when named, as charted by the teacher",
        "Will point to 8 of 10 colors when named, as charted by the aide",
    ),
    ("goal", "Reads 20 words as measured by flash cards", "Reads 20 words as measured by a word list"),
)
REWORDED = (
    ("service", "Interpreter 1 x 40 min wkly", "Interpreter, 40 minutes, once a week"),
    ("service", "Speech therapy, individual", "Speech therapy, 1:1"),
    ("service", "Speech-language therapy, 30 min, 2x/wk", "ST 2x30 min/wk"),
    ("service", "Speech therapy 60 min/month", "Speech therapy 1 hour per month"),
    ("service", "OT 30 min 1x/wk", "OT 30 min weekly"),
    ("service", "Speech therapy, two 20-minute sessions per week", "Speech therapy, two twenty-minute sessions weekly"),
    ("service", "OT, 25-30 minutes weekly", "OT, 25 minutes weekly"),
    ("service", "OT, 30-45 minutes weekly", "OT, 30-40 minutes weekly"),
    ("service", "PT 30 min/mo, consult", "Physical therapy consultation, 30 minutes per month"),
    ("service", "OT, 30 mins, 2x a wk, OT rm", "Occupational therapy, 30 minutes, two times a week, in the OT room"),
    ("accommodation", "The teacher will repeat directions", "The teacher repeats directions"),
    ("accommodation", "Directions must be repeated", "Directions will be repeated"),
    ("accommodation", "Time and a half on tests", "50% extra time on tests"),
    ("accommodation", "Extended time (time and a half) on tests", "Extended time (1.5x) on tests"),
    ("accommodation", "3 breaks a day", "At least 3 breaks a day"),
    ("accommodation", "Calculator use is permitted", "Calculator use is allowed"),
    ("accommodation", "Medication is given by the nurse", "The nurse gives the medication"),
    ("accommodation", "Seat near the board", "Seated near the board"),
    ("accommodation", "Preferential seating near the teacher", "Pref. seating near the teacher"),
    ("accommodation", "Breaks as needed", "Breaks when needed"),
    ("accommodation", "The aide will write down the homework", "Homework will be written down by the aide"),
    ("accommodation", "Freqent breaks in math", "Frequent breaks in math"),
    ("accommodation", "Behaviour chart", "Behavior chart"),
    ("accommodation", "Directions will be read aloud to the student", "The student will have directions read aloud"),
    ("accommodation", "Access to a calculator", "Student will use a calculator"),
    ("accommodation", "Quiet room for tests", "Tests in a quiet room"),
    ("accommodation", "Student is given choices of how to answer", "Student is given a choice of how to answer"),
    ("accommodation", "Tests can be retaken", "Tests may be retaken"),
    ("accommodation", "Student will have a second set of books", "Student will have a 2nd set of books"),
    ("accommodation", "Student is allowed to chew gum", "Student is permitted to chew gum"),
    ("accommodation", "Highlighted textbook", "Highlighted text book"),
    ("accommodation", "Notetaker in science", "Note taker in science"),
    ("accommodation", "The student's desk is placed near the teacher", "The student's desk is near the teacher"),
    ("accommodation", "Teacher will check for understanding", "Understanding will be checked by the teacher"),
    ("accommodation", "Provide the student with a word bank", "The student is provided with a word bank"),
    ("accommodation", "Extended time (1.5x)", "Extended time (time and one half)"),
    ("accommodation", "Tests read aloud, quizzes read aloud", "Tests and quizzes read aloud"),
    ("accommodation", "Use of graph paper in math", "Graph paper will be used in math"),
    ("accommodation", "Fidgets", "Fidget"),
    ("accommodation", "Gum chewing allowed", "Gum chewing permitted"),
    ("accommodation", "Cool-down area", "Cool down area"),
    ("accommodation", "Preferential seating (front row)", "Preferential seating: front row"),
    ("accommodation", "Repeat and rephrase directions", "Rephrase and repeat directions"),
    ("modification", "Spelling list of 10 words", "Spelling list of ten words"),
    ("modification", "Work reduced by 1/2", "Work reduced by half"),
    ("support", "School nurse trains all staff", "The nurse will train all staff"),
    ("support", "Teacher calls the parent within 24 hours", "Teacher calls the parent within one day"),
    ("support", "Teachers get a one-page summary from the case manager", "The case manager gives teachers a one page summary"),
    ("support", "An aide throughout the school day", "An aide throughout the day"),
    ("support", "1:1 para support in gen ed", "One-to-one paraprofessional support in general education"),
    ("support", "The aide rides the bus with Student", "The aide will ride the bus with Student"),
    ("goal", "Will increase reading from 42 to 78 words per minute", "Will increase reading from 50 to 78 words per minute"),
    ("goal", "reads 90 words/min", "reads 90 words per minute"),
    ("goal", "Will ask for help in 80% of opportunities", "Will ask for help in 8/10 opportunities"),
    ("goal", "Will ask for help in 4/5 opportunities", "Will ask for help in 4 out of 5 opportunities"),
    ("goal", "Will independently wash hands", "Will wash hands independently"),
    ("goal", "Will sort by color with 80 % accuracy", "Will sort by colour with 80 percent accuracy"),
    ("goal", "Will read 80 wpm w/ 95% acc.", "Will read 80 words per minute with 95% accuracy"),
)
UNCHANGED = (("accommodation", "Calculator", "calculator."),)
APART = (
    ("accommodation", "Wobble chair", "Standing desk"),
    ("accommodation", "Shortened assignments", "Assignments"),
    ("goal", "Will improve social skills", "Will greet a peer in 4 of 5 trials"),
)


def compared(before, after):
    return changes(before, after, before_from=FROM, after_from=THEN)


def one_change(kind, before, after) -> Change:
    (found,) = compared([Promise(kind, before)], [Promise(kind, after)])
    return found


@each(("kind", "before", "after"), WEAKENED)
def test_less_than_before_is_weakened(kind, before, after):
    assert one_change(kind, before, after).change == "weakened"


@each(("kind", "before", "after"), WEAKENED)
def test_what_was_weakened_is_strengthened_the_other_way_round(kind, before, after):
    assert one_change(kind, after, before).change == "strengthened"


@each(("kind", "before", "after"), STRENGTHENED)
def test_more_than_before_is_strengthened(kind, before, after):
    assert one_change(kind, before, after).change == "strengthened"


@each(("kind", "before", "after"), CHANGED)
def test_neither_better_nor_worse_or_both_is_changed(kind, before, after):
    assert one_change(kind, before, after).change == "changed"


@each(("kind", "before", "after"), REWORDED)
def test_other_words_for_the_same_promise_are_reworded(kind, before, after):
    assert one_change(kind, before, after).change == "reworded"


@each(("kind", "before", "after"), UNCHANGED)
def test_capitals_and_marks_change_nothing(kind, before, after):
    assert one_change(kind, before, after).change == "unchanged"


@each(("kind", "before", "after"), APART)
def test_what_is_about_something_else_is_removed_and_added(kind, before, after):
    found = compared([Promise(kind, before)], [Promise(kind, after)])
    assert [each.change for each in found] == ["removed", "added"]


def service(text="Speech therapy", minutes=30, times=2, per="week", setting="speech room", provider_role="SLP", **more):
    return Promise("service", text, minutes, times, per, setting, provider_role, **more)


@each(
    ("before", "after", "change", "fields"),
    [
        (service(), service(times=1), "weakened", ("times",)),
        (service(), service(minutes=45), "strengthened", ("minutes",)),
        (service(), service(minutes=60, times=1), "changed", ("minutes", "times")),
        (service(minutes=15, times=1, per="day"), service(minutes=75, times=None), "changed", ("minutes", "per")),
        (service(times=1, per="day"), service(times=4), "weakened", ("times", "per")),
        (service(minutes=60, times=None, per="month"), service(minutes=15, times=None), "changed", ("minutes", "per")),
        (service(minutes=360, times=None, per="trimester"), service(times=1), "changed", ("minutes", "per")),
        (service(minutes=1800, times=None, per="year"), service(minutes=60, times=None), "strengthened", ("minutes", "per")),
        (service(times=1), service(times=None), "unchanged", ()),
        (service(), service(minutes=None), "weakened", ("minutes",)),
        (service(), service(setting="classroom"), "changed", ("setting",)),
        (service(), service(setting=None), "changed", ("setting",)),
        (service(), service(setting="classroom", times=3), "strengthened", ("times",)),
        (service(), service(provider_role="speech-language pathologist"), "reworded", ()),
        (service(), service(provider_role="SLP or SLPA"), "weakened", ("provider_role",)),
        (service(), service(provider_role="SLPA"), "weakened", ("provider_role",)),
        (service(), service(provider_role="staff"), "weakened", ("provider_role",)),
        (service(), service(provider_role=None), "weakened", ("provider_role",)),
        (service(), service(provider_role="special education teacher"), "changed", ("provider_role",)),
        (service(provider_role="paraprofessional"), service(provider_role="teaching assistant"), "reworded", ()),
        (service("Speech therapy, group"), service("Speech therapy, individual", minutes=20), "changed", ("text", "minutes")),
        (service("Speech therapy, 30 minutes, 2 times per week", None, None, None), service(), "reworded", ()),
    ],
)
def test_a_field_that_differs_is_named(before, after, change, fields):
    (found,) = compared([before], [after])
    assert (found.change, found.fields) == (change, fields)


def test_fields_that_only_repeat_the_words_change_nothing():
    text = "Speech therapy, 30 minutes, 2 times per week, in the speech room, by the SLP"
    (found,) = compared([Promise("service", text)], [service(text)])
    assert found.change == "unchanged"


@each(
    ("starts_on", "ends_on", "change", "fields"),
    [
        (date(2026, 9, 1), date(2027, 6, 11), "unchanged", ()),
        (date(2026, 9, 14), date(2027, 6, 20), "unchanged", ()),
        (date(2026, 9, 16), date(2027, 6, 11), "weakened", ("starts_on",)),
        (date(2026, 9, 1), date(2027, 3, 26), "weakened", ("ends_on",)),
        (date(2026, 9, 1), date(2027, 8, 20), "strengthened", ("ends_on",)),
        (date(2026, 11, 1), date(2027, 8, 20), "changed", ("starts_on", "ends_on")),
        (date(2026, 9, 1), None, "weakened", ("ends_on",)),
        (None, date(2027, 6, 11), "unchanged", ()),
    ],
)
def test_dates_count_by_their_distance_from_the_first_day(starts_on, ends_on, change, fields):
    before = service(starts_on=date(2025, 9, 2), ends_on=date(2026, 6, 12))
    (found,) = compared([before], [service(starts_on=starts_on, ends_on=ends_on)])
    assert (found.change, found.fields) == (change, fields)


def test_another_kind_of_the_same_words_is_changed():
    (found,) = compared([Promise("accommodation", "Fidget tool in class")], [Promise("support", "Fidget tool in class")])
    assert (found.change, found.fields) == ("changed", ("kind",))


def judged(before, after):
    """The changes with the places of what they compare."""
    numbered = [[Promise(**{**vars(each), "key": place}) for place, each in enumerate(side)] for side in (before, after)]
    found = compared(*numbered)
    return [(each.change, each.before and each.before.key, each.after and each.after.key) for each in found]


def test_the_individual_and_the_group_row_each_go_with_their_like():
    before = [service("Speech therapy, individual"), service("Speech therapy, group")]
    after = [service("Speech therapy, group", times=3), service("Speech therapy, individual", times=1)]
    assert judged(before, after) == [("weakened", 0, 1), ("strengthened", 1, 0)]


def test_of_two_rows_the_one_that_is_left_keeps_its_own():
    before = [service("Hearing services, direct"), service("Hearing services, consult", 15, 1, "month")]
    assert judged(before, [service("Hearing services, consult", 30, 1, "month")]) == [
        ("removed", 0, None),
        ("strengthened", 1, 0),
    ]


def test_a_single_row_may_turn_from_individual_into_group():
    assert judged([service("Speech therapy, individual")], [service("Speech therapy, group")]) == [("weakened", 0, 0)]


def test_the_row_of_the_summer_goes_with_the_summer():
    year = {"starts_on": date(2025, 9, 2), "ends_on": date(2026, 6, 12)}
    summer = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 8, 7)}
    after = [service(starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 11))]
    assert judged([service(**summer), service(**year)], after) == [("removed", 0, None), ("unchanged", 1, 0)]


def test_rows_of_one_service_go_by_their_place():
    before = [
        service("Reading", 60, None, setting="general education class"),
        service("Reading", 100, None, setting="resource room"),
    ]
    after = [
        service("Reading", 60, None, setting="resource room"),
        service("Reading", 60, None, setting="general education class"),
    ]
    assert judged(before, after) == [("weakened", 1, 0), ("unchanged", 0, 1)]


def test_reading_is_not_writing():
    before = [service("Specially designed instruction in writing")]
    assert judged(before, [service("Specially designed instruction in math")]) == [("removed", 0, None), ("added", None, 0)]


def test_a_service_that_was_split_tells_the_totals():
    before = [service("Occupational therapy", 60, 1)]
    after = [service("Occupational therapy", 30, 1), service("Occupational therapy", 20, 1, setting="classroom")]
    weakened, added = compared(before, after)
    assert (weakened.change, added.change) == ("weakened", "added")
    assert added.reason == "“Occupational therapy” is newly promised. In all, 60 minutes a week became 50."


def test_a_common_identity_makes_a_pair_likelier():
    before = Promise("accommodation", "Visual schedule", identity="a")
    assert judged([before], [Promise("accommodation", "Visual timer")]) == [
        ("removed", 0, None),
        ("added", None, 0),
    ]
    assert judged([before], [Promise("accommodation", "Visual timer", identity="a")]) == [("changed", 0, 0)]
    strangers = [Promise("accommodation", "Time and a half on tests", identity="a")]
    assert judged([before], strangers) == [("removed", 0, None), ("added", None, 0)]


def test_minutes_owed_stand_on_both_sides():
    (found,) = compared([service()], [service(minutes=60, times=None, per="month")])
    assert found.minutes_before == {"week": (60, 60), "month": (240, 261)}
    assert found.minutes_after["month"] == (60, 60)
    assert found.minutes_after["week"][1] == 15
    assert one_change("accommodation", "Calculator", "Calculator in math").minutes_before is None


@each(
    ("before", "after", "reason"),
    [
        (
            service(minutes=30, times=3),
            service(minutes=30, times=2),
            "90 minutes a week (30 minutes, 3 times per week) became 60 minutes a week (30 minutes, 2 times per week).",
        ),
        (service(provider_role="aide"), service(provider_role=None), "The paraprofessional is no longer named."),
        (
            Promise("goal", "Reads with 80% accuracy"),
            Promise("goal", "Reads with 70% accuracy"),
            "80% accuracy became 70% accuracy.",
        ),
        (
            Promise("accommodation", "Word bank on tests and quizzes"),
            Promise("accommodation", "Word bank on tests"),
            "“quizzes” is no longer said.",
        ),
        (
            Promise("support", "Bus aide on the way to and from school"),
            Promise("support", "Bus aide on the way to school"),
            "“to and from school” became “to school”.",
        ),
        (
            Promise("accommodation", "Tests are read aloud"),
            Promise("accommodation", "Test directions are read aloud"),
            "“Tests” became “Test directions”.",
        ),
        (
            Promise("support", "Weekly progress email to the parent"),
            Promise("support", "Monthly progress email to the parent"),
            "Weekly became monthly.",
        ),
        (Promise("support", "Dedicated aide"), Promise("support", "Shared aide"), "Individual help became a shared aide."),
        (
            Promise("accommodation", "Extended time (2x) on tests"),
            Promise("accommodation", "Extended time (1.5x) on tests"),
            "Twice the time became one and a half times the time.",
        ),
        (
            Promise("service", "Reading specialist teaches decoding"),
            Promise("service", "Teaching assistant teaches decoding"),
            "The reading specialist became the teaching assistant.",
        ),
    ],
)
def test_the_reason_can_be_read_aloud(before, after, reason):
    (found,) = compared([before], [after])
    assert found.reason == reason


def test_the_worst_comes_first_and_everything_stands_in_one_change():
    before = [
        *(
            service(),
            Promise("accommodation", "Calculator"),
            Promise("accommodation", "Scribe for tests"),
            Promise("goal", "Reads 20 words"),
        ),
        *(
            Promise("support", "Bus aide"),
            Promise("modification", "Half of the homework"),
            Promise("accommodation", "Breaks as needed"),
        ),
    ]
    after = [
        *(
            service(times=1),
            Promise("accommodation", "calculator."),
            Promise("accommodation", "A scribe for tests"),
            Promise("goal", "Reads 30 words"),
        ),
        *(
            Promise("support", "Crisis plan"),
            Promise("modification", "Half of the homework"),
            Promise("accommodation", "Breaks every hour"),
        ),
    ]
    found = compared(before, after)
    assert [CHANGES.index(each.change) for each in found] == sorted(CHANGES.index(each.change) for each in found)
    assert sorted(map(id, before)) == sorted(id(each.before) for each in found if each.before)
    assert sorted(map(id, after)) == sorted(id(each.after) for each in found if each.after)


LABELLED = [
    json.loads(line)
    for name in ("pairs.jsonl", "more_pairs.jsonl")
    for line in (Path(__file__).parents[1] / "changes" / name).read_text().splitlines()
    if line.strip()
]


def promised(said):
    dates = {name: date.fromisoformat(said[name]) for name in ("starts_on", "ends_on") if said.get(name)}
    names = ("kind", "text", "minutes", "times", "per", "setting", "provider_role", "identity")
    return Promise(**{name: said.get(name) for name in names}, **dates)


def judged_as_labelled(pair):
    """What was found, and what the label says: each change by the two promises that it compares."""
    before, after = ([promised(each) for each in pair[side]] for side in ("before", "after"))
    days = {side: date.fromisoformat(pair[side]) for side in ("before_from", "after_from")}
    found = {(id(each.before), id(each.after)): each.change for each in changes(before, after, **days)}
    wanted = {
        (
            id(before[each["before"]] if each.get("before") is not None else None),
            id(after[each["after"]] if each.get("after") is not None else None),
        ): each["change"]
        for each in pair["changes"]
    }
    return found, wanted


def test_labelled_pairs_of_versions_are_judged_as_labelled():
    found, wanted = zip(*map(judged_as_labelled, LABELLED), strict=True)
    wrong = [pair["id"] for pair, is_right in zip(LABELLED, map(dict.__eq__, found, wanted), strict=True) if not is_right]
    labels = sum(map(len, wanted))
    right = sum(len(one.items() & other.items()) for one, other in zip(found, wanted, strict=True))
    assert labels > 450
    assert right / labels >= 0.97, wrong
