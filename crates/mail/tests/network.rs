//! Fetching and sending against a real Dovecot and a real Postfix.

mod servers;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use servers::{MailServers, PASSWORD};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use unruffled_mail::{
    Action, Address, Envelope, Kind, Mark, Secret, Tls,
    compose::{self, Answered, Outgoing},
    imap::{self, Fetched, Fetcher, Reached, State},
    letter,
    smtp::{self, Outcome},
    thread,
};
use uuid::Uuid;

const HELP: &str = "help@desk.test";
const ADA: &str = "ada@desk.test";

fn inbox(servers: &MailServers, user: &str) -> imap::Account {
    imap::Account {
        host: "127.0.0.1".into(),
        port: servers.imaps,
        tls: Tls::Implicit,
        user: user.into(),
        secret: Secret::new(PASSWORD),
        folder: "INBOX".into(),
        ca_file: Some(servers.ca_file.clone()),
        mark_seen: false,
    }
}

fn out(servers: &MailServers, user: &str) -> smtp::Account {
    smtp::Account {
        host: "127.0.0.1".into(),
        port: servers.submission,
        tls: Tls::StartTls,
        user: Some(user.into()),
        secret: Secret::new(PASSWORD),
        ca_file: Some(servers.ca_file.clone()),
        hello: Some("desk.test".into()),
    }
}

fn a_letter(subject: &str) -> Vec<u8> {
    format!("From: Ada <{ADA}>\r\nTo: {HELP}\r\nSubject: {subject}\r\nMessage-ID: <{}@a.test>\r\nDate: Mon, 4 May 2026 10:02:00 +0100\r\n\r\nThe gate says no.\r\n", subject.replace(' ', "-")).into_bytes()
}

/// What was kept, in order.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Fetched>>>);

impl Kept {
    fn subjects(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap()
            .iter()
            .map(|one| letter::parse(&one.bytes).subject)
            .collect()
    }

    async fn keep(self, fetched: Fetched) -> Result<(), String> {
        self.0.lock().unwrap().push(fetched);
        Ok(())
    }
}

async fn fetch(
    account: imap::Account,
    since: Option<Reached>,
) -> (Kept, Result<Option<Reached>, imap::Error>) {
    let kept = Kept::default();
    let result = Fetcher::new(account)
        .fetch_new(since, |one| kept.clone().keep(one))
        .await;
    (kept, result)
}

async fn until(what: &str, mut there: impl FnMut() -> bool) {
    for _ in 0..600 {
        if there() {
            return;
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain for: {what}");
}

#[tokio::test]
async fn letters_come_once_in_order_and_stay_unread() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    let (kept, reached) = fetch(inbox(&servers, HELP), None).await;
    assert_eq!((kept.subjects().len(), reached.unwrap()), (0, None));

    for subject in ["one", "two", "three"] {
        servers.deliver(HELP, &a_letter(subject)).unwrap();
    }
    let (kept, reached) = fetch(inbox(&servers, HELP), None).await;
    let reached = reached.unwrap();
    assert_eq!(kept.subjects(), ["one", "two", "three"]);
    let (kept, again) = fetch(inbox(&servers, HELP), reached).await;
    assert_eq!((kept.subjects().len(), again.unwrap()), (0, reached));
    assert_eq!(
        servers
            .doveadm(&["search", "-u", HELP, "unseen"])
            .unwrap()
            .lines()
            .count(),
        3
    );

    servers.deliver(HELP, &a_letter("four")).unwrap();
    let mut marking = inbox(&servers, HELP);
    marking.mark_seen = true;
    marking.tls = Tls::StartTls;
    marking.port = servers.imap;
    let (kept, _) = fetch(marking, reached).await;
    assert_eq!(kept.subjects(), ["four"]);
    assert_eq!(
        servers
            .doveadm(&["search", "-u", HELP, "unseen"])
            .unwrap()
            .lines()
            .count(),
        3
    );
}

#[tokio::test]
async fn a_letter_that_could_not_be_stored_comes_again() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    for subject in ["one", "two", "three"] {
        servers.deliver(HELP, &a_letter(subject)).unwrap();
    }
    let kept = Kept::default();
    let mut reached = None;
    let result = Fetcher::new(inbox(&servers, HELP))
        .fetch_new(None, |one| {
            let kept = kept.clone();
            let full = letter::parse(&one.bytes).subject == "two";
            if !full {
                reached = Some(one.reached());
            }
            async move {
                if full {
                    Err("the disk is full".into())
                } else {
                    kept.keep(one).await
                }
            }
        })
        .await;
    assert!(
        matches!(&result, Err(imap::Error::NotKept(why)) if why == "the disk is full"),
        "{result:?}"
    );
    assert_eq!(kept.subjects(), ["one"]);
    let (kept, _) = fetch(inbox(&servers, HELP), reached).await;
    assert_eq!(kept.subjects(), ["two", "three"]);
}

