//! Every page with a story in it, written to `target/gallery` so that it can be looked at, and held to the house's rules.

use super::sample;
use crate::pages;
use crate::sheets::workload::UnseenSheet;
use crate::sheets::*;
use std::path::Path;
use unruffled_engine::Heat;

fn every_page() -> Vec<(&'static str, String)> {
    let mut empty = sample::around();
    empty.rows.clear();
    empty.older = None;
    empty.open_count = 0;
    let mut foul = sample::around();
    foul.mail_problem = Some("No mail has been fetched since 09:40: the mail server does not answer. It is tried again at 10:15; letters wait there safely.".into());
    let inbox = |around| InboxSheet { around };
    let card = CardSheet {
        title: "Promise without a time".into(),
        blocks: vec![
            CardBlock::Paragraph(
                "A promise without a time is a wait without an end: people write again to ask."
                    .into(),
            ),
            CardBlock::Heading("Instead".into()),
            CardBlock::List(vec![
                "I’ll write to you by tomorrow 15:00, even if only to say where we are.".into(),
            ]),
            CardBlock::Example("We will get back to you.".into()),
        ],
    };
    let dropped = DropSheet {
        around: sample::around(),
        folder: "/tmp/unruffled-demo/sent".into(),
        letters: vec![DroppedLetter {
            to: "Mr Jones <gareth.jones@example.org>".into(),
            from: "Ada, Harbour Baths <desk@harbour.example>".into(),
            subject: "Re: The gate says no".into(),
            text: "Dear Mr Jones,\n\nyour pass opens the gate since 10:05.\n\nAda".into(),
            at: sample::NOW,
        }],
    };
    let wrong = LoginSheet {
        login: "ada".into(),
        next: String::new(),
        problem: Some(
            "This login and password do not belong together. Nothing is lost; try again.".into(),
        ),
    };
    let lost = OopsSheet {
        title: "There is nothing at this address".into(),
        says: "The conversation may have been in another inbox. Nothing was changed.".into(),
        way_out: "Back to the inbox".into(),
        way_out_href: "/inbox".into(),
    };
    [
        ("login", pages::login(&LoginSheet::default())),
        ("login-wrong", pages::login(&wrong)),
        ("inbox", pages::inbox(&inbox(sample::around()))),
        ("inbox-empty", pages::inbox(&inbox(empty))),
        ("inbox-foul", pages::inbox(&inbox(foul))),
        ("hot", pages::conversation(&sample::hot())),
        ("quiet", pages::conversation(&sample::quiet())),
        ("long", pages::conversation(&sample::long())),
        ("safety", pages::conversation(&sample::safety())),
        ("card", pages::card(&card, false)),
        ("card-part", pages::card(&card, true)),
        ("drop", pages::drop_folder(&dropped)),
        ("break", pages::a_break(&sample::a_break(None))),
        ("on-break", pages::a_break(&sample::a_break(Some("14:20")))),
        ("workload", pages::workload(&sample::workload())),
        (
            "unseen",
            pages::unseen(&UnseenSheet {
                around: sample::around(),
            }),
        ),
        (
            "own",
            pages::own(&crate::sheets::own::OwnSheet {
                around: sample::around(),
            }),
        ),
        ("oops", pages::oops(&lost)),
    ]
    .into_iter()
    .map(|(name, page)| (name, page.unwrap_or_else(|fault| panic!("{name}: {fault}"))))
    .collect()
}

#[test]
fn every_page_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, page) in every_page() {
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}

#[test]
fn no_page_carries_a_script_or_a_style_of_its_own() {
    for (name, page) in every_page() {
        assert!(
            !page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick"),
            "{name}"
        );
        for script in page.split("<script").skip(1) {
            assert!(
                script.contains("src=\"") && script.contains("></script>"),
                "{name}"
            );
        }
    }
}

#[test]
fn what_a_customer_wrote_is_never_markup() {
    let mut sheet = sample::hot();
    sheet.subject = "<script>alert(1)</script>".into();
    sheet.messages[0].fresh = "<img src=x onerror=alert(1)>".into();
    sheet.messages[0].from.name = "\"><b>bold".into();
    sheet.reply.body = "</textarea><script>".into();
    let page = pages::conversation(&sheet).unwrap();
    assert!(
        !page.contains("<script>alert")
            && !page.contains("<img")
            && !page.contains("<b>bold")
            && !page.contains("</textarea><script>")
    );
}

#[test]
fn the_title_names_the_customer_and_the_subject() {
    let page = pages::conversation(&sample::hot()).unwrap();
    assert!(page.contains("<title>Gareth Jones · The gate says no</title>"));
}

#[test]
fn a_hot_letter_brings_the_words_then_the_what_if_then_the_asks_then_the_composer() {
    let page = pages::conversation(&sample::hot()).unwrap();
    let order = [
        "I renewed the pass",
        "id=\"what-ifs\"",
        "Why does it beep?</span>",
        "By when",
        "id=\"reply\"",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|it| page.find(it).unwrap_or_else(|| panic!("{it}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn heat_is_a_word_at_the_edge_of_the_last_letter_and_says_where_it_went() {
    let says = |heat: Heat, before: Option<Heat>| {
        let mut sheet = sample::hot();
        let reading = sheet.reading.as_mut().unwrap();
        (reading.reading.heat, reading.before) = (heat, before);
        let page = pages::conversation(&sheet).unwrap();
        let mut tones = page.split("<span class=\"tone\">").skip(1);
        let tone = tones.next().map(|rest| rest.split('<').next().unwrap());
        assert!(tones.next().is_none());
        tone.unwrap_or("").to_owned()
    };
    assert_eq!(says(Heat::Hot, Some(Heat::Warm)), "warmer than before");
    assert_eq!(says(Heat::Quiet, Some(Heat::Hot)), "cooler than before");
    assert_eq!(says(Heat::Hot, Some(Heat::Hot)), "as warm as before");
    assert_eq!(says(Heat::VeryHot, None), "hot words");
    assert_eq!(says(Heat::Quiet, Some(Heat::Quiet)), "");
}

#[test]
fn a_quiet_letter_brings_only_what_they_ask() {
    let page = pages::conversation(&sample::quiet()).unwrap();
    assert!(page.contains("data-ask=\"0\""));
    assert!(
        !page.contains("id=\"what-ifs\"")
            && !page.contains("data-hot")
            && !page.contains("<dt>By when</dt>")
    );
}

#[test]
fn where_somebody_may_be_at_risk_people_come_first_and_nothing_else_speaks() {
    let page = pages::conversation(&sample::safety()).unwrap();
    assert!(page.contains("Somebody may be at risk") && page.contains("Mara Quayle, extension 20"));
    assert!(page.contains("No number has been filled in on this desk"));
    assert!(
        !page.contains("id=\"what-ifs\"")
            && !page.contains("id=\"breath\"")
            && !page.contains("data-ask=")
    );
}

#[test]
fn a_note_and_a_reply_share_no_form() {
    let page = pages::conversation(&sample::hot()).unwrap();
    let note = page
        .split("<form class=\"sheet note\"")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap();
    assert!(
        note.contains("/notes\"")
            && note.contains("Only your team sees this")
            && note.contains("Keep note")
    );
    assert!(!note.contains("/replies") && !note.contains("Send"));
}

#[test]
fn undo_is_offered_only_while_the_reply_has_not_left() {
    assert!(
        pages::conversation(&sample::long())
            .unwrap()
            .contains("/replies/o5/withdrawal")
    );
    assert!(
        !pages::conversation(&sample::hot())
            .unwrap()
            .contains("/withdrawal")
    );
}
