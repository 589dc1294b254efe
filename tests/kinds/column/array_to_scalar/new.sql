create type a as enum ('x');
create type b as enum ('y');
create table t (a int, b int[], c int[], d b[], e b, f text);