#[tokio::test]
async fn a_new_letter_wakes_the_waiting_fetcher_and_a_cut_connection_is_mended() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    servers.deliver(HELP, &a_letter("one")).unwrap();
    let kept = Kept::default();
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let waiting = tokio::spawn({
        let (kept, told, account) = (kept.clone(), told.clone(), inbox(&servers, HELP));
        async move {
            Fetcher::new(account)
                .run(
                    None,
                    |one| kept.clone().keep(one),
                    |state| {
                        told.lock().unwrap().push(match state {
                            State::Waiting { by_idle, .. } => {
                                format!("waiting, by idle: {by_idle}")
                            }
                            State::Trouble { error, .. } => error.to_string(),
                            other => format!("{other:?}"),
                        });
                    },
                )
                .await;
        }
    });
    let times_waited = || {
        told.lock()
            .unwrap()
            .iter()
            .filter(|state| *state == "waiting, by idle: true")
            .count()
    };
    until("waiting", || times_waited() == 1).await;
    assert_eq!(kept.subjects(), ["one"]);

    servers.deliver(HELP, &a_letter("two")).unwrap();
    until("the second letter", || kept.subjects().len() == 2).await;
    until("waiting again", || times_waited() >= 2).await;

    servers.cut_off(HELP).unwrap();
    until("trouble told", || {
        told.lock()
            .unwrap()
            .iter()
            .any(|state| state.contains("ended in the middle"))
    })
    .await;
    servers.deliver(HELP, &a_letter("three")).unwrap();
    until("the third letter", || kept.subjects().len() == 3).await;
    assert_eq!(kept.subjects(), ["one", "two", "three"]);
    waiting.abort();
}

#[tokio::test]
async fn a_renumbered_folder_is_looked_at_again() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    servers.deliver(HELP, &a_letter("one")).unwrap();
    servers.deliver(HELP, &a_letter("two")).unwrap();
    let (_, reached) = fetch(inbox(&servers, HELP), None).await;
    let before = reached.unwrap().unwrap();
    servers
        .doveadm(&[
            "mailbox",
            "update",
            "--uid-validity",
            &(before.uid_validity + 7).to_string(),
            "-u",
            HELP,
            "INBOX",
        ])
        .unwrap();
    let (kept, after) = fetch(inbox(&servers, HELP), Some(before)).await;
    assert_eq!(
        kept.subjects(),
        ["one", "two"],
        "nothing is passed over; the caller knows the bytes already"
    );
    assert_eq!(
        after.unwrap().unwrap().uid_validity,
        before.uid_validity + 7
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_in_words_a_person_can_act_on() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    let good = inbox(&servers, HELP);
    let error = async |change: fn(&mut imap::Account)| {
        let mut account = good.clone();
        change(&mut account);
        fetch(account, None).await.1.unwrap_err().to_string()
    };
    assert_eq!(
        error(|a| a.secret = Secret::new("wrong")).await,
        "The mail server refused the password for help@desk.test. Letters wait there safely; correct the password in the settings."
    );
    assert!(
        error(|a| a.secret = Secret::new("wröng"))
            .await
            .contains("refused the password")
    );
    assert!(
        error(|a| a.folder = "Nöwhere".into())
            .await
            .contains("no folder named Nöwhere")
    );
    assert!(
        error(|a| a.ca_file = None)
            .await
            .contains("No password was given to it")
    );
    assert!(
        error(|a| a.ca_file = Some("/nowhere.pem".into()))
            .await
            .contains("certificate file /nowhere.pem could not be read")
    );
    assert!(
        error(|a| (a.tls, a.host) = (Tls::None, "mail.example".into()))
            .await
            .contains("would travel in the open")
    );
    assert!(
        error(|a| a.port = 1)
            .await
            .contains("could not be reached on port 1")
    );
    let open = imap::Account {
        tls: Tls::None,
        port: servers.imap,
        ..good.clone()
    };
    assert!(
        fetch(open, None).await.1.is_ok(),
        "this machine itself may be spoken to in the open"
    );
}

