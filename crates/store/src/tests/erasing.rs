//! Erasing: sentences are planted wherever somebody's words may lie, and none is found afterwards.

use super::desk::*;
use crate::engine::Engine;
use crate::holdings::HELD;
use crate::*;

/// Long enough to be in no other word, and to be found wherever it lies.
const PLANTED: &str = "quokka-lantern-7781";

fn planted(where_it_lies: &str) -> String {
    format!("{PLANTED} {where_it_lies}")
}

/// Mr Jones in every table.
async fn everywhere(desk: &TestDesk) -> (CustomerId, Conversation) {
    let raw = desk
        .stored(
            &format!("Subject: {}\r\n\r\nbytes", planted("raw")),
            MORNING,
        )
        .await;
    let file = NewAttachment {
        name: planted("file name"),
        media_type: "text/plain".into(),
        bytes: planted("file").into_bytes(),
    };
    let letter = Parsed {
        from_name: planted("name"),
        subject: planted("subject"),
        html: Some(planted("html")),
        attachments: vec![file],
        message_id: format!("{PLANTED}@jones.example"),
        ..letter(raw, &planted("text").repeat(400), MORNING)
    };
    let received = desk.receive(letter).await.unwrap();
    let conversation = desk
        .conversation_by_id(&received.conversation_id)
        .await
        .unwrap()
        .unwrap();
    let id = conversation.customer_id.clone();
    let agreed = planted("matters");
    let says = SaysOfThemselves {
        name: &planted("signed"),
        addressed_as: &planted("addressed"),
        matters: Some((&agreed, MORNING)),
    };
    desk.describe_customer(&id, &says).await.unwrap();
    desk.add_customer_address(&id, &format!("{PLANTED}@example.org"))
        .await
        .unwrap();
    desk.add_customer_phone(&id, "+44 7700 900123", MORNING)
        .await
        .unwrap();
    desk.queue_reply(&reply(desk, &received, &planted("reply"), MORNING), MORNING)
        .await
        .unwrap();
    let note = NewNote {
        conversation_id: &conversation.id,
        author_id: &desk.ada,
        text: &planted("note"),
        draft_version: 0,
    };
    desk.add_note(&note, MORNING).await.unwrap();
    let draft = SaveDraft {
        agent_id: &desk.ada,
        conversation_id: &conversation.id,
        kind: DraftKind::Reply,
        expected_version: 0,
        sealed: &planted("draft").into_bytes(),
    };
    desk.save_draft(&draft, MORNING).await.unwrap();
    let call = PhoneEvent {
        inbox_id: &desk.front,
        call_id: &planted("call"),
        direction: PhoneDirection::In,
        number: "07700 900123",
        line: "1",
        meant_for: None,
        news: PhoneNews::Rings,
    };
    desk.hear_phone(&call, MORNING).await.unwrap();
    let knock = NewKnock {
        inbox_id: &desk.front,
        channel: LiveChannel::Counter,
        customer_id: Some(&id),
        who: &planted("who"),
        about: &planted("about"),
        said_by: Some(&desk.ada),
        meant_for: None,
    };
    let knock = desk.add_knock(&knock, MORNING).await.unwrap();
    let knock = desk
        .waiting_knock(&desk.ada, &knock)
        .await
        .unwrap()
        .unwrap();
    let opened = desk
        .open_knock(
            &desk.ada,
            &knock,
            OpenFor::Known(&id),
            &planted("moment"),
            MORNING,
        )
        .await
        .unwrap();
    let moment = desk
        .conversation(&desk.ada, opened.unwrap().number)
        .await
        .unwrap()
        .unwrap();
    let begun = desk.open_card(&moment.id).await.unwrap().unwrap();
    let heard = Heard {
        asks: planted("asks"),
        promised: planted("promised"),
        ..begun.heard
    };
    let card = SaveCard {
        conversation_id: &moment.id,
        author_id: &desk.ada,
        channel: LiveChannel::Counter,
        expected_version: begun.version,
        heard: &heard,
    };
    desk.save_card(&card, MORNING).await.unwrap();
    desk.join_conversations(&conversation.id, &moment.id, MORNING)
        .await
        .unwrap();
    let promise = NewPromise {
        conversation_id: conversation.id.clone(),
        kind: PromiseKind::Promise,
        what: planted("promise"),
        promised_by: Some(desk.ada.clone()),
        source: PromiseSource::Told,
        message_id: None,
        card_id: None,
        due: None,
    };
    desk.add_promise(&promise, MORNING).await.unwrap();
    let fact = NewFact {
        claim: planted("claim"),
        known: planted("known"),
        source: "the till".into(),
        state: FactState::Checked,
        of_ours: false,
    };
    desk.add_fact(&conversation.id, &fact, &desk.ada, MORNING)
        .await
        .unwrap();
    let wanted = planted("wanted");
    let called = NewCall {
        conversation_id: &conversation.id,
        caller_id: &desk.ada,
        for_id: None,
        wanted: &wanted,
    };
    assert_eq!(
        desk.call_in(&called, MORNING).await.unwrap(),
        Called::Waiting
    );
    let cleo = desk
        .add_agent(&agent("cleo", "Cleo"), MORNING)
        .await
        .unwrap();
    desk.join_inbox(&desk.front, &cleo).await.unwrap();
    assert!(desk.come(&conversation.id, &cleo, MORNING).await.unwrap());
    desk.whisper(&conversation.id, &desk.ada, &planted("whisper"), MORNING)
        .await
        .unwrap();
    (id, conversation)
}

