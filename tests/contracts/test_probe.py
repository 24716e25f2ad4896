import json
def test_probe(opens):
    r = opens("probe")
    ana, olga = r.ana, r.olga
    c = ana._client
    def raw(method, path, data, ct="application/json", token=olga.token, **h):
        hh = {"Authorization": f"Bearer {token}"} if token else {}
        hh |= {k.replace("_","-"): v for k,v in h.items()}
        base = hh.pop("BASE", "https://practice.example")
        a = c.open("/api/v1"+path, method=method, data=data, content_type=ct, headers=hh, base_url=base)
        print(method, path, repr(data)[:70], h, "->", a.status_code, a.get_data(as_text=True)[:230])
        return a
    P = '{"name":"x","email":"a@b.example","notes":%s}'
    raw("POST","/clients", b'{"name": %s}' % (b"9"*30), Idempotency_Key="k"*20)
    raw("POST","/clients", b'{"name": %s}' % (b"9"*30))
    raw("POST","/clients", b'{"name": 1e400}', Idempotency_Key="k"*20)
    raw("POST","/clients", b'{"name": 1e400}')
    raw("POST","/clients", b'[]'); raw("POST","/clients", b'null'); raw("POST","/clients", b'""'); raw("POST", "/clients", b'7')
    raw("POST","/clients", b'{}', ct="application/merge-patch+json; charset=latin-1")
    raw("POST","/clients", b'{}', ct=None)
    raw("POST","/clients", b'{"__proto__": 1, "a~/b": 2}')
    raw("PATCH","/practice", b'{"about": "x"}', If_Match='"v99"')
    raw("PATCH","/practice", b'{"about": "x"}', If_Match='W/"v1"')
    raw("PATCH","/practice", b'{"about": "x"}', If_Match='nonsense')
    cl = ana.adds_a_client()
    for m in ('"v1"', '"v99"', 'W/"v1"', '*', 'nonsense', '', '"v99", "v1"'):
        raw("PATCH", f"/clients/{cl['id']}", json.dumps({"name":"x"}).encode(), If_Match=m)
    raw("PATCH", f"/clients/{cl['id']}", b'{"name":"   "}')
    raw("PATCH", f"/clients/{cl['id']}", b'{"name":null}')
    raw("PATCH", f"/clients/{cl['id']}", b'{"email":null}')
    raw("PATCH", f"/clients/{cl['id']}", b'{}')
    ana_id = r.ana.id
    for t in ("09:00\n", "0\u0669:00", "9:00", "24:00"):
        raw("PUT","/availability", json.dumps({"staff_id": ana_id, "timezone":"America/Denver","weekly":[{"weekday":"monday","start":t,"end":"12:00"}]}).encode())
        raw("GET","/availability",None)
    raw("PUT","/availability", json.dumps({"staff_id": ana_id, "timezone":"America/Denver","weekly":[]}).encode())
    for ph in ("12345\n","+1 503", "555-0142\n"):
        raw("PATCH", f"/clients/{cl['id']}", json.dumps({"phone":ph}).encode())
    for u in ("https://www.example.org/\n","http://x.example","https://a:b@x.example","https://169.254.169.254/","https://localhost/","https://x.example:22/", "https://x.example/<script>", "HTTPS://X.EXAMPLE", "https://[::1]/", "https://[::1", "https://x.example\\@y.example/"):
        raw("PATCH","/practice", json.dumps({"website":u}).encode())
    for z in ("America","posixrules","localtime","Factory","utc","UTC","Etc/GMT+5","../../etc/passwd","America/New_York\n", "", "US/Pacific-New", "EST5EDT", "right/UTC"):
        raw("PATCH","/practice", json.dumps({"timezone":z}).encode())
    for e in ("a@b.example\n"," a@b.example","a@b.example ", "A@B.EXAMPLE","<a@b.example>","a@b","a@[127.0.0.1]",'"x y"@b.example',"a@b.example,c@d.example","é@b.example","a@bücher.example","a..b@b.example","a@-b.example","x"*250+"@b.example","a@b.example\r\nBcc: x@y.example"):
        raw("PATCH", f"/clients/{cl['id']}", json.dumps({"email":e}).encode())
    for d in ("2026-W10-1","20261005","2026-10-05T00:00:00Z","1899-12-31","2200-01-01","2026-02-30","0000-01-01",20261005, "2026-10-05\n"):
        raw("POST","/iep-versions", json.dumps({"student_id": cl["id"], "effective_from": d}).encode())
    for d in ("2026-10-05T10:00:00","2026-10-05T10:00:00+25:00","2026-10-05T10:00:00+23:59","2026-10-05 10:00:00Z","2026-10-05T24:00:00Z","2026-10-05T10:00:60Z","1900-01-01T00:00:00+14:00","2199-12-31T23:59:59-12:00","2026-W41-1T10:00:00Z", 1791190800, "2026-10-05T10:00:00-00:00"):
        raw("POST","/reminders", json.dumps({"case_id": cl["id"], "title":"x","due_at": d}).encode())
    for i in (1.9,"30",True,10**20,-5,30.0,None,2**31):
        raw("POST","/consultation-types", json.dumps({"name":"x","slug":"abc","minutes":i}).encode())
    for b in ("yes","true",1,0,None):
        raw("POST","/consultation-types", json.dumps({"name":"x","slug":"abc","minutes":30,"is_open":b}).encode())
    for s in ("ab\n","-ab","a--b","A-b","a","x"*61,"ab-","аб"):
        raw("POST","/consultation-types", json.dumps({"name":"x","slug":s,"minutes":30}).encode())
    for q in ("limit=0","limit=201","limit=1.5","limit=+1","limit=%D9%A1","limit=","limit=1&limit=2","cursor=","cursor=x","cursor=%00","nonsense=1","email=x","email=","limit=1_0","%ff=1", "email=%ff", "limit=0001"):
        raw("GET","/clients?"+q,None)
    for h in ("https://evil.example","https://practice.example:8000", "https://PRACTICE.example", "https://practice.example."):
        raw("GET","/practice",None,BASE=h)
    for h in ("[", "a b", "", "x@practice.example","practice.example@evil.example","practice.example#evil","practice.example/evil","[::1]","practice.example:abc","é.example","[practice.example", "practice.example,evil.example"):
        a = c.get("/api/v1/practice", headers={"Host": h}); print("HOST", repr(h), a.status_code, a.get_data(as_text=True)[:120])
    for p in ("/nowhere","/clients/","/clients/not-a-uuid","/clients/"+cl["id"].upper(),"/clients/%00", "/clients//", "//clients"):
        raw("GET",p,None)
    for m in ("PUT","DELETE","PATCH","TRACE","OPTIONS","HEAD","PROPFIND"):
        a=raw(m,"/clients",None); print(a.headers.get("Allow"))
    raw("GET","/clients/"+cl["id"], None, If_None_Match='*')
    raw("GET","/clients/"+cl["id"], None, If_None_Match='W/"v3"')
    raw("GET","/clients", b'{"x":1}')
    raw("GET","/public/%00",None); raw("GET","/public/"+"x"*5000,None)
    raw("GET","/public/bookings/"+"é"*20,None)
    raw("POST","/clients",b'{"name":"x","email":"a@b.example"}',Idempotency_Key="short")
    raw("POST","/clients",b'{"name":"x","email":"a@b.example"}',Idempotency_Key="x"*201)
    raw("POST","/auth/login",b'{"email":"a@b.example","password":"\\ud83d\\ude00"}',token=None)
    raw("POST","/auth/login",b'{"email":"a@b.example","password":["x"]}',token=None)
    raw("POST","/auth/refresh",None,token=olga.token)
    # lapsed key
    raw("POST","/clients",b'{"name":"x","email":"a@b.example"}',Idempotency_Key="x"*20)
    r.clock.move(hours=25)
    raw("POST","/clients",b'{"name":"x","email":"a@b.example"}',Idempotency_Key="x"*20)
    assert 0
