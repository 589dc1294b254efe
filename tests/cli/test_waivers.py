"""Waivers: differences that a check names and does not fail for, until their last day is over."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from .conftest import AFTER, Call, Shop, execute

FUTURE, PAST = date.today() + timedelta(days=1), date.today() - timedelta(days=1)


@pytest.fixture
def drifted(shop: Shop) -> Shop:
    """A database that is what it should be but for an index and a column more."""
    execute(shop.main, AFTER.replace("create table course (id integer primary key, title text);", ""))
    execute(shop.main, 'create index "Slow" on video (id); alter table course add note text')
    return shop


def waive(shop: Shop, *found: tuple[str, date]) -> None:
    tables = "".join(
        f'\n[[waiver]]\nobject = {json.dumps(pattern)}\nreason = "known"\nowner = "data team"\nuntil = {until}\n'
        for pattern, until in found
    )
    (shop.folder / "schemadiff.toml").write_text(
        f'schema = "schema.sql"\n{tables}\n[targets.main]\nurl = "{shop.main}"\n'
    )


def test_what_is_waived_is_named_and_does_not_fail(drifted: Shop, call: Call) -> None:
    assert call("check", "--target", "main").code == 2
    waive(drifted, ("index:public.Slow", FUTURE), ("column:public.course.*", date.today()))
    said = call("check", "--target", "main")
    assert said.code == 0, said.err
    assert ": in sync but for 2 waived\n" in said.out
    assert f'waived   index "Slow": known (data team, until {FUTURE})' in said.out
    assert f"waived   column course.note: known (data team, until {date.today()})" in said.out


def test_past_its_day_it_fails_and_says_so(drifted: Shop, call: Call) -> None:
    waive(drifted, ("index:public.Slow", PAST), ("column:*", FUTURE))
    said = call("check", "--target", "main")
    assert said.code == 2
    assert ": drifted: 1 unexpected, 1 waived\n" in said.out
    assert 'unexpected index "Slow"' in said.out
    assert f'expired  index "Slow": known (data team, only until {PAST})' in said.out
    waive(drifted, ("index:public.Slow", PAST), ("*:public.*", FUTURE))
    assert call("check", "--target", "main").code == 0


def test_what_is_not_waived_still_fails(drifted: Shop, call: Call) -> None:
    waive(drifted, ("index:public.Slow", FUTURE))
    said = call("check", "--target", "main")
    assert said.code == 2
    assert "unexpected column course.note" in said.out
    assert "unexpected index" not in said.out


def test_one_about_nothing_is_named(shop: Shop, call: Call) -> None:
    waive(shop, ("index:public.Slow", FUTURE), ("table:public.video", FUTURE))
    said = call("check", "--target", "main", shop.test)
    assert said.code == 0, said.err
    assert said.out.count("is about nothing that differs; take it out") == 1
    assert (
        f"waiver index:public.Slow is about nothing that differs; take it out (known (data team, until {FUTURE}))"
        in (said.out)
    )


def test_what_stands_on_a_waived_table_is_waived_with_it(shop: Shop, call: Call) -> None:
    waive(shop, ("table:public.video", FUTURE))
    said = call("check", "--target", "main")
    assert said.code == 0, said.err
    assert ": in sync but for 9 waived\n" in said.out


def test_json(drifted: Shop, call: Call) -> None:
    waive(drifted, ("index:public.Slow", PAST), ("column:*", FUTURE), ("table:gone", FUTURE))
    said = call("check", "--target", "main", "--format", "json")
    body = json.loads(said.out)
    assert (said.code, body["in_sync"]) == (2, False)
    (database,) = body["databases"]
    assert [d["name"] for d in database["differences"]] == ['index "Slow"']
    (waived,), (expired,) = database["waived"], database["expired"]
    assert (waived["name"], waived["what"], waived["owner"]) == (
        "column course.note",
        "unexpected",
        "data team",
    )
    assert (expired["name"], expired["until"]) == ('index "Slow"', str(PAST))
    assert [w["object"] for w in body["idle_waivers"]] == ["table:gone"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('object = "index:a"\nreason = "r"\nuntil = 2030-01-01', "owner missing; a waiver has"),
        ('object = "index:a"\nreason = ""\nowner = "o"\nuntil = 2030-01-01', "reason missing; a waiver has"),
        ('object = "index:a"\nreason = "r"\nowner = "o"\nuntil = "2030-01-01"', "until must be a date"),
        (
            'object = "index:a"\nreason = "r"\nowner = "o"\nuntil = 2030-01-01T00:00:00',
            "until must be a date",
        ),
        ('objects = "index:a"', "unknown key 'objects'"),
    ],
)
def test_a_waiver_that_says_too_little(shop: Shop, call: Call, table: str, said: str) -> None:
    (shop.folder / "schemadiff.toml").write_text(f"[[waiver]]\n{table}\n")
    found = call("check", shop.main, "--to", "schema.sql")
    assert (found.code, said in found.err, "waiver 1" in found.err) == (64, True, True)
    (shop.folder / "schemadiff.toml").write_text('waiver = ["index:a"]')
    assert "waiver must be" in call("check", shop.main, "--to", "schema.sql").err