/// Somebody else's letter, in which the same address wrote as well.
async fn beside(desk: &TestDesk) -> Received {
    let raw = desk.stored("Anna's own letter", MORNING).await;
    let hers = Parsed {
        from_address: "anna@example.org".into(),
        from_name: "Anna".into(),
        ..letter(raw, "Anna's words", MORNING)
    };
    let hers = desk.receive(hers).await.unwrap();
    let raw = desk.stored(&planted("joined raw"), MORNING + 1).await;
    let his = Parsed {
        target: Target::Conversation(hers.conversation_id.clone()),
        ..letter(raw, &planted("joined"), MORNING + 1)
    };
    desk.receive(his).await.unwrap();
    hers
}

/// Every file of the desk in which the planted words still are.
fn found_in(desk: &TestDesk) -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if std::fs::read(&path)
                .unwrap()
                .windows(PLANTED.len())
                .any(|it| it == PLANTED.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    let mut found = Vec::new();
    walk(desk.folder.path(), &mut found);
    found
}

pub async fn nothing_of_a_customer_is_left(desk: TestDesk) {
    let (id, conversation) = everywhere(&desk).await;
    beside(&desk).await;
    let holdings = desk.holdings(&desk.ada, &id).await.unwrap();
    let missing: Vec<&str> = HELD
        .iter()
        .filter(|held| !holdings.counted.iter().any(|(says, _)| says == &held.says))
        .map(|held| held.table)
        .filter(|table| !PLANTED_NOT.contains(table))
        .collect();
    assert!(missing.is_empty(), "nothing was planted in {missing:?}");
    let rows = desk.held_rows(&id).await.unwrap();
    let written = serde_json::to_string(&rows).unwrap();
    for what in [
        "text", "reply", "note", "matters", "asks", "promised", "who", "joined",
    ] {
        assert!(written.contains(&planted(what)), "the export lacks {what}");
    }
    let (letters, left_out) = desk.held_letters(&id, 1 << 20).await.unwrap();
    assert_eq!((letters.len(), left_out), (2, 0));
    let on_sqlite = matches!(desk.engine(), Engine::Sqlite { .. });
    if on_sqlite {
        assert!(!found_in(&desk).is_empty(), "it was there");
    }

    let erased = desk
        .erase_customer(&desk.ada, &id, MORNING + SECOND)
        .await
        .unwrap();
    assert_eq!((erased.conversations, erased.files), (2, 1));
    assert!(erased.overwritten);
    assert!(desk.customer(&id).await.unwrap().is_none());
    assert!(
        desk.conversation_by_id(&conversation.id)
            .await
            .unwrap()
            .is_none()
    );
    assert!(desk.held_rows(&id).await.unwrap().is_empty());
    assert_eq!(found_in(&desk), Vec::<String>::new());
    for table in all_tables(&desk).await {
        let said = every_word_of(&desk, &table).await;
        assert!(!said.contains(PLANTED), "{table}: {said}");
    }
    let noted = every_word_of(&desk, "erasures").await;
    assert!(
        noted.contains(desk.ada.as_str()),
        "that it was done, and by whom: {noted}"
    );
}

