//! Promises: each line is a draft written on Monday 4 May 2026 at 10:00, then every promise in it as
//! `words @ due`, with `~` when its time is none ("soon", "get back to you") and `?` when it hangs on something.

use unruffled_engine::{DraftInput, Engine, MessageInput};

const NOW: &str = "2026-05-04T10:00:00+01:00[Europe/London]";

const LINES: &[(&str, &str)] = &[
    (
        "Our finance team will process it within 48 hours.",
        "Our finance team will process it within 48 hours @ 05-06 10:00",
    ),
    (
        "If you send the photo today, I'll order the part this evening.",
        "I'll order the part this evening @ 05-04 20:00 ?",
    ),
    (
        "Rae is going to visit you on Monday at ten.",
        "Rae is going to visit you on Monday at ten @ 05-11 10:00",
    ),
    (
        "I'm ringing the depot now and will come back to you within the hour.",
        "I'm ringing the depot now @ null; come back to you within the hour @ 05-04 11:00",
    ),
    ("I can't promise it will come on Friday.", ""),
    (
        "We promise to sort it out before the weekend.",
        "We promise to sort it out before the weekend @ 05-08 17:00",
    ),
    (
        "It will be delivered on the 8th.",
        "It will be delivered on the 8th @ 05-08 17:00",
    ),
    ("We'll be closed on Monday.", ""),
    // Days and hours as they are said.
    (
        "We'll credit you no later than 29/5.",
        "We'll credit you no later than 29/5 @ 05-29 17:00",
    ),
    (
        "I'll be with you half ten-ish.",
        "I'll be with you half ten-ish @ 05-04 10:30",
    ),
    (
        "The lamp will be fitted by five-thirty.",
        "The lamp will be fitted by five-thirty @ 05-04 17:30",
    ),
    (
        "We will deliver on 16th morning.",
        "We will deliver on 16th morning @ 05-16 12:00",
    ),
    (
        "A lamp will be fitted on Wednesday 6 May, between 9 and 11. I will ring you the day before.",
        "A lamp will be fitted on Wednesday 6 May, between 9 and 11 @ 05-06 11:00; I will ring you the day before @ 05-05 17:00",
    ),
    (
        "We'll frame it on Tuesday, pour the base on Friday.",
        "We'll frame it on Tuesday @ 05-05 17:00; pour the base on Friday @ 05-08 17:00",
    ),
    (
        "If you'd like, I'll call you at 5.",
        "I'll call you at 5 @ 05-04 17:00 ?",
    ),
    // Passive, by a team or in the customer's own slot.
    (
        "It'll be strung and set up a week on Thursday.",
        "It'll be strung and set up a week on Thursday @ 05-14 17:00",
    ),
    (
        "Your bill will be put right.",
        "Your bill will be put right @ null",
    ),
    (
        "You're booked in with Dr Malik on 12 May at 9.20.",
        "You're booked in with Dr Malik on 12 May at 9.20 @ 05-12 09:20",
    ),
    (
        "Karin will see you at three.",
        "Karin will see you at three @ 05-04 15:00",
    ),
    ("I'll see you at three.", ""),
    (
        "Our crews expect to finish by six.",
        "crews expect to finish by six @ 05-04 18:00",
    ),
    (
        "Your glasses can be collected from Thursday.",
        "Your glasses can be collected from Thursday @ 05-07 17:00",
    ),
    (
        "Two of our men come on Monday with the ramp.",
        "Two of our men come on Monday with the ramp @ 05-11 17:00",
    ),
    (
        "I've kept the table for you until six.",
        "I've kept the table for you until six @ 05-04 18:00",
    ),
    (
        "The crack will be filled and painted over.",
        "The crack will be filled and painted over @ null",
    ),
    (
        "Either I or Jo will ring.",
        "Either I or Jo will ring @ null",
    ),
    (
        "Your new date is Thursday 7 May.",
        "Your new date is Thursday 7 May @ 05-07 17:00",
    ),
    // Lists and notes.
    (
        "Two things:\n1. Refund of £20: today.\n2. New filter: tomorrow.",
        "Refund of £20: today @ 05-04 17:00; New filter: tomorrow @ 05-05 17:00",
    ),
    ("Repair date: 11 May.", "Repair date: 11 May @ 05-11 17:00"),
    (
        "Refund requested, 3 days.",
        "Refund requested, 3 days @ 05-07 10:00",
    ),
    ("Delivery is Monday to Friday.", ""),
    // What others wait for is no promise, nor is a day that is somebody's own.
    (
        "I'll ring you when he returns at three.",
        "I'll ring you when he returns at three @ 05-04 15:00 ?",
    ),
    ("Your booking is confirmed under today's list.", ""),
    (
        "I'll look on Wednesday, and if they're there Dr Shah will phone you.",
        "I'll look on Wednesday @ 05-06 17:00; they're there Dr Shah will phone you @ null ?",
    ),
    (
        "We'll hold it until the end of the month.",
        "We'll hold it until the end of the month @ 05-31 17:00",
    ),
    // When.
    (
        "The fitter comes on Monday.",
        "The fitter comes on Monday @ 05-11 17:00",
    ),
    (
        "I'll write within seven days of the 6th.",
        "I'll write within seven days of the 6th @ 05-13 10:00",
    ),
    (
        "I'll have it before June.",
        "I'll have it before June @ 05-31 17:00",
    ),
    (
        "I'll have it by the middle of next week.",
        "I'll have it by the middle of next week @ 05-13 17:00",
    ),
    (
        "I'll write at 7 in the morning.",
        "I'll write at 7 in the morning @ 05-05 07:00",
    ),
    (
        "I'll write tomorrow, Tuesday, at ten.",
        "I'll write tomorrow, Tuesday, at ten @ 05-05 10:00",
    ),
    (
        "It is ordered for 17.05. and we will fit it at noon.",
        "It is ordered for 17.05. @ 05-17 17:00; we will fit it at noon @ 05-17 12:00",
    ),
    // With a time.
    (
        "I'll write to you by 4 pm.",
        "I'll write to you by 4 pm @ 05-04 16:00",
    ),
    (
        "I'll write to you by noon, even if I have no news.",
        "I'll write to you by noon @ 05-04 12:00",
    ),
    (
        "We will call you tomorrow.",
        "We will call you tomorrow @ 05-05 17:00",
    ),
    (
        "We will call you tomorrow at 9.",
        "We will call you tomorrow at 9 @ 05-05 09:00",
    ),
    (
        "I'll ring the depot at 8 and write to you by 9.",
        "I'll ring the depot at 8 @ 05-05 08:00; write to you by 9 @ 05-05 09:00",
    ),
    (
        "I'll ring the depot at 11 and write to you by 12.",
        "I'll ring the depot at 11 @ 05-04 11:00; write to you by 12 @ 05-04 12:00",
    ),
    (
        "Ana will visit on Thursday between 10 and 12.",
        "Ana will visit on Thursday between 10 and 12 @ 05-07 12:00",
    ),
    (
        "I'll send it on Thursday.",
        "I'll send it on Thursday @ 05-07 17:00",
    ),
    (
        "I'll be in touch within two days.",
        "I'll be in touch within two days @ 05-06 10:00",
    ),
    (
        "I'll call you this afternoon.",
        "I'll call you this afternoon @ 05-04 17:00",
    ),
    (
        "We'll let you know by the end of the day.",
        "We'll let you know by the end of the day @ 05-04 17:00",
    ),
    (
        "I'll send a new one next week.",
        "I'll send a new one next week @ 05-15 17:00",
    ),
    (
        "We will refund you within 5 working days.",
        "We will refund you within 5 working days @ 05-11 10:00",
    ),
    (
        "I'll get back to you within the next hour.",
        "I'll get back to you within the next hour @ 05-04 11:00",
    ),
    (
        "I'll get back to you in an hour.",
        "I'll get back to you in an hour @ 05-04 11:00",
    ),
    (
        "I'll get back to you within 24 hours.",
        "I'll get back to you within 24 hours @ 05-05 10:00",
    ),
    (
        "By 4 pm I'll write to you.",
        "I'll write to you @ 05-04 16:00",
    ),
    ("Tomorrow I'll check at 2.", "I'll check at 2 @ 05-05 14:00"),
    (
        "You'll hear from me on Thursday either way.",
        "You'll hear from me on Thursday either way @ 05-07 17:00",
    ),
    (
        "You will have it by Friday.",
        "You will have it by Friday @ 05-08 17:00",
    ),
    (
        "Your refund will be with you by Tuesday.",
        "Your refund will be with you by Tuesday @ 05-05 17:00",
    ),
    (
        "I'm going to chase the courier today.",
        "I'm going to chase the courier today @ 05-04 17:00",
    ),
    (
        "I'm sending a new one tomorrow.",
        "I'm sending a new one tomorrow @ 05-05 17:00",
    ),
    (
        "I promise I'll write by five, whatever happens.",
        "I promise I'll write by five @ 05-04 17:00",
    ),
    (
        "We'll reply by Wednesday 6 May at 10 am.",
        "We'll reply by Wednesday 6 May at 10 am @ 05-06 10:00",
    ),
    (
        "I'll write again on the 12th.",
        "I'll write again on the 12th @ 05-12 17:00",
    ),
    ("I'll call on 3 June.", "I'll call on 3 June @ 06-03 17:00"),
    (
        "A new card will arrive by the end of the week.",
        "A new card will arrive by the end of the week @ 05-08 17:00",
    ),
    (
        "My colleague will ring you at 3.",
        "My colleague will ring you at 3 @ 05-04 15:00",
    ),
    (
        "I'll check tonight and confirm tomorrow morning.",
        "I'll check tonight @ 05-04 20:00; confirm tomorrow morning @ 05-05 12:00",
    ),
    (
        "I'll call and write tomorrow.",
        "I'll call @ 05-05 17:00; write tomorrow @ 05-05 17:00",
    ),
    (
        "I'll find out whether the size can change and write by noon.",
        "I'll find out whether the size can change @ 05-04 12:00; write by noon @ 05-04 12:00",
    ),
    (
        "We aim to answer within two hours.",
        "We aim to answer within two hours @ 05-04 12:00",
    ),
    (
        "I'll keep this open until Friday.",
        "I'll keep this open until Friday @ 05-08 17:00",
    ),
    (
        "I'll have an answer for you by 9:30 tomorrow.",
        "I'll have an answer for you by 9:30 tomorrow @ 05-05 09:30",
    ),
    (
        "On Thursday at 10 Ana will visit.",
        "Ana will visit @ 05-07 10:00",
    ),
    (
        "I shall post it this evening.",
        "I shall post it this evening @ 05-04 20:00",
    ),
    (
        "We'll fix it by next Friday.",
        "We'll fix it by next Friday @ 05-15 17:00",
    ),
    (
        "I'll do it in 20 minutes.",
        "I'll do it in 20 minutes @ 05-04 10:20",
    ),
    (
        "I'll refund it within a fortnight.",
        "I'll refund it within a fortnight @ 05-18 10:00",
    ),
    (
        "They'll ring you before noon.",
        "They'll ring you before noon @ 05-04 12:00",
    ),
    (
        "Our engineer will come on Wednesday morning.",
        "Our engineer will come on Wednesday morning @ 05-06 12:00",
    ),
    (
        "I'll send the form by 5pm.",
        "I'll send the form by 5pm @ 05-04 17:00",
    ),
    (
        "I've reset it. I'll check again at 14:00.",
        "I'll check again at 14:00 @ 05-04 14:00",
    ),
    (
        "I'll ring at half past three.",
        "I'll ring at half past three @ 05-04 15:30",
    ),
    (
        "I'll write at 4 even if there is nothing new.",
        "I'll write at 4 @ 05-04 16:00",
    ),
    (
        "It will be delivered on 2026-05-06.",
        "It will be delivered on 2026-05-06 @ 05-06 17:00",
    ),
    (
        "Expect a call by 4 pm.",
        "Expect a call by 4 pm @ 05-04 16:00",
    ),
    (
        "I'll speak to billing first thing tomorrow.",
        "I'll speak to billing first thing tomorrow @ 05-05 09:00",
    ),
    (
        "We'll credit your account by the end of May.",
        "We'll credit your account by the end of May @ 05-31 17:00",
    ),
    (
        "I will look at it today, and you will get a note by 6 pm.",
        "I will look at it today @ 05-04 17:00; you will get a note by 6 pm @ 05-04 18:00",
    ),
    (
        "She'll write before 5.",
        "She'll write before 5 @ 05-04 17:00",
    ),
    (
        "I'll be back to you by COB.",
        "I'll be back to you by COB @ 05-04 17:00",
    ),
    (
        "We will dispatch it within 2-3 days.",
        "We will dispatch it within 2-3 days @ 05-07 10:00",
    ),
    // Other ways of naming it.
    (
        "You can expect the cheque by Friday week.",
        "You can expect the cheque by Friday week @ 05-15 17:00",
    ),
    (
        "We'll have the roof done a fortnight today.",
        "We'll have the roof done a fortnight today @ 05-18 17:00",
    ),
    (
        "The team will start a week on Monday.",
        "The team will start a week on Monday @ 05-11 17:00",
    ),
    (
        "We'll finish the fence the week after next.",
        "We'll finish the fence the week after next @ 05-22 17:00",
    ),
    (
        "The parts get here day after tomorrow.",
        "parts get here day after tomorrow @ 05-06 17:00",
    ),
    (
        "The new boiler goes in before the month is out.",
        "The new boiler goes in before the month is out @ 05-31 17:00",
    ),
    (
        "The ledger will be corrected by month end.",
        "The ledger will be corrected by month end @ 05-31 17:00",
    ),
    (
        "I'll send the contract EOD Thursday.",
        "I'll send the contract EOD Thursday @ 05-07 17:00",
    ),
    (
        "We'll send the renewal on the 3rd of next month.",
        "We'll send the renewal on the 3rd of next month @ 06-03 17:00",
    ),
    (
        "You'll have my decision this side of the weekend.",
        "You'll have my decision this side of the weekend @ 05-08 17:00",
    ),
    (
        "Our driver will be with you 8am-1pm on Saturday.",
        "Our driver will be with you 8am-1pm on Saturday @ 05-09 13:00",
    ),
    (
        "Your bag will be handed over at 16h30.",
        "Your bag will be handed over at 16h30 @ 05-04 16:30",
    ),
    (
        "I'll ring by 1400 hrs.",
        "I'll ring by 1400 hrs @ 05-04 14:00",
    ),
    (
        "I'll write by 2 PM Eastern.",
        "I'll write by 2 PM Eastern @ 05-04 19:00",
    ),
    (
        "You'll hear from us in no more than two days.",
        "You'll hear from us in no more than two days @ 05-06 10:00",
    ),
    (
        "Back with you in a quarter of an hour.",
        "Back with you in a quarter of an hour @ 05-04 10:15",
    ),
    (
        "I'll come back to you by lunchtime.",
        "I'll come back to you by lunchtime @ 05-04 13:00",
    ),
    (
        "It'll be fixed on Tuesday or Wednesday.",
        "It'll be fixed on Tuesday or Wednesday @ 05-06 17:00",
    ),
    (
        "We got it on Monday and will reply by noon.",
        "will reply by noon @ 05-04 12:00",
    ),
    (
        "You'll have it before the end of May.",
        "You'll have it before the end of May @ 05-31 17:00",
    ),
    (
        "I'll phone you by midnight.",
        "I'll phone you by midnight @ 05-05 00:00",
    ),
    (
        "We'll refund it within five (5) business days.",
        "We'll refund it within five (5) business days @ 05-11 10:00",
    ),
    (
        "You'll have it in a day or two.",
        "You'll have it in a day or two @ 05-06 10:00",
    ),
    (
        "You'll have it by this time next week.",
        "You'll have it by this time next week @ 05-11 10:00",
    ),
    (
        "You'll have it first thing Friday morning.",
        "You'll have it first thing Friday morning @ 05-08 09:00",
    ),
    (
        "Sam's popping round this afternoon.",
        "Sam's popping round this afternoon @ 05-04 17:00",
    ),
    (
        "I've asked Priya to ring you by four.",
        "I've asked Priya to ring you by four @ 05-04 16:00",
    ),
    (
        "Your account gets unlocked by midnight tonight.",
        "Your account gets unlocked by midnight tonight @ 05-05 00:00",
    ),
    // Without one.
    (
        "We will get back to you as soon as possible.",
        "We will get back to you as soon as possible @ null ~",
    ),
    ("I'll look into it.", "I'll look into it @ null"),
    ("I'll call you shortly.", "I'll call you shortly @ null ~"),
    (
        "This will be looked into shortly.",
        "This will be looked into shortly @ null ~",
    ),
    ("We'll be in touch.", "We'll be in touch @ null ~"),
    ("I'll let you know.", "I'll let you know @ null ~"),
    (
        "You will receive a refund.",
        "You will receive a refund @ null",
    ),
    (
        "I'll ask the team and update you.",
        "I'll ask the team @ null; update you @ null ~",
    ),
    (
        "Your parcel will arrive soon.",
        "Your parcel will arrive soon @ null ~",
    ),
    (
        "Someone will contact you.",
        "Someone will contact you @ null",
    ),
    (
        "I'll check with the depot; the driver left at 9.",
        "I'll check with the depot @ null",
    ),
    // Hanging on something.
    (
        "If the part comes, I'll ring you on Friday.",
        "I'll ring you on Friday @ 05-08 17:00 ?",
    ),
    (
        "If you send me the photo, I'll refund you today.",
        "I'll refund you today @ 05-04 17:00 ?",
    ),
    (
        "Once the part arrives we'll send it.",
        "we'll send it @ null ?",
    ),
    (
        "I'll write as soon as the depot opens at 8.",
        "I'll write as soon as the depot opens at 8 @ 05-05 08:00 ?",
    ),
    (
        "I'll call you when the courier answers.",
        "I'll call you when the courier answers @ null ?",
    ),
    (
        "We'll send a new one unless you prefer a refund.",
        "We'll send a new one unless you prefer a refund @ null ?",
    ),
    (
        "I'll update you if there's news.",
        "I'll update you @ null ~ ?",
    ),
    (
        "Should the gate beep again, I'll come by today.",
        "I'll come by today @ 05-04 17:00 ?",
    ),
    (
        "Send me your meter reading and I'll rework the bill today.",
        "I'll rework the bill today @ 05-04 17:00 ?",
    ),
    (
        "Weather permitting, the crew will be there on Friday.",
        "the crew will be there on Friday @ 05-08 17:00 ?",
    ),
    (
        "As soon as the stock arrives we'll ship yours.",
        "we'll ship yours @ null ?",
    ),
    // None.
    ("Refunds are usually paid within 5 days.", ""),
    ("We deliver on Tuesdays and Fridays.", ""),
    ("Your deposit is due on Friday.", ""),
    ("Nobody's coming on Friday.", ""),
    ("The courier's own site says it will be there by noon.", ""),
    ("You will bring your passport on Tuesday.", ""),
    ("I won't ask you to calm down.", ""),
    ("I'll be happy to help.", ""),
    ("I'll be honest with you.", ""),
    ("I'll need your order number.", ""),
    ("Will you be at home tomorrow?", ""),
    ("Shall I send it tomorrow?", ""),
    ("I can send it tomorrow.", ""),
    ("I could ring you at 4.", ""),
    ("I would send it today.", ""),
    ("You wrote: \"we will call you tomorrow\".", ""),
    ("You said we would ring by Friday.", ""),
    ("> I'll write by noon", ""),
    ("You'll need to sign by Friday.", ""),
    ("Please send it by Friday.", ""),
    ("It left us on Monday.", ""),
    ("The sale ends on Monday at 9.", ""),
    ("I called you yesterday at 4.", ""),
    ("We never said that.", ""),
    ("We will never share your number.", ""),
    ("I've refunded it today.", ""),
    ("I'm checking whether it's in the mail.", ""),
    ("Thank you for waiting.", ""),
    ("The pool opens tomorrow at 9.", ""),
    ("I wonder whether I'll be there.", ""),
    ("You told me we will pay.", ""),
    ("We're open until 6 today.", ""),
    ("I look forward to hearing from you.", ""),
    ("Let me know by Friday.", ""),
    ("", ""),
];

