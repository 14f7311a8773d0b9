//! Rehearsing in the browser: played from what the page holds, and kept nowhere; stories of one's own; the workshop.

use super::{Browser, TestDesk, gate_letter};

const GATE: &str = "/rehearsal/the-gate-beeps";

/// What stands in a hidden field, as a browser would send it back.
fn hidden(page: &str, name: &str) -> String {
    let from = format!("name=\"{name}\" value=\"");
    let at = page.find(&from).expect("the field") + from.len();
    let value = page[at..].split('"').next().expect("its end");
    value
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

async fn answer(ada: &Browser, page: &str, draft: &str) -> super::browser::Answer {
    let (seed, so_far) = (hidden(page, "seed"), hidden(page, "so_far"));
    ada.post(
        GATE,
        &[("seed", &seed), ("so_far", &so_far), ("draft", draft)],
    )
    .await
}

#[tokio::test]
async fn an_answer_shows_what_it_did_and_the_two_ways_and_the_end_shows_what_lay_behind() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let shelf = ada
        .get("/rehearsal")
        .await
        .ok()
        .says("The gate beeps")
        .says("Very hard");
    shelf.lacks("What if");
    ada.get("/rehearsal?by=possibility")
        .await
        .ok()
        .says("What if there is a date or a pressure");
    let first = ada.get(&format!("{GATE}?seed=7")).await.ok();
    let first = first
        .says("Priya Nair writes")
        .says("What you may offer")
        .lacks("What they had not said");
    let story = unruffled_rehearsal::Shelf::embedded();
    let story = story.get("the-gate-beeps").expect("it is ours").clone();
    let badly = answer(&ada, &first.body, &story.letters[0].badly[0])
        .await
        .ok();
    let badly = badly
        .says("Made them the cause")
        .says("warmer")
        .says("Two ways to answer the same letter");
    let mut page = answer(&ada, &badly.body, &story.letters[0].well[0])
        .await
        .ok();
    for _ in 0..4 {
        if page.body.contains("It ended calm.") {
            break;
        }
        page = answer(&ada, &page.body, &story.letters[1].well[0])
            .await
            .ok();
    }
    page.says("It ended calm.")
        .says("What they had not said")
        .says("half past nine her daughter swims")
        .says("If somebody names a day in passing");
}

#[tokio::test]
async fn the_same_answers_go_the_same_way_and_an_empty_or_a_broken_one_loses_nothing() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let first = ada.get(&format!("{GATE}?seed=7")).await.ok();
    let once = answer(
        &ada,
        &first.body,
        "I'm sorry. I'll look at it today by 15:00.",
    )
    .await
    .ok();
    let again = answer(
        &ada,
        &first.body,
        "I'm sorry. I'll look at it today by 15:00.",
    )
    .await
    .ok();
    assert_eq!(once.body, again.body);
    answer(&ada, &once.body, "  ")
        .await
        .is(422)
        .says("Nothing is written yet")
        .says("You answered");
    ada.post(
        GATE,
        &[("seed", "7"), ("so_far", "nonsense"), ("draft", "x")],
    )
    .await
    .is(422)
    .says("Begin the story anew");
    ada.get("/rehearsal/no-such-story").await.is(404);
}

