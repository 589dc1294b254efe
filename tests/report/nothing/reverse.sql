\set ON_ERROR_STOP on
-- schemadiff: reverse migration for PostgreSQL 18
-- from schema.sql (BEFORE)
-- to   shop (BEFORE)
-- nothing to do
