//! A room of one's own: this test is the browser, with the same module natively, and then everybody else in turn.

use axum::http::Method;
use serde_json::{Value, json};
use unruffled_private::{Costs, Key, Purpose, Recovery, seal};
use uuid::Uuid;

use super::browser::Answer;
use super::{Browser, TestDesk, gate_letter};

/// Long enough to be in no other word, and to be found wherever it lies.
pub const PLANTED: &str = "wombat-lantern-4471 he frightens me every time he writes";
const PASSPHRASE: &str = "slow tide at dusk, wombat-passphrase-4471";
const COSTS: Costs = Costs {
    memory_kib: 64,
    passes: 1,
};
const BYTES: &str = "application/octet-stream";

/// What a browser knows while its owner's room is open.
struct Room<'a> {
    browser: &'a Browser,
    agent: String,
    key: Key,
}

fn lock(key: &Key, agent: &str, passphrase: &str) -> Value {
    let salt = [3; 16];
    let by_passphrase = Key::derived(passphrase.as_bytes(), &salt, COSTS).expect("derived");
    let by_recovery = Recovery::of(&[5; 20])
        .and_then(|recovery| recovery.key(&salt))
        .expect("derived");
    let wrap = |by: &Key, purpose| by.wrap(key, &[8; 24], purpose, agent).expect("wrapped");
    json!({
        "salt": salt.to_vec(),
        "memory_kib": COSTS.memory_kib,
        "passes": COSTS.passes,
        "key_by_passphrase": wrap(&by_passphrase, Purpose::Passphrase),
        "recovery_salt": salt.to_vec(),
        "key_by_recovery": wrap(&by_recovery, Purpose::Recovery),
    })
}

impl<'a> Room<'a> {
    async fn made(desk: &TestDesk, browser: &'a Browser, login: &str) -> Self {
        let agent = desk
            .desk
            .store()
            .agent_by_login(login)
            .await
            .expect("asked")
            .expect("an agent")
            .id
            .to_string();
        let key = Key::of(&[9; 32]).expect("a key");
        let made = json!({ "lock": lock(&key, &agent, PASSPHRASE), "before": null });
        browser.put_json("/own/room", &made).await.is(204);
        Self {
            browser,
            agent,
            key,
        }
    }

    async fn put(&self, id: &str, sealed: &[u8]) -> Answer {
        let address = format!("/own/things/{id}");
        self.browser
            .send(Method::PUT, &address, BYTES, sealed.to_vec())
            .await
    }

    async fn keep(&self, id: &str, words: &str) {
        let nonce = [
            [7; 8],
            id.as_bytes()[..8].try_into().expect("an id"),
            [1; 8],
        ]
        .concat();
        let sealed = seal::seal(&self.key, &self.agent, id, &nonce, words.as_bytes());
        self.put(id, &sealed.expect("sealed")).await.is(204);
    }

    async fn all(&self) -> Vec<(String, Vec<u8>)> {
        let bytes = self.browser.bytes("/own/things").await;
        let mut rest = &bytes[..];
        let mut all = Vec::new();
        while let Some((id, more)) = rest.split_at_checked(36) {
            let (length, more) = more.split_first_chunk::<4>().expect("a length");
            let (sealed, more) = more.split_at(u32::from_le_bytes(*length) as usize);
            all.push((String::from_utf8_lossy(id).into_owned(), sealed.to_vec()));
            rest = more;
        }
        all
    }
}

fn id() -> String {
    Uuid::new_v4().to_string()
}

