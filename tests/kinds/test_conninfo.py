"""Where the secrets of a connection string stand."""

from __future__ import annotations

import pytest

from schemadiff.kinds._conninfo import values, written


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("", ""),
        ("host=x dbname=y", "host=x dbname=y"),
        ("host=x password=p dbname=y", "host=x password=# dbname=y"),
        ("password = 'a \\' b'  user='u v'", "password = #  user='u v'"),
        ("password=a\\ b\\'c user=u", "password=# user=u"),
        ("password= user=u", "password= #"),
        ("user='password=p' sslpassword=q", "user='password=p' sslpassword=#"),
        ("postgresql://u:p@h/d", "postgresql://u:#@h/d"),
        ("postgres://u@h:5432/d", "postgres://u@h:5432/d"),
        ("postgresql://h:5432/d?password=p&user=u", "postgresql://h:5432/d?password=#&user=u"),
        ("postgresql://u:p@q/r@h/d", "postgresql://u:#@h/d"),
        ("postgresql://u:p?q@h/d", "postgresql://u:#@h/d"),
        ("host=x stray", "password=#"),
        ("host=x password='open", "password=#"),
    ],
)
def test_a_mask_for_each_secret(text: str, without: str) -> None:
    assert written(text, {}, "#") == without
    assert written(text, values(text), "#") == (text if "" not in values(text) else without)
