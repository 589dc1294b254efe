\set ON_ERROR_STOP on
-- schemadiff: forward migration for PostgreSQL 18
-- from shop (0e883ad502a44f03e16f396b6c9869d1)
-- to   schema.sql (0e883ad502a44f03e16f396b6c9869d1)
-- nothing to do
