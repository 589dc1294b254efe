create table t (id int, b text compression pglz, c text);
