//! A colleague called in: heard, come, whispered to, handed over to, and nothing left to count.

use serde_json::json;

use super::{Browser, TestDesk, gate_letter, plain_letter};

async fn two() -> (TestDesk, Browser, Browser, String) {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let number = desk.letter(&gate_letter()).await;
    (desk, ada, ben, format!("/conversations/{number}"))
}

async fn id_of(desk: &TestDesk, login: &str) -> String {
    let agent = desk.desk.store().agent_by_login(login).await;
    agent.expect("asked").expect("there").id.to_string()
}

async fn called_in(ada: &Browser, ben: &Browser, here: &str, wanted: &str) {
    ada.post(&format!("{here}/call"), &[("wanted", wanted)])
        .await
        .is(303);
    let came = ben.post(&format!("{here}/call/arrival"), &[]).await.is(303);
    assert!(came.to().ends_with("#briefing"));
}

#[tokio::test]
async fn a_call_is_a_line_above_the_colleagues_list_and_one_key_to_come() {
    let (_desk, ada, ben, here) = two().await;
    ada.post(
        &format!("{here}/call"),
        &[("wanted", "a word on the offer")],
    )
    .await
    .is(303);
    ada.get(&here)
        .await
        .ok()
        .says("You called anyone at")
        .says("Take it back")
        .lacks("</b> calls");
    ben.get("/inbox")
        .await
        .ok()
        .says("<b>Ada Jones</b> calls")
        .says("a word on the offer")
        .says("<kbd>T</kbd> Come");
    ben.post(&format!("{here}/call/arrival"), &[]).await.is(303);
    ben.get("/inbox").await.ok().lacks("</b> calls");
    // Somebody else came, or the call was taken back: said, and nothing is changed.
    ben.post(&format!("{here}/call/arrival"), &[])
        .await
        .is(409)
        .says("Nobody is needed here any more");
}

#[tokio::test]
async fn whoever_comes_reads_five_lines_and_what_is_wanted() {
    let (_desk, ada, ben, here) = two().await;
    ben.get(&here).await.ok().lacks("id=\"briefing\"");
    called_in(&ada, &ben, &here, "a word on the offer").await;
    let page = ben.get(&here).await.ok();
    for line in [
        "They ask",
        "Facts",
        "They have tried",
        "Promised",
        "The words",
    ] {
        assert!(page.body.contains(&format!("<dt>{line}</dt>")), "{line}");
    }
    page.says("Ada Jones asks: <span dir=\"auto\">a word on the offer</span>")
        .says("You look on beside Ada Jones.")
        .says("Take it over");
    ada.get(&here)
        .await
        .ok()
        .says("Ben Okoro looks on.")
        .lacks("id=\"briefing\"");
    ben.get("/inbox").await.ok();
    ada.get(&here).await.ok().says("is elsewhere just now");
}

#[tokio::test]
async fn a_whisper_is_for_the_two_and_becomes_a_note_only_if_one_wants_it() {
    let (desk, ada, ben, here) = two().await;
    let cid = desk.with_agent("cid").await;
    let words = "Offer her the swap.";
    ben.post(&format!("{here}/whispers"), &[("text", words)])
        .await
        .is(409);
    called_in(&ada, &ben, &here, "").await;
    ben.post(&format!("{here}/whispers"), &[("text", words)])
        .await
        .is(303);
    ben.post(&format!("{here}/whispers"), &[("text", "  ")])
        .await
        .is(422);
    let page = ada.get(&here).await.ok().says(words);
    cid.get(&here).await.ok().lacks(words);
    // It is no message, is quoted nowhere and sent nowhere.
    ada.post(
        &format!("{here}/replies"),
        &[("body", "We will look today.")],
    )
    .await
    .is(303);
    desk.after_seconds(11).await;
    let taken = desk.memory.taken();
    assert!(taken.len() == 1 && !taken[0].1.contains("swap"));
    let id = page.body.split("data-whispered=\"").nth(1).expect("one")[..36].to_owned();
    cid.post(&format!("{here}/whispers/{id}/note"), &[])
        .await
        .is(404);
    ada.post(&format!("{here}/whispers/{id}/note"), &[])
        .await
        .is(303);
    cid.get(&here)
        .await
        .ok()
        .says("Ben Okoro: Offer her the swap.")
        .says("Private note");
}

