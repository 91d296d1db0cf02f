import pytest
import collections, sys

pytestmark = pytest.mark.django_db


def test_sweep(sweep):
    bad = collections.Counter()
    ex = {}
    for one in [*sweep.looks, *sweep.sent_without_rights]:
        if one.visit.status != one.expected.status:
            k = (one.name, one.visit.method, one.is_foreign, one.visit.status, one.expected.does, one.expected.status)
            bad[k] += 1
            ex.setdefault(k, []).append(one.visit.person)
    for k, v in sorted(bad.items(), key=str):
        print(v, k, ex[k][:12])
    import time
    from tests.guards.sweep import markup, sending

    print("visits", len(sweep.visits), "changes on get", [(str(v), v.changes) for v in sweep.visits if v.method == "GET" and v.changes][:5])
    print("max queries", sorted({(v.queries, one.page) for one in sweep.looks for v in [one.visit] if v.queries > 7}, reverse=True)[:40])
    t = time.process_time()
    seen = set()
    n = 0
    f = collections.Counter()
    exx = {}
    for v in sweep.visits:
        if not v.html:
            continue
        a, b = markup.parts(v.html)
        if a in seen and b in seen:
            continue
        seen |= {a, b}
        n += 1
        for x in markup.faults(v.html):
            f[x] += 1
            exx.setdefault(x, []).append(str(v))
    print("distinct", n, time.process_time() - t)
    for k, c in f.most_common(60):
        print(c, k, exx[k][:3])
    print("LINKS")
    c = collections.Counter((l.visit.status, l.link.split("?")[0]) for l in sweep.links if l.visit.status >= 400)
    for k, n in c.most_common(40):
        print(n, k, [(l.page, l.visit.person) for l in sweep.links if (l.visit.status, l.link.split("?")[0]) == k][:3])
    print("SENDINGS")
    for s in sweep.sendings:
        if s.visit.status not in (200, 302, 422) or (s.landed and s.landed.status >= 400):
            print(s, s.landed)
        if s.visit.status == 422:
            for x in sending.faults_shown_again(s):
                print("  AGAIN", x)
    print("filled", sum(bool(s.typed) for s in sweep.sendings), sum(bool(s.typed) and s.visit.status == 422 for s in sweep.sendings))
