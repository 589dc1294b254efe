-- The online-course platform of schema.sql before it got video storage.
-- The demo and the acceptance tests start from here.


-- Types

create type user_role as enum ('student', 'instructor', 'admin');

create type order_status as enum ('pending', 'paid', 'refunded', 'cancelled');


-- Functions

create function update_updated_at_column() returns trigger
language plpgsql as $$
begin
    new.updated_at = current_timestamp;
    return new;
end;
$$;

comment on function update_updated_at_column() is 'Keeps updated_at at the time of the last update';


-- People

create table users (
    id            uuid         primary key default gen_random_uuid(),
    email         varchar(255) not null,
    password_hash varchar(255) not null,
    full_name     varchar(255) not null,
    role          user_role    not null default 'student',
    avatar_url    varchar(500),
    bio           text,
    last_login_at timestamp,
    created_at    timestamp    not null default current_timestamp,
    updated_at    timestamp    not null default current_timestamp,
    constraint check_users_email check (position('@' in email) > 1)
);

create unique index idx_users_email on users (lower(email));
create index idx_users_role on users (role);

create trigger update_users_timestamp before update on users
    for each row execute function update_updated_at_column();

comment on table users is 'Everyone with an account: students, instructors and staff';
comment on column users.password_hash is 'Argon2id; never the password itself';


-- Courses

create table courses (
    id               uuid           primary key default gen_random_uuid(),
    instructor_id    uuid           not null references users (id) on delete restrict,
    slug             varchar(255)   not null,
    title            varchar(255)   not null,
    subtitle         varchar(255),
    description      text,
    category         varchar(100)   not null,
    level            varchar(20)    not null default 'beginner',
    language         varchar(10)    not null default 'en',
    price            numeric(10, 2) not null default 0,
    currency         char(3)        not null default 'EUR',
    thumbnail_url    varchar(500),
    curriculum       jsonb          not null default '[]',
    duration_minutes integer,
    rating           numeric(3, 2),
    is_published     boolean        not null default false,
    published_at     timestamp,
    created_at       timestamp      not null default current_timestamp,
    updated_at       timestamp      not null default current_timestamp,
    constraint unique_courses_slug unique (slug),
    constraint check_courses_level check (level in ('beginner', 'intermediate', 'advanced')),
    constraint check_courses_price check (price >= 0),
    constraint check_courses_rating check (rating between 1 and 5),
    constraint check_courses_published check (not is_published or published_at is not null)
);

create index idx_courses_instructor_id on courses (instructor_id);
create index idx_courses_category on courses (category) where is_published;
create index idx_courses_curriculum on courses using gin (curriculum jsonb_path_ops);

create trigger update_courses_timestamp before update on courses
    for each row execute function update_updated_at_column();

comment on table courses is 'What the platform sells';
comment on column courses.slug is 'The course''s part of its address';
comment on column courses.curriculum is 'Modules and their lessons, in order; each lesson has an id such as module-2-lesson-3';
comment on column courses.rating is 'Mean of the reviews, kept here for sorting';


-- Sales

create table orders (
    id         uuid           primary key default gen_random_uuid(),
    user_id    uuid           not null references users (id) on delete restrict,
    status     order_status   not null default 'pending',
    total      numeric(10, 2) not null,
    currency   char(3)        not null default 'EUR',
    payment_id varchar(255)   unique,
    paid_at    timestamp,
    created_at timestamp      not null default current_timestamp,
    updated_at timestamp      not null default current_timestamp,
    constraint check_orders_total check (total >= 0),
    constraint check_orders_paid check (status not in ('paid', 'refunded') or paid_at is not null)
);

create index idx_orders_user_id on orders (user_id);
create index idx_orders_status on orders (status);
create index idx_orders_created_at on orders (created_at desc);

create trigger update_orders_timestamp before update on orders
    for each row execute function update_updated_at_column();

comment on table orders is 'One purchase, of one course or several';
comment on column orders.payment_id is 'The payment''s id at the payment provider';

create table order_items (
    id         uuid           primary key default gen_random_uuid(),
    order_id   uuid           not null references orders (id) on delete cascade,
    course_id  uuid           not null references courses (id) on delete restrict,
    price      numeric(10, 2) not null,
    created_at timestamp      not null default current_timestamp,
    constraint unique_order_course unique (order_id, course_id),
    constraint check_order_items_price check (price >= 0)
);

create index idx_order_items_course_id on order_items (course_id);

comment on table order_items is 'A course in an order; one that was sold cannot be deleted';
comment on column order_items.price is 'What was paid, whatever the course costs today';


-- Learning

create table enrollments (
    id           uuid      primary key default gen_random_uuid(),
    user_id      uuid      not null references users (id) on delete cascade,
    course_id    uuid      not null references courses (id) on delete cascade,
    progress     integer   not null default 0,
    completed_at timestamp,
    created_at   timestamp not null default current_timestamp,
    updated_at   timestamp not null default current_timestamp,
    constraint unique_enrollment unique (user_id, course_id),
    constraint check_enrollments_progress check (progress between 0 and 100)
);

create index idx_enrollments_course_id on enrollments (course_id);

create trigger update_enrollments_timestamp before update on enrollments
    for each row execute function update_updated_at_column();

comment on table enrollments is 'Who may watch which course';
comment on column enrollments.progress is 'Lessons finished, in percent';

create table reviews (
    id         uuid      primary key default gen_random_uuid(),
    user_id    uuid      not null references users (id) on delete cascade,
    course_id  uuid      not null references courses (id) on delete cascade,
    rating     smallint  not null,
    body       text,
    created_at timestamp not null default current_timestamp,
    updated_at timestamp not null default current_timestamp,
    constraint unique_review unique (user_id, course_id),
    constraint check_reviews_rating check (rating between 1 and 5)
);

create index idx_reviews_course_id on reviews (course_id, created_at desc);

create trigger update_reviews_timestamp before update on reviews
    for each row execute function update_updated_at_column();

comment on table reviews is 'What a student thinks of a course; one review each';