/// A wire to the server that is cut after so many bytes from it.
async fn cutting_after(bytes: u64, port: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            tokio::spawn(async move {
                let (read, mut write) = server.into_split();
                let (mut from, mut to) = client.split();
                let up = async { copy(&mut from, &mut write).await.map(drop) };
                let down = async { copy(&mut read.take(bytes), &mut to).await.map(drop) };
                tokio::select! { _ = up => {}, _ = down => {} }
            });
        }
    });
    here
}

#[tokio::test]
async fn half_a_letter_is_no_letter() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    let mut long = a_letter("long");
    long.extend(
        "word "
            .repeat(100_000)
            .as_bytes()
            .chunks(70)
            .flat_map(|line| [line, b"\r\n"].concat()),
    );
    servers.deliver(HELP, &a_letter("short")).unwrap();
    servers.deliver(HELP, &long).unwrap();
    let mut account = inbox(&servers, HELP);
    (account.tls, account.port) = (Tls::None, cutting_after(100_000, servers.imap).await);
    let (kept, result) = fetch(account, None).await;
    assert!(
        matches!(result, Err(imap::Error::Lost { .. })),
        "{result:?}"
    );
    assert_eq!(kept.subjects(), ["short"]);
    let reached = kept.0.lock().unwrap()[0].reached();
    let (kept, _) = fetch(inbox(&servers, HELP), Some(reached)).await;
    assert_eq!(kept.subjects(), ["long"]);
    assert!(kept.0.lock().unwrap()[0].bytes.len() > 500_000);
}

#[tokio::test]
async fn a_letter_over_the_limit_is_fetched_in_part_and_says_so() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], false) else {
        return;
    };
    let mut long = a_letter("long");
    long.extend(
        "word "
            .repeat(400_000)
            .as_bytes()
            .chunks(70)
            .flat_map(|line| [line, b"\r\n"].concat()),
    );
    servers.deliver(HELP, &long).unwrap();
    servers.deliver(HELP, &a_letter("short")).unwrap();
    let kept = Kept::default();
    Fetcher::new(inbox(&servers, HELP))
        .with_letter_bytes_max(1_500_000)
        .fetch_new(None, |one| kept.clone().keep(one))
        .await
        .unwrap();
    assert_eq!(kept.subjects(), ["long", "short"]);
    let letter = letter::parse(&kept.0.lock().unwrap()[0].bytes);
    assert!(
        matches!(letter.marks[0], Mark::FetchedInPart(size) if size > 2_000_000),
        "{:?}",
        letter.marks
    );
    assert!(letter.text.starts_with("The gate says no.\nword word"));
}

fn reply_to(answered: &letter::Letter, conversation: Uuid) -> Outgoing {
    Outgoing {
        from: Address::new("The desk", HELP),
        to: vec![answered.from.clone()],
        cc: vec![],
        subject: format!("Re: {}", answered.subject),
        text: "Your pass works from today.".into(),
        message_id: thread::sign(conversation, "desk.test", b"secret"),
        date: "2026-05-04T14:00:00+01:00[Europe/London]".parse().unwrap(),
        answering: Some(Answered {
            from: answered.from.clone(),
            date: answered.date,
            message_id: answered.message_id.clone(),
            references: answered.references.clone(),
            text: answered.text.clone(),
        }),
    }
}

#[tokio::test]
async fn a_reply_arrives_and_the_answer_to_it_finds_its_conversation() {
    let Some(servers) = MailServers::or_leave_out(&[HELP, ADA], true) else {
        return;
    };
    servers.deliver(HELP, &a_letter("the gate")).unwrap();
    let (kept, _) = fetch(inbox(&servers, HELP), None).await;
    let first = letter::parse(&kept.0.lock().unwrap()[0].bytes);

    let conversation = Uuid::from_u128(7);
    let (envelope, bytes) = compose::letter(&reply_to(&first, conversation)).unwrap();
    let noted = Arc::new(Mutex::new(false));
    let outcome = smtp::send(&out(&servers, HELP), &envelope, &bytes, || {
        let noted = noted.clone();
        async move {
            *noted.lock().unwrap() = true;
            Ok(())
        }
    })
    .await;
    assert!(
        matches!(&outcome, Outcome::Accepted { response } if response.contains("queued")),
        "{outcome:?}"
    );
    assert!(*noted.lock().unwrap());

    let received = arrives(&servers, ADA, 1).await;
    assert_eq!(received.in_reply_to, ["the-gate@a.test"]);
    assert_eq!(received.kind, Kind::Mail);
    assert_eq!(received.marks, []);

    // Over the other port, from the other side, with another program's habits.
    let answer = format!(
        "From: Ada <{ADA}>\r\nTo: {HELP}\r\nSubject: something else\r\nIn-Reply-To: <{id}>\r\nReferences: <the-gate@a.test>\r\n <{id}>\r\n\r\nIt opens now.\r\n",
        id = received.message_id
    );
    let mut ada = out(&servers, ADA);
    (ada.tls, ada.port) = (Tls::Implicit, servers.smtps);
    let envelope = Envelope {
        from: ADA.into(),
        to: vec![HELP.into()],
    };
    assert!(matches!(
        smtp::send(&ada, &envelope, answer.as_bytes(), || async { Ok(()) }).await,
        Outcome::Accepted { .. }
    ));
    let answer = arrives(&servers, HELP, 2).await;
    assert_eq!(thread::ours(&answer, b"secret"), Some(conversation));
    assert_eq!(thread::ours(&answer, b"another desk's"), None);
}

