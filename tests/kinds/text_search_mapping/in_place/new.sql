create text search dictionary d (template = simple);
create text search configuration "C ""1""" (copy = english);
alter text search configuration "C ""1""" drop mapping for url;
alter text search configuration "C ""1""" alter mapping for asciiword, word with d, english_stem;
alter text search configuration "C ""1""" alter mapping replace simple with d;
alter text search configuration "C ""1""" add mapping for tag with d;
