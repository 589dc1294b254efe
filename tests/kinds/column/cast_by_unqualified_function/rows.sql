insert into "Register".paper values (1, 'Press', '{One,Two}'), (2, null, null);
