//! Somebody is at the counter or on the phone: announced, opened, heard, kept.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Browser, TestDesk, gate_letter, plain_letter};

const SECRET: &str = "a-telephone-system-of-ours";

async fn announced(by: &Browser, line: &str, customer: &str) -> String {
    let said = by
        .tell(
            "/knocks",
            &[
                ("line", line),
                ("channel", "counter"),
                ("customer", customer),
            ],
        )
        .await
        .ok();
    said.json()["knock"].as_str().expect("a knock").to_owned()
}

async fn opened(by: &Browser, knock: &str) -> i64 {
    let said = by.tell(&format!("/knocks/{knock}/opening"), &[]).await.ok();
    said.json()["number"].as_i64().expect("a number")
}

#[tokio::test]
async fn a_colleague_announces_somebody_and_one_key_opens_what_is_known() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    desk.letter(&gate_letter()).await;
    let line = "Mr Jones is here about his pool pass";
    let found = ben
        .get("/knocks/candidates?line=Mr%20Jones%20is%20here%20about%20his%20pool%20pass")
        .await
        .ok();
    assert_eq!(found.json()["who"], "Mr Jones");
    assert_eq!(found.json()["channel"], "counter");
    let jones = &found.json()["candidates"][0];
    assert_eq!(jones["name"], "Martin Jones");
    ben.tell("/knocks", &[("line", line)])
        .await
        .is(409)
        .says("say which of them it is");
    let knock = announced(&ben, line, jones["id"].as_str().expect("an id")).await;
    ada.get("/inbox")
        .await
        .ok()
        .says("Martin Jones is at the counter about his pool pass")
        .says("opens");
    ben.get("/inbox")
        .await
        .ok()
        .says("Take it back")
        .lacks("</kbd> opens");
    let number = opened(&ada, &knock).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("martin.jones@example.net")
        .says("Look up and say their name once: Martin Jones.")
        .says("by letter: “Can you open it today” · not answered yet");
    ada.get("/inbox")
        .await
        .ok()
        .lacks("is at the counter about")
        .says("pool pass");
    let late = ben
        .tell(&format!("/knocks/{knock}/opening"), &[])
        .await
        .is(303);
    assert_eq!(
        late.to(),
        format!("/conversations/{number}"),
        "a colleague lands in the same moment"
    );
}

#[tokio::test]
async fn somebody_new_is_always_possible_and_nobody_is_guessed() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    for (name, at) in [
        ("Martin Jones", "m@example.net"),
        ("Ruth Jones", "r@example.net"),
    ] {
        desk.letter(&plain_letter(
            &format!("{name} <{at}>"),
            "the gate",
            "It beeps.",
        ))
        .await;
    }
    let page = ada
        .post("/knocks", &[("line", "Mr Jones is here")])
        .await
        .is(409);
    let page = page
        .says("Martin Jones")
        .says("Ruth Jones")
        .says("Somebody new");
    assert!(
        page.body.contains("value=\"Mr Jones is here\""),
        "what was typed is still there"
    );
    let knock = announced(&ada, "Mr Jones is here", "new").await;
    let number = opened(&ben, &knock).await;
    ben.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks("m@example.net")
        .says("Mr Jones");
    ada.tell("/knocks", &[("line", "  ")])
        .await
        .is(422)
        .says("does not say who");
    ada.tell("/knocks", &[("line", &"x".repeat(600))])
        .await
        .is(422);
    ada.tell(
        "/knocks",
        &[("line", "Mr Jones"), ("customer", "'; drop table knocks")],
    )
    .await
    .is(404);
    ada.tell(
        "/knocks",
        &[
            ("line", "<script>alert(1)</script> is here"),
            ("customer", "new"),
        ],
    )
    .await
    .ok();
    ben.get("/inbox")
        .await
        .ok()
        .lacks("<script>alert")
        .says("&#60;script&#62;alert(1)");
}

