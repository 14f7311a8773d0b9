-- The circle: moments that somebody brought to talk about, without names; what came out of them; thanks put on the team's shelf.
-- No row names the conversation or the customer that it came from, ids are random and times are days, so that nothing leads back.
-- `brought_by` is empty unless whoever brought it chose to stand by it.

create table circle_moments (
    id text primary key,
    inbox_id text not null references inboxes (id) on delete cascade,
    about text not null,
    question text not null,
    brought_by text references agents (id) on delete set null,
    brought_on integer not null,
    state text not null check (state in ('waiting', 'agenda', 'over')),
    over_on integer,
    version integer not null,
    expected text not null,
    happened text not null,
    why text not null,
    keep_on text not null,
    change_to text not null
) strict;
create index circle_moments_inbox on circle_moments (inbox_id, state, brought_on);

create table circle_words (
    moment_id text not null references circle_moments (id) on delete cascade,
    position integer not null,
    voice text not null check (voice in ('customer', 'us')),
    words text not null,
    primary key (moment_id, position)
) strict;

-- What a circle learnt, and what became of it. It outlives its moment, and nobody's name stands in it.
create table lessons (
    id text primary key,
    inbox_id text not null references inboxes (id) on delete cascade,
    says text not null,
    became text not null check (became in ('nothing-yet', 'option', 'reply', 'card', 'place')),
    became_name text not null,
    learnt_on integer not null
) strict;
create index lessons_inbox on lessons (inbox_id, learnt_on);

create table shelf_thanks (
    id text primary key,
    inbox_id text not null references inboxes (id) on delete cascade,
    words text not null,
    for_whom text not null,
    put_on integer not null
) strict;
create index shelf_thanks_inbox on shelf_thanks (inbox_id, put_on);
