create table "T" (b text, c int, a int);
create statistics "S" (ndistinct) on a, b from "T";
create statistics s2 on b, (a + 1), c from "T";
