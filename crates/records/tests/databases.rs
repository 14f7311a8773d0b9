//! PostgreSQL and MySQL: as they are, slow, down, wrong, and asked by somebody hostile.

mod parts;

use parts::{HOSTILE, ask, database, entries, server};
use std::path::Path;
use std::time::{Duration, Instant};
use unruffled_records::{By, Kind, Secret, SourceSettings, Trouble};

const MEMBERS: &str = "create table members (name varchar(99), card varchar(99), until date, paid numeric(9,2));
    insert into members values ('Carys Jones', 'HB-20417', '2026-05-31', 214.50), ('M Tran', '7781', null, null);
    create table visits (name varchar(99));";

async fn answers_as_it_should(source: SourceSettings) {
    let with_sum = SourceSettings {
        query: "select * from members where card = :value or lower(name) = lower(:value)".into(),
        says: "{name}, until {until}[, paid {paid}]".into(),
        ..source.clone()
    };
    let found = entries(ask(with_sum, By::Reference, "HB-20417").await);
    assert_eq!(found, ["Carys Jones, until 2026-05-31, paid 214.50"]);
    assert_eq!(
        entries(ask(source.clone(), By::Name, "m tran").await),
        ["M Tran, card 7781"]
    );
    for hostile in [
        HOSTILE,
        "' or '1'='1",
        "\\' or 1=1 -- ",
        "M%",
        "x' union select 1,2,3 -- ",
    ] {
        assert!(
            entries(ask(source.clone(), By::Name, hostile).await).is_empty(),
            "{hostile}"
        );
    }
    assert_eq!(
        entries(ask(source.clone(), By::Name, "M Tran").await).len(),
        1,
        "the table is still there"
    );
}

async fn says_what_is_wrong(source: SourceSettings, sleeps: &str, writes: &str) {
    let no_column = SourceSettings {
        says: "{valid_to}".into(),
        ..source.clone()
    };
    let Err(Trouble::Wrong(why)) = ask(no_column, By::Name, "x").await else {
        panic!("an answer")
    };
    assert!(why.contains("valid_to"), "{why}");

    let slow = SourceSettings {
        query: sleeps.into(),
        timeout_ms: 400,
        ..source.clone()
    };
    let begun = Instant::now();
    let said = ask(slow, By::Name, "M Tran").await.expect_err("too slow");
    assert!(
        matches!(said, Trouble::Slow(_) | Trouble::Wrong(_)),
        "{said}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "it is not waited for"
    );

    let writing = SourceSettings {
        query: writes.into(),
        timeout_ms: 5_000,
        ..source.clone()
    };
    let Err(Trouble::Wrong(why)) = ask(writing, By::Name, "x").await else {
        panic!("it was written")
    };
    assert!(why.to_lowercase().contains("read"), "{why}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("a port");
    let (scheme, _) = source.address.split_once("://").expect("an address");
    let down = SourceSettings {
        address: format!("{scheme}://reader@{nobody}/till"),
        timeout_ms: 5_000,
        ..source
    };
    let said = ask(down, By::Name, "x")
        .await
        .expect_err("nobody is there")
        .to_string();
    assert!(
        said.starts_with("could not be reached (") || said.starts_with("did not answer"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_is_asked_and_never_written_to() {
    let Some(server) = server::postgres(&format!(
        "{MEMBERS} create function note(who text) returns text language sql volatile as
            $$ insert into visits values (who) returning name $$;"
    )) else {
        return;
    };
    let source = SourceSettings {
        timeout_ms: 10_000,
        ..database(Kind::Postgres, Path::new(""), &server.address)
    };
    answers_as_it_should(source.clone()).await;
    says_what_is_wrong(
        source,
        "select name, card, until from members, pg_sleep(30) where name = :value",
        "select note(:value) as name, '' as card, '' as until",
    )
    .await;
    let visits = server.psql("select count(*) from visits");
    assert_eq!(String::from_utf8_lossy(&visits.stdout).trim(), "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mysql_is_asked_and_never_written_to() {
    let Some(server) = server::mariadb(&format!(
        "{MEMBERS} create function note(who text) returns text modifies sql data return (select 1);
         drop function note;
         create user 'reader'@'127.0.0.1' identified by 'harbour light'; grant select on till.* to 'reader'@'127.0.0.1';
         create sequence tickets;"
    )) else {
        return;
    };
    let source = SourceSettings {
        timeout_ms: 10_000,
        ..database(Kind::Mysql, Path::new(""), &server.address)
    };
    answers_as_it_should(source.clone()).await;
    let reader = SourceSettings {
        address: server.address.replace("root@", "reader@"),
        secret: Secret::new("harbour light"),
        ..source.clone()
    };
    assert_eq!(
        entries(ask(reader.clone(), By::Name, "M Tran").await).len(),
        1
    );
    let stranger = SourceSettings {
        secret: Secret::new("guessed"),
        ..reader
    };
    let said = ask(stranger, By::Name, "M Tran")
        .await
        .expect_err("refused")
        .to_string();
    assert!(
        said.contains("denied") && !said.contains("guessed"),
        "{said}"
    );
    says_what_is_wrong(
        source,
        "select name, card, until from members where sleep(30) = 0 and name = :value",
        "select nextval(tickets) as name, :value as card, '' as until",
    )
    .await;
}
