-- The ledger: what we said that we would do, for whom, by when, and what became of it.

-- `promised_by` is who is responsible; nobody, where only the customer says that we promised. `bring_up_at` is when it is
-- brought up to them, worked out from the desk's hours. A reply that is withdrawn takes what it promised with it.
create table promises (
    id text primary key,
    conversation_id text not null references conversations (id) on delete cascade,
    kind text not null check (kind in ('promise', 'follow-up')),
    what text not null,
    promised_by text references agents (id),
    source text not null check (source in ('reply', 'card', 'told', 'closing')),
    message_id text,
    card_id text,
    due_at integer,
    whole_day integer not null,
    bring_up_at integer,
    state text not null check (state in ('open', 'kept', 'moved', 'broken', 'dismissed')),
    settled_at integer,
    kept_with text,
    created_at integer not null,
    foreign key (conversation_id, message_id) references messages (conversation_id, id) on delete cascade
) strict;
create index promises_conversation on promises (conversation_id, created_at, id);
create index promises_message on promises (conversation_id, message_id);
create index promises_live on promises (bring_up_at) where state in ('open', 'moved');

-- The times that a promise was due before it was moved. `message_id` is the reply that told the customer.
create table promise_moves (
    promise_id text not null references promises (id) on delete cascade,
    moved_at integer not null,
    due_at integer,
    whole_day integer not null,
    bring_up_at integer,
    message_id text,
    primary key (promise_id, moved_at)
) strict;
