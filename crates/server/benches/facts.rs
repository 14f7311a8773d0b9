//! From a stored letter to its facts beside it, with five sources of 100,000 entries: two lists, two SQLite files, one endpoint.
//!
//! `cargo bench --package unruffled-server --bench facts`. With `--test` it runs a few letters over small lists, once.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use unruffled_records::{By, Kind, SourceSettings};
use unruffled_server::{Desk, Settings, jobs};
use unruffled_store::{ConversationState, Whose};

fn main() {
    let quick = std::env::args().any(|word| word == "--test");
    let (entries, letters) = if quick { (1_000, 5) } else { (100_000, 300) };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime
        .expect("a runtime")
        .block_on(measure(entries, letters));
}

async fn measure(entries: usize, letters: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let settings = Settings {
        database: at.join("desk.db").display().to_string(),
        attachments: at.join("attachments"),
        secret_file: at.join("secret"),
        playbook_folder: at.join("playbook"),
        records: sources(at, entries).await,
        ..Settings::default()
    };
    let desk = Desk::open(settings).await.expect("a desk");
    desk.add_agent("ada", "Ada", "quiet harbour at dawn")
        .await
        .expect("an agent");
    // The first letter also loads the engine and the lists: that is the start's affair, not a letter's.
    one_letter(&desk, 0).await;
    let mut took: Vec<Duration> = Vec::with_capacity(letters);
    for n in 1..=letters {
        took.push(one_letter(&desk, n * 37 % entries).await);
    }
    let agents = desk.store().agents().await.expect("agents");
    let page = desk
        .store()
        .list(&agents[0].id, ConversationState::Open, Whose::All, None)
        .await
        .expect("a list");
    let conversation = desk
        .store()
        .conversation(&agents[0].id, page.lines[0].number)
        .await
        .expect("read")
        .expect("there");
    let facts = desk.store().facts(&conversation.id).await.expect("facts");
    assert!(facts.len() >= 5, "{facts:#?}");
    assert!(
        desk.store()
            .fact_troubles(&conversation.id)
            .await
            .expect("read")
            .is_empty()
    );
    took.sort();
    let ms = |part: usize| took[(took.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!(
        "facts of a new letter, 5 sources of {entries} entries, {letters} letters: half within {:.1} ms, 95 of 100 within {:.1} ms, all within {:.1} ms",
        ms(50),
        ms(95),
        ms(100)
    );
}

/// Stores a letter and works off what it brings: reading it, looking up what it says, keeping that.
async fn one_letter(desk: &Desk, n: usize) -> Duration {
    let letter = format!(
        "From: Member {n} <member{n}@example.org>\r\nTo: help@example.org\r\nSubject: my card\r\nMessage-ID: <{n}.{}@example.org>\r\n\
         Date: Mon, 4 May 2026 10:02:00 +0100\r\n\r\nI renewed my card HB-{n} in March and I paid £{}.50 on 3 March 2026.\r\n\r\n\
         I signed up for the booklet. I was told it was in the mail. Why does the gate beep?\r\n\r\nMember {n}\r\n",
        uuid::Uuid::now_v7(),
        n % 300 + 1
    );
    let store = desk.store();
    store
        .store_raw(desk.inbox(), letter.as_bytes(), "bench", None, desk.now())
        .await
        .expect("stored");
    let begun = Instant::now();
    jobs::work_off(desk).await.expect("worked off");
    begun.elapsed()
}

async fn sources(folder: &Path, entries: usize) -> Vec<SourceSettings> {
    let mut list = String::from("card,name,email,renewed,paid\n");
    for n in 0..entries {
        let _ = writeln!(
            list,
            "HB-{n},Member {n},member{n}@example.org,3 March 2026,£{}.50",
            n % 300 + 1
        );
    }
    let csv = |name: &str, about: &str| {
        let file = folder.join(format!("{}.csv", name.replace(' ', "-")));
        std::fs::write(&file, &list).expect("written");
        SourceSettings {
            name: name.to_owned(),
            file,
            by: vec![By::Reference, By::Email, By::Name],
            columns: [(By::Reference, "card".to_owned())].into(),
            says: "card {card}, renewed by {name} on {renewed}, {paid} paid".to_owned(),
            about: vec![about.to_owned()],
            ..SourceSettings::default()
        }
    };
    let mut all = vec![
        csv("the member list", "card"),
        csv("the mailing list", "booklet"),
    ];
    for name in ["the till", "the gate"] {
        let file = folder.join(format!("{name}.db"));
        let open = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true);
        let mut db = sqlx::ConnectOptions::connect(&open)
            .await
            .expect("a database");
        let made = format!(
            "create table cards as with recursive n(n) as (select 0 union all select n + 1 from n where n + 1 < {entries})
                select 'HB-' || n as card, 'Member ' || n as name, 'member' || n || '@example.org' as email, 'linked' as state from n;
             create index cards_card on cards (card); create index cards_email on cards (email);"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(made))
            .execute(&mut db)
            .await
            .expect("filled");
        all.push(SourceSettings {
            name: name.to_owned(),
            kind: Kind::Sqlite,
            file,
            query: "select card, name, state from cards where card = :value or email = :value"
                .to_owned(),
            by: vec![By::Reference, By::Email],
            says: "card {card} of {name} is {state}".to_owned(),
            ..SourceSettings::default()
        });
    }
    all.push(SourceSettings {
        name: "the shop".to_owned(),
        kind: Kind::Http,
        address: format!("http://{}/orders?number={{value}}", shop(entries).await),
        private_address: true,
        by: vec![By::Reference],
        says: "order {number}, sent {sent}".to_owned(),
        ..SourceSettings::default()
    });
    all
}

/// An endpoint with so many orders behind it.
async fn shop(entries: usize) -> std::net::SocketAddr {
    let orders: std::collections::HashMap<String, usize> =
        (0..entries).map(|n| (format!("HB-{n}"), n)).collect();
    let orders = std::sync::Arc::new(orders);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("a port");
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let orders = std::sync::Arc::clone(&orders);
            tokio::spawn(async move {
                let mut asked = vec![0; 4096];
                let read = line.read(&mut asked).await.unwrap_or(0);
                let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
                let number = asked
                    .split("number=")
                    .nth(1)
                    .and_then(|rest| rest.split(' ').next())
                    .unwrap_or_default();
                let body = match orders.get(number) {
                    Some(n) => format!(
                        "[{{\"number\": \"{number}\", \"sent\": \"{} May 2026\"}}]",
                        n % 28 + 1
                    ),
                    None => "[]".to_owned(),
                };
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                drop(line.write_all(answer.as_bytes()).await);
            });
        }
    });
    at
}
