//! Rooms of one's own: made once, locked anew, nobody else's, and gone without a trace.

use super::desk::*;
use crate::engine::Engine;
use crate::*;

fn room(lock: &str) -> OwnRoom {
    OwnRoom {
        salt: b"salt".to_vec(),
        memory_kib: 64,
        passes: 1,
        key_by_passphrase: lock.into(),
        recovery_salt: b"other salt".to_vec(),
        key_by_recovery: b"recovery".to_vec(),
    }
}

fn id(number: u128) -> OwnThingId {
    OwnThingId::parse(&uuid::Uuid::from_u128(number).to_string()).unwrap()
}

pub async fn a_room_is_made_once_and_locked_anew(desk: TestDesk) {
    assert_eq!(desk.own_room(&desk.ada).await.unwrap(), None);
    assert!(
        desk.make_own_room(&desk.ada, &room("first"), b"mark")
            .await
            .unwrap()
    );
    assert!(
        !desk
            .make_own_room(&desk.ada, &room("second"), b"mark")
            .await
            .unwrap()
    );
    let change = async |from: &str, to: &str| {
        desk.change_own_room(&desk.ada, &room(from), &room(to))
            .await
            .unwrap()
    };
    assert!(change("first", "third").await);
    assert!(!change("first", "fourth").await, "another tab was faster");
    assert_eq!(desk.own_room(&desk.ada).await.unwrap(), Some(room("third")));
    assert_eq!(desk.own_room(&desk.ben).await.unwrap(), None);
}

pub async fn what_is_kept_belongs_to_one_person(desk: TestDesk) {
    let none = desk
        .keep_own_thing(&desk.ada, &id(1), b"sealed", b"mark")
        .await;
    assert!(matches!(none, Err(Error::Missing(_))), "there is no room");
    for agent in [&desk.ada, &desk.ben] {
        desk.make_own_room(agent, &room("lock"), b"mark")
            .await
            .unwrap();
    }
    desk.keep_own_thing(&desk.ada, &id(2), b"sealed", b"mark")
        .await
        .unwrap();
    desk.keep_own_thing(&desk.ada, &id(1), b"first", b"mark")
        .await
        .unwrap();
    desk.keep_own_thing(&desk.ada, &id(1), b"again", b"mark")
        .await
        .unwrap();
    desk.keep_own_thing(&desk.ben, &id(1), b"his", b"mark")
        .await
        .unwrap();
    let all = desk.own_things(&desk.ada).await.unwrap();
    let sealed: Vec<&[u8]> = all.iter().map(|thing| &thing.sealed[..]).collect();
    assert_eq!(sealed, [&b"again"[..], b"sealed"], "by id, never by time");
    assert!(
        !desk
            .remove_own_thing(&desk.ben, &id(2), b"other")
            .await
            .unwrap()
    );
    assert!(
        desk.remove_own_thing(&desk.ada, &id(1), b"other")
            .await
            .unwrap()
    );
    let mark = desk.own_mark(&desk.ada).await.unwrap();
    assert_eq!(mark.as_deref(), Some(&b"other"[..]), "something changed");
    assert_eq!(desk.own_things(&desk.ben).await.unwrap()[0].sealed, b"his");
    let long = vec![0; limits::OWN_THING_BYTES_MAX + 1];
    let refused = desk.keep_own_thing(&desk.ada, &id(3), &long, b"mark").await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

pub async fn nothing_of_a_room_is_left(desk: TestDesk) {
    const PLANTED: &str = "sealed-bytes-of-a-quokka-7781";
    let found = || {
        let mut files = vec![desk.folder.path().join("desk.sqlite")];
        files.push(desk.folder.path().join("desk.sqlite-wal"));
        files
            .into_iter()
            .filter_map(|file| std::fs::read(file).ok())
            .any(|bytes| {
                bytes
                    .windows(PLANTED.len())
                    .any(|it| it == PLANTED.as_bytes())
            })
    };
    desk.make_own_room(&desk.ada, &room(PLANTED), b"mark")
        .await
        .unwrap();
    desk.make_own_room(&desk.ben, &room("his"), b"mark")
        .await
        .unwrap();
    for number in 1..40 {
        let sealed = PLANTED.repeat(30);
        desk.keep_own_thing(&desk.ada, &id(number), sealed.as_bytes(), b"mark")
            .await
            .unwrap();
    }
    let on_sqlite = matches!(desk.engine(), Engine::Sqlite { .. });
    assert_eq!(found(), on_sqlite, "it was there");
    assert!(desk.delete_own_room(&desk.ada).await.unwrap());
    assert_eq!(desk.own_room(&desk.ada).await.unwrap(), None);
    assert!(desk.own_things(&desk.ada).await.unwrap().is_empty());
    assert!(desk.own_room(&desk.ben).await.unwrap().is_some());
    assert!(!found(), "its bytes are overwritten");
}
