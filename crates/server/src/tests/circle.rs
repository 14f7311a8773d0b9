//! A moment on its way to the circle: nameless, put right, shown, shared; what comes of it; thanks on the shelf.

use super::{Browser, TestDesk, plain_letter};

const LETTER: &str = "Dear Ada,\n\nMy son Tom was sent home on Monday. I paid £42.10 for his pass, order 88213, and the gate beeps.\n\
    Can you open it today? Thank you for looking, you were kind on the phone.\n\nMartin Jones\n07700 900123";

async fn desk() -> (TestDesk, Browser, i64) {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "Tom Jones, order 88213",
        LETTER,
    );
    let number = desk.letter(&letter).await;
    (desk, ada, number)
}

/// Where a form without script leads on to.
trait Leads {
    fn leads_to(&self, start: &str);
}

impl Leads for super::Answer {
    #[track_caller]
    fn leads_to(&self, start: &str) {
        assert!(
            self.to().starts_with(start),
            "to {:?} instead of {start:?}: {}",
            self.to(),
            self.body
        );
    }
}

/// Every field of the form on the page, as a browser would send it with this button.
fn form(page: &str, action: &str, button: (&str, &str)) -> Vec<(String, String)> {
    let at = page
        .find(&format!("action=\"{action}\""))
        .expect("the form");
    let form = &page[at..at + page[at..].find("</form>").expect("its end")];
    let value = |tag: &str, name: &str| -> Option<String> {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(unescaped(tag[at..].split('"').next()?))
    };
    let mut all = Vec::new();
    for tag in form.split('<').skip(1) {
        let Some(name) = value(tag, "name") else {
            continue;
        };
        if tag.starts_with("input") {
            let ticks = value(tag, "type").as_deref() == Some("checkbox");
            if !ticks || tag.contains(" checked") {
                all.push((name, value(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea") {
            all.push((name, unescaped(tag.split_once('>').expect("its words").1)));
        }
    }
    all.push((button.0.to_owned(), button.1.to_owned()));
    all
}

fn unescaped(text: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

async fn send(ada: &Browser, path: &str, fields: &[(String, String)]) -> super::Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    ada.post(path, &fields).await
}

/// Puts a value in the place of another.
fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    match fields.iter_mut().find(|(known, _)| known == name) {
        Some(field) => field.1 = value.to_owned(),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
    fields
}

#[tokio::test]
async fn a_moment_is_brought_without_its_names_and_leads_back_to_nothing() {
    let (desk, ada, number) = desk().await;
    let path = format!("/conversations/{number}/circle");
    let first = ada.get(&path).await.ok();
    let first = first
        .says("the customer")
        .says("Martin Jones")
        .says("an amount")
        .says("(a reference)");
    let shown = send(
        &ada,
        &path,
        &form(first.body.as_str(), &path, ("step", "share")),
    )
    .await
    .ok();
    // What others will read; the page carries the way back to what was replaced, for the one who looks at it alone.
    let shared: Vec<String> = form(shown.body.as_str(), &path, ("step", "bring"))
        .into_iter()
        .filter(|(name, _)| matches!(name.as_str(), "said" | "about" | "question"))
        .map(|(_, words)| words)
        .collect();
    for name in ["Martin", "88213", "07700", "Tom", "42.10"] {
        assert!(!shared.concat().contains(name), "{name} in {shared:?}");
    }
    let fields = with(
        form(shown.body.as_str(), &path, ("step", "bring")),
        "question",
        "How would you have begun?",
    );
    send(&ada, &path, &fields)
        .await
        .leads_to("/circle?brought=");
    let circle = ada.get("/circle").await.ok();
    circle
        .says("How would you have begun?")
        .lacks("brought by")
        .lacks("Martin")
        .lacks(&format!("/conversations/{number}\""));
    // What is in the database is what was shown, and no one's name.
    let agents = desk.desk.store().agents().await.expect("agents");
    let all = desk
        .desk
        .store()
        .circle(&agents[0].id, desk.desk.now())
        .await
        .expect("read");
    let (moment, said) = desk
        .desk
        .store()
        .circle_moment(&agents[0].id, &all[0].id)
        .await
        .expect("read")
        .expect("there");
    let everything = format!("{moment:?} {said:?}");
    for name in ["Martin", "Jones", "Tom", "88213", "42.10", "07700", "Ada"] {
        assert!(!everything.contains(name), "{name} in {everything}");
    }
}

#[tokio::test]
async fn every_replacement_can_be_put_right_before_anything_is_shared() {
    let (_desk, ada, number) = desk().await;
    let path = format!("/conversations/{number}/circle");
    let first = ada.get(&path).await.ok();
    let mut fields = form(first.body.as_str(), &path, ("step", "look"));
    for at in 0..fields.len() {
        match (fields[at].0.as_str(), fields[at].1.as_str()) {
            ("key", "customer") => fields[at + 2].1 = "the father".into(),
            ("key", key) if key.starts_with("amount:") => {
                fields.push(("left".into(), key.to_owned()))
            }
            ("also", "") if !fields.iter().any(|(_, value)| value == "the gate") => {
                fields[at].1 = "the gate".into();
                fields[at + 1].1 = "the door".into();
            }
            _ => {}
        }
    }
    let again = send(&ada, &path, &fields).await.ok();
    let again = again.says("he father<").says("£42.10").says("the door");
    let shown = send(
        &ada,
        &path,
        &form(again.body.as_str(), &path, ("step", "share")),
    )
    .await
    .ok();
    let shown = shown
        .says("The father")
        .says("I paid £42.10")
        .says("the door beeps")
        .lacks("Martin");
    // The amount was left on purpose; the last page asks once, and then lets it go.
    let fields = form(shown.body.as_str(), &path, ("step", "bring"));
    let asked = send(&ada, &path, &fields).await;
    let asked = asked.says("This may still tell who it was").says("£42.10");
    send(
        &ada,
        &path,
        &form(asked.body.as_str(), &path, ("step", "bring")),
    )
    .await
    .leads_to("/circle?brought=");
}

#[tokio::test]
async fn what_was_brought_can_be_taken_back_and_had_again() {
    let (_desk, ada, number) = desk().await;
    let path = format!("/conversations/{number}/circle");
    let first = ada.get(&path).await.ok();
    let shown = send(
        &ada,
        &path,
        &form(first.body.as_str(), &path, ("step", "share")),
    )
    .await
    .ok();
    let fields = with(
        form(shown.body.as_str(), &path, ("step", "bring")),
        "mine",
        "1",
    );
    send(&ada, &path, &with(fields, "about", "a gate that says no"))
        .await
        .leads_to("/circle?brought=");
    let circle = ada.get("/circle").await.ok();
    let circle = circle
        .says("a gate that says no")
        .says("brought by Ada Jones");
    let id = circle
        .body
        .as_str()
        .split("/circle/")
        .nth(1)
        .and_then(|rest| rest.split(['"', '/']).next())
        .expect("an id")
        .to_owned();
    ada.post(&format!("/circle/{id}/place"), &[("state", "agenda")])
        .await
        .leads_to("/circle");
    ada.get("/circle").await.ok().says("For the next circle");
    let notes = format!("/circle/{id}/notes");
    ada.post(
        &notes,
        &[("version", "0"), ("happened", "The gate beeped.")],
    )
    .await
    .leads_to("/circle/");
    ada.post(&notes, &[("version", "0"), ("happened", "Something else.")])
        .await
        .says("Theirs, as it stands now")
        .says("Something else.")
        .says("The gate beeped.");
    let taken = ada.post(&format!("/circle/{id}/removal"), &[]).await;
    let taken = taken
        .says("Taken back")
        .lacks(&format!("/circle/{id}/place"));
    ada.get(&format!("/circle/{id}")).await.is(404);
    send(
        &ada,
        "/circle/returned",
        &form(taken.body.as_str(), "/circle/returned", ("x", "")),
    )
    .await
    .leads_to("/circle");
    ada.get("/circle")
        .await
        .ok()
        .says("a gate that says no")
        .says("brought by Ada Jones");
}

#[tokio::test]
async fn a_lesson_becomes_an_option_in_two_clicks_and_its_use_is_seen() {
    let (desk, ada, number) = desk().await;
    let desk = desk.leaving_jobs();
    ada.post(
        "/lessons",
        &[("says", "Offer a day ticket while the gate is looked at.")],
    )
    .await
    .leads_to("/lessons?now=");
    let lessons = ada.get("/lessons").await.ok();
    let id = lessons
        .body
        .as_str()
        .split("lesson=")
        .nth(1)
        .and_then(|rest| rest.split(['"', '&']).next())
        .expect("an id")
        .to_owned();
    let page = ada.get(&format!("/options/new?lesson={id}")).await.ok();
    let page = page.says("Offer a day ticket while the gate is looked at.");
    let wording = "Please come in today, there is a day ticket in your name at the front desk.";
    let fields = with(
        form(page.body.as_str(), "/options", ("x", "")),
        "wording",
        wording,
    );
    send(&ada, "/options", &fields)
        .await
        .leads_to("/lessons?now=");
    ada.get("/lessons")
        .await
        .ok()
        .says("An option")
        .says("not used so far");
    let body = format!("Dear Mr Jones,\n\n{wording}\n\nAda");
    ada.tell(
        &format!("/conversations/{number}/replies"),
        &[("body", &body)],
    )
    .await
    .ok();
    ada.get("/lessons")
        .await
        .ok()
        .says("used once")
        .lacks("by Ada");
    ada.post(
        &format!("/lessons/{id}/becoming"),
        &[("became", "nothing-yet")],
    )
    .await
    .leads_to("/lessons");
    let page = ada
        .get(&format!("/options/new?lesson={id}&reply=1"))
        .await
        .ok();
    let page = page
        .says("A saved reply")
        .lacks("Whose nod the others need");
    let fields = with(
        form(page.body.as_str(), "/options", ("x", "")),
        "wording",
        "The gate knows your pass again since ten o’clock.",
    );
    send(&ada, "/options", &fields)
        .await
        .leads_to("/lessons?now=");
    ada.get("/lessons").await.ok().says("A saved reply");
    desk.after_seconds(60).await;
}

#[tokio::test]
async fn a_lesson_becomes_a_place_to_look_and_a_card() {
    let desk = TestDesk::with_own_words(&[("house.txt", "petal\n")]).await;
    let ada = desk.with_agent("ada").await;
    let number = desk
        .letter(&plain_letter(
            "Martin Jones <martin.jones@example.net>",
            "pass",
            LETTER,
        ))
        .await;
    for says in [
        "Look at the till’s list first.",
        "We never write as per policy.",
    ] {
        ada.post("/lessons", &[("says", says)])
            .await
            .leads_to("/lessons?now=");
    }
    let lessons = ada.get("/lessons").await.ok();
    let ids: Vec<String> = lessons
        .body
        .as_str()
        .split("id=\"lesson-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    ada.get(&format!("/lessons/{}/place", ids[0]))
        .await
        .ok()
        .says("What it is called");
    ada.post(
        &format!("/lessons/{}/place", ids[0]),
        &[("name", "the till’s list")],
    )
    .await
    .leads_to("/lessons");
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("the till’s list");
    ada.tell(
        &format!("/conversations/{number}/facts"),
        &[
            ("known", "The pass was paid"),
            ("source", "the till’s list"),
        ],
    )
    .await
    .ok();
    ada.get("/lessons")
        .await
        .ok()
        .says("one fact was checked there");
    let card = format!("/lessons/{}/card", ids[1]);
    ada.post(&card, &[("words", "(((")])
        .await
        .says("needs at least one wording");
    let fields = [
        ("words", "as per house policy"),
        ("instead", "This is how we do it, and why."),
        ("why", "It ends the talk."),
    ];
    ada.post(&card, &fields).await.leads_to("/lessons");
    ada.get("/lessons")
        .await
        .ok()
        .says("A card")
        .says("its words stand in no letter of ours since");
    let draft =
        serde_json::json!({ "draft": "Dear Mr Jones, as per house policy the gate is shut." });
    let review = ada
        .post_json(&format!("/conversations/{number}/review"), &draft)
        .await;
    review.ok().says("We decided to say this otherwise");
}

#[tokio::test]
async fn thanks_are_put_on_the_shelf_without_their_names_and_taken_down_again() {
    let (_desk, ada, _number) = desk().await;
    let thanks = "Thank you, Ada, you were so kind to my father. Karen Blythe";
    let first = ada.post("/shelf/words", &[("words", thanks)]).await;
    let first = first.says("the customer").says("Karen Blythe");
    let shown = send(
        &ada,
        "/shelf/words",
        &form(first.body.as_str(), "/shelf/words", ("step", "share")),
    )
    .await
    .ok();
    let fields = with(
        form(shown.body.as_str(), "/shelf/words", ("step", "bring")),
        "about",
        "Ada",
    );
    send(&ada, "/shelf/words", &fields).await.leads_to("/shelf");
    let shelf = ada.get("/shelf").await.ok();
    let shelf = shelf
        .says("you were so kind to my father")
        .says("for <bdi>Ada</bdi>")
        .lacks("Karen");
    let id = shelf
        .body
        .as_str()
        .split("/shelf/")
        .filter_map(|rest| rest.split("/removal").next())
        .find(|id| id.len() == 36)
        .expect("an id")
        .to_owned();
    let taken = ada.post(&format!("/shelf/{id}/removal"), &[]).await;
    let taken = taken.says("Taken down").says("Nothing stands here");
    send(
        &ada,
        "/shelf/returned",
        &form(taken.body.as_str(), "/shelf/returned", ("x", "")),
    )
    .await
    .leads_to("/shelf");
    ada.get("/shelf")
        .await
        .ok()
        .says("you were so kind to my father");
}
