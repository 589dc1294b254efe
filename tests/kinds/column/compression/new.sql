create table t (id int, b text, c text compression pglz);
