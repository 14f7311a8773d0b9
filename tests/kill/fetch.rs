//! Killed while letters are fetched and read.

use crate::chance::{Chance, rounds};
use crate::desk::{PATIENCE, Place, until};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use unruffled_store::{ConversationState, Store, Whose};

/// At what point the dead had been.
#[derive(Default)]
struct Found {
    on_the_server: usize,
    not_read: usize,
    done: usize,
}

#[test]
fn every_letter_is_in_the_desk_exactly_once() {
    let Some(place) = Place::new(false) else {
        return;
    };
    let rounds = rounds();
    let mut chance = Chance::of("fetching");
    let waiting = tokio::runtime::Runtime::new().expect("a runtime");
    let sent = Cell::new(0);

    // How long a whole start takes, and a letter that comes to a desk that waits.
    let deliver = |chance: &mut Chance| {
        sent.set(sent.get() + 1);
        place.deliver(&letter(sent.get(), chance));
        sent.get()
    };
    let first = (0..4)
        .map(|_| deliver(&mut chance))
        .last()
        .expect("letters");
    let began = Instant::now();
    let desk = place.start();
    let listening = began.elapsed();
    let shows = |n: usize| {
        desk.page("/inbox?state=open&whose=all")
            .contains(&subject(n))
    };
    until("the first letters", || shows(first));
    let catching_up = began.elapsed();
    let next = deliver(&mut chance);
    let hearing = until("a letter to a desk that waits", || shows(next));
    desk.kill();

    let mut found = Found::default();
    for round in 0..rounds {
        match round % 3 {
            // While it starts and finds letters waiting.
            0 => {
                for _ in 0..=chance.below(4) {
                    deliver(&mut chance);
                }
                let desk = place.spawn();
                let soon = catching_up + catching_up / 10;
                std::thread::sleep(chance.between(listening / 2, soon));
                desk.kill();
            }
            // While it waits and letters come.
            1 => {
                let desk = place.start();
                std::thread::sleep(chance.between(Duration::ZERO, catching_up - listening));
                for _ in 0..=chance.below(2) {
                    deliver(&mut chance);
                }
                std::thread::sleep(chance.between(Duration::ZERO, hearing));
                desk.kill();
            }
            // When it has them and reads them.
            _ => {
                let desk = place.start();
                waiting.block_on(async {
                    let store = place.look().await;
                    for _ in 0..=chance.below(4) {
                        deliver(&mut chance);
                    }
                    let began = Instant::now();
                    while fetched(&store).await < sent.get() as i64 && began.elapsed() < PATIENCE {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    store.close().await;
                });
                std::thread::sleep(chance.between(Duration::ZERO, Duration::from_millis(15)));
                desk.kill();
            }
        }
        waiting.block_on(async {
            let (store, _copy) = place.peek().await;
            let left = store.jobs_left().await.expect("counted");
            match (fetched(&store).await < sent.get() as i64, left > 0) {
                (true, _) => found.on_the_server += 1,
                (false, true) => found.not_read += 1,
                (false, false) => found.done += 1,
            }
            store.close().await;
        });
    }

    let sent = sent.get();
    let desk = place.start();
    let kept = waiting.block_on(async {
        let store = place.look().await;
        let began = Instant::now();
        while fetched(&store).await < sent as i64 || store.jobs_left().await.expect("counted") > 0 {
            assert!(
                began.elapsed() < PATIENCE,
                "letters are still missing: {}",
                place.log()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let kept = kept(&store).await;
        store.close().await;
        kept
    });
    desk.end();

    let missing = (1..=sent)
        .filter(|n| !kept.contains_key(&subject(*n)))
        .count();
    let twice = kept.values().filter(|count| **count > 1).count();
    let once = kept.values().filter(|count| **count == 1).count();
    println!(
        "Killed {rounds} times while fetching: of {sent} letters {once} are in the desk once, {twice} twice, {missing} not at all."
    );
    println!(
        "Letters were still on the mail server {} times, kept and not yet read {} times, and all done {} times.",
        found.on_the_server, found.not_read, found.done
    );
    assert_eq!((once, twice, missing), (sent, 0, 0));
    assert_eq!(kept.len(), sent, "the desk holds letters that nobody sent");
}

fn subject(n: usize) -> String {
    format!("Letter number {n} of many")
}

/// Every third has a file, and a few are long, so that some take longer than others.
fn letter(n: usize, chance: &mut Chance) -> String {
    let mut text =
        "The gate just beeps at me in front of the kids.\n".repeat(1 + chance.below(400));
    if chance.below(8) == 0 {
        text = text.repeat(20);
    }
    let head = format!(
        "From: Writer {n} <writer-{n}@post.test>\nTo: help@desk.test\nSubject: {}\n\
         Message-ID: <letter-{n}@post.test>\nDate: Mon, 4 May 2026 10:02:00 +0100\nMIME-Version: 1.0\n",
        subject(n)
    );
    if n % 3 == 0 {
        format!(
            "{head}Content-Type: multipart/mixed; boundary=\"cut\"\n\n--cut\nContent-Type: text/plain\n\n{text}\n\
             --cut\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"times.csv\"\n\n\
             letter,{n}\n{text}\n--cut--\n"
        )
    } else {
        format!("{head}\n{text}\n")
    }
}

/// How far the desk has got: a fresh mailbox numbers its letters from 1.
async fn fetched(store: &Store) -> i64 {
    let inboxes = store.inboxes().await.expect("read");
    let inbox = inboxes.first().expect("an inbox");
    let mailbox = store.mailbox(&inbox.id, "INBOX").await.expect("read");
    mailbox.map_or(0, |mailbox| mailbox.last_uid)
}

/// Every message of every conversation, counted by its subject.
async fn kept(store: &Store) -> BTreeMap<String, usize> {
    let ada = store
        .agent_by_login("ada")
        .await
        .expect("read")
        .expect("ada")
        .id;
    let mut kept = BTreeMap::new();
    let mut before = None;
    loop {
        let page = store
            .list(&ada, ConversationState::Open, Whose::All, before.as_ref())
            .await
            .expect("a list");
        for line in page.lines {
            for message in store.thread(&line.id).await.expect("read").messages {
                let files = usize::from(message.attachments.len() == 1);
                let number: usize = message
                    .subject
                    .split(' ')
                    .find_map(|word| word.parse().ok())
                    .expect("a number");
                assert_eq!(
                    files == 1,
                    number % 3 == 0,
                    "letter {number} came with {files} files"
                );
                *kept.entry(message.subject).or_default() += 1;
            }
        }
        before = page.next;
        if before.is_none() {
            return kept;
        }
    }
}
