\set ON_ERROR_STOP on
-- Reverse migration for PostgreSQL 18, by schemadiff
-- from schema.sql (BEFORE)
-- to   shop (BEFORE)
-- nothing to do
