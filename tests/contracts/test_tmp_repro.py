from collections import Counter
from uuid import uuid4
from tests.cast import Staff
import api.problems, psycopg, traceback
def test_repro(ana: Staff, monkeypatch) -> None:
    seen = Counter(); texts=[]
    real = api.retry._is_in_doubt
    def spy(error):
        found = real(error)
        if found: texts.append((type(error), repr(error), getattr(error,'sqlstate',None), repr(error.__cause__), repr(error.__context__), api.problems.where(error)))
        return found
    monkeypatch.setattr(api.retry, "_is_in_doubt", spy)
    client, student = ana.adds_a_client(), ana.adds_a_student()
    for n in range(400):
        a = ana.ask("POST", "/cases", {"client_id": str(uuid4()), "student_id": str(uuid4()), "title": "0"})
        seen[a.status_code, a.get_json()["type"], a.get_json()["detail"]] += 1
    print(seen); print(texts[:2])
    assert 0
