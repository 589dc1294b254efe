\set ON_ERROR_STOP on
-- schemadiff: forward migration for PostgreSQL 18
-- from shop (BEFORE)
-- to   schema.sql (BEFORE)
-- nothing to do