#[tokio::test]
async fn whoever_takes_over_is_offered_the_sentence_and_the_first_draft_stays_its_authors() {
    let (desk, ada, ben, here) = two().await;
    let draft = json!({ "body": "Half a thought of mine", "version": 0 });
    ada.put_json(&format!("{here}/draft/reply"), &draft)
        .await
        .ok();
    ben.post(&format!("{here}/call/takeover"), &[])
        .await
        .is(409);
    called_in(&ada, &ben, &here, "take it over").await;
    ben.get(&here).await.ok().lacks("Say who joined");
    let taken = ben
        .post(&format!("{here}/call/takeover"), &[])
        .await
        .is(303);
    assert!(taken.to().ends_with("#offers"));
    ben.get(&here)
        .await
        .ok()
        .says("I’m Ben Okoro, Ada Jones’s colleague; I have read what you wrote, so nothing needs saying twice.")
        .lacks("Half a thought of mine");
    ada.get(&here)
        .await
        .ok()
        .says("Ben Okoro has taken it over. Your draft stays yours.")
        .says("Half a thought of mine")
        .lacks("Say who joined");
    // Said once: after his reply it is not offered again.
    ben.post(
        &format!("{here}/replies"),
        &[("body", "I have read it all.")],
    )
    .await
    .is(303);
    ben.get(&here).await.ok().lacks("Say who joined");
    // Either side ends it.
    ada.post(&format!("{here}/call/end"), &[]).await.is(303);
    ben.get(&here).await.ok().lacks("You have taken it over");
    desk.after_seconds(11).await;
}

#[tokio::test]
async fn a_draft_is_shown_by_its_authors_act_and_only_until_it_is_answered() {
    let (desk, ada, ben, here) = two().await;
    let words = "Frankly the gate is right and you are late";
    let draft = json!({ "body": words, "version": 0 });
    ada.put_json(&format!("{here}/draft/reply"), &draft)
        .await
        .ok();
    called_in(&ada, &ben, &here, "").await;
    ben.get(&here).await.ok().lacks(words);
    ben.post(&format!("{here}/call/draft"), &[]).await.is(409);
    ada.post(&format!("{here}/call/draft"), &[]).await.is(303);
    ben.get(&here).await.ok().says(words);
    // On the disk it stays sealed.
    let backup = desk.folder.path().join("backup.tar");
    desk.desk.store().backup(&backup).await.expect("a backup");
    for file in ["desk.db", "desk.db-wal", "backup.tar"] {
        let bytes = std::fs::read(desk.folder.path().join(file)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(words), "{file}");
    }
    ben.post(
        &format!("{here}/whispers"),
        &[("text", "Leave the last half.")],
    )
    .await
    .is(303);
    ben.get(&here).await.ok().lacks(words);
    // With the call, it can be shown at once.
    ada.post(&format!("{here}/call/end"), &[]).await.is(303);
    ada.post(&format!("{here}/call"), &[("draft", "shown")])
        .await
        .is(303);
    ben.get(&here).await.ok().lacks(words);
    ben.post(&format!("{here}/call/arrival"), &[]).await.is(303);
    ben.get(&here).await.ok().says(words);
    ada.post(&format!("{here}/call/draft/reversal"), &[])
        .await
        .is(303);
    ben.get(&here).await.ok().lacks(words);
}

#[tokio::test]
async fn where_nobody_answers_it_says_so_and_offers_the_next() {
    let (desk, ada, ben, here) = two().await;
    let _cid = desk.with_agent("cid").await;
    let cid_id = id_of(&desk, "cid").await;
    ada.post(&format!("{here}/call"), &[("for", &cid_id)])
        .await
        .is(303);
    ben.get("/inbox").await.ok().lacks("</b> calls");
    ada.get(&here).await.ok().says("Nobody has come yet.");
    desk.desk.clock().advance(crate::limits::CALL_WAIT);
    ben.get("/inbox").await.ok();
    ada.get(&here)
        .await
        .ok()
        .says("You called cid at")
        .says("and nobody has answered.")
        .says("Ask Ben Okoro, around");
    let ben_id = id_of(&desk, "ben").await;
    ada.post(&format!("{here}/call"), &[("for", &ben_id)])
        .await
        .is(303);
    ben.get("/inbox").await.ok().says("calls you");
    ada.post(&format!("{here}/call/end"), &[]).await.is(303);
    ben.get("/inbox").await.ok().lacks("calls you");
}

