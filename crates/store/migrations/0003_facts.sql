-- Facts of a conversation: what they say beside what we know.

-- One line of the list. `claim` is empty where nobody says it and we know it; `known` is empty where nothing is known.
-- `of_ours` is 1 where what we know is only what we said: it shows that we said it, and not that it is so.
-- `message_id` is null where it was said at the counter or on the phone, or written down by hand.
-- `author_id` is there where somebody wrote the line down by hand.
create table facts (
    conversation_id text not null references conversations (id) on delete cascade,
    id text not null,
    message_id text,
    position integer not null,
    claim text not null,
    known text not null,
    source text not null,
    state text not null check (state in ('checked', 'contradicted', 'not-found', 'not-checked', 'disputed')),
    of_ours integer not null,
    author_id text references agents (id),
    found_at integer not null,
    primary key (conversation_id, id),
    foreign key (conversation_id, message_id) references messages (conversation_id, id) on delete cascade
) strict;
create index facts_message on facts (conversation_id, message_id);

-- What somebody looked up by hand, laid over the line; taken back, what the records said shows again.
create table fact_checks (
    conversation_id text not null,
    fact_id text not null,
    state text not null check (state in ('checked', 'contradicted', 'disputed')),
    source text not null,
    author_id text not null references agents (id),
    checked_at integer not null,
    primary key (conversation_id, fact_id),
    foreign key (conversation_id, fact_id) references facts (conversation_id, id) on delete cascade
) strict;

-- Sources that did not answer when they were asked for this conversation, each in a sentence.
create table fact_troubles (
    conversation_id text not null references conversations (id) on delete cascade,
    source text not null,
    problem text not null,
    asked_at integer not null,
    primary key (conversation_id, source)
) strict;
