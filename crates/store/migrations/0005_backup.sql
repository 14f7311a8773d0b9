-- Backup: a colleague called into a conversation, and a reply that goes out at a time of its own.
-- A conversation has one call at the most, and it goes with its moment: there is nothing that could be counted.

create table calls (
    conversation_id text primary key references conversations (id) on delete cascade,
    caller_id text not null references agents (id) on delete cascade,
    -- Nobody in particular: anyone who may see the conversation.
    for_id text references agents (id) on delete cascade,
    wanted text not null,
    state text not null check (state in ('waiting', 'joined', 'over', 'withdrawn')),
    came_id text references agents (id) on delete cascade,
    called_at integer not null,
    came_at integer,
    ended_at integer
) strict;

-- Said between the two of a call and nobody else. It is no message and goes with its call.
create table whispers (
    id text primary key,
    conversation_id text not null references calls (conversation_id) on delete cascade,
    author_id text not null references agents (id) on delete cascade,
    text text not null,
    said_at integer not null
) strict;
create index whispers_call on whispers (conversation_id, id);

-- Replies whose author chose when they go. Such a one never goes over a letter that came after it.
create table timed_replies (
    outbox_id text primary key references outbox (id) on delete cascade
) strict;