/// Tables of the list in which this test plants nothing, each with its reason.
const PLANTED_NOT: &[&str] = &[
    // No words of a customer's: which option, who nodded, when a reply goes, from which day to which a promise was moved.
    "option_uses",
    "option_nods",
    "timed_replies",
    "promise_moves",
    // Laid over a fact, which is planted.
    "fact_checks",
    "fact_troubles",
];

pub async fn what_somebody_else_wrote_stays(desk: TestDesk) {
    let (id, _) = everywhere(&desk).await;
    let hers = beside(&desk).await;
    desk.erase_customer(&desk.ada, &id, MORNING + SECOND)
        .await
        .unwrap();
    let thread = desk.thread(&hers.conversation_id).await.unwrap().messages;
    assert_eq!(thread.len(), 1);
    assert_eq!(thread[0].text, "Anna's words");
    let lines = desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap()
        .lines;
    assert_eq!(
        (lines.len(), lines[0].preview.as_str()),
        (1, "Anna's words"),
        "the list says what is left"
    );
}

pub async fn a_customer_of_another_inbox_is_not_erased(desk: TestDesk) {
    let (id, _) = everywhere(&desk).await;
    assert!(!desk.may_see_customer(&desk.ben, &id).await.unwrap());
    assert!(matches!(
        desk.erase_customer(&desk.ben, &id, MORNING).await,
        Err(Error::Refused(_))
    ));
    assert!(desk.may_see_customer(&desk.ada, &id).await.unwrap());
}

pub async fn every_table_with_their_words_is_known(desk: TestDesk) {
    for table in all_tables(&desk).await {
        let columns = columns_of(&desk, &table).await;
        let is_about_somebody = columns.iter().any(|column| {
            [
                "conversation_id",
                "customer_id",
                "message_id",
                "other_id",
                "raw_id",
            ]
            .contains(&column.as_str())
        });
        let known = HELD.iter().any(|held| held.table == table);
        assert!(
            known || !is_about_somebody,
            "{table} may hold a customer's words: say in holdings.rs which rows, and in what order they go"
        );
    }
}

async fn all_tables(desk: &TestDesk) -> Vec<String> {
    let sql = match desk.engine() {
        Engine::Sqlite { .. } => {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
        }
        Engine::Postgres(_) => {
            "select table_name::text from information_schema.tables where table_schema = current_schema() order by 1"
        }
    };
    let read = async || -> Result<Vec<(String,)>> { Ok(list!(desk, sql)) };
    read()
        .await
        .unwrap()
        .into_iter()
        .map(|(name,)| name)
        .collect()
}

async fn columns_of(desk: &TestDesk, table: &str) -> Vec<String> {
    let sql = match desk.engine() {
        Engine::Sqlite { .. } => "select name from pragma_table_info($1)",
        Engine::Postgres(_) => {
            "select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = $1"
        }
    };
    let read = async || -> Result<Vec<(String,)>> { Ok(list!(desk, sql, table)) };
    read()
        .await
        .unwrap()
        .into_iter()
        .map(|(name,)| name)
        .collect()
}

async fn every_word_of(desk: &TestDesk, table: &str) -> String {
    let columns = columns_of(desk, table).await;
    let words: Vec<String> = columns
        .iter()
        .map(|column| match desk.engine() {
            Engine::Sqlite { .. } => format!("coalesce(cast({column} as text), '')"),
            Engine::Postgres(_) => format!("coalesce({column}::text, '')"),
        })
        .collect();
    let sql = format!("select {} from {table}", words.join(" || ' ' || "));
    let read =
        async || -> Result<Vec<(String,)>> { Ok(list!(desk, sqlx::AssertSqlSafe(sql.clone()))) };
    read()
        .await
        .unwrap()
        .into_iter()
        .map(|(row,)| row)
        .collect::<Vec<_>>()
        .join("\n")
}
