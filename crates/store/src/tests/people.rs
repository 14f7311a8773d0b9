//! People: logging in, staying logged in, and seeing one's own inboxes only.

use super::desk::*;
use crate::limits::{LOGIN_TRIES_MAX, LOGIN_WINDOW_US};
use crate::*;

pub async fn a_login_is_found_in_any_case_and_taken_once(desk: TestDesk) {
    let found = desk.agent_by_login(" ADA ").await.unwrap().unwrap();
    assert_eq!((&found.id, found.login.as_str()), (&desk.ada, "ada"));
    let taken = desk
        .add_agent(&agent("Ada", "Another Ada"), MORNING)
        .await
        .unwrap_err();
    assert!(matches!(taken, Error::Taken("login")), "{taken:?}");
    assert_eq!(desk.agent_by_login("nobody").await.unwrap(), None);
    let taken = desk
        .add_inbox("Again", "HELP@baths.example", MORNING)
        .await
        .unwrap_err();
    assert!(matches!(taken, Error::Taken("address")), "{taken:?}");
    assert!(
        !format!("{found:?}").contains("hash"),
        "no hash in a log line"
    );
}

pub async fn a_session_ends_with_its_time_and_with_a_new_password(desk: TestDesk) {
    let new = NewSession {
        token_hash: b"one",
        agent_id: &desk.ada,
        sealed_key: b"sealed",
        expires_at: MORNING + 100 * SECOND,
    };
    desk.open_session(&new, MORNING).await.unwrap();
    let session = desk
        .session(b"one", MORNING + SECOND)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(session.agent_id, desk.ada);
    assert!(
        desk.session(b"one", MORNING + 100 * SECOND)
            .await
            .unwrap()
            .is_none()
    );
    assert!(desk.session(b"another", MORNING).await.unwrap().is_none());

    desk.keep_session(&session, MORNING + 200 * SECOND, MORNING + 90 * SECOND)
        .await
        .unwrap();
    assert!(
        desk.session(b"one", MORNING + 150 * SECOND)
            .await
            .unwrap()
            .is_some()
    );

    desk.change_password(&desk.ada, "new hash", b"new salt", b"new key")
        .await
        .unwrap();
    assert!(
        desk.session(b"one", MORNING + SECOND)
            .await
            .unwrap()
            .is_none()
    );
    let ada = desk.agent(&desk.ada).await.unwrap().unwrap();
    assert_eq!(
        (ada.password_hash.as_str(), &ada.sealed_key[..]),
        ("new hash", &b"new key"[..])
    );

    desk.open_session(&new, MORNING).await.unwrap();
    desk.close_session(b"one").await.unwrap();
    assert!(desk.session(b"one", MORNING).await.unwrap().is_none());
}

pub async fn the_tenth_try_is_heard_and_the_eleventh_is_not(desk: TestDesk) {
    for second in 0..LOGIN_TRIES_MAX {
        let gate = desk
            .login_allowed("login:ada", MORNING + second * SECOND)
            .await
            .unwrap();
        assert_eq!(gate, LoginGate::Open);
    }
    let later = MORNING + 60 * SECOND;
    let opens = MORNING + LOGIN_WINDOW_US;
    assert_eq!(
        desk.login_allowed("login:ada", later).await.unwrap(),
        LoginGate::ClosedUntil(opens)
    );
    assert_eq!(
        desk.login_allowed("login:ben", later).await.unwrap(),
        LoginGate::Open
    );
    assert_eq!(
        desk.login_allowed("login:ada", opens).await.unwrap(),
        LoginGate::Open
    );
    desk.login_succeeded("login:ada").await.unwrap();
    assert_eq!(
        desk.login_allowed("login:ada", opens).await.unwrap(),
        LoginGate::Open
    );
}

pub async fn tries_at_once_are_all_counted(desk: TestDesk) {
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let store = desk.store.clone();
        tries.spawn(async move { store.login_allowed("login:ada", MORNING).await });
    }
    let gates: Vec<_> = tries
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let heard = gates
        .iter()
        .filter(|gate| **gate == LoginGate::Open)
        .count() as i64;
    assert!(heard <= LOGIN_TRIES_MAX, "{heard} tries were heard");
}

pub async fn agents_see_only_their_inboxes(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    assert!(
        desk.conversation(&desk.ada, received.number)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        desk.conversation(&desk.ben, received.number)
            .await
            .unwrap()
            .is_none()
    );
    let list = desk
        .list(&desk.ben, ConversationState::Open, Whose::All, None)
        .await
        .unwrap();
    assert_eq!(list.lines, []);
    assert_eq!(
        desk.counts(&desk.ben, Whose::All).await.unwrap(),
        Counts::default()
    );
    assert!(
        desk.raw_of(&desk.ada, &received.message_id)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        desk.raw_of(&desk.ben, &received.message_id)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(desk.inboxes_of(&desk.ben).await.unwrap()[0].name, "Repairs");

    desk.join_inbox(&desk.front, &desk.ben).await.unwrap();
    desk.join_inbox(&desk.front, &desk.ben).await.unwrap();
    assert!(
        desk.conversation(&desk.ben, received.number)
            .await
            .unwrap()
            .is_some()
    );
    let names: Vec<_> = desk
        .members_of(&desk.front)
        .await
        .unwrap()
        .into_iter()
        .map(|a| a.name)
        .collect();
    assert_eq!(names, ["Ada", "Ben"]);
    desk.leave_inbox(&desk.front, &desk.ben).await.unwrap();
    assert!(
        desk.conversation(&desk.ben, received.number)
            .await
            .unwrap()
            .is_none()
    );
}