#[tokio::test]
async fn what_is_kept_comes_back_sealed_to_its_owner_alone() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    assert_eq!(
        ada.get("/own/room").await.ok().json(),
        json!({ "lock": null })
    );
    let room = Room::made(&desk, &ada, "ada").await;
    let (first, second) = (id(), id());
    room.keep(&first, PLANTED).await;
    room.keep(&second, "a short one").await;
    room.keep(&second, "another").await;
    let all = room.all().await;
    assert_eq!(all.len(), 2);
    for (id, sealed) in &all {
        assert_eq!(sealed.len(), 1024, "a short line and a long one look alike");
        let words = seal::open(&room.key, &room.agent, id, sealed).expect("opened");
        let expect = if *id == first { PLANTED } else { "another" };
        assert_eq!(String::from_utf8_lossy(&words), expect);
    }

    // Asked again, the desk says that nothing changed; after a change it says everything.
    let first_time = ada.send(Method::GET, "/own/things", "", Vec::new()).await;
    let tag = first_time.header("etag").to_owned();
    ada.get_if_none_match("/own/things", &tag).await.is(304);
    room.keep(&second, "changed").await;
    room.keep(&second, "another").await;
    ada.get_if_none_match("/own/things", &tag).await.is(200);
    ben.get_if_none_match("/own/things", &tag).await.is(200);

    // Nobody else gets a byte of it, and nobody can write into it.
    assert!(ben.bytes("/own/things").await.is_empty());
    ben.ask(
        Method::DELETE,
        &format!("/own/things/{first}"),
        "",
        "",
        String::new(),
    )
    .await
    .is(204);
    assert_eq!(room.all().await.len(), 2);
    for path in ["/own", "/own/room", "/own/things"] {
        Browser::new(&desk.desk).get(path).await.is(303);
    }
    ada.ask(
        Method::DELETE,
        &format!("/own/things/{first}"),
        "",
        "",
        String::new(),
    )
    .await
    .is(204);
    assert_eq!(room.all().await.len(), 1);
}

#[tokio::test]
async fn a_room_is_locked_anew_once_and_never_by_a_tab_that_is_behind() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let room = Room::made(&desk, &ada, "ada").await;
    let again = json!({ "lock": lock(&room.key, &room.agent, "other"), "before": null });
    ada.put_json("/own/room", &again).await.is(409);
    let before = ada.get("/own/room").await.ok().json()["lock"].clone();
    let change =
        |words: &str| json!({ "lock": lock(&room.key, &room.agent, words), "before": before });
    ada.put_json("/own/room", &change("new words"))
        .await
        .is(204);
    ada.put_json("/own/room", &change("newer words"))
        .await
        .is(409)
        .says("in another tab perhaps");
    let mut odd = change("new words");
    odd["lock"]["passes"] = json!(1_000_000);
    ada.put_json("/own/room", &odd).await.is(422);
}

#[tokio::test]
async fn only_what_is_sealed_and_padded_is_taken_under_an_id_of_chance() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let room = Room::made(&desk, &ada, "ada").await;
    room.put(&id(), PLANTED.as_bytes())
        .await
        .is(422)
        .says("not sealed and padded");
    room.put(&Uuid::now_v7().to_string(), &[0; 1024])
        .await
        .is(404);
    room.put("anchor", &[0; 1024]).await.is(404);
    room.put(&id(), &[0; 1 << 20]).await.is(413);
    let ben = desk.with_agent("ben").await;
    let address = format!("/own/things/{}", id());
    ben.send(Method::PUT, &address, BYTES, vec![0; 1024])
        .await
        .is(409)
        .says("There is no room");
}

#[tokio::test]
async fn deleting_leaves_nothing() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let room = Room::made(&desk, &ada, "ada").await;
    room.keep(&id(), PLANTED).await;
    let sealed = room.all().await.remove(0).1;
    assert!(holds(&everything_in(desk.folder.path()), &sealed[..200]));
    let gone = ada
        .ask(
            Method::DELETE,
            "/own/room",
            "application/json",
            "",
            String::new(),
        )
        .await
        .ok();
    assert_eq!(gone.json()["overwritten"], true);
    assert!(!holds(&everything_in(desk.folder.path()), &sealed[..200]));
    assert_eq!(
        ada.get("/own/room").await.ok().json(),
        json!({ "lock": null })
    );
}