#[tokio::test]
async fn who_is_around_is_a_word_and_no_history() {
    let (desk, ada, ben, here) = two().await;
    ben.get("/inbox").await.ok();
    ada.get(&here).await.ok().says("Ben Okoro · around");
    // A hot conversation open is a moment; nobody sees which.
    let hot = plain_letter(
        "Iris Vane <iris@example.net>",
        "third time",
        "This is a complete joke of a service, and you are useless. I have been lied to twice!",
    );
    let number = desk.letter(&hot).await;
    ben.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("data-hot");
    ada.get("/inbox").await.ok().says("in a moment");
    ben.get("/inbox").await.ok();
    ada.get("/inbox").await.ok().lacks("in a moment");
    ben.post(
        "/availability",
        &[("state", "break"), ("until", "nonsense")],
    )
    .await
    .is(422);
    let at = crate::words::clock_time(
        desk.desk.now() + 30 * crate::clock::MINUTE,
        desk.desk.zone(),
    );
    ben.post("/availability", &[("state", "break"), ("until", &at)])
        .await
        .is(303);
    ada.get(&here)
        .await
        .ok()
        .says(&format!("on a break, back about {at}"));
    desk.desk.clock().advance(31 * crate::clock::MINUTE);
    ada.get(&here)
        .await
        .ok()
        .lacks("Ben Okoro · on a break")
        .says("Ben Okoro · away");
    ben.post("/availability", &[("state", "away")])
        .await
        .is(303);
    ada.get(&here).await.ok().says("Ben Okoro · away");
    ben.post(
        "/availability",
        &[("state", "here"), ("back", "//elsewhere.example")],
    )
    .await
    .is(303);
    ada.get(&here).await.ok().says("Ben Okoro · around");
    ben.post("/session/end", &[]).await.is(303);
    ada.get(&here).await.ok().says("Ben Okoro · away");
    // The database knows nothing of it.
    for file in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(desk.folder.path().join(file)).unwrap_or_default();
        let held = String::from_utf8_lossy(&bytes);
        assert!(
            !held.contains("availab") && !held.contains("on a break"),
            "{file}"
        );
    }
}

#[tokio::test]
async fn with_the_moment_its_call_is_forgotten() {
    let (desk, ada, ben, here) = two().await;
    called_in(&ada, &ben, &here, "an odd word: larkspur").await;
    ben.post(&format!("{here}/whispers"), &[("text", "larkspur indeed")])
        .await
        .is(303);
    ada.post(&format!("{here}/closure"), &[]).await.is(303);
    ada.get(&here).await.ok().lacks("larkspur");
    ben.get(&here).await.ok().lacks("larkspur");
    let backup = desk.folder.path().join("backup.tar");
    desk.desk.store().backup(&backup).await.expect("a backup");
    let bytes = std::fs::read(&backup).expect("read");
    assert!(!String::from_utf8_lossy(&bytes).contains("larkspur"));
}

#[tokio::test]
async fn a_call_belongs_to_its_inbox() {
    let (desk, ada, _ben, here) = two().await;
    let store = desk.desk.store();
    let other = store
        .add_inbox("Elsewhere", "elsewhere@example.org", desk.desk.now())
        .await
        .expect("an inbox");
    let agent = unruffled_store::NewAgent {
        login: "dee",
        name: "Dee",
        password_hash: "x",
        seal_salt: b"x",
        sealed_key: b"x",
    };
    let dee = store.add_agent(&agent, desk.desk.now()).await.expect("Dee");
    store.join_inbox(&other, &dee).await.expect("joined");
    ada.post(&format!("{here}/call"), &[("for", dee.as_str())])
        .await
        .is(422)
        .says("does not answer from this inbox");
    ada.post(&format!("{here}/call"), &[("wanted", &"x".repeat(300))])
        .await
        .is(422)
        .says("longer than a line");
}
