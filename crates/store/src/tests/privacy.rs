//! What a desk may hold at all: a column that could hold a mood, a score or a count of pauses has to be argued for here.

use super::desk::TestDesk;
use crate::engine::Engine;

/// Every column of every table, in order of the tables' names. PRIVACY.md says what each row means to a person.
const MAY_BE_THERE: &[(&str, &str)] = &[
    (
        "agents",
        "id login name password_hash seal_salt sealed_key created_at",
    ),
    (
        "attachments",
        "id conversation_id message_id position name media_type size sha256",
    ),
    // One row a conversation, gone with its moment: who called for whom, never how often.
    (
        "calls",
        "conversation_id caller_id for_id wanted state came_id called_at came_at ended_at",
    ),
    // A moment without names, for whoever talks it over: it leads to no conversation, no customer and no time of day. Who
    // brought it stands there only where they chose to stand by it.
    (
        "circle_moments",
        "id inbox_id about question brought_by brought_on state over_on version expected happened why keep_on change_to",
    ),
    ("circle_words", "moment_id position voice words"),
    (
        "conversations",
        "id number inbox_id customer_id subject state assignee_id channel preview last_from created_at updated_at",
    ),
    ("counters", "name value"),
    ("customer_addresses", "address customer_id"),
    (
        "customer_phones",
        "customer_id digits tail number created_at",
    ),
    // What matters to somebody is kept in their own words, since the day on which they agreed, or not at all.
    (
        "customers",
        "id name created_at addressed_as matters matters_agreed_at",
    ),
    (
        "drafts",
        "agent_id conversation_id kind version sealed updated_at",
    ),
    // That something was erased; no word of what, or of whom.
    (
        "erasures",
        "id agent_id erased_at conversations messages files",
    ),
    (
        "fact_checks",
        "conversation_id fact_id state source author_id checked_at",
    ),
    ("fact_troubles", "conversation_id source problem asked_at"),
    (
        "facts",
        "conversation_id id message_id position claim known source state of_ours author_id found_at",
    ),
    ("inbox_members", "inbox_id agent_id"),
    ("inboxes", "id name address created_at"),
    (
        "jobs",
        "id kind payload run_at state lease_until attempts problem",
    ),
    ("joined_conversations", "conversation_id other_id joined_at"),
    // Who announced somebody, and for whom; who opened it is whoever has the conversation in hand.
    (
        "knocks",
        "id inbox_id channel customer_id who about said_by meant_for call_row state conversation_id created_at settled_at",
    ),
    // What the customer said and what we promised: the team's record, like a note that was kept. Nothing of the agent.
    // What was learnt, and what became of it; nobody's name.
    ("lessons", "id inbox_id says became became_name learnt_on"),
    (
        "listening_cards",
        "id conversation_id channel author_id author_name version name asks matters by_when said_back promised begun_at kept_at",
    ),
    ("login_attempts", "key tried_at"),
    ("login_gates", "key tried_at"),
    ("mailboxes", "inbox_id folder uid_validity last_uid"),
    ("message_ids", "message_id conversation_id id"),
    (
        "messages",
        "conversation_id id direction kind author_id from_name from_address reply_to to_line cc_line subject \
         message_id in_reply_to refs raw_id marks created_at sent_at text html",
    ),
    ("migrations", "version"),
    (
        "option_nods",
        "conversation_id id option_id says asked_by asked_of asked_at state answered_by answered_at word",
    ),
    // Options are counted, people never: no agent may stand here.
    ("option_uses", "conversation_id option_id used_at"),
    (
        "outbox",
        "id conversation_id message_id direction version state state_before once envelope_from envelope_to \
         send_after attempts lease_until problem next_try_at sent_at eml",
    ),
    // How a room of one's own is locked, and sealed bytes under ids of chance: no kind, no time, no count, no order.
    (
        "own_rooms",
        "agent_id salt memory_kib passes key_by_passphrase recovery_salt key_by_recovery mark",
    ),
    ("own_things", "agent_id id sealed"),
    // Who answered is what the telephone system tells of a call, as a reply tells who wrote it; nothing is counted by it.
    (
        "phone_calls",
        "id inbox_id call_id direction number tail line customer_id answered_by cause rang_at answered_at ended_at",
    ),
    (
        "promise_moves",
        "promise_id moved_at due_at whole_day bring_up_at message_id",
    ),
    (
        "promises",
        "id conversation_id kind what promised_by source message_id card_id due_at whole_day bring_up_at state \
         settled_at kept_with created_at",
    ),
    (
        "raws",
        "id inbox_id sha256 origin received_at state problem conversation_id message_id size bytes",
    ),
    (
        "sessions",
        "token_hash agent_id sealed_key created_at seen_at expires_at",
    ),
    // Thanks that somebody chose to put there; who did is not kept.
    ("shelf_thanks", "id inbox_id words for_whom put_on"),
    ("timed_replies", "outbox_id"),
    ("whispers", "id conversation_id author_id text said_at"),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_table_has_room_for_what_an_agent_feels() {
    let desk = TestDesk::on_sqlite().await;
    let Engine::Sqlite { read, .. } = desk.store.engine() else {
        unreachable!("this desk is on SQLite");
    };
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select m.name, p.name from sqlite_master m join pragma_table_info(m.name) p
         where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, p.cid",
    )
    .fetch_all(read)
    .await
    .expect("the schema can be read");
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for (table, column) in columns {
        match tables.last_mut() {
            Some((last, all)) if *last == table => all.push(column),
            _ => tables.push((table, vec![column])),
        }
    }
    let found: Vec<(String, String)> = tables
        .into_iter()
        .map(|(table, all)| (table, all.join(" ")))
        .collect();
    let may: Vec<(String, String)> = MAY_BE_THERE
        .iter()
        .map(|(table, columns)| ((*table).to_owned(), (*columns).to_owned()))
        .collect();
    assert_eq!(
        found, may,
        "a new column: say in PRIVACY.md who can read it, then here"
    );
}
