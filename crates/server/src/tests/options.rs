//! The playbook beside the composer, its pages, and how its use is counted.

use super::{Browser, TestDesk, gate_letter};

const DAY_TICKET: &str = "+++\nsays = \"A day ticket, today\"\ntopics = [\"pool pass\", \"gate\"]\namount = \"£24\"\noften = \"once a year\"\ncosts = \"four tickets\"\n+++\n\nPlease come in today; {who} at the front desk has four tickets in your name.\n";
const FREE_MONTH: &str = "+++\nsays = \"A free month\"\ntopics = [\"pool pass\"]\nnod = \"ben\"\n+++\n\nFor the weeks in which the gate stayed shut I have added a month to your pass.\n";

/// A desk with these two options, Ada and Ben at it, and the letter about the gate.
pub async fn desk() -> (TestDesk, Browser, Browser, i64) {
    let desk = TestDesk::new().await;
    for (name, text) in [("day-ticket.md", DAY_TICKET), ("free-month.md", FREE_MONTH)] {
        write(&desk, name, text);
    }
    for name in crate::playbook::STARTING.iter().map(|(name, _)| name) {
        std::fs::remove_file(book(&desk).join(name)).expect("taken away");
    }
    desk.desk.look_at_playbook();
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let number = desk.letter(&gate_letter()).await;
    (desk, ada, ben, number)
}

fn book(desk: &TestDesk) -> std::path::PathBuf {
    desk.folder.path().join("playbook")
}

fn write(desk: &TestDesk, name: &str, text: &str) {
    std::fs::write(book(desk).join(name), text).expect("written");
}

fn read(desk: &TestDesk, name: &str) -> String {
    std::fs::read_to_string(book(desk).join(name)).expect("read")
}

/// What stands in the hidden field of a form.
fn version(page: &str) -> String {
    let at = page.find("name=\"version\" value=\"").expect("a version") + 22;
    page[at..].split('"').next().expect("its end").to_owned()
}

pub const SAID: &str = "Dear Mr Jones,\n\nPlease come in today; Ben at the front desk has four tickets in your name, for all of you.\n\nAda";

#[tokio::test]
async fn a_first_start_makes_a_playbook_of_ones_own() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let page = ada.get("/options").await.ok();
    let names = std::fs::read_dir(book(&desk)).expect("made").count();
    assert_eq!(names, crate::playbook::STARTING.len());
    page.says("The money back, in full").says("A new option");
}

#[tokio::test]
async fn the_list_is_ranked_for_the_letter_with_its_reasons() {
    let (_desk, ada, _ben, number) = desk().await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("fits: pool pass · gate")
        .says("up to £24 · once a year for a customer · costs four tickets")
        .says("needs Ben Okoro’s nod")
        .says("Enter asks Ben Okoro for a nod.");
}

#[tokio::test]
async fn a_changed_file_is_in_force_soon_and_a_faulty_one_changes_nothing() {
    let (desk, ada, _ben, number) = desk().await;
    let conversation = format!("/conversations/{number}");
    write(&desk, "day-ticket.md", &DAY_TICKET.replace("£24", "£30"));
    desk.desk.look_at_playbook();
    ada.get(&conversation).await.ok().says("up to £30");
    write(
        &desk,
        "day-ticket.md",
        "+++\nsay = \"A day ticket\"\n+++\n\nCome in.\n",
    );
    write(&desk, "free-month.md", "no front\n");
    desk.desk.look_at_playbook();
    ada.get(&conversation).await.ok().says("up to £30");
    ada.get("/inbox")
        .await
        .ok()
        .says("The playbook was changed and cannot be used as it is")
        .says("day-ticket.md:1: `says` is missing")
        .says("more)");
    ada.get("/options")
        .await
        .ok()
        .says("day-ticket.md:2: there is no key `say`")
        .says("free-month.md:1: the first line has to be");
    // The page that edits it shows the file as it stands, so that it can be put right here.
    ada.get("/options/free-month")
        .await
        .ok()
        .says("no front")
        .says("The file as it stands");
    write(&desk, "day-ticket.md", DAY_TICKET);
    write(&desk, "free-month.md", FREE_MONTH);
    desk.desk.look_at_playbook();
    ada.get("/inbox")
        .await
        .ok()
        .lacks("The playbook was changed");
}