#[tokio::test]
async fn whoever_has_gone_is_taken_off_the_line_and_back() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let knock = announced(&ben, "A lady about lost armbands", "new").await;
    ada.tell(&format!("/knocks/{knock}/departure"), &[])
        .await
        .ok();
    ada.get("/inbox").await.ok().lacks("lost armbands");
    ada.tell(&format!("/knocks/{knock}/departure/reversal"), &[])
        .await
        .ok();
    ada.get("/inbox")
        .await
        .ok()
        .says("A lady is at the counter about lost armbands");
    let me = Browser::new(&desk.desk);
    me.get("/knocks/new").await.is(303);
}

async fn a_card(desk: &TestDesk, ada: &Browser) -> (i64, String) {
    let ben = desk.with_agent("ben").await;
    let knock = announced(&ben, "Mr Jones is here about his pool pass", "new").await;
    let number = opened(ada, &knock).await;
    (number, format!("/conversations/{number}/listening-card"))
}

fn version(page: &str) -> i64 {
    let form = page.split("data-listening").nth(1).expect("a card");
    let value = form
        .split("name=\"version\" value=\"")
        .nth(1)
        .expect("a version");
    value
        .split('"')
        .next()
        .and_then(|it| it.parse().ok())
        .expect("a number")
}

#[tokio::test]
async fn a_card_is_kept_as_it_is_typed_read_and_then_kept_for_good() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, card) = a_card(&desk, &ada).await;
    let here = format!("/conversations/{number}");
    let begun = version(&ada.get(&here).await.ok().body);
    let asks = "Why does the gate beep at us? I need to swim by Friday. I was told last week it was sorted. I am sick of it.";
    let typed = json!({ "channel": "counter", "version": begun, "name": "Mr Jones", "asks": asks });
    let kept = ada.put_json(&card, &typed).await.ok();
    assert!(
        kept.json()["edge"]
            .as_array()
            .is_some_and(|lines| !lines.is_empty())
    );
    let desk = desk.killed_and_started_again().await;
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&here)
        .await
        .ok()
        .says("They ask")
        .says("Why does the gate beep at us</span>")
        .says("by Friday");
    let blank = json!({ "channel": "counter", "version": begun, "asks": "another tab" });
    let other = ada.put_json(&card, &blank).await.is(409);
    assert_eq!(other.json()["heard"]["asks"], asks, "neither is lost");
    let now = version(&ada.get(&here).await.ok().body).to_string();
    let words = [
        ("channel", "counter"),
        ("version", &now),
        ("name", "Mr Jones"),
        ("asks", asks),
        ("said_back", "You renewed, and the gate turns you away."),
        (
            "promised",
            "A new card by Friday\nI will ring you tomorrow at 10:00",
        ),
    ];
    let kept = ada.tell(&card, &words).await.is(201);
    assert!(
        kept.json()["message"]
            .as_str()
            .is_some_and(|html| html.contains("at the counter, heard by Ada Jones"))
    );
    ada.get(&here)
        .await
        .ok()
        .says("You renewed, and the gate turns you away.")
        .says("A new card by Friday");
    let conversation = desk
        .desk
        .store()
        .conversation_by_id(&of(&desk, number).await)
        .await
        .expect("asked")
        .expect("there");
    let promises = desk
        .desk
        .store()
        .promises_in(&conversation.id)
        .await
        .expect("a ledger");
    assert_eq!(promises.len(), 2);
    assert!(
        promises.iter().all(|it| it.due_at.is_some()),
        "{promises:?}"
    );
    let id = kept.json()["card"].as_str().expect("a card").to_owned();
    ada.tell(
        &format!("/conversations/{number}/listening-cards/{id}/reversal"),
        &[],
    )
    .await
    .ok();
    assert!(
        desk.desk
            .store()
            .promises_in(&conversation.id)
            .await
            .expect("a ledger")
            .is_empty(),
        "taken back with it"
    );
    let again = ada.get(&here).await.ok();
    assert!(version(&again.body) > 0, "it is written on again");
    drop(desk.leaving_jobs());
}

async fn of(desk: &TestDesk, number: i64) -> unruffled_store::ConversationId {
    let agents = desk.desk.store().agents().await.expect("agents");
    let found = desk
        .desk
        .store()
        .conversation(&agents[0].id, number)
        .await
        .expect("asked");
    found.expect("there").id
}

