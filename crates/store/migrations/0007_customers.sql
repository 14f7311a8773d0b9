-- The person before us, as they say it themselves: how they want to be addressed, what matters to them and since when we
-- may keep that, and the numbers that they ring from.

alter table customers add column addressed_as text not null default '';
alter table customers add column matters text not null default '';
alter table customers add column matters_agreed_at integer;

-- `digits` is the number without its dress, `tail` its end, which is the same with and without the country's code.
create table customer_phones (
    customer_id text not null references customers (id) on delete cascade,
    digits text not null,
    tail text not null,
    number text not null,
    created_at integer not null,
    primary key (customer_id, digits)
) strict;
create index customer_phones_tail on customer_phones (tail);

-- That something was erased, by whom and when; never what, and never whose.
create table erasures (
    id text primary key,
    agent_id text references agents (id) on delete set null,
    erased_at integer not null,
    conversations integer not null,
    messages integer not null,
    files integer not null
) strict;
