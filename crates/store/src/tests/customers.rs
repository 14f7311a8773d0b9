//! The person before us: found by what they say, told in their own words.

use super::desk::*;
use crate::*;

async fn customer(
    desk: &TestDesk,
    name: &str,
    address: &str,
    words: &str,
    now: Time,
) -> Conversation {
    let raw = desk.stored(&format!("{address} {words}"), now).await;
    let letter = Parsed {
        from_name: name.into(),
        from_address: address.into(),
        ..letter(raw, words, now)
    };
    let received = desk.receive(letter).await.unwrap();
    desk.conversation_by_id(&received.conversation_id)
        .await
        .unwrap()
        .unwrap()
}

pub async fn somebody_is_found_by_name_address_and_number(desk: TestDesk) {
    let gareth = customer(&desk, "Gareth Jones", "gareth@example.org", "one", MORNING).await;
    customer(
        &desk,
        "Anna Jones-Smith",
        "anna@example.org",
        "two",
        MORNING + 1,
    )
    .await;
    customer(&desk, "Jonesy", "jonesy@example.org", "three", MORNING + 2).await;
    customer(
        &desk,
        "Müller 100%",
        "mueller@example.org",
        "four",
        MORNING + 3,
    )
    .await;
    let names = async |words: &str| -> Vec<String> {
        let found = desk.candidates(&desk.ada, words).await.unwrap();
        found.into_iter().map(|it| it.name).collect()
    };
    assert_eq!(names("Gareth Jones").await, ["Gareth Jones"]);
    assert_eq!(
        names("Mr Jones").await,
        ["Gareth Jones"],
        "the whole word comes before its letters"
    );
    assert_eq!(names("jones'").await, ["Gareth Jones"]);
    assert_eq!(
        names("Jon").await,
        ["Jonesy", "Anna Jones-Smith", "Gareth Jones"]
    );
    assert_eq!(names("GARETH@example.org").await, ["Gareth Jones"]);
    assert_eq!(names("Müller").await, ["Müller 100%"]);
    assert!(names("a lady").await.is_empty());
    assert!(names("% _").await.is_empty());
    assert!(names("'; drop table customers; --").await.is_empty());
    desk.add_customer_phone(&gareth.customer_id, "(07700) 900123", MORNING)
        .await
        .unwrap();
    assert_eq!(names("+44 7700 900123").await, ["Gareth Jones"]);
    assert!(
        desk.candidates(&desk.ben, "Jones")
            .await
            .unwrap()
            .is_empty(),
        "another inbox's customers"
    );
}

pub async fn what_matters_is_kept_only_with_their_consent(desk: TestDesk) {
    let id = customer(&desk, "Gareth Jones", "gareth@example.org", "one", MORNING)
        .await
        .customer_id;
    let says = SaysOfThemselves {
        name: "Gareth Jones",
        addressed_as: "Mr Jones",
        matters: None,
    };
    desk.describe_customer(&id, &says).await.unwrap();
    let found = desk.customer(&id).await.unwrap().unwrap();
    assert_eq!(
        (found.addressed_as.as_str(), found.matters.as_str()),
        ("Mr Jones", "")
    );
    let agreed = SaysOfThemselves {
        matters: Some(("The Tuesday lesson", MORNING)),
        ..says
    };
    desk.describe_customer(&id, &agreed).await.unwrap();
    let found = desk.customer(&id).await.unwrap().unwrap();
    assert_eq!(
        (found.matters.as_str(), found.matters_agreed_at),
        ("The Tuesday lesson", Some(MORNING))
    );
    desk.describe_customer(&id, &says).await.unwrap();
    let found = desk.customer(&id).await.unwrap().unwrap();
    assert_eq!(
        (found.matters.as_str(), found.matters_agreed_at),
        ("", None),
        "taken back, it is gone"
    );
    assert!(
        desk.remove_customer_address(&id, "gareth@example.org")
            .await
            .unwrap()
    );
    assert!(
        desk.customer(&id)
            .await
            .unwrap()
            .unwrap()
            .addresses
            .is_empty()
    );
}

pub async fn earlier_conversations_are_told_with_what_they_asked(desk: TestDesk) {
    let first = customer(
        &desk,
        "Gareth Jones",
        "gareth@example.org",
        "Where is the card?",
        MORNING,
    )
    .await;
    let second = customer(
        &desk,
        "Gareth Jones",
        "gareth@example.org",
        "The gate beeps.",
        MORNING + 5,
    )
    .await;
    desk.close_conversation(&first.id, MORNING + 3)
        .await
        .unwrap();
    let told = desk
        .earlier_on(&desk.ada, &second.customer_id, Some(&second.id))
        .await
        .unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].wrote.as_deref(), Some("Where is the card?"));
    assert_eq!(
        (told[0].state, told[0].answered_at),
        (ConversationState::Done, None)
    );
    assert_eq!(
        desk.earlier_on(&desk.ada, &second.customer_id, None)
            .await
            .unwrap()
            .len(),
        2
    );
    assert!(
        desk.earlier_on(&desk.ben, &second.customer_id, None)
            .await
            .unwrap()
            .is_empty()
    );
}
