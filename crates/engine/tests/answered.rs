//! Asked against answered: a message, a draft, and for each ask whether the draft answers it.

use unruffled_engine::{DraftInput, Engine};

/// Message, draft, and one letter an ask: `y` answered, `n` open.
const LINES: &[(&str, &str, &str)] = &[
    // Two asks.
    (
        "Where is it, and can I still change the size?",
        "It left us on Monday.",
        "yn",
    ),
    (
        "Where is it, and can I still change the size?",
        "It left us on Monday and is due on Wednesday. The size: yes, I can swap it when it comes back; shall I send the label?",
        "yy",
    ),
    (
        "Where is it, and can I still change the size?",
        "Yes, you can still change the size.",
        "ny",
    ),
    (
        "When will it arrive and how much is the postage?",
        "It arrives on Thursday. Postage is £4.",
        "yy",
    ),
    (
        "When will it arrive and how much is the postage?",
        "It arrives on Thursday.",
        "yn",
    ),
    (
        "When will it arrive and how much is the postage?",
        "Postage is free.",
        "ny",
    ),
    (
        "Please cancel order 7781 and refund the deposit.",
        "I've cancelled order 7781 and the deposit of £20 is on its way to your card.",
        "yy",
    ),
    (
        "Please cancel order 7781 and refund the deposit.",
        "Order 7781 is cancelled.",
        "yn",
    ),
    (
        "Why was I charged twice and when will I get it back?",
        "Our till sent the payment twice because the line dropped. The second one is back on your card by Friday.",
        "yy",
    ),
    (
        "Do you ship to Malta? How long does it take?",
        "Yes, we do. It takes five days.",
        "yy",
    ),
    (
        "Do you ship to Malta? How long does it take?",
        "Yes, we ship to Malta.",
        "yn",
    ),
    (
        "Is it waterproof? Does it come in blue?",
        "Yes. No, only in grey.",
        "yy",
    ),
    (
        "Is it waterproof? Does it come in blue?",
        "It comes in grey and blue.",
        "ny",
    ),
    (
        "Can I bring a guest, and is there parking?",
        "There is parking behind the hall.",
        "ny",
    ),
    (
        "Can I bring a guest, and is there parking?",
        "Guests are welcome, and parking is free after six.",
        "yy",
    ),
    (
        "Can you resend the code? Also, what time do you close?",
        "I've sent a new code to your phone. We close at 8 pm.",
        "yy",
    ),
    (
        "Can you resend the code? Also, what time do you close?",
        "We close at 8 pm.",
        "ny",
    ),
    // Yes or no.
    (
        "Will I lose my photos?",
        "Please follow the steps below to reset the device.",
        "n",
    ),
    (
        "Will I lose my photos?",
        "No, your photos stay where they are.",
        "y",
    ),
    (
        "Will I lose my photos?",
        "Your photos are safe: the reset only touches the settings.",
        "y",
    ),
    ("Will I lose my photos?", "No.", "y"),
    (
        "Can I change the size?",
        "I'll find out whether the size can change and write by noon.",
        "y",
    ),
    (
        "Can I change the size?",
        "Thank you for reaching out to us about your order.",
        "n",
    ),
    (
        "Can I change the size?",
        "You can swap it within 30 days.",
        "y",
    ),
    (
        "Can I change the size?",
        "Which size would you like instead?",
        "y",
    ),
    (
        "Can I change the size?",
        "Unfortunately it has already left the warehouse.",
        "y",
    ),
    (
        "Are you open on Friday?",
        "We're open from 9 to 5 on Friday.",
        "y",
    ),
    ("Are you open on Friday?", "Yes, until five.", "y"),
    (
        "Has my order shipped yet?",
        "Your parcel left us this morning.",
        "y",
    ),
    ("Has my order shipped yet?", "It went out on Tuesday.", "y"),
    (
        "Did you get my email?",
        "We did, on Monday, and I'm sorry nobody wrote back.",
        "y",
    ),
    ("Did you get my email?", "I'm sorry for the delay.", "n"),
    (
        "Do I need an appointment?",
        "No appointment needed, just walk in.",
        "y",
    ),
    (
        "Is there any way to move the appointment?",
        "I can move it to Thursday at 10 or Friday at 2. Which is better for you?",
        "y",
    ),
    (
        "Would it be possible to pay monthly?",
        "Monthly payment is possible from the second year on.",
        "y",
    ),
    (
        "Is the warranty still valid?",
        "It is, until March 2027.",
        "y",
    ),
    (
        "Am I going to lose the flat?",
        "The flat is safe: you are approved.",
        "y",
    ),
    ("Any chance of a discount?", "I can take 15 % off.", "y"),
    (
        "Can I return it without the box?",
        "We have received your message and will forward it.",
        "n",
    ),
    // When, where, why, how, who, how much.
    (
        "When will my refund come?",
        "You'll have it by Thursday.",
        "y",
    ),
    (
        "When will my refund come?",
        "We are open until 6 today.",
        "n",
    ),
    (
        "When will my refund come?",
        "Refunds take three to five working days.",
        "y",
    ),
    (
        "When will my refund come?",
        "I'm sorry about the refund.",
        "n",
    ),
    (
        "When will my refund come?",
        "Your refund is important to us.",
        "n",
    ),
    ("What time do you close?", "At 8.", "y"),
    ("How long does delivery take?", "About three days.", "y"),
    (
        "When can the engineer visit?",
        "Ana will visit on Thursday between 10 and 12.",
        "y",
    ),
    ("Where is my order?", "It's with the courier in Leeds.", "y"),
    ("Where is my order?", "Your order is out for delivery.", "y"),
    (
        "Where is my order?",
        "I'm asking the depot where your order is and will write by 4 pm.",
        "y",
    ),
    ("Where is my order?", "Thank you for your patience.", "n"),
    (
        "Where is my order?",
        "I understand how frustrating it is to wait for an order.",
        "n",
    ),
    (
        "Where can I find my invoice?",
        "Under Account, Invoices.",
        "y",
    ),
    (
        "Where can I find my invoice?",
        "Here's the link: https://example.org/invoices",
        "y",
    ),
    (
        "Why was my account closed?",
        "We closed it by mistake.",
        "y",
    ),
    (
        "Why was my account closed?",
        "Your account is open again.",
        "n",
    ),
    (
        "Why did the price go up?",
        "Because the supplier raised theirs in March.",
        "y",
    ),
    (
        "How do I reset the box?",
        "Hold the side button for five seconds, until the light goes off.",
        "y",
    ),
    (
        "How do I reset the box?",
        "We appreciate your feedback on the box.",
        "n",
    ),
    (
        "How do I cancel?",
        "Reply with the word stop and it's cancelled.",
        "y",
    ),
    ("How much is a day pass?", "A day pass is £12.", "y"),
    ("How much is a day pass?", "£12.", "y"),
    (
        "How much is a day pass?",
        "You can buy one at the desk.",
        "n",
    ),
    ("How many seats are left?", "There are six seats left.", "y"),
    (
        "Who do I speak to about billing?",
        "Ana in billing: she will ring you today.",
        "y",
    ),
    (
        "What does 'pending reversal' mean?",
        "It means that the bank has the money and is sending it back.",
        "y",
    ),
    (
        "Which adapter fits the older model?",
        "The grey adapter fits it.",
        "y",
    ),
    (
        "What happens to my points?",
        "Your points stay on the account.",
        "y",
    ),
    // Requests.
    (
        "Please refund one.",
        "I've refunded one of the two payments.",
        "y",
    ),
    (
        "Please refund one.",
        "We apologise for the inconvenience.",
        "n",
    ),
    (
        "I want my money back",
        "Refunded: £36 to your card, there by Thursday.",
        "y",
    ),
    (
        "I want my money back",
        "I can refund it today, or send a new one for Friday. Which is better for you?",
        "y",
    ),
    (
        "I want my money back",
        "Unfortunately we can't refund a used ticket.",
        "y",
    ),
    (
        "I want my money back",
        "I understand that you want your money back.",
        "n",
    ),
    ("Can you send me the invoice?", "It's attached.", "y"),
    (
        "Can you send me the invoice?",
        "The invoice is attached.",
        "y",
    ),
    (
        "Can you send me the invoice?",
        "Thanks for being with us since 2019.",
        "n",
    ),
    ("I need the invoice", "Here it is.", "y"),
    (
        "Fix it.",
        "I've reset the line from here; it should be back within ten minutes.",
        "y",
    ),
    ("Fix it.", "Thank you for letting us know.", "n"),
    (
        "Please help",
        "Which light is on at the front of the box?",
        "y",
    ),
    ("Call me back", "I'll ring you at 3.", "y"),
    (
        "Take me off your list",
        "You're off the list as of today.",
        "y",
    ),
    (
        "Please change my address to 4 Mill Lane",
        "Done: your address is now 4 Mill Lane.",
        "y",
    ),
    (
        "Please change my address to 4 Mill Lane",
        "Your order is on its way.",
        "n",
    ),
    (
        "I'd like to speak to a manager",
        "Rae, who leads our team, will ring you at 2.",
        "y",
    ),
    (
        "Can you tell me where my order is",
        "It is at the depot in Hull.",
        "y",
    ),
    (
        "Let me know whether the part has come.",
        "The part came this morning.",
        "y",
    ),
    (
        "I would like a replacement please.",
        "A replacement lamp leaves today.",
        "y",
    ),
    (
        "Please stop emailing me",
        "I've taken you off the list.",
        "y",
    ),
];

#[test]
fn each_ask_is_ticked_or_left_open() {
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for (message, draft, expected) in LINES {
        let review = engine.review(&DraftInput {
            draft,
            message: Some(message),
            ..Default::default()
        });
        let found: String = review
            .asks
            .iter()
            .map(|ask| if ask.answered { 'y' } else { 'n' })
            .collect();
        if found != *expected {
            let by: Vec<_> = review
                .asks
                .iter()
                .map(|a| (a.text.as_str(), a.by.as_ref().map(|s| s.text.as_str())))
                .collect();
            faults.push(format!(
                "`{message}` / `{draft}`: expected {expected}, found {found}: {by:?}"
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} pairs do not hold:\n{}",
        faults.len(),
        LINES.len(),
        faults.join("\n")
    );
}
