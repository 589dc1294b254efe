create table t (a varchar(3), c text check (length(c) = 3), d "char");