#[tokio::test]
async fn a_card_without_scripts_is_a_form_and_an_empty_one_is_refused() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, card) = a_card(&desk, &ada).await;
    let now = version(&ada.get(&format!("/conversations/{number}")).await.ok().body).to_string();
    ada.post(
        &card,
        &[
            ("channel", "counter"),
            ("version", &now),
            ("name", "Mr Jones"),
        ],
    )
    .await
    .is(422)
    .says("nothing on it but a name");
    let to = ada
        .post(
            &card,
            &[
                ("channel", "phone"),
                ("version", &now),
                ("name", "Mr Jones"),
                ("asks", "When do you open?"),
            ],
        )
        .await
        .is(303);
    assert_eq!(to.to(), format!("/conversations/{number}"));
    ada.post(&card, &[("channel", "pigeon"), ("asks", "x")])
        .await
        .is(422);
    let long = "x".repeat(9000);
    ada.put_json(
        &card,
        &json!({ "channel": "phone", "version": 0, "asks": long }),
    )
    .await
    .is(422);
    ada.put_json(&card, &json!([1, 2])).await.is(422);
    let ring = ada
        .put_json(
            &card,
            &json!({ "channel": "phone", "version": 0, "asks": "They ring again." }),
        )
        .await
        .ok();
    assert!(
        ring.json()["version"].as_i64() > Some(0),
        "another card in the same conversation"
    );
}

#[tokio::test]
async fn a_letter_after_the_counter_is_joined_with_one_key_and_parted() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = desk.letter(&gate_letter()).await;
    let ben = desk.with_agent("ben").await;
    let found = ben
        .get("/knocks/candidates?line=Mr%20Jones")
        .await
        .ok()
        .json();
    let jones = found["candidates"][0]["id"]
        .as_str()
        .expect("Mr Jones")
        .to_owned();
    let knock = announced(&ben, "Mr Jones is here about his pool pass", &jones).await;
    let moment = opened(&ada, &knock).await;
    let now = version(&ada.get(&format!("/conversations/{moment}")).await.ok().body).to_string();
    let words = [
        ("channel", "counter"),
        ("version", now.as_str()),
        ("name", "Mr Jones"),
        ("asks", "A card that works"),
    ];
    ada.tell(&format!("/conversations/{moment}/listening-card"), &words)
        .await
        .is(201);
    let here = format!("/conversations/{letter}");
    ada.get(&here)
        .await
        .ok()
        .says("Also:")
        .says("at the counter")
        .lacks("A card that works</dd>");
    ada.post(&format!("{here}/joined/{moment}"), &[])
        .await
        .is(303);
    ada.get(&here)
        .await
        .ok()
        .says("Joined with")
        .says("A card that works");
    ada.post(&format!("{here}/joined/{moment}/reversal"), &[])
        .await
        .is(303);
    ada.get(&here).await.ok().lacks("A card that works</dd>");
    ada.post(&format!("{here}/joined/999"), &[]).await.is(404);
}

async fn ring(desk: &TestDesk, secret: &str, kind: &str, body: &str) -> super::Answer {
    let mut system = Browser::new(&desk.desk);
    // A telephone system is no browser: it says nothing of where it comes from.
    system.site = "";
    system
        .ask(
            Method::POST,
            &format!("/knocks/calls/{secret}"),
            "*/*",
            kind,
            body.to_owned(),
        )
        .await
}

fn call(event: &str, more: Value) -> String {
    let mut told = json!({
        "event": event, "from": "493023125741", "to": "492214710334", "direction": "in",
        "callId": "307fa962-de8d-4ffc-817b-7f6993204159",
    });
    told.as_object_mut()
        .expect("an object")
        .extend(more.as_object().expect("an object").clone());
    told.to_string()
}