/// The last letter of an inbox, once there are so many.
async fn arrives(servers: &MailServers, user: &str, count: usize) -> letter::Letter {
    for _ in 0..200 {
        let (kept, _) = fetch(inbox(servers, user), None).await;
        let there = kept
            .0
            .lock()
            .unwrap()
            .get(count - 1)
            .map(|one| letter::parse(&one.bytes));
        if let Some(letter) = there {
            return letter;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("no letter came for {user}");
}

#[tokio::test]
async fn refusals_of_the_server_are_told_honestly() {
    let Some(servers) = MailServers::or_leave_out(&[HELP, ADA], true) else {
        return;
    };
    let letter = a_letter("hello");
    let to = |to: &[&str]| Envelope {
        from: HELP.into(),
        to: to.iter().map(ToString::to_string).collect(),
    };
    let never = || async { panic!("nothing may be handed over") };
    let account = out(&servers, HELP);

    let refused = smtp::send(&account, &to(&[ADA, "nobody@desk.test"]), &letter, never).await;
    let Outcome::Refused { words } = &refused else {
        panic!("{refused:?}")
    };
    assert!(
        words.starts_with(
            "The mail server would not take a letter for nobody@desk.test: \"550 5.1.1"
        ) && words.ends_with("Nothing was sent."),
        "{words}"
    );

    let wrong = smtp::Account {
        secret: Secret::new("wrong"),
        ..account.clone()
    };
    let outcome = smtp::send(&wrong, &to(&[ADA]), &letter, never).await;
    assert_eq!(outcome, Outcome::Later { words: "The mail server refused the password for help@desk.test. Correct it in the settings. The letter is kept here, and nothing was sent.".into() });

    let untrusted = smtp::Account {
        ca_file: None,
        ..account.clone()
    };
    assert!(
        matches!(smtp::send(&untrusted, &to(&[ADA]), &letter, never).await, Outcome::Later { words } if words.contains("could not prove who it is"))
    );
    let open = smtp::Account {
        tls: Tls::None,
        host: "mail.example".into(),
        ..account.clone()
    };
    assert!(
        matches!(smtp::send(&open, &to(&[ADA]), &letter, never).await, Outcome::Refused { words } if words.contains("in the open"))
    );
    let gone = smtp::Account {
        port: 1,
        ..account.clone()
    };
    assert!(
        matches!(smtp::send(&gone, &to(&[ADA]), &letter, never).await, Outcome::Later { words } if words.contains("could not be reached on port 1"))
    );
    let plain = smtp::Account {
        tls: Tls::StartTls,
        port: servers.imap,
        ..account.clone()
    };
    assert!(matches!(
        smtp::send(&plain, &to(&[ADA]), &letter, never).await,
        Outcome::Later { .. }
    ));
    assert!(matches!(
        smtp::send(&account, &to(&[]), &letter, never).await,
        Outcome::Refused { .. }
    ));
    assert!(matches!(
        smtp::send(&account, &to(&["a b@desk.test"]), &letter, never).await,
        Outcome::Refused { .. }
    ));

    let outcome = smtp::send(&account, &to(&[ADA]), &letter, || async {
        Err("the database is locked".into())
    })
    .await;
    assert!(
        matches!(outcome, Outcome::Later { words } if words.contains("the database is locked"))
    );
    sleep(Duration::from_millis(300)).await;
    let (kept, _) = fetch(inbox(&servers, ADA), None).await;
    assert_eq!(kept.subjects().len(), 0, "none of these may have gone out");
}

#[tokio::test]
async fn a_bounce_names_the_letter_and_the_reason() {
    let Some(servers) = MailServers::or_leave_out(&[HELP], true) else {
        return;
    };
    let id = thread::sign(Uuid::from_u128(9), "desk.test", b"secret");
    let mut outgoing = reply_to(&letter::parse(&a_letter("the gate")), Uuid::from_u128(9));
    outgoing.message_id = id.clone();
    outgoing.to = vec![Address::new("", "gone@elsewhere.test")];
    let (envelope, bytes) = compose::letter(&outgoing).unwrap();
    assert!(matches!(
        smtp::send(&out(&servers, HELP), &envelope, &bytes, || async { Ok(()) }).await,
        Outcome::Accepted { .. }
    ));
    let bounce = arrives(&servers, HELP, 1).await;
    let Kind::Bounce(report) = &bounce.kind else {
        panic!("{:?}", bounce.kind)
    };
    assert_eq!(report.final_recipient, "gone@elsewhere.test");
    assert_eq!(report.action, Action::Failed);
    assert_eq!(report.original_message_id.as_deref(), Some(id.as_str()));
    assert!(report.status.starts_with("5."), "{report:?}");
}

/// A mail server that misbehaves on purpose: it answers each command with the next of these lines, and hangs up
/// when they run out or, with `at_dot`, when the whole letter is there.
async fn odd_server(answers: &'static [&'static str], at_dot: bool, bytes_read_max: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut wire, _) = listener.accept().await.unwrap();
        let mut buffer = vec![0; 4096];
        let mut seen = Vec::new();
        for answer in answers {
            wire.write_all(answer.as_bytes()).await.unwrap();
            if answer.starts_with("354") {
                while seen.len() < bytes_read_max && !(at_dot && seen.ends_with(b"\r\n.\r\n")) {
                    match wire.read(&mut buffer).await {
                        Ok(read) if read > 0 => seen.extend_from_slice(&buffer[..read]),
                        _ => return,
                    }
                }
            } else {
                let _ = wire.read(&mut buffer).await;
            }
        }
    });
    port
}