/// Whoever has the database, every backup, the secret and the disk of the desk, and asks every page in every colleague's name.
#[tokio::test]
async fn a_planted_sentence_is_nowhere() {
    let desk = TestDesk::new().await;
    let (mut ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let number = desk.letter(&gate_letter()).await;
    let room = Room::made(&desk, &ada, "ada").await;
    room.keep(&id(), PLANTED).await;
    let session_key = ada
        .send(Method::POST, "/own/session-key", "", Vec::new())
        .await
        .ok()
        .bytes;
    let lent = Key::of(&session_key)
        .and_then(|by| by.wrap(&room.key, &[4; 24], Purpose::Session, &room.agent))
        .expect("lent");
    let agent = room.agent.clone();
    let backup = desk.folder.path().join("a-backup");
    desk.desk.store().backup(&backup).await.expect("backed up");

    // In every page, list, export and answer that there is, for her and for a colleague.
    let found = ada.get("/knocks/candidates?line=Jones").await.ok().json();
    let customer = format!(
        "/customers/{}",
        found["candidates"][0]["id"].as_str().expect("Mr Jones")
    );
    let pages = [
        "/own".to_owned(),
        "/own/room".to_owned(),
        "/inbox".to_owned(),
        "/promises?whose=all".to_owned(),
        "/options".to_owned(),
        "/health".to_owned(),
        "/workload".to_owned(),
        "/workload/unseen".to_owned(),
        "/break".to_owned(),
        "/rehearsal".to_owned(),
        "/workshop".to_owned(),
        "/customers/erased".to_owned(),
        format!("/conversations/{number}"),
        customer.clone(),
        format!("{customer}/everything.zip"),
    ];
    for browser in [&ada, &ben] {
        for page in &pages {
            let answer = browser.get(page).await.ok();
            for (what, secret) in secrets() {
                assert!(!holds(&answer.bytes, secret), "{what} is in {page}");
            }
        }
    }
    assert!(!holds(&ada.bytes("/own/things").await, PLANTED.as_bytes()));

    // On the disk: the database, its log, the backup, the desk's own secret.
    let disk = everything_in(desk.folder.path());
    for (what, secret) in secrets() {
        assert!(!holds(&disk, secret), "{what} is on the disk");
    }
    assert!(!holds(&disk, &[9; 32]), "the room's key is on the disk");
    assert!(
        !holds(&disk, &session_key),
        "the session's key is on the disk"
    );

    let token = ada.cookie.split_once('=').expect("a cookie").1.to_owned();
    // After logging out nobody makes the session's key again: not with the cookie that was, not with a new session.
    ada.post("/session/end", &[]).await.is(303);
    ada.send(Method::POST, "/own/session-key", "", Vec::new())
        .await
        .is(401);
    ada.log_in("ada", super::PASSWORD).await.is(303);
    let other = ada
        .send(Method::POST, "/own/session-key", "", Vec::new())
        .await
        .ok()
        .bytes;
    assert_ne!(other, session_key);
    for by in [&other[..], &[0; 32]] {
        let opened = Key::of(by).and_then(|by| by.unwrap(&lent, Purpose::Session, &agent));
        assert!(opened.is_err(), "what was lent is worth nothing any more");
    }
    let by_token_hash = Key::of(&crate::session::token_hash(&token))
        .and_then(|by| by.unwrap(&lent, Purpose::Session, &agent));
    assert!(
        by_token_hash.is_err(),
        "what the database holds of a session makes no key"
    );
    let opened = Key::of(&session_key).and_then(|by| by.unwrap(&lent, Purpose::Session, &agent));
    assert!(opened.is_ok(), "and with the key that was it did open");
}

fn secrets() -> [(&'static str, &'static [u8]); 2] {
    [
        ("the planted sentence", &PLANTED.as_bytes()[..19]),
        ("the passphrase", PASSPHRASE.as_bytes()),
    ]
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|it| it == words)
}

fn everything_in(folder: &std::path::Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(everything_in(&path));
        } else {
            all.extend(std::fs::read(&path).expect("a file"));
        }
    }
    all
}
