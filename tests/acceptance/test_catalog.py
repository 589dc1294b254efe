"""What the platform's database holds after the change, asked of PostgreSQL's own catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import psycopg
import pytest


class Case(NamedTuple):
    """A query and the rows that it must return."""

    name: str
    query: str
    rows: Sequence[tuple[object, ...]]


def columns(table: str, *, like: str = "%") -> str:
    return f"""
        select attname::text, format_type(atttypid, atttypmod)
        from pg_attribute
        where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped and attname like '{like}'
        order by attnum
    """


def constraints(kind: str) -> str:
    return f"""
        select conname::text, pg_get_constraintdef(oid)
        from pg_constraint
        where conrelid = 'course_videos'::regclass and contype = '{kind}'
        order by conname
    """


def index(name: str) -> str:
    return f"""
        select indrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true), indnkeyatts, indisunique, indisvalid
        from pg_index
        where indexrelid = '{name}'::regclass
    """


VIDEO_COLUMNS = [
    ("id", "uuid"),
    ("course_id", "uuid"),
    ("lesson_id", "character varying(255)"),
    ("cloudflare_video_id", "character varying(255)"),
    ("title", "character varying(255)"),
    ("description", "text"),
    ("duration", "integer"),
    ("thumbnail_url", "character varying(500)"),
    ("status", "video_status"),
    ("playback_hls_url", "character varying(500)"),
    ("playback_dash_url", "character varying(500)"),
    ("processing_progress", "integer"),
    ("error_message", "text"),
    ("metadata", "jsonb"),
    ("created_at", "timestamp without time zone"),
    ("updated_at", "timestamp without time zone"),
]

VIDEO_INDEXES = {
    "idx_course_videos_course_id": "course_id",
    "idx_course_videos_lesson_id": "lesson_id",
    "idx_course_videos_cloudflare_id": "cloudflare_video_id",
    "idx_course_videos_status": "status",
    "idx_course_videos_created_at": "created_at",
}

ENUM = [
    Case(
        "labels of video_status in order",
        "select enumlabel::text from pg_enum where enumtypid = 'video_status'::regtype order by enumsortorder",
        [("queued",), ("inprogress",), ("ready",), ("error",)],
    )
]

COURSE_VIDEOS = [
    Case(
        "a permanent table",
        "select relkind::text, relpersistence::text from pg_class where oid = 'course_videos'::regclass",
        [("r", "p")],
    ),
    Case("columns and their types", columns("course_videos"), VIDEO_COLUMNS),
    Case(
        "columns that are not null",
        "select attname::text from pg_attribute where attrelid = 'course_videos'::regclass"
        " and attnotnull and attnum > 0 order by attnum",
        [
            ("id",),
            ("course_id",),
            ("lesson_id",),
            ("cloudflare_video_id",),
            ("title",),
            ("status",),
        ],
    ),
    Case(
        "defaults",
        "select column_name::text, column_default::text from information_schema.columns"
        " where table_name = 'course_videos' and column_default is not null order by ordinal_position",
        [
            ("id", "gen_random_uuid()"),
            ("status", "'queued'::video_status"),
            ("processing_progress", "0"),
            ("metadata", "'{}'::jsonb"),
            ("created_at", "CURRENT_TIMESTAMP"),
            ("updated_at", "CURRENT_TIMESTAMP"),
        ],
    ),
    Case("primary key", constraints("p"), [("course_videos_pkey", "PRIMARY KEY (id)")]),
    Case(
        "foreign key that cascades",
        constraints("f"),
        [
            (
                "course_videos_course_id_fkey",
                "FOREIGN KEY (course_id) REFERENCES courses(id) ON DELETE CASCADE",
            )
        ],
    ),
    Case(
        "both unique constraints",
        constraints("u"),
        [
            ("course_videos_cloudflare_video_id_key", "UNIQUE (cloudflare_video_id)"),
            ("unique_course_lesson", "UNIQUE (course_id, lesson_id)"),
        ],
    ),
    Case(
        "check of the progress",
        constraints("c"),
        [("check_progress", "CHECK (((processing_progress >= 0) AND (processing_progress <= 100)))")],
    ),
]

INDEXES = [
    Case(name, index(name), [("course_videos", column, 1, False, True)])
    for name, column in VIDEO_INDEXES.items()
]

COURSES = [
    Case(
        "preview columns and their types",
        columns("courses", like="preview%"),
        [
            ("preview_video_url", "character varying(500)"),
            ("preview_video_id", "character varying(255)"),
            ("preview_video_thumbnail", "character varying(500)"),
            ("preview_video_duration", "integer"),
        ],
    ),
    Case(
        "number of columns",
        "select count(*) from pg_attribute where attrelid = 'courses'::regclass and attnum > 0 and not attisdropped",
        [(23,)],
    ),
    Case(
        "index on the preview's id",
        index("idx_courses_preview_video_id"),
        [("courses", "preview_video_id", 1, False, True)],
    ),
]

TRIGGER = [
    Case(
        "trigger on course_videos by its name",
        "select tgname::text, tgfoid::regproc::text, tgenabled::text from pg_trigger"
        " where tgrelid = 'course_videos'::regclass and not tgisinternal",
        [("update_course_videos_timestamp", "update_updated_at_column", "O")],
    )
]

COMMENTS = [
    Case(
        "six comments on course_videos and its columns",
        "select coalesce(attname, '-')::text from pg_description"
        " left join pg_attribute on attrelid = objoid and attnum = objsubid and objsubid > 0"
        " where classoid = 'pg_class'::regclass and objoid = 'course_videos'::regclass order by objsubid",
        [
            ("-",),
            ("lesson_id",),
            ("cloudflare_video_id",),
            ("duration",),
            ("status",),
            ("processing_progress",),
        ],
    ),
    Case(
        "four comments on the preview columns",
        "select count(col_description(attrelid, attnum)) from pg_attribute"
        " where attrelid = 'courses'::regclass and attname like 'preview%'",
        [(4,)],
    ),
]

CASES = [*ENUM, *COURSE_VIDEOS, *INDEXES, *COURSES, *TRIGGER, *COMMENTS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_catalog(case: Case, connection: psycopg.Connection) -> None:
    assert connection.execute(case.query.encode()).fetchall() == case.rows
