import pytest, time, collections
pytestmark = pytest.mark.django_db
def test_prof(django_db_setup):
    from tests.guards.sweep import browser
    from tests.guards.sweep.walking import Walk
    from tests.guards.conftest import surroundings
    from tests.world import build
    times=[]
    orig=browser.Browser._visit
    def timed(self, method, path, data=None):
        t=time.thread_time(); v=orig(self, method, path, data); times.append((time.thread_time()-t, v)); return v
    browser.Browser._visit=timed
    with surroundings():
        t=time.thread_time(); w=build(); print("build", time.thread_time()-t)
        t=time.thread_time(); s=Walk(w).all(); print("walk", time.thread_time()-t, "visits", sum(x for x,_ in times), len(times))
    c=collections.defaultdict(lambda:[0,0.0])
    looks={id(l.visit):l.expected.does for l in s.looks}; ag={id(a.visit) for a in s.agreed}; li={id(a.visit) for a in s.links}
    for x,v in times:
        k=("look "+looks[id(v)]) if id(v) in looks else "agreed" if id(v) in ag else "link" if id(v) in li else v.method+" other"
        c[k][0]+=1; c[k][1]+=x
    for k,(n,x) in sorted(c.items(), key=lambda i:-i[1][1]): print(f"{k:30} {n:6} {x:8.2f} {1000*x/n:7.2f} ms")
    print("after first 500:", sum(x for x,_ in times[500:])/len(times[500:]))
    p=collections.defaultdict(lambda:[0,0.0])
    from django.urls import resolve, Resolver404
    for x,v in times:
        try: nm=resolve(v.path.split("?")[0]).view_name
        except Resolver404: nm="?"
        p[nm][0]+=1; p[nm][1]+=x
    for k,(n,x) in sorted(p.items(), key=lambda i:-i[1][1])[:25]: print(f"{k:30} {n:6} {x:8.2f} {1000*x/n:7.2f} ms")
