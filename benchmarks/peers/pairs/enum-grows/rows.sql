insert into articles values (1, 'draft'), (2, 'published');
