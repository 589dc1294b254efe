insert into "ttttttttttttttttttttttttttttttéééééééééééééé" default values;
