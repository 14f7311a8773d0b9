//! Questions and requests: each line is a message, then every ask in it as `kind words`; rhetorical ones are none.

use unruffled_engine::{Engine, MessageInput};

const LINES: &[(&str, &str)] = &[
    (
        "what time you close today",
        "when: what time you close today",
    ),
    (
        "Just let me know when it's posted.",
        "when: Just let me know when it's posted",
    ),
    (
        "My question is whether the lid is dishwasher safe.",
        "yes-no: whether the lid is dishwasher safe",
    ),
    (
        "Thanks. Could you also tell Ben hello?",
        "request: Could you also tell Ben hello",
    ),
    // Two in one.
    (
        "Where is it, and can I still change the size?",
        "where: Where is it; yes-no: can I still change the size",
    ),
    (
        "When will it arrive and how much is the postage?",
        "when: When will it arrive; how-much: how much is the postage",
    ),
    (
        "Please cancel order 7781 and refund the deposit.",
        "request: Please cancel order 7781; request: refund the deposit",
    ),
    (
        "Could you tell me when it ships and where it is now?",
        "when: Could you tell me when it ships; where: where it is now",
    ),
    (
        "1. When do you open?\n2. Is there parking?\n3. How much is a day pass?",
        "when: When do you open; yes-no: Is there parking; how-much: How much is a day pass",
    ),
    (
        "1) where is my refund\n2) who do I call",
        "where: where is my refund; who: who do I call",
    ),
    (
        "Do you have it in blue? If not, can I get my money back?",
        "yes-no: Do you have it in blue; request: can I get my money back",
    ),
    (
        "Is it waterproof, or do I need a cover?",
        "yes-no: Is it waterproof; yes-no: do I need a cover",
    ),
    (
        "Why was I charged twice and when will I get it back?",
        "why: Why was I charged twice; when: when will I get it back",
    ),
    (
        "I'd like to cancel the second one. Also, what happens to my points?",
        "request: I'd like to cancel the second one; what: what happens to my points",
    ),
    (
        "- can you resend the code\n- is the site down",
        "request: can you resend the code; yes-no: is the site down",
    ),
    (
        "Will I lose my photos? And my contacts?",
        "yes-no: Will I lose my photos; yes-no: my contacts",
    ),
    // Plain questions.
    ("Will I lose my photos?", "yes-no: Will I lose my photos"),
    ("Can I change the size?", "yes-no: Can I change the size"),
    ("Are you open on Friday?", "yes-no: Are you open on Friday"),
    (
        "How do I cancel a duplicate order?",
        "how: How do I cancel a duplicate order",
    ),
    (
        "Am I going to lose all the photos?",
        "yes-no: Am I going to lose all the photos",
    ),
    ("What time do you close?", "when: What time do you close"),
    (
        "How long does delivery take?",
        "when: How long does delivery take",
    ),
    (
        "Who do I speak to about billing?",
        "who: Who do I speak to about billing",
    ),
    (
        "Which adapter fits the older model?",
        "which: Which adapter fits the older model",
    ),
    (
        "What does 'pending reversal' mean?",
        "what: What does 'pending reversal' mean",
    ),
    (
        "How many seats are left?",
        "how-much: How many seats are left",
    ),
    ("Why did the price go up?", "why: Why did the price go up"),
    ("How come I was charged?", "why: How come I was charged"),
    (
        "What's the price of the large one?",
        "how-much: What's the price of the large one",
    ),
    (
        "Whose name is on the pass?",
        "who: Whose name is on the pass",
    ),
    ("Is delivery free?", "yes-no: Is delivery free"),
    (
        "Has my order shipped yet?",
        "yes-no: Has my order shipped yet",
    ),
    ("Did you get my email?", "yes-no: Did you get my email"),
    ("Any update?", "what: Any update"),
    ("Any news on my claim?", "what: Any news on my claim"),
    (
        "Any chance of a discount?",
        "yes-no: Any chance of a discount",
    ),
    (
        "By when do you need the form?",
        "when: By when do you need the form",
    ),
    ("Still no refund?", "yes-no: Still no refund"),
    (
        "It's covered by the warranty, right?",
        "yes-no: It's covered by the warranty, right",
    ),
    (
        "Where I can find my invoice?",
        "where: Where I can find my invoice",
    ),
    (
        "When I will get my refund?",
        "when: When I will get my refund",
    ),
    ("Should I reset it?", "yes-no: Should I reset it"),
    (
        "If the part is out of stock, can I have a refund instead?",
        "request: can I have a refund instead",
    ),
    (
        "Is there any way to move the appointment?",
        "yes-no: Is there any way to move the appointment",
    ),
    (
        "Would it be possible to pay monthly?",
        "yes-no: Would it be possible to pay monthly",
    ),
    ("What should I do now?", "what: What should I do now"),
    ("Isn't it included?", "yes-no: Isn't it included"),
    (
        "Can I order the same one a third time?",
        "yes-no: Can I order the same one a third time",
    ),
    // No question mark.
    ("where is my order", "where: where is my order"),
    ("wheres my parcel", "where: wheres my parcel"),
    ("WHERE IS MY ORDER", "where: WHERE IS MY ORDER"),
    ("how do i reset the box", "how: how do i reset the box"),
    ("is there a fee for this", "yes-no: is there a fee for this"),
    ("do you ship to Ireland", "yes-no: do you ship to Ireland"),
    ("when will my refund come", "when: when will my refund come"),
    ("how to unsubscribe", "how: how to unsubscribe"),
    (
        "what time does the pool open tomorrow",
        "when: what time does the pool open tomorrow",
    ),
    (
        "hi can you tell me where my order is",
        "where: can you tell me where my order is",
    ),
    (
        "just wondering if you have the grey one",
        "yes-no: just wondering if you have the grey one",
    ),
    (
        "i was wondering whether I can bring a guest",
        "yes-no: i was wondering whether I can bring a guest",
    ),
    (
        "Let me know whether the part has come.",
        "yes-no: Let me know whether the part has come",
    ),
    (
        "Please let me know when it will be fixed.",
        "when: Please let me know when it will be fixed",
    ),
    (
        "I would like to know why my account was closed",
        "why: I would like to know why my account was closed",
    ),
    (
        "Kindly confirm if the booking is done",
        "yes-no: Kindly confirm if the booking is done",
    ),
    (
        "do you know when the store reopens",
        "when: do you know when the store reopens",
    ),
    ("any idea when it ships", "when: any idea when it ships"),
    (
        "pls advise how to proceed",
        "how: pls advise how to proceed",
    ),
    // Requests.
    (
        "can you send me the invoice",
        "request: can you send me the invoice",
    ),
    (
        "Charged twice, please refund one.",
        "request: please refund one",
    ),
    ("I need the invoice", "request: I need the invoice"),
    ("Need the invoice.", "request: Need the invoice"),
    (
        "I'd like to change my address",
        "request: I'd like to change my address",
    ),
    ("Refund. Order 7781.", "request: Refund"),
    ("I want my money back", "request: I want my money back"),
    (
        "I just want my money back on the same card.",
        "request: I just want my money back on the same card",
    ),
    (
        "Cancel everything, I'm moving to another provider.",
        "request: Cancel everything",
    ),
    ("Fix it.", "request: Fix it"),
    (
        "Call me back on 07700 900123",
        "request: Call me back on 07700 900123",
    ),
    ("Invoice please", "request: Invoice please"),
    (
        "Would you mind sending a new label?",
        "request: Would you mind sending a new label",
    ),
    ("Could somebody ring me?", "request: Could somebody ring me"),
    (
        "You need to send me a replacement",
        "request: You need to send me a replacement",
    ),
    (
        "It would be great if you could add my wife to the account.",
        "request: It would be great if you could add my wife to the account",
    ),
    (
        "I am looking for a copy of my bill",
        "request: I am looking for a copy of my bill",
    ),
    (
        "The screen has a line, can I swap it?",
        "yes-no: can I swap it",
    ),
    (
        "Please write to Mr Okafor, not 'Emeka'.",
        "request: Please write to Mr Okafor, not 'Emeka'",
    ),
    (
        "We're away for two weeks, please hold delivery.",
        "request: please hold delivery",
    ),
    ("Don't charge me again.", "request: Don't charge me again"),
    ("Stop emailing me", "request: Stop emailing me"),
    ("Take me off your list", "request: Take me off your list"),
    ("I expect a full refund", "request: I expect a full refund"),
    (
        "All I want is a straight answer",
        "request: All I want is a straight answer",
    ),
    (
        "Can I speak to a manager?",
        "request: Can I speak to a manager",
    ),
    (
        "May I have the receipt again?",
        "request: May I have the receipt again",
    ),
    (
        "I was hoping you could extend my trial",
        "request: I was hoping you could extend my trial",
    ),
    (
        "Send a plumber, not a form letter.",
        "request: Send a plumber, not a form letter",
    ),
    (
        "My lamp is broken. I would like a replacement please.",
        "request: I would like a replacement please",
    ),
    (
        "I request you to kindly do the needful and credit the amount",
        "request: I request you to kindly do the needful; request: credit the amount",
    ),
    // None.
    ("Are you kidding me?", ""),
    ("How hard can it be?", ""),
    ("What is wrong with you people?", ""),
    ("How are you?", ""),
    ("Do you even care?", ""),
    ("I don't understand how you can be so careless?", ""),
    ("Are you actually this slow or just pretending?", ""),
    ("Hello??? Anyone there???", ""),
    ("Seriously?", ""),
    ("What a mess.", ""),
    ("How lovely to hear from you.", ""),
    ("When I called you said Friday.", ""),
    ("I want to scream.", ""),
    ("I need a lie down after that call.", ""),
    ("I'd like to thank Priya for her help.", ""),
    ("The screen has a line down the middle.", ""),
    ("So the delivery came and one box was open.", ""),
    ("Have a nice day", ""),
    ("Thanks, sorted.", ""),
    ("Yes please.", ""),
    ("Please find attached the photos.", ""),
    ("You call this service?", ""),
    ("How many times do I have to tell you?", ""),
    ("What do I even pay you for?", ""),
    ("Is this a joke?", ""),
    ("Is that too much to ask?", ""),
    ("The order, which is late, has the wrong name.", ""),
    ("Who trained your chatbot? It sent me a cat picture.", ""),
    ("I can wait until Friday, no rush.", ""),
    ("Should you need more photos I have them.", ""),
    ("My order will arrive on Monday, you said.", ""),
    ("What kind of company does this?", ""),
    ("How dare you?", ""),
    ("> Where is it?\n\nThat was my mail last week.", ""),
    ("He asked me \"can you pay now?\" and hung up.", ""),
    ("", ""),
    ("???", ""),
    ("Great job on the new app, one small question.", ""),
    ("I'll try again tonight.", ""),
    ("I always pay on the 1st.", ""),
    ("Would you be happy if this happened to you?", ""),
    ("Thank you for your help with the return", ""),
];

#[test]
fn asks_are_found_and_rhetorical_ones_left_out() {
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for (text, expected) in LINES {
        let asks = engine
            .read(&MessageInput {
                text,
                ..Default::default()
            })
            .asks;
        let found: Vec<String> = asks
            .iter()
            .map(|ask| {
                format!(
                    "{}: {}",
                    serde_json::to_value(ask.kind)
                        .ok()
                        .and_then(|v| v.as_str().map(str::to_string))
                        .unwrap_or_default(),
                    ask.span.text
                )
            })
            .collect();
        let found = found.join("; ");
        if found != *expected {
            faults.push(format!(
                "`{text}`\n  expected {expected}\n  found    {found}"
            ));
        }
        for ask in &asks {
            assert_eq!(&text[ask.span.start..ask.span.end], ask.span.text);
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} lines do not hold:\n{}",
        faults.len(),
        LINES.len(),
        faults.join("\n")
    );
}
