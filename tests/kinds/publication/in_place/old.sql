-- roles: case_pub
create publication "Pub ""1"".ü" with (publish = 'insert, update');
comment on publication "Pub ""1"".ü" is 'old';
create publication p2;
create publication p3 for all tables;
