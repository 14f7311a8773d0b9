//! Moments brought to the circle, what was learnt from them, and the shelf of thanks.

use super::TestDesk;
use super::desk::MORNING;
use crate::{Became, CircleNotes, CircleState, CircleVoice, NewCircleMoment};

const DAY: i64 = 24 * 3_600 * 1_000_000;

fn words() -> Vec<(CircleVoice, String)> {
    vec![
        (CircleVoice::Customer, "The gate says no again.".to_owned()),
        (CircleVoice::Us, "It is open now.".to_owned()),
    ]
}

pub async fn a_moment_is_brought_talked_about_and_forgotten(desk: TestDesk) {
    let words = words();
    let moment = NewCircleMoment {
        inbox_id: &desk.front,
        about: "a gate that says no",
        question: "How would you have begun?",
        brought_by: None,
        words: &words,
    };
    let id = desk.bring_to_circle(&moment, MORNING).await.unwrap();
    let all = desk.circle(&desk.ada, MORNING).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].brought_by_name, None);
    assert_eq!(all[0].brought_on % DAY, 0, "a day and no time");
    assert!(
        desk.place_in_circle(&desk.ada, &id, CircleState::Agenda, MORNING)
            .await
            .unwrap()
    );
    let notes = CircleNotes {
        happened: "The gate beeped.".to_owned(),
        ..CircleNotes::default()
    };
    assert!(
        desk.note_in_circle(&desk.ada, &id, 0, &notes)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .note_in_circle(&desk.ada, &id, 0, &CircleNotes::default())
            .await
            .unwrap(),
        "an older page overwrites nothing"
    );
    let (moment, said) = desk.circle_moment(&desk.ada, &id).await.unwrap().unwrap();
    assert_eq!(
        (moment.happened.as_str(), said.len()),
        ("The gate beeped.", 2)
    );
    assert!(
        desk.place_in_circle(&desk.ada, &id, CircleState::Over, MORNING)
            .await
            .unwrap()
    );
    assert_eq!(
        desk.circle(&desk.ada, MORNING + 20 * DAY)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.circle(&desk.ada, MORNING + 40 * DAY).await.unwrap(),
        []
    );
    assert!(desk.circle_moment(&desk.ada, &id).await.unwrap().is_none());
}

pub async fn a_moment_is_anybodys_unless_somebody_stands_by_it(desk: TestDesk) {
    let words = words();
    let moment = NewCircleMoment {
        inbox_id: &desk.front,
        about: "a gate that says no",
        question: "",
        brought_by: Some(&desk.ada),
        words: &words,
    };
    let id = desk.bring_to_circle(&moment, MORNING).await.unwrap();
    let all = desk.circle(&desk.ada, MORNING).await.unwrap();
    assert!(all[0].brought_by_name.is_some());
    assert_eq!(
        desk.circle(&desk.ben, MORNING).await.unwrap(),
        [],
        "another team's circle"
    );
    assert!(!desk.take_from_circle(&desk.ben, &id).await.unwrap());
    assert!(desk.take_from_circle(&desk.ada, &id).await.unwrap());
    assert_eq!(desk.circle(&desk.ada, MORNING).await.unwrap(), []);
}

pub async fn a_lesson_says_what_became_of_it(desk: TestDesk) {
    let id = desk
        .add_lesson(&desk.front, "Look at the till’s list first.", MORNING)
        .await
        .unwrap();
    assert!(
        desk.lesson_became(&desk.ada, &id, Became::Place, "the till’s list")
            .await
            .unwrap()
    );
    assert!(
        !desk
            .lesson_became(&desk.ben, &id, Became::Card, "x")
            .await
            .unwrap()
    );
    let all = desk.lessons(&desk.ada).await.unwrap();
    assert_eq!(
        (all[0].became, all[0].became_name.as_str()),
        (Became::Place, "the till’s list")
    );
    assert_eq!(
        desk.looked_at(&desk.ada, "The till’s list").await.unwrap(),
        0
    );
    assert_eq!(
        desk.said_since(&desk.ada, "100 % of_it!", 0).await.unwrap(),
        (0, 0)
    );
    assert!(desk.drop_lesson(&desk.ada, &id).await.unwrap());
    assert_eq!(desk.lessons(&desk.ada).await.unwrap(), []);
}

pub async fn the_shelf_holds_what_was_put_there_and_nobodys_name_by_itself(desk: TestDesk) {
    let id = desk
        .put_on_shelf(&desk.front, "You were kind to my father.", "", MORNING)
        .await
        .unwrap();
    assert_eq!(desk.shelf(&desk.ben).await.unwrap(), []);
    assert_eq!(desk.take_from_shelf(&desk.ben, &id).await.unwrap(), None);
    let taken = desk.take_from_shelf(&desk.ada, &id).await.unwrap().unwrap();
    assert_eq!(taken.words, "You were kind to my father.");
    assert_eq!(desk.shelf(&desk.ada).await.unwrap(), []);
}