#[test]
fn promises_are_found_with_their_due_time() {
    let now: jiff::Zoned = NOW.parse().expect("a time");
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for (draft, expected) in LINES {
        let promises = engine
            .review(&DraftInput {
                draft,
                now: Some(&now),
                ..Default::default()
            })
            .promises;
        let found: Vec<String> = promises
            .iter()
            .map(|p| {
                let due = p
                    .due
                    .as_deref()
                    .map_or("null".into(), |d| format!("{} {}", &d[5..10], &d[11..16]));
                format!(
                    "{} @ {due}{}{}",
                    p.span.text,
                    if p.vague { " ~" } else { "" },
                    if p.conditional { " ?" } else { "" }
                )
            })
            .collect();
        let found = found.join("; ");
        if found != *expected {
            faults.push(format!(
                "`{draft}`\n  expected {expected}\n  found    {found}"
            ));
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

/// A message of Thursday 11 June 2026, then what they say that we promised as `due`; several with a comma.
const TOLD: &[(&str, &str)] = &[
    ("A mate of mine says you'd be round on Monday.", ""),
    (
        "I was told I could collect it on Friday, and it isn't there.",
        "06-05 17:00",
    ),
    (
        "My husband was told Tuesday, and nobody came.",
        "06-09 17:00",
    ),
    (
        "A week on Tuesday for the piano, your foreman said, when I caught him.",
        "06-23 17:00",
    ),
    ("Royal Mail told me they'd try again today.", ""),
    (
        "You said you'd ring by Tuesday and nobody did.",
        "06-09 17:00",
    ),
    (
        "I was supposed to get my money back on Friday.",
        "06-05 17:00",
    ),
    ("It was meant to arrive on the 3rd.", "06-03 17:00"),
    ("It should have been here on Saturday.", "06-06 17:00"),
    (
        "You were going to call me back at 4 yesterday.",
        "06-10 16:00",
    ),
    (
        "Your letter of 1 June says you'll reply within a week.",
        "06-08 17:00",
    ),
    (
        "On Friday your rep swore I'd have it back in 48 hours.",
        "06-07 17:00",
    ),
    (
        "Ye told me on Friday I'd have word by close of business. Not a word.",
        "06-05 17:00",
    ),
    (
        "The fellow who came on Friday said he'd be back on Monday with the part.",
        "06-08 17:00",
    ),
    (
        "Your chat agent wrote \"you will be refunded by Sunday\". I was not.",
        "06-07 17:00",
    ),
    (
        "They told me someone will be round tomorrow morning, is that right?",
        "06-12 12:00",
    ),
    (
        "According to your email, the engineer comes tomorrow between 8 and 12.",
        "06-12 12:00",
    ),
    // More of what was told in one sentence.
    (
        "Your letter states the money will be paid by Friday, and that you'd correct my file.",
        "06-12 17:00, null",
    ),
    ("Was told 5 working days. It's been 12.", "null"),
    ("Nobody rang me this morning as agreed.", "06-11 12:00"),
    (
        "I still have not had the refund your colleague promised.",
        "null",
    ),
    ("We agreed you'd waive the fee.", "null"),
    (
        "It would be here by Monday, they said. It is not.",
        "06-08 17:00",
    ),
    // None.
    ("Thanks, it arrived on Friday as promised.", ""),
    ("You said the part was broken.", ""),
    ("You told me to restart it, which I did on Monday.", ""),
    ("I told you I'd be in on Friday.", ""),
    ("My bank says the money will be there by Friday.", ""),
    (
        "If you had told me it would be late I'd have bought it elsewhere.",
        "",
    ),
    ("You never said when it would come.", ""),
    ("I need it by Friday.", ""),
];

#[test]
fn what_they_say_we_promised_has_the_day_it_was_to_be() {
    let now: jiff::Zoned = "2026-06-11T14:00:00+01:00[Europe/London]"
        .parse()
        .expect("a time");
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for (text, expected) in TOLD {
        let reading = engine.read(&MessageInput {
            text,
            now: Some(&now),
            ..Default::default()
        });
        let told = reading.told.iter().map(|p| {
            p.due
                .as_deref()
                .map_or("null".into(), |d| format!("{} {}", &d[5..10], &d[11..16]))
        });
        let found = told.collect::<Vec<String>>().join(", ");
        if found != *expected {
            faults.push(format!(
                "`{text}`\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn due_times_carry_the_offset_of_now() {
    let now: jiff::Zoned = NOW.parse().expect("a time");
    let promises = Engine::embedded()
        .review(&DraftInput {
            draft: "I'll write by 4 pm.",
            now: Some(&now),
            ..Default::default()
        })
        .promises;
    assert_eq!(
        promises[0].due.as_deref(),
        Some("2026-05-04T16:00:00+01:00")
    );
}
