create table keep (id int primary key); create publication p for table keep; create publication q for tables in schema public;
