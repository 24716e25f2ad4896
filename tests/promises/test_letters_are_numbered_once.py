"""Letters that are finalised at once have numbers that follow one another, each of them one."""

from concurrent.futures import ThreadPoolExecutor

from tests.cast import Practice, Staff


def test_letters_that_are_finalised_at_once_are_numbered_without_a_gap(ana: Staff, lakeside: Practice) -> None:
    """Red without `NUMBERS` in models.letter: two of them are told that there is one with this number already."""
    waiting = []
    for staff in (ana, lakeside.ana):
        case = staff.opens_a_case()
        staff.adds_a_team_member(case)
        for _ in range(4):
            letter = staff.post("/letters", {"template": "thank_you", "case_id": case["id"], "party": "team"})
            staff.patch(f"/letters/{letter['id']}", {"body": "Thank you."})
            waiting.append((staff, letter["id"]))
    with ThreadPoolExecutor(10) as pool:
        one_twice = [waiting[0], *waiting, waiting[0]]
        answers = list(pool.map(lambda one: one[0].ask("POST", f"/letters/{one[1]}/finalise"), one_twice))
    assert sorted(answer.status_code for answer in answers) == [200] * 8 + [409] * 2
    for staff in (ana, lakeside.ana):
        numbers = [staff.get(f"/letters/{letter}")["number"] for whose, letter in waiting if whose is staff]
        assert sorted(numbers) == [1, 2, 3, 4]