#[tokio::test]
async fn a_connection_lost_after_the_last_byte_is_unsure_and_before_it_is_not() {
    const POLITE: [&str; 5] = [
        "220 hi\r\n",
        "250 hi\r\n",
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
    ];
    let account = |port| smtp::Account {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        user: None,
        secret: Secret::default(),
        ca_file: None,
        hello: Some("desk.test".into()),
    };
    let envelope = Envelope {
        from: HELP.into(),
        to: vec![ADA.into()],
    };
    let long = [
        a_letter("long"),
        b"word word word word\r\n".repeat(2_000_000),
    ]
    .concat();
    let send = async |port, letter: &[u8]| {
        timeout(
            Duration::from_secs(60),
            smtp::send(&account(port), &envelope, letter, || async { Ok(()) }),
        )
        .await
        .expect("an answer")
    };

    let outcome = send(
        odd_server(&POLITE, true, usize::MAX).await,
        &a_letter("short"),
    )
    .await;
    assert!(
        matches!(&outcome, Outcome::Unsure { words } if words.contains("may have been sent or not")),
        "{outcome:?}"
    );

    let outcome = send(odd_server(&POLITE, false, 100_000).await, &long).await;
    assert!(
        matches!(&outcome, Outcome::Later { words } if words.contains("on its way")),
        "{outcome:?}"
    );

    const SAYS_LATER: [&str; 6] = [
        "220 hi\r\n",
        "250 hi\r\n",
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
        "451 4.3.0 full just now\r\n",
    ];
    let outcome = send(
        odd_server(&SAYS_LATER, true, usize::MAX).await,
        &a_letter("short"),
    )
    .await;
    assert_eq!(outcome, Outcome::Later { words: "The mail server would not take the letter just now: \"451 4.3.0 full just now\". The letter is kept here, and nothing was sent.".into() });

    const SAYS_NO: [&str; 6] = [
        "220 hi\r\n",
        "250 hi\r\n",
        "250 ok\r\n",
        "250 ok\r\n",
        "354 go\r\n",
        "554 5.7.1 looks like spam\r\n",
    ];
    let outcome = send(
        odd_server(&SAYS_NO, true, usize::MAX).await,
        &a_letter("short"),
    )
    .await;
    assert!(
        matches!(&outcome, Outcome::Refused { words } if words.contains("looks like spam")),
        "{outcome:?}"
    );

    let outcome = send(
        odd_server(&["220 hi\r\n", "250 hi\r\n", "250 ok\r\n"], true, 0).await,
        &a_letter("short"),
    )
    .await;
    assert!(
        matches!(&outcome, Outcome::Later { words } if words.contains("before the letter was handed over")),
        "{outcome:?}"
    );
}
