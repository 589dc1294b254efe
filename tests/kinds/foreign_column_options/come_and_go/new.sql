create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table t (a integer, "B.""x" text options ("Some key" 'a''b', z '')  , c text options (l 'v', k 'w')) server s;