#[tokio::test]
async fn the_hook_hears_what_the_documentation_of_zammad_shows() {
    let desk = TestDesk::with_telephone(SECRET).await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    const JSON: &str = "application/json";
    let rings = call(
        "newCall",
        json!({ "user": ["Christopher Miller", "Ben Okoro"] }),
    );
    assert_eq!(ring(&desk, SECRET, JSON, &rings).await.is(200).body, "{}");
    assert_eq!(
        ring(&desk, SECRET, JSON, &rings).await.is(200).body,
        "{}",
        "told twice, heard once"
    );
    ada.get("/inbox")
        .await
        .ok()
        .says("A call from +493023125741");
    let answered = call(
        "answer",
        json!({ "user": "Ben Okoro", "answeringNumber": "ben@chrispresso.com" }),
    );
    ring(&desk, SECRET, JSON, &answered).await.is(200);
    ben.get("/inbox")
        .await
        .ok()
        .says("+493023125741 is on the phone");
    ada.get("/inbox").await.ok().lacks("+493023125741");
    ring(
        &desk,
        SECRET,
        JSON,
        &call("hangup", json!({ "cause": "normalClearing" })),
    )
    .await
    .is(200);
    ben.get("/inbox").await.ok().lacks("+493023125741");

    let form = "event=newCall&from=493023125741&to=492214710334&direction=in&callId=two&user%5B%5D=Christopher+Miller&user%5B%5D=Ada+Jones";
    ring(&desk, SECRET, "application/x-www-form-urlencoded", form)
        .await
        .is(200);
    let parts = |event: &str, more: &str| {
        let fields = format!(
            "event={event}|from=493023125741|to=492214710334|direction=in|callId=two|user[]=Emma Taylor{more}"
        );
        let parts: Vec<String> = fields
            .split('|')
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| {
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            })
            .collect();
        format!("{}--x--\r\n", parts.concat())
    };
    ring(
        &desk,
        SECRET,
        "multipart/form-data; boundary=x",
        &parts("hangup", "|cause=cancel"),
    )
    .await
    .is(200);
    ada.get("/inbox")
        .await
        .ok()
        .says("A call from +493023125741 at ")
        .says("was not answered");
    let knock = ada.get("/inbox").await.body;
    let id = knock
        .split("data-knock=\"")
        .nth(1)
        .and_then(|it| it.split('"').next())
        .expect("a knock")
        .to_owned();
    opened(&ada, &id).await;
    ben.get("/inbox").await.ok().lacks("was not answered");

    let out = r#"{"event":"newCall","from":"492214710334","to":"493023125741","direction":"out","callId":"three","user":"Christopher Miller"}"#;
    assert_eq!(ring(&desk, SECRET, JSON, out).await.is(200).body, "{}");
}

#[tokio::test]
async fn a_caller_whose_number_is_known_is_named() {
    let desk = TestDesk::with_telephone(SECRET).await;
    let ada = desk.with_agent("ada").await;
    desk.letter(&gate_letter()).await;
    let found = ada.get("/knocks/candidates?line=Jones").await.ok().json();
    let id = found["candidates"][0]["id"]
        .as_str()
        .expect("Mr Jones")
        .to_owned();
    ada.tell(
        &format!("/customers/{id}/reached"),
        &[("at", "030 23125741")],
    )
    .await
    .ok();
    ring(
        &desk,
        SECRET,
        "application/json",
        &call("newCall", json!({})),
    )
    .await
    .is(200);
    let page = ada.get("/inbox").await.ok().says("Martin Jones is calling");
    let knock = page
        .body
        .split("data-knock=\"")
        .nth(1)
        .and_then(|it| it.split('"').next())
        .expect("a knock")
        .to_owned();
    let number = opened(&ada, &knock).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Say your own name, and theirs once: Martin Jones.");
}

