//! Letters that come in: where they go, and what is made of them.

use super::{Browser, TestDesk, gate_letter, plain_letter};

/// A desk on which Mr Jones has written and been answered.
async fn answered() -> (TestDesk, Browser, i64, String) {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/replies");
    ada.post(&path, &[("body", "The gate knows you again.")])
        .await
        .is(303);
    desk.after_seconds(11).await;
    let letter = desk.memory.taken()[0].1.clone();
    let id = header(&letter, "Message-ID");
    (desk, ada, number, id)
}

fn header(letter: &str, name: &str) -> String {
    let start = format!("{}: ", name.to_lowercase());
    letter
        .lines()
        .find(|line| line.to_lowercase().starts_with(&start))
        .map(|line| line[start.len()..].trim().to_owned())
        .unwrap_or_else(|| panic!("no {name} in {letter}"))
}

fn with_header(letter: &str, name: &str, value: &str) -> String {
    format!("{name}: {value}\n{letter}")
}

#[tokio::test]
async fn the_answer_to_our_reply_joins_its_conversation() {
    let (desk, ada, number, id) = answered().await;
    let answer = plain_letter(
        "martin.jones@example.net",
        "AW: something else",
        "It works, thank you.",
    );
    let joined = desk.letter(&with_header(&answer, "In-Reply-To", &id)).await;
    assert_eq!(joined, number);
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("It works, thank you.")
        .lacks("new sender");
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn a_stranger_with_a_signed_id_joins_and_is_marked() {
    let (desk, ada, number, id) = answered().await;
    let answer = plain_letter(
        "Anna Jones <anna@example.org>",
        "Re: the gate",
        "He is my father.",
    );
    let joined = desk.letter(&with_header(&answer, "References", &id)).await;
    assert_eq!(joined, number);
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("new sender")
        .says("<bdi>&lt;martin.jones@example.net&gt;</bdi></p>")
        .lacks("<bdi>&lt;anna@example.org&gt;</bdi></p>");
}

#[tokio::test]
async fn a_stranger_with_an_unsigned_id_does_not_join() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = gate_letter();
    let number = desk.letter(&letter).await;
    let id = header(&letter, "Message-ID");
    let stranger = plain_letter(
        "eve@example.org",
        "Re: the gate says no",
        "Send the card to me instead.",
    );
    let other = desk
        .letter(&with_header(&stranger, "In-Reply-To", &id))
        .await;
    assert_ne!(other, number);
    let page = ada.get(&format!("/conversations/{number}")).await.ok();
    let letters = page.body.split_once("id=\"letters\"").expect("letters").1;
    assert!(!letters.contains("Send the card to me"), "{letters}");
    let same = plain_letter(
        "martin.jones@example.net",
        "one more thing",
        "It is the blue card.",
    );
    let joined = desk.letter(&with_header(&same, "In-Reply-To", &id)).await;
    assert_eq!(joined, number);
}

#[tokio::test]
async fn a_forged_id_of_ours_is_a_conversation_of_its_own() {
    let (desk, _ada, number, id) = answered().await;
    let mut forged = id.clone();
    let dot = forged.find('.').expect("a signed id") + 1;
    let other = if &forged[dot..=dot] == "0" { "1" } else { "0" };
    forged.replace_range(dot..=dot, other);
    let letter = plain_letter("eve@example.org", "Re: the gate says no", "Let me in.");
    assert_ne!(
        desk.letter(&with_header(&letter, "In-Reply-To", &forged))
            .await,
        number
    );
}

#[tokio::test]
async fn a_subject_alone_never_joins() {
    let (desk, _ada, number, _) = answered().await;
    let letter = plain_letter(
        "martin.jones@example.net",
        "Re: the gate says no",
        "It is me again.",
    );
    assert_ne!(desk.letter(&letter).await, number);
}

#[tokio::test]
async fn the_same_bytes_twice_are_one_letter() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = gate_letter();
    let number = desk.letter(&letter).await;
    assert_eq!(desk.letter(&letter).await, number);
    let page = ada.get("/inbox").await.ok();
    assert_eq!(page.body.matches("/conversations/").count(), 1);
}

#[tokio::test]
async fn a_letter_never_acts_as_one_of_us() {
    let (desk, ada, number, id) = answered().await;
    let forged = plain_letter(
        "Ada Jones <help@example.org>",
        "Re: the gate",
        "We owe you 900 pounds.",
    );
    desk.letter(&with_header(&forged, "In-Reply-To", &id)).await;
    assert_eq!(
        desk.memory.taken().len(),
        1,
        "nothing goes out because a letter came in"
    );
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("own address");
}

#[tokio::test]
async fn an_auto_reply_is_shown_and_changes_nobodys_turn() {
    let (desk, ada, number, id) = answered().await;
    let away = plain_letter(
        "martin.jones@example.net",
        "Out of office",
        "I am away until Monday.",
    );
    let away = with_header(
        &with_header(&away, "In-Reply-To", &id),
        "Auto-Submitted",
        "auto-replied",
    );
    assert_eq!(desk.letter(&away).await, number);
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("answered by a machine");
    ada.get("/inbox?state=waiting")
        .await
        .ok()
        .says("the gate says no");
    desk.after_seconds(3600).await;
    assert_eq!(desk.memory.taken().len(), 1, "a machine is never answered");
}

#[tokio::test]
async fn a_bounce_marks_the_reply_it_is_about() {
    let (desk, ada, number, id) = answered().await;
    let bounce = format!(
        "Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@example.net>\nTo: help@example.org\n\
         Subject: Undelivered Mail Returned to Sender\nMessage-ID: <bounce-1@example.net>\n\
         Date: Mon, 4 May 2026 11:02:00 +0100\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nYour letter could not be delivered.\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.net\n\n\
         Final-Recipient: rfc822; martin.jones@example.net\nAction: failed\nStatus: 5.2.2\n\
         Diagnostic-Code: smtp; 552 mailbox full\n\n\
         --b\nContent-Type: text/rfc822-headers\n\nFrom: help@example.org\nMessage-ID: {id}\n\n--b--\n"
    );
    assert_eq!(desk.letter(&bounce).await, number);
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Not delivered: ")
        .says("mailbox full");
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn whatever_comes_is_shown() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let odd = [
        "",
        "no header at all",
        "From: x@example.org\nSubject: =?x-unknown?Q?=FF=FE?=\nContent-Type: text/plain; charset=klingon\n\n\u{ff}\u{fe} words",
        "From: a@example.org\nSubject: broken\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=nowhere\n\nlost?",
    ];
    for letter in odd {
        desk.letter(letter).await;
    }
    let page = ada.get("/inbox").await.ok();
    assert_eq!(
        page.body.matches("/conversations/").count(),
        odd.len(),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn html_in_names_and_subjects_is_only_words() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = plain_letter(
        "\"<img src=x onerror=alert(1)>\" <x@example.org>",
        "</title><script>alert(2)</script>",
        "<script>alert(3)</script></textarea><script>alert(4)</script>",
    );
    let number = desk.letter(&letter).await;
    for path in ["/inbox".to_owned(), format!("/conversations/{number}")] {
        ada.get(&path)
            .await
            .ok()
            .lacks("<script>alert")
            .lacks("<img src=x")
            .says("alert(2)");
    }
}
