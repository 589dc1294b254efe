-- schemadiff: renamed from "ttttttttttttttttttttttttttttttéééééééééééééé"
create table "ttttttttttttttttttttttttttttttééééééééééééé" (
    -- schemadiff: renamed from "cccccccccccccccccccccccccccccccccccccccc"
    "dcccccccccccccccccccccccccccccccccccccccc" serial primary key, b integer unique);
