//! Killed while a reply is sent.

use crate::chance::{Chance, rounds};
use crate::desk::{JONES, PATIENCE, Place, Running, between, until};
use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};
use unruffled_store::{ConversationState, OutboxState, Store, Whose};

/// How far the reply had got when the desk died.
#[derive(Default)]
struct Found {
    not_queued: usize,
    waiting: usize,
    handing_over: usize,
    sent: usize,
}

#[test]
fn no_reply_is_lost_and_none_is_sent_twice() {
    let Some(place) = Place::new(true) else {
        return;
    };
    let rounds = rounds();
    let mut chance = Chance::of("sending");
    let waiting = tokio::runtime::Runtime::new().expect("a runtime");
    // One conversation for each reply, and three to see how long a reply takes that nobody disturbs.
    let trials = 3;
    for n in 0..rounds + trials {
        place.deliver(&format!(
            "From: Jones <{JONES}>\nTo: help@desk.test\nSubject: Letter {n}\nMessage-ID: <letter-{n}@post.test>\n\n\
             The gate just beeps at me, {n} times now.\n"
        ));
    }
    let mut desk = place.start();
    let numbers = waiting.block_on(all_in(&place, rounds + trials));
    let mut takes = Duration::ZERO;
    for n in rounds..rounds + trials {
        let number = numbers[&n];
        let began = Instant::now();
        let form = form(n, keep_draft(&desk, number, n));
        desk.post(&format!("/conversations/{number}/replies"), &form)
            .expect("the desk answers");
        until("a reply to go out", || {
            desk.page(&format!("/conversations/{number}"))
                .contains("<span>Sent ")
        });
        takes = takes.max(began.elapsed());
    }

    let mut found = Found::default();
    let (mut acknowledged, mut asked_again) = (0, 0);
    for n in 0..rounds {
        let number = numbers[&n];
        let path = format!("/conversations/{number}/replies");
        let form = form(n, keep_draft(&desk, number, n));
        let moment = chance.between(Duration::ZERO, takes + takes / 5);
        let answer = std::thread::scope(|scope| {
            let sending = scope.spawn(|| desk.post(&path, &form));
            std::thread::sleep(moment);
            desk.slay();
            sending.join().expect("it does not panic")
        });
        let is_acknowledged = answer.is_some_and(|answer| answer.status == 303);
        acknowledged += usize::from(is_acknowledged);
        let state = waiting.block_on(async {
            let (store, _copy) = place.peek().await;
            let state = state(&store, number).await;
            store.close().await;
            state
        });
        match state {
            None => found.not_queued += 1,
            Some(OutboxState::Waiting) => found.waiting += 1,
            Some(OutboxState::HandingOver) => found.handing_over += 1,
            Some(_) => found.sent += 1,
        }
        assert!(
            state.is_some() || !is_acknowledged,
            "reply {n} was acknowledged and is not there"
        );

        // Started again, its words are in the conversation or still in the composer: one of the two.
        desk = place.start();
        let page = desk.page(&format!("/conversations/{number}"));
        let composer = between(&page, "data-draft=\"reply\"", "</form>");
        let in_composer = composer.contains(&words(n));
        let in_thread = between(&page, "id=\"letters\"", "id=\"end\"").contains(&words(n));
        assert!(
            in_composer != in_thread,
            "reply {n}: composer {in_composer}, thread {in_thread}"
        );
        if !is_acknowledged {
            // Whoever saw no answer presses Send once more; the same form twice is one reply.
            asked_again += 1;
            let answer = desk.post(&path, &form).expect("the desk answers");
            assert_eq!(answer.status, 303, "{}", answer.body);
        }
    }

    let states = waiting.block_on(settled(&place, &numbers, rounds));
    let is_sent = |n: &usize| states[n] == OutboxState::Sent;
    let mut arrived = HashMap::new();
    until("every reply that was sent to arrive", || {
        arrived = count_arrived(&place, rounds);
        (0..rounds)
            .filter(is_sent)
            .all(|n| arrived.contains_key(&n))
    });
    // Whatever else is on its way has this long to come: nothing may come twice.
    std::thread::sleep(Duration::from_secs(2));
    arrived = count_arrived(&place, rounds);

    let (mut once, mut asks, mut absent, mut twice) = (0, 0, 0, 0);
    for n in 0..rounds {
        let said = shown(&desk, numbers[&n]);
        let is_open = ["Waiting", "Not delivered yet", "may have been delivered"]
            .iter()
            .any(|words| said.contains(words));
        match arrived.get(&n).copied().unwrap_or(0) {
            0 => {
                assert!(
                    is_open,
                    "reply {n} did not arrive, and the page says {said:?}"
                );
                absent += 1;
            }
            1 => {
                assert!(
                    said.contains("Sent ") || is_open,
                    "reply {n} arrived, and the page says {said:?}"
                );
                once += 1;
                asks += usize::from(is_open);
            }
            _ => twice += 1,
        }
    }
    desk.end();
    println!(
        "Killed {rounds} times while sending: {once} replies arrived once, {twice} twice; {absent} did not arrive and are \
         shown as waiting or as “may have been delivered”. Of those that arrived, {asks} are shown so as well."
    );
    println!(
        "The desk died {} times before the reply was queued, {} times while it waited, {} times while it was handed over, \
         {} times after; {acknowledged} times Send was answered, {asked_again} times the same form was sent again.",
        found.not_queued, found.waiting, found.handing_over, found.sent
    );
    assert_eq!(twice, 0);
    assert_eq!(once + absent, rounds);
}

