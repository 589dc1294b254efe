insert into t values (1,'happy','{sad,happy}','(1,sad)',4,'[1,5)'); insert into keep values (1,'sad','happy');
