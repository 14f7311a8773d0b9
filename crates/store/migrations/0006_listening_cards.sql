-- Live moments: who stands at the counter or rings, the call behind it, and the card that is kept of it.

-- What the telephone system told: one row a call, whatever it repeats and in whatever order it tells it. `tail` is the
-- number's end, as in `customer_phones`.
create table phone_calls (
    id text primary key,
    inbox_id text not null references inboxes (id) on delete cascade,
    call_id text not null,
    direction text not null check (direction in ('in', 'out')),
    number text not null,
    tail text not null,
    line text not null,
    customer_id text references customers (id) on delete set null,
    answered_by text not null,
    cause text not null,
    rang_at integer not null,
    answered_at integer,
    ended_at integer,
    unique (inbox_id, call_id)
) strict;
create index phone_calls_customer on phone_calls (customer_id, rang_at desc);
create index phone_calls_time on phone_calls (inbox_id, rang_at desc);

-- Somebody is here, or rings: announced by a colleague or by the telephone system.
create table knocks (
    id text primary key,
    inbox_id text not null references inboxes (id) on delete cascade,
    channel text not null check (channel in ('counter', 'phone')),
    customer_id text references customers (id) on delete set null,
    who text not null,
    about text not null,
    said_by text references agents (id) on delete set null,
    meant_for text references agents (id) on delete set null,
    call_row text references phone_calls (id) on delete set null,
    state text not null check (state in ('waiting', 'opened', 'gone')),
    conversation_id text references conversations (id) on delete cascade,
    created_at integer not null,
    settled_at integer
) strict;
create index knocks_waiting on knocks (inbox_id, created_at) where state = 'waiting';
create index knocks_call on knocks (call_row);
create index knocks_customer on knocks (customer_id);

-- What was heard and promised, kept as the conversation's record. `version` is the time of the save.
create table listening_cards (
    id text primary key,
    conversation_id text not null references conversations (id) on delete cascade,
    channel text not null check (channel in ('counter', 'phone')),
    author_id text references agents (id) on delete set null,
    author_name text not null,
    version integer not null,
    name text not null,
    asks text not null,
    matters text not null,
    by_when text not null,
    said_back text not null,
    promised text not null,
    begun_at integer not null,
    kept_at integer
) strict;
create index listening_cards_conversation on listening_cards (conversation_id, begun_at);

-- Two conversations that are about the same: the cards of each show in the other. Undone by forgetting the row.
create table joined_conversations (
    conversation_id text not null references conversations (id) on delete cascade,
    other_id text not null references conversations (id) on delete cascade,
    joined_at integer not null,
    primary key (conversation_id, other_id)
) strict;
create index joined_conversations_other on joined_conversations (other_id);
