"""PostgreSQL uses the indexes for the queries that they exist for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acceptance.conftest import Platform

# 200 courses with 100 videos each; one video in a hundred waits or has failed.
ROWS = b"""
    insert into users (id, email, password_hash, full_name)
    values ('00000000-0000-0000-0000-000000000000', 'many@example.org', 'x', 'Many');
    insert into courses (instructor_id, slug, title, category)
    select '00000000-0000-0000-0000-000000000000', 'many-' || n, 'Course ' || n, 'data'
    from generate_series(1, 200) n;
    insert into course_videos (course_id, lesson_id, cloudflare_video_id, title, status)
    select c.id, 'lesson-' || n, c.slug || '-' || n, 'Lesson ' || n,
        (case n when 1 then 'queued' when 2 then 'error' else 'ready' end)::video_status
    from courses c, generate_series(1, 100) n
    where c.slug like 'many-%';
    analyze course_videos;
"""
CLEAN = b"""
    delete from courses where slug like 'many-%';
    delete from users where email = 'many@example.org';
"""

QUERIES = {
    "idx_course_videos_course_id": "select title from course_videos where course_id ="
    " (select id from courses where slug = 'many-7')",
    "idx_course_videos_status": "select id from course_videos where status = 'queued'",
}


@pytest.fixture(scope="module")
def large(platform: Platform) -> Iterator[Platform]:
    with platform.connect() as connection:
        connection.execute(ROWS)
        yield platform
        connection.execute(CLEAN)


def nodes(plan: dict[str, object]) -> Iterator[dict[str, object]]:
    yield plan
    children = plan.get("Plans", [])
    assert isinstance(children, list)
    for child in children:
        yield from nodes(child)


@pytest.mark.parametrize("index", QUERIES)
def test_planner_uses(large: Platform, index: str) -> None:
    with large.connect() as connection:
        row = connection.execute(f"explain (format json) {QUERIES[index]}".encode()).fetchone()
    assert row is not None
    (explained,) = row[0]
    assert index in [node.get("Index Name") for node in nodes(explained["Plan"])]