#[tokio::test]
async fn a_story_is_made_from_a_moment_without_names_and_kept_when_its_gaps_are_filled() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let made = ada.get(&format!("/stories/new?from={number}")).await.ok();
    let made = made.says("They write").says("were replaced").lacks("Jones");
    assert!(made.body.contains("…"));
    let refused = ada
        .post("/stories", &[("version", ""), ("text", "# A title\n…\n")])
        .await
        .is(422);
    refused.says("waits").says("Nothing was saved yet");
    let ours = include_str!("../../../../stories/the-gate-beeps.md");
    let text = ours.replace("# The gate beeps", "# A door of ours");
    let saved = ada
        .post("/stories", &[("version", ""), ("text", &text)])
        .await;
    assert_eq!(saved.headers["location"], "/stories/a-door-of-ours?saved=1");
    ada.get("/stories/a-door-of-ours?saved=1")
        .await
        .ok()
        .says("Rehearse it");
    ada.get("/rehearsal")
        .await
        .ok()
        .says("A door of ours")
        .says("yours, to be changed");
    ada.get("/rehearsal/a-door-of-ours?seed=1")
        .await
        .ok()
        .says("Priya Nair writes");
    let page = ada.get("/stories/a-door-of-ours").await.ok().body;
    let version = hidden(&page, "version");
    let stale = ada
        .post(
            "/stories/a-door-of-ours",
            &[("version", "stale"), ("text", &text)],
        )
        .await;
    stale.is(409).says("Somebody else saved this");
    ada.post("/stories/a-door-of-ours/removal", &[("version", &version)])
        .await;
    ada.get("/rehearsal?removed=a-door-of-ours")
        .await
        .ok()
        .says("Undo")
        .lacks("A door of ours");
    ada.post("/stories/a-door-of-ours/reversal", &[]).await;
    ada.get("/rehearsal").await.ok().says("A door of ours");
    // What lies there by hand and is none is told, and the others stay.
    let place = desk.folder.path().join("stories/broken.md");
    std::fs::write(place, "no front\n").expect("written");
    ada.get("/rehearsal")
        .await
        .ok()
        .says("broken.md:1")
        .says("A door of ours");
}

#[tokio::test]
async fn a_moment_of_the_circle_begins_a_story_as_it_was_told_there() {
    use unruffled_store::{CircleVoice, NewCircleMoment};
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let words = [(CircleVoice::Customer, "Where is my parcel?".to_owned())];
    let moment = NewCircleMoment {
        inbox_id: desk.desk.inbox(),
        about: "A parcel that waited",
        question: "",
        brought_by: None,
        words: &words,
    };
    let store = desk.desk.store();
    let id = store
        .bring_to_circle(&moment, desk.desk.now())
        .await
        .expect("brought");
    let begin = format!("/stories/new?moment={id}");
    ada.get(&format!("/circle/{id}")).await.ok().says(&begin);
    ada.get(&begin)
        .await
        .ok()
        .says("# A parcel that waited")
        .says("Where is my parcel");
    ada.get("/stories/new?moment=nobody").await.is(404);
    ada.get("/stories/new?from=twelve")
        .await
        .is(422)
        .says("no number of a conversation");
}

#[tokio::test]
async fn a_workshop_has_an_agenda_a_screen_and_a_hand_out() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    ada.get("/workshop")
        .await
        .ok()
        .says("75 minutes")
        .says("In pairs")
        .says("The gate beeps");
    let screen = "/workshop/screen?story=refund-7781";
    ada.get(screen)
        .await
        .ok()
        .says("Refund, order 7781")
        .lacks("Before <kbd");
    ada.get(&format!("{screen}&step=1"))
        .await
        .ok()
        .says("They write")
        .says("Order 7781. Where is it?");
    ada.get(&format!("{screen}&step=999"))
        .await
        .ok()
        .says("If, then")
        .lacks("data-after");
    let paper = ada
        .get("/workshop/hand-out.pdf?story=refund-7781&story=at-sunset&story=none")
        .await
        .ok();
    assert_eq!(paper.headers["content-type"], "application/pdf");
    assert!(paper.body.starts_with("%PDF"));
    assert!(paper.body.contains("NotoSerif"));
}

/// What the workshop and the rehearsal say is held to what we ask of others.
#[test]
fn the_words_of_the_workshop_pass_our_own_checks() {
    let engine = unruffled_engine::Engine::embedded();
    let parts = crate::rehearsing::workshop::AGENDA
        .iter()
        .map(|part| part.says);
    for words in parts.chain(crate::rehearsing::workshop::IN_PAIRS.iter().copied()) {
        let review = engine.review(&unruffled_engine::DraftInput {
            draft: words,
            ..Default::default()
        });
        let notes: Vec<&str> = review.notes.iter().map(|note| note.card.as_str()).collect();
        assert!(notes.is_empty(), "{words}: {notes:?}");
    }
}
