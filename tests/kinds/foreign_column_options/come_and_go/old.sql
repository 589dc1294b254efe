create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table t (a integer options (k '1'), "B.""x" text, c text options (k 'v')) server s;
