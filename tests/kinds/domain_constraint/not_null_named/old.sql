create domain d as int constraint needed not null;
