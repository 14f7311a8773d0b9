-- Options: how often each was used, and who was asked to nod. The options themselves are plain files, see playbook/.

-- No agent stands in a use, and none may: options are counted, people never (a test holds it).
create table option_uses (
    conversation_id text not null references conversations (id) on delete cascade,
    option_id text not null,
    used_at integer not null,
    primary key (conversation_id, option_id, used_at)
) strict;
create index option_uses_option on option_uses (option_id, used_at);

-- A nod is asked of a colleague and given by one: never a message, never near the outbox.
-- `asked_of` is null where anybody who may nod can answer. `says` is the option as it was when it was asked for.
create table option_nods (
    conversation_id text not null references conversations (id) on delete cascade,
    id text not null,
    option_id text not null,
    says text not null,
    asked_by text not null references agents (id),
    asked_of text references agents (id),
    asked_at integer not null,
    state text not null check (state in ('waiting', 'yes', 'yes-but', 'no', 'withdrawn')),
    answered_by text references agents (id),
    answered_at integer,
    word text not null,
    primary key (conversation_id, id),
    check ((state in ('yes', 'yes-but', 'no')) = (answered_by is not null))
) strict;
create unique index option_nods_once on option_nods (conversation_id, option_id) where state = 'waiting';
create index option_nods_id on option_nods (id);
create index option_nods_waiting on option_nods (asked_of, asked_at) where state = 'waiting';
