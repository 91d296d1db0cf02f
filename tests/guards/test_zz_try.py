import pytest
import collections, sys
pytestmark = pytest.mark.django_db
def test_sweep(sweep):
    bad = collections.Counter()
    ex = {}
    for one in [*sweep.looks, *sweep.refused_sendings]:
        if one.visit.status != one.expected.status:
            k=(one.name, one.visit.method, one.is_foreign, one.visit.status, one.expected.does, one.expected.status)
            bad[k]+=1; ex.setdefault(k, []).append(one.visit.person)
    for k,v in sorted(bad.items(), key=str): print(v,k,ex[k][:12])
