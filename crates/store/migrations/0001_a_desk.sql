-- A desk: people, what arrives, what is talked about, what leaves.
-- Written for SQLite; on PostgreSQL the runner reads `integer` as `bigint`, `blob` as `bytea`, and leaves out `strict`.
-- Times are microseconds since 1970 in UTC; ids are UUIDv7 as text.

create table agents (
    id text primary key,
    login text not null unique,
    name text not null,
    password_hash text not null,
    seal_salt blob not null,
    sealed_key blob not null,
    created_at integer not null
) strict;

create table sessions (
    token_hash blob primary key,
    agent_id text not null references agents (id) on delete cascade,
    sealed_key blob not null,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null
) strict;
create index sessions_agent on sessions (agent_id);
create index sessions_ending on sessions (expires_at);

-- One row a key, so that tries at once wait for one another.
create table login_gates (
    key text primary key,
    tried_at integer not null
) strict;

create table login_attempts (
    key text not null,
    tried_at integer not null
) strict;
create index login_attempts_key on login_attempts (key, tried_at);
create index login_attempts_old on login_attempts (tried_at);

create table inboxes (
    id text primary key,
    name text not null,
    address text not null unique,
    created_at integer not null
) strict;

create table inbox_members (
    inbox_id text not null references inboxes (id) on delete cascade,
    agent_id text not null references agents (id) on delete cascade,
    primary key (inbox_id, agent_id)
) strict;
create index inbox_members_agent on inbox_members (agent_id, inbox_id);

create table mailboxes (
    inbox_id text not null references inboxes (id) on delete cascade,
    folder text not null,
    uid_validity integer not null,
    last_uid integer not null,
    primary key (inbox_id, folder)
) strict;

create table customers (
    id text primary key,
    name text not null,
    created_at integer not null
) strict;

create table customer_addresses (
    address text primary key,
    customer_id text not null references customers (id) on delete cascade
) strict;
create index customer_addresses_customer on customer_addresses (customer_id);

-- The letters as they arrived, for ever. The bytes come last, so that the rest is read without them.
create table raws (
    id text primary key,
    inbox_id text not null references inboxes (id),
    sha256 text not null,
    origin text not null,
    received_at integer not null,
    state text not null check (state in ('new', 'parsed', 'failed')),
    problem text,
    conversation_id text,
    message_id text,
    size integer not null,
    bytes blob not null,
    unique (inbox_id, sha256)
) strict;

create table counters (
    name text primary key,
    value integer not null
) strict;
insert into counters (name, value) values ('conversation', 0);

create table conversations (
    id text primary key,
    number integer not null unique,
    inbox_id text not null references inboxes (id),
    customer_id text not null references customers (id),
    subject text not null,
    state text not null check (state in ('open', 'waiting', 'done')),
    assignee_id text references agents (id),
    channel text not null,
    preview text not null,
    last_from text not null,
    created_at integer not null,
    updated_at integer not null
) strict;
create index conversations_state on conversations (state, updated_at desc, id desc);
create index conversations_assignee on conversations (assignee_id, state, updated_at desc, id desc);
create index conversations_count on conversations (inbox_id, state, assignee_id);
create index conversations_customer on conversations (customer_id, updated_at desc, id desc);

create table messages (
    conversation_id text not null references conversations (id),
    id text not null,
    direction text not null check (direction in ('in', 'out', 'note')),
    kind text not null check (kind in ('mail', 'auto-reply', 'bounce', 'unreadable', 'note')),
    author_id text references agents (id),
    from_name text not null,
    from_address text not null,
    reply_to text,
    to_line text not null,
    cc_line text not null,
    subject text not null,
    message_id text,
    in_reply_to text,
    refs text not null,
    raw_id text references raws (id),
    marks text not null,
    created_at integer not null,
    sent_at integer,
    text text not null,
    html text,
    primary key (conversation_id, id),
    unique (conversation_id, id, direction),
    check ((direction = 'note') = (kind = 'note'))
) strict;
create index messages_id on messages (id);
create index messages_time on messages (conversation_id, created_at, id);

-- Which conversation a Message-ID belongs to; a table of its own, so that it can be unique.
create table message_ids (
    message_id text primary key,
    conversation_id text not null,
    id text not null,
    foreign key (conversation_id, id) references messages (conversation_id, id) on delete cascade
) strict;
create index message_ids_message on message_ids (conversation_id, id);

create table attachments (
    id text primary key,
    conversation_id text not null,
    message_id text not null,
    position integer not null,
    name text not null,
    media_type text not null,
    size integer not null,
    sha256 text not null,
    foreign key (conversation_id, message_id) references messages (conversation_id, id) on delete cascade
) strict;
create index attachments_message on attachments (conversation_id, message_id, position);

-- Sealed before they come here. `version` is the time of the save, so it never comes again.
create table drafts (
    agent_id text not null references agents (id) on delete cascade,
    conversation_id text not null references conversations (id) on delete cascade,
    kind text not null check (kind in ('reply', 'note')),
    version integer not null,
    sealed blob not null,
    updated_at integer not null,
    primary key (agent_id, conversation_id, kind)
) strict;

-- `direction` is always 'out' and part of the key: a note in the outbox cannot be written down.
create table outbox (
    id text primary key,
    conversation_id text not null,
    message_id text not null,
    direction text not null check (direction = 'out'),
    version integer not null,
    state text not null check (state in ('waiting', 'handing-over', 'sent', 'refused', 'unsure')),
    state_before text not null,
    once text unique,
    envelope_from text not null,
    envelope_to text not null,
    send_after integer not null,
    attempts integer not null,
    lease_until integer,
    problem text,
    next_try_at integer not null,
    sent_at integer,
    eml blob not null,
    unique (conversation_id, message_id),
    foreign key (conversation_id, message_id, direction) references messages (conversation_id, id, direction)
) strict;
create index outbox_under_way on outbox (state, next_try_at) where state in ('waiting', 'handing-over');

create table jobs (
    id text primary key,
    kind text not null,
    payload text not null,
    run_at integer not null,
    state text not null check (state in ('waiting', 'running', 'given-up')),
    lease_until integer,
    attempts integer not null,
    problem text
) strict;
create index jobs_due on jobs (run_at, id) where state = 'waiting';
create index jobs_running on jobs (lease_until) where state = 'running';
create index jobs_payload on jobs (kind, payload);