#[tokio::test]
async fn a_use_is_counted_when_the_wording_was_sent_and_not_when_it_was_taken_back() {
    let (desk, ada, _ben, number) = desk().await;
    let desk = desk.leaving_jobs();
    let replies = format!("/conversations/{number}/replies");
    let sent = ada.tell(&replies, &[("body", SAID)]).await.ok();
    ada.get("/options").await.ok().says("used once");
    let says = "used up: once a year";
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says(says);
    let id = sent.json()["delivery"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    ada.tell(&format!("/replies/{id}/withdrawal"), &[("version", "1")])
        .await
        .ok();
    ada.get("/options").await.ok().lacks("used once");
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks(says);
    let other = "Dear Mr Jones, I have looked: the gate knows your pass again. Ada";
    ada.tell(&replies, &[("body", other)]).await.ok();
    ada.get("/options").await.ok().lacks("used ");
    desk.after_seconds(60).await;
}

#[tokio::test]
async fn what_an_option_led_to_stands_on_its_page_in_plain_counts() {
    let (desk, ada, _ben, number) = desk().await;
    ada.tell(
        &format!("/conversations/{number}/replies"),
        &[("body", SAID)],
    )
    .await
    .ok();
    desk.after_seconds(60).await;
    ada.tell(&format!("/conversations/{number}/closure"), &[])
        .await
        .ok();
    ada.get("/options/day-ticket")
        .await
        .ok()
        .says("used once · closed since, and not opened again: 1")
        .lacks("Ada Jones used");
}

#[tokio::test]
async fn an_option_is_edited_on_its_page_and_what_was_there_can_be_had_back() {
    let (desk, ada, _ben, _number) = desk().await;
    let page = ada
        .get("/options/day-ticket")
        .await
        .ok()
        .says("pool pass, gate")
        .says("£24");
    let version = version(&page.body);
    let fields = [
        ("version", version.as_str()),
        ("says", "A day ticket for everybody, today"),
        ("topics", "pool pass, gate"),
        ("amount", "£30"),
        ("wording", "Please come in today; it is on us."),
    ];
    let saved = ada.post("/options/day-ticket", &fields).await.is(303);
    assert_eq!(saved.to(), "/options/day-ticket?saved=1");
    assert!(read(&desk, "day-ticket.md").contains("amount = \"£30\""));
    ada.get("/options")
        .await
        .ok()
        .says("A day ticket for everybody, today")
        .says("up to £30");
    ada.get("/options/day-ticket")
        .await
        .ok()
        .says("Undo the last change");
    ada.post("/options/day-ticket/reversal", &[]).await.is(303);
    assert_eq!(read(&desk, "day-ticket.md"), DAY_TICKET);
    ada.get("/options").await.ok().says("up to £24");
}

#[tokio::test]
async fn a_form_that_cannot_be_saved_names_the_field_and_keeps_the_words() {
    let (desk, ada, _ben, _number) = desk().await;
    let fields = [
        ("says", "A lift home"),
        ("amount", "twelve"),
        ("often", "now and then"),
        ("wording", "Ben drives you home at {time."),
    ];
    ada.post("/options", &fields)
        .await
        .is(422)
        .says("`amount`: `twelve` is no amount with its currency")
        .says("`often`: `now and then` is not understood")
        .says("A blank is never closed")
        .says("Ben drives you home at {time.")
        .says("value=\"A lift home\"");
    assert_eq!(
        std::fs::read_dir(book(&desk)).expect("read").count(),
        2,
        "nothing was written"
    );
    let fields = [
        ("says", "A lift home"),
        ("wording", "Ben drives you home at {time}."),
    ];
    let added = ada.post("/options", &fields).await.is(303);
    assert_eq!(added.to(), "/options/a-lift-home?saved=1");
    ada.get("/options").await.ok().says("A lift home");
}

#[tokio::test]
async fn two_people_at_one_option_lose_neithers_words() {
    let (desk, ada, ben, _number) = desk().await;
    let page = ada.get("/options/day-ticket").await.ok();
    let version = version(&page.body);
    let with = |says: &'static str| {
        [
            ("version", version.clone()),
            ("says", says.to_owned()),
            ("wording", "Please come in today, it is on us.".to_owned()),
        ]
    };
    let send = |browser: &Browser, says| {
        let fields = with(says);
        let browser = Browser {
            desk: desk.desk.clone(),
            cookie: browser.cookie.clone(),
            site: browser.site,
        };
        async move {
            let pairs: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            browser.post("/options/day-ticket", &pairs).await
        }
    };
    send(&ben, "Ben’s words").await.is(303);
    let refused = send(&ada, "Ada’s words").await.is(409);
    let refused = refused
        .says("Ben’s words")
        .says("Ada’s words")
        .says("Both are here");
    assert!(read(&desk, "day-ticket.md").contains("Ben’s words"));
    let newer = self::version(&refused.body);
    let fields = [
        ("version", newer.as_str()),
        ("says", "Ada’s and Ben’s words"),
        ("wording", "Please come in today, it is on us."),
    ];
    ada.post("/options/day-ticket", &fields).await.is(303);
    assert!(read(&desk, "day-ticket.md").contains("Ada’s and Ben’s words"));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_says_so_and_keeps_the_words() {
    let (desk, ada, _ben, _number) = desk().await;
    // Where the history would lie, something else lies: root may write everywhere, so this stands for what root cannot.
    std::fs::write(book(&desk).join(".history"), "not a folder").expect("written");
    let page = ada.get("/options/day-ticket").await.ok();
    let version = version(&page.body);
    let fields = [
        ("version", version.as_str()),
        ("says", "Other words"),
        ("wording", "Please come in today, it is on us."),
    ];
    ada.post("/options/day-ticket", &fields)
        .await
        .is(507)
        .says("could not be written")
        .says("Your words are still here")
        .says("Other words");
    assert_eq!(read(&desk, "day-ticket.md"), DAY_TICKET);
}

#[tokio::test]
async fn an_option_is_removed_and_had_back_without_a_question() {
    let (desk, ada, _ben, _number) = desk().await;
    let page = ada.get("/options/day-ticket").await.ok();
    let version = version(&page.body);
    let removed = ada
        .post("/options/day-ticket/removal", &[("version", &version)])
        .await
        .is(303);
    assert_eq!(removed.to(), "/options?removed=day-ticket");
    ada.get(removed.to())
        .await
        .ok()
        .says("Removed.")
        .lacks("A day ticket, today");
    ada.post("/options/day-ticket/reversal", &[]).await.is(303);
    assert_eq!(read(&desk, "day-ticket.md"), DAY_TICKET);
    ada.get("/options").await.ok().says("A day ticket, today");
}

#[tokio::test]
async fn an_option_is_found_by_its_name_and_never_by_a_path() {
    let (_desk, ada, _ben, _number) = desk().await;
    for id in [
        "..%2Fsecret",
        "%2e%2e",
        ".history",
        "day-ticket.md",
        "DAY-TICKET",
        "nothing",
    ] {
        ada.get(&format!("/options/{id}")).await.is(404);
        ada.post(
            &format!("/options/{id}"),
            &[("says", "x"), ("wording", "y z")],
        )
        .await;
        ada.post(&format!("/options/{id}/removal"), &[]).await;
    }
    let nobody = Browser::new(&_desk.desk);
    nobody.get("/options").await.is(303);
}

#[tokio::test]
async fn risk_to_somebody_leaves_no_room_for_offers() {
    let (desk, ada, _ben, _number) = desk().await;
    let letter = super::plain_letter(
        "Somebody <s@example.net>",
        "help",
        "I do not want to live any more. I am going to kill myself tonight.",
    );
    let number = desk.letter(&letter).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks("id=\"options\"");
}
