insert into "P p" (id, m) values (1, 'sad'), (2, 'happy');
insert into other select id, m from "P p";
