\set ON_ERROR_STOP on
-- Forward migration for PostgreSQL 18, by schemadiff
-- from shop (BEFORE)
-- to   schema.sql (BEFORE)
-- nothing to do