/// A full stop after the number, so that 1 is not found in 11.
fn words(n: usize) -> String {
    format!("Reply number {n}. The gate knows you again.")
}

fn form(n: usize, version: i64) -> String {
    format!(
        "body={}&draft_version={version}",
        words(n).replace(' ', "+")
    )
}

/// As the page does before it sends.
fn keep_draft(desk: &Running, number: i64, n: usize) -> i64 {
    let json = serde_json::json!({ "body": words(n), "version": 0 });
    let path = format!("/conversations/{number}/draft/reply");
    let answer = desk
        .put(&path, &json.to_string())
        .expect("the desk answers");
    let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    said["version"].as_i64().expect("a version")
}

/// Waits until all letters are in, and gives the number of each one's conversation.
async fn all_in(place: &Place, count: usize) -> HashMap<usize, i64> {
    let store = place.look().await;
    let ada = store
        .agent_by_login("ada")
        .await
        .expect("read")
        .expect("ada")
        .id;
    let began = Instant::now();
    loop {
        let mut numbers = HashMap::new();
        let mut before = None;
        loop {
            let open = ConversationState::Open;
            let page = store
                .list(&ada, open, Whose::All, before.as_ref())
                .await
                .expect("a list");
            numbers.extend(page.lines.iter().filter_map(|line| {
                let n = line.subject.strip_prefix("Letter ")?.parse().ok()?;
                Some((n, line.number))
            }));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        if numbers.len() == count {
            store.close().await;
            return numbers;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "letters are still missing: {}",
            place.log()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How far this conversation's reply has got, if it is there; two of them are never there.
async fn state(store: &Store, number: i64) -> Option<OutboxState> {
    let ada = store
        .agent_by_login("ada")
        .await
        .expect("read")
        .expect("ada")
        .id;
    let conversation = store
        .conversation(&ada, number)
        .await
        .expect("read")
        .expect("there");
    let thread = store.thread(&conversation.id).await.expect("read");
    let replies: Vec<_> = thread
        .messages
        .iter()
        .filter_map(|message| message.delivery.as_ref())
        .collect();
    assert!(
        replies.len() < 2,
        "conversation {number} holds a reply twice"
    );
    replies.first().map(|reply| reply.state)
}

/// Waits until nothing is under way any more, and gives what became of each.
async fn settled(
    place: &Place,
    numbers: &HashMap<usize, i64>,
    rounds: usize,
) -> HashMap<usize, OutboxState> {
    let store = place.look().await;
    let began = Instant::now();
    loop {
        let mut states = HashMap::new();
        for n in 0..rounds {
            let state = state(&store, numbers[&n]).await;
            states.insert(n, state.unwrap_or_else(|| panic!("reply {n} is lost")));
        }
        let is_under_way =
            |state: &OutboxState| matches!(state, OutboxState::Waiting | OutboxState::HandingOver);
        // What the mail server put off may wait; it says so on the page.
        if !states.values().any(is_under_way) || began.elapsed() > PATIENCE {
            store.close().await;
            return states;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What the page says about the conversation's reply.
fn shown(desk: &Running, number: i64) -> String {
    let page = desk.page(&format!("/conversations/{number}"));
    between(
        between(&page, "class=\"delivery", "</div>"),
        "<span>",
        "</span>",
    )
    .to_owned()
}

/// How often each reply lies in Mr Jones's mailbox.
fn count_arrived(place: &Place, rounds: usize) -> HashMap<usize, usize> {
    let mut arrived = HashMap::new();
    for folder in ["new", "cur"] {
        let inside = place
            .servers
            .folder
            .join("home")
            .join(JONES)
            .join("Maildir")
            .join(folder);
        for letter in fs::read_dir(inside).into_iter().flatten().flatten() {
            let text = fs::read_to_string(letter.path()).unwrap_or_default();
            for n in (0..rounds).filter(|n| text.contains(&words(*n))) {
                *arrived.entry(n).or_default() += 1;
            }
        }
    }
    arrived
}
