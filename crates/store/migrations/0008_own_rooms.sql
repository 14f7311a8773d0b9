-- Rooms of one's own: who has one, how its key is locked, and what is kept in it, sealed in the browser.
-- No column says what a thing is, when it was kept or how many there were; ids are drawn by chance, and without a rowid
-- SQLite does not remember in which order they came.

-- `mark` is drawn by chance at every change, so that a browser asks for nothing that it has already.
create table own_rooms (
    agent_id text primary key references agents (id) on delete cascade,
    salt blob not null,
    memory_kib integer not null,
    passes integer not null,
    key_by_passphrase blob not null,
    recovery_salt blob not null,
    key_by_recovery blob not null,
    mark blob not null
) strict, without rowid;

create table own_things (
    agent_id text not null references own_rooms (agent_id) on delete cascade,
    id text not null,
    sealed blob not null,
    primary key (agent_id, id)
) strict, without rowid;
