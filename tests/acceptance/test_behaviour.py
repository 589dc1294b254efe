"""What the platform's database does after the change."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from psycopg.types.json import Jsonb


class Course(NamedTuple):
    """A course of its own, so that no test sees another's rows."""

    connection: psycopg.Connection
    id: UUID
    instructor: UUID

    def ask(self, query: bytes, *values: object) -> object:
        """The first column of the first row, nothing where there is no row."""
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None

    def add_video(self, *, lesson: str = "module-2-lesson-3", **values: object) -> UUID:
        row = {
            "course_id": self.id,
            "lesson_id": lesson,
            "title": "Joins",
            "cloudflare_video_id": str(uuid4()),
        } | values
        names = ", ".join(row)
        query = f"insert into course_videos ({names}) values ({', '.join(['%s'] * len(row))}) returning id"
        added = self.ask(query.encode(), *row.values())
        assert isinstance(added, UUID)
        return added

    def count_videos(self) -> object:
        return self.ask(b"select count(*) from course_videos where course_id = %s", self.id)


@pytest.fixture
def course(connection: psycopg.Connection) -> Course:
    unsaved = Course(connection, uuid4(), uuid4())
    unsaved.ask(
        b"insert into users (id, email, password_hash, full_name, role)"
        b" values (%s, %s, 'x', 'Ada', 'instructor') returning id",
        unsaved.instructor,
        f"{unsaved.instructor}@example.org",
    )
    unsaved.ask(
        b"insert into courses (id, instructor_id, slug, title, category) values (%s, %s, %s, 'SQL', 'data') returning id",
        unsaved.id,
        unsaved.instructor,
        f"sql-{unsaved.id}",
    )
    return unsaved


def test_video_starts_queued(course: Course) -> None:
    video = course.add_video()
    query = b"select row(status, processing_progress, metadata)::text from course_videos where id = %s"
    assert course.ask(query, video) == "(queued,0,{})"


REFUSED: dict[str, tuple[type[psycopg.Error], str, dict[str, object]]] = {
    "a second video with the same id at Cloudflare": (
        errors.UniqueViolation,
        "course_videos_cloudflare_video_id_key",
        {"lesson": "module-2-lesson-4"},
    ),
    "a second video for the same lesson": (
        errors.UniqueViolation,
        "unique_course_lesson",
        {"cloudflare_video_id": "another"},
    ),
    "progress of -1": (errors.CheckViolation, "check_progress", {"processing_progress": -1}),
    "progress of 101": (errors.CheckViolation, "check_progress", {"processing_progress": 101}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(course: Course, case: str) -> None:
    error, constraint, values = REFUSED[case]
    cloudflare_id = str(uuid4())
    if error is errors.UniqueViolation:
        course.add_video(cloudflare_video_id=cloudflare_id)
    before = course.count_videos()
    with pytest.raises(error) as caught:
        course.add_video(**{"cloudflare_video_id": cloudflare_id} | values)  # type: ignore[arg-type]
    assert caught.value.diag.constraint_name == constraint
    assert course.count_videos() == before


@pytest.mark.parametrize("progress", [0, 100])
def test_progress_at_its_bounds(course: Course, progress: int) -> None:
    course.add_video(processing_progress=progress)
    assert course.count_videos() == 1


def test_unknown_status_is_refused(course: Course) -> None:
    with pytest.raises(errors.InvalidTextRepresentation):
        course.add_video(status="done")


def test_updated_at_moves_on_update(course: Course) -> None:
    video = course.add_video()
    read = b"select updated_at from course_videos where id = %s"
    before = course.ask(read, video)
    course.ask(b"update course_videos set status = 'ready' where id = %s returning id", video)
    after = course.ask(read, video)
    assert isinstance(before, datetime)
    assert isinstance(after, datetime)
    assert after > before


def test_deleting_a_course_deletes_its_videos(course: Course) -> None:
    course.add_video()
    course.ask(b"delete from courses where id = %s returning id", course.id)
    assert course.count_videos() == 0


def test_deleting_an_ordered_course_is_refused(course: Course) -> None:
    course.add_video()
    order = course.ask(b"insert into orders (user_id, total) values (%s, 49) returning id", course.instructor)
    course.ask(
        b"insert into order_items (order_id, course_id, price) values (%s, %s, 49) returning id",
        order,
        course.id,
    )
    # PostgreSQL 18 has an SQLSTATE of its own for RESTRICT.
    with pytest.raises((errors.ForeignKeyViolation, errors.RestrictViolation)) as caught:
        course.ask(b"delete from courses where id = %s returning id", course.id)
    assert caught.value.diag.constraint_name == "order_items_course_id_fkey"
    assert course.count_videos() == 1


def test_metadata_keeps_a_nested_document(course: Course) -> None:
    document = {"upload": {"by": "ada", "parts": [1, 2, {"etag": 'ä"\\'}]}, "ready": None}
    video = course.add_video(metadata=Jsonb(document))
    assert course.ask(b"select metadata from course_videos where id = %s", video) == document
    deep = b"select metadata #>> '{upload,parts,2,etag}' from course_videos where id = %s"
    assert course.ask(deep, video) == 'ä"\\'


def test_course_has_a_preview(course: Course) -> None:
    course.ask(
        b"update courses set preview_video_url = %s, preview_video_id = %s, preview_video_thumbnail = %s,"
        b" preview_video_duration = %s where id = %s returning id",
        "https://example.org/p.m3u8",
        "p1",
        "https://example.org/p.jpg",
        95,
        course.id,
    )
    query = b"select row(preview_video_id, preview_video_duration)::text from courses where id = %s"
    assert course.ask(query, course.id) == "(p1,95)"
