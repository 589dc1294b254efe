-- roles: case_pub
create publication "Pub ""1"".ü" with (publish = 'delete, truncate', publish_via_partition_root);
comment on publication "Pub ""1"".ü" is 'new';
alter publication "Pub ""1"".ü" owner to case_pub;
create publication p2 with (publish = '');
create publication "all" for all tables with (publish_via_partition_root);
