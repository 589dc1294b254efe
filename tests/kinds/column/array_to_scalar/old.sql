create type a as enum ('x');
create type b as enum ('y');
create table t (a int[], b int, c text[], d a[], e a, f int4range[]);