#[tokio::test]
async fn a_wrong_or_hostile_call_changes_nothing_and_is_told_why() {
    let desk = TestDesk::with_telephone(SECRET).await;
    let ada = desk.with_agent("ada").await;
    const JSON: &str = "application/json";
    let rings = call("newCall", json!({}));
    for wrong in ["a-telephone-system-of-our", "x", "%00", &"x".repeat(5000)] {
        let answer = ring(&desk, wrong, JSON, &rings).await;
        assert_eq!(answer.status.as_u16(), 404, "{wrong}: {}", answer.body);
    }
    for (kind, body, status, says) in [
        (JSON, "{", 422, "no JSON object"),
        (JSON, "[1]", 422, "no JSON object"),
        (JSON, "{}", 422, "direction is missing"),
        (
            JSON,
            &*call("newCall", json!({ "direction": "sideways" })),
            422,
            "in or out",
        ),
        (
            JSON,
            &*call("explode", json!({})),
            422,
            "newCall, answer or hangup",
        ),
        (
            JSON,
            &*call("newCall", json!({ "callId": "x".repeat(251) })),
            422,
            "more than 250",
        ),
        (
            JSON,
            &*call("newCall", json!({ "from": "1\u{0}2" })),
            422,
            "nobody can read",
        ),
        (
            JSON,
            &*call("newCall", json!({ "from": { "a": 1 } })),
            422,
            "from is missing",
        ),
        (JSON, &*"{\"a\":".repeat(2000), 422, "no JSON object"),
        (
            JSON,
            &*format!("{{\"x\":\"{}\"}}", "x".repeat(20_000)),
            413,
            "16 kB",
        ),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nnothing",
            422,
            "broke off",
        ),
        ("multipart/form-data", "x", 422, "broke off"),
        ("text/plain", "\u{1}\u{2}", 422, "missing"),
    ] {
        let answer = ring(&desk, SECRET, kind, body).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{kind} {}: {}",
            &body[..body.len().min(60)],
            answer.body
        );
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
        assert!(answer.json()["error"].is_string());
    }
    let nasty = call(
        "newCall",
        json!({ "from": "<img src=x onerror=alert(1)>", "callId": "'; drop table phone_calls; --" }),
    );
    ring(&desk, SECRET, JSON, &nasty).await.is(200);
    ada.get("/inbox")
        .await
        .ok()
        .lacks("<img src=x")
        .says("A call from ");
    let unset = TestDesk::new().await;
    unset.with_agent("ada").await;
    ring(&unset, "x", JSON, &rings).await.is(404);
    let mut slowed = false;
    for _ in 0..700 {
        slowed |= ring(&desk, "guess", JSON, "{}").await.status.as_u16() == 429;
    }
    assert!(slowed, "whoever guesses is slowed down");
}

#[tokio::test]
async fn a_card_that_speaks_of_a_danger_brings_the_procedure() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, card) = a_card(&desk, &ada).await;
    let here = format!("/conversations/{number}");
    let begun = version(&ada.get(&here).await.ok().body);
    let typed = json!({ "channel": "counter", "version": begun, "name": "Mr Jones", "asks": "I smell gas in the changing room." });
    ada.put_json(&card, &typed).await.ok();
    ada.get(&here)
        .await
        .ok()
        .says("Somebody may be at risk")
        .says("No number has been filled in on this desk")
        .lacks("id=\"what-ifs\"")
        .lacks("id=\"breath\"");
}

#[tokio::test]
async fn a_letter_that_answers_ours_joins_the_moment_at_the_counter() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let letter = desk.letter(&gate_letter()).await;
    let found = ben.get("/knocks/candidates?line=Jones").await.ok().json();
    let jones = found["candidates"][0]["id"]
        .as_str()
        .expect("Mr Jones")
        .to_owned();
    let knock = announced(&ben, "Mr Jones is here about his pool pass", &jones).await;
    let moment = opened(&ada, &knock).await;
    assert_ne!(letter, moment);
    let reply = [
        ("body", "Your new card lies at the counter."),
        ("once", "a-form"),
    ];
    ada.tell(&format!("/conversations/{moment}/replies"), &reply)
        .await
        .ok();
    desk.after_seconds(30).await;
    let (envelope, sent) = desk.memory.taken().pop().expect("a letter left");
    assert_eq!(envelope.to, ["martin.jones@example.net"]);
    let id = sent
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .expect("an id");
    let answer = format!(
        "From: Martin Jones <martin.jones@example.net>\nTo: help@example.org\nSubject: Re: pool pass\n\
         Message-ID: <thanks@mail.example.com>\nIn-Reply-To: {}\nDate: Mon, 4 May 2026 12:02:00 +0100\n\nThank you.\n",
        id.trim()
    );
    assert_eq!(desk.letter(&answer).await, moment);
}
