//! Typed things and their normal forms: each line is a text, then every fact in it as `kind words = value`.

use unruffled_engine::{Engine, FactKind, MessageInput};

/// A Monday.
const NOW: &str = "2026-05-04T10:00:00+01:00[Europe/London]";

const LINES: &[(&str, &str)] = &[
    // Dates.
    ("I'd like it by the 5th.", "date the 5th = 2026-05-05"),
    (
        "It came on the 3rd of May.",
        "date the 3rd of May = 2026-05-03",
    ),
    (
        "On 3 May at 10:20 I spoke to Li",
        "date 3 May = 2026-05-03; time 10:20 = 10:20",
    ),
    (
        "Renewed May 4th 2026, thanks",
        "date May 4th 2026 = 2026-05-04",
    ),
    ("Dated 2026-05-04.", "date 2026-05-04 = 2026-05-04"),
    (
        "The invoice is dated 04/05/26.",
        "date 04/05/26 = 2026-05-04",
    ),
    ("I paid on 3/5 by card", "date 3/5 = 2026-05-03"),
    ("on 25/12/2025 it broke", "date 25/12/2025 = 2025-12-25"),
    ("on 12/25/2025 it broke", "date 12/25/2025 = 2025-12-25"),
    ("Bought 04.05.2026", "date 04.05.2026 = 2026-05-04"),
    (
        "I already sent the photos last Tuesday.",
        "date last Tuesday = 2026-04-28",
    ),
    ("See you next Friday", "date next Friday = 2026-05-15"),
    (
        "I fly tomorrow at 6.",
        "date tomorrow = 2026-05-05; time 6 = 18:00",
    ),
    (
        "They have fixed my interview for the 28th.",
        "date the 28th = 2026-05-28",
    ),
    (
        "They fixed it for the 28th and nobody came.",
        "date the 28th = 2026-04-28",
    ),
    ("It stopped yesterday", "date yesterday = 2026-05-03"),
    ("We are out tonight", "date tonight = 2026-05-04"),
    (
        "Monday morning would suit",
        "date Monday morning = 2026-05-11",
    ),
    ("It left us on Monday.", "date Monday = 2026-04-27"),
    (
        "First they told us Monday, then Wednesday the 10th.",
        "date Monday = 2026-04-27; date Wednesday the 10th = 2026-06-10",
    ),
    (
        "It arrives latest on 20.04., you wrote.",
        "date 20.04. = 2026-04-20",
    ),
    (
        "Our nurse will ring at ten past twelve, straight after morning surgery.",
        "time ten past twelve = 12:10",
    ),
    (
        "I need it by Friday for the inspection.",
        "date Friday = 2026-05-08",
    ),
    (
        "by the end of the week",
        "date the end of the week = 2026-05-08",
    ),
    ("a fortnight today", "date a fortnight today = 2026-05-18"),
    (
        "We've waited two weeks today",
        "duration two weeks = P2W; date today = 2026-05-04",
    ),
    ("tomorrow fortnight", "date tomorrow fortnight = 2026-05-19"),
    (
        "the week after next",
        "date the week after next = 2026-05-18",
    ),
    ("by month end", "date month end = 2026-05-31"),
    (
        "before the week is out",
        "date the week is out = 2026-05-08",
    ),
    ("EOD Thursday", "date EOD Thursday = 2026-05-07"),
    (
        "on the 3rd of next month",
        "date the 3rd of next month = 2026-06-03",
    ),
    ("by 1400 hrs", "time 1400 hrs = 14:00"),
    (
        "9-11am on Friday",
        "time 9-11am = 11:00; date Friday = 2026-05-08",
    ),
    (
        "We got it on Monday and will reply.",
        "date Monday = 2026-04-27",
    ),
    ("before end of month", "date end of month = 2026-05-31"),
    ("It has been broken since March", "date March = 2026-03"),
    ("in March I paid", "date March = 2026-03"),
    ("You may call me", ""),
    ("We march on", ""),
    ("May I ask something", ""),
    ("in May 2025 it was fine", "date May 2025 = 2025-05"),
    (
        "the day after tomorrow please",
        "date the day after tomorrow = 2026-05-06",
    ),
    ("I wrote two weeks ago", "date two weeks ago = 2026-04-20"),
    ("next week then", "date next week = 2026-05-11"),
    (
        "last month it was £5",
        "date last month = 2026-04; amount £5 = 5.00 GBP",
    ),
    (
        "this morning the gate beeped",
        "date this morning = 2026-05-04",
    ),
    ("last night it rang", "date last night = 2026-05-03"),
    (
        "Tuesday the 5th of May",
        "date Tuesday the 5th of May = 2026-05-05",
    ),
    ("Thu 7 May is fine", "date Thu 7 May = 2026-05-07"),
    (
        "Tuesday, 12th May, at noon",
        "date Tuesday, 12th May = 2026-05-12; time noon = 12:00",
    ),
    (
        "I was told the refund would be here by the 5th.",
        "date the 5th = 2026-05-05",
    ),
    (
        "on the third of June",
        "date the third of June = 2026-06-03",
    ),
    (
        "the twenty first of June",
        "date the twenty first of June = 2026-06-21",
    ),
    ("Your 5th email today", "date today = 2026-05-04"),
    ("on the 2nd floor", ""),
    ("the first option", ""),
    ("Our sat nav was in the sun", ""),
    ("I'm away this weekend", "date this weekend = 2026-05-09"),
    (
        "It arrived on Christmas Eve",
        "date Christmas Eve = 2026-12-24",
    ),
    (
        "at the beginning of next month",
        "date the beginning of next month = 2026-06-01",
    ),
    (
        "The plan renewed on 1 January",
        "date 1 January = 2026-01-01",
    ),
    ("Sept 3rd at the latest", "date Sept 3rd = 2026-09-03"),
    (
        "refund of £18.40 issued on 28 April",
        "amount £18.40 = 18.40 GBP; date 28 April = 2026-04-28",
    ),
    (
        "Your refund of £18.40 was issued last Tuesday.",
        "amount £18.40 = 18.40 GBP; date last Tuesday = 2026-04-28",
    ),
    ("3 Sep. works", "date 3 Sep = 2026-09-03"),
    (
        "by close of business today",
        "date close of business today = 2026-05-04",
    ),
    ("4-May-2026 was the day", "date 4-May-2026 = 2026-05-04"),
    ("Friday week", "date Friday week = 2026-05-15"),
    // Times.
    ("at 9.15am", "time 9.15am = 09:15"),
    ("at 9:15 am", "time 9:15 am = 09:15"),
    ("I'll write by 4 pm.", "time 4 pm = 16:00"),
    ("by 4pm today", "time 4pm = 16:00; date today = 2026-05-04"),
    ("half past three", "time half past three = 15:30"),
    ("quarter to five", "time quarter to five = 16:45"),
    ("at ten past nine", "time ten past nine = 09:10"),
    ("noon is fine", "time noon = 12:00"),
    (
        "I promise I'll write by five, whatever happens",
        "time five = 17:00",
    ),
    (
        "I'll ring the depot at 8 and write to you by 9.",
        "time 8 = 08:00; time 9 = 09:00",
    ),
    ("between 10 and 12", "time 10 = 10:00; time 12 = 12:00"),
    ("at 16:30 sharp", "time 16:30 = 16:30"),
    ("come at 4.30 please", "time 4.30 = 16:30"),
    ("five o'clock", "time five o'clock = 17:00"),
    ("at 6 in the morning", "time 6 = 06:00"),
    (
        "at 7 this evening",
        "time 7 = 19:00; date this evening = 2026-05-04",
    ),
    (
        "at 4 p.m. today",
        "time 4 p.m. = 16:00; date today = 2026-05-04",
    ),
    ("We live at 12 Elm Street", ""),
    ("by five people", "count five people = 5"),
    ("It sits at one point", ""),
    ("after two attempts", "count two attempts = 2"),
    ("open from 9 to 5", "time 9 = 09:00; time 5 = 17:00"),
    ("12 noon", "time noon = 12:00"),
    (
        "dispatched at 9:12 on 4 May",
        "time 9:12 = 09:12; date 4 May = 2026-05-04",
    ),
    // Durations.
    (
        "On hold for 50 minutes and counting.",
        "duration 50 minutes = PT50M",
    ),
    (
        "It's been three weeks since you collected it.",
        "duration three weeks = P3W",
    ),
    (
        "two and a half hours",
        "duration two and a half hours = PT2H30M",
    ),
    (
        "an hour and a half on hold",
        "duration an hour and a half = PT1H30M",
    ),
    ("a fortnight", "duration a fortnight = P2W"),
    ("I have waited for months", "duration months = null"),
    ("half an hour", "duration half an hour = PT30M"),
    ("2-3 days", "duration 2-3 days = P3D"),
    (
        "two to three working days",
        "duration two to three working days = P3D",
    ),
    ("within 24h", "duration 24h = PT24H"),
    (
        "2 hours 15 minutes",
        "duration 2 hours 15 minutes = PT2H15M",
    ),
    ("a couple of days", "duration a couple of days = P2D"),
    ("a few weeks", "duration a few weeks = null"),
    ("1.5 hours", "duration 1.5 hours = PT1H30M"),
    ("a 50-minute wait", "duration 50-minute = PT50M"),
    ("twenty-one days", "duration twenty-one days = P21D"),
    ("£5 a month", "amount £5 = 5.00 GBP"),
    ("twice a day", "count twice = 2"),
    ("your opening hours", ""),
    ("have a nice day", ""),
    ("45 mins on the phone", "duration 45 mins = PT45M"),
    ("a year ago", "date a year ago = 2025-05-04"),
    ("weeks and weeks", "duration weeks and weeks = null"),
    ("5 business days", "duration 5 business days = P5D"),
    // Amounts.
    (
        "You charged £42.10 twice",
        "amount £42.10 = 42.10 GBP; count twice = 2",
    ),
    ("It was $5", "amount $5 = 5.00 USD"),
    ("36 euros", "amount 36 euros = 36.00 EUR"),
    ("20 quid", "amount 20 quid = 20.00 GBP"),
    ("EUR 12,50", "amount EUR 12,50 = 12.50 EUR"),
    ("1.234,56 €", "amount 1.234,56 € = 1234.56 EUR"),
    ("£1,234.56", "amount £1,234.56 = 1234.56 GBP"),
    ("40 bucks", "amount 40 bucks = 40.00 USD"),
    ("Rs. 500", "amount Rs. 500 = 500.00 INR"),
    ("50p a text", "amount 50p = 0.50 GBP"),
    ("five pounds", "amount five pounds = 5.00 GBP"),
    ("a tenner", "amount a tenner = 10.00 GBP"),
    ("12€ only", "amount 12€ = 12.00 EUR"),
    ("15 % off", ""),
    ("20% off", ""),
    ("a hundred quid", "amount a hundred quid = 100.00 GBP"),
    ("£ 20", "amount £ 20 = 20.00 GBP"),
    // References.
    ("My order number is 88213.", "reference 88213 = 88213"),
    ("ref R-7719", "reference R-7719 = R-7719"),
    ("#88213", "reference #88213 = 88213"),
    ("Order ref ABCD-QXTZ.", "reference ABCD-QXTZ = ABCD-QXTZ"),
    ("Refund. Order 7781.", "reference 7781 = 7781"),
    ("invoice no. 2231", "reference 2231 = 2231"),
    ("booking LX55TQ please", "reference LX55TQ = LX55TQ"),
    ("account: 00123456", "reference 00123456 = 00123456"),
    (
        "Is 88213 still the right order number?",
        "reference 88213 = 88213",
    ),
    ("meter 12345678901", "reference 12345678901 = 12345678901"),
    ("COVID-19 and 5G", ""),
    ("We order 3 boxes", "count 3 boxes = 3"),
    ("policy AB123456C", "reference AB123456C = AB123456C"),
    (
        "113-4567890-12",
        "reference 113-4567890-12 = 113-4567890-12",
    ),
    ("10,000 views", "count 10,000 views = 10000"),
    // Addresses and phones.
    (
        "write to Jo.Bell@example.org please",
        "email Jo.Bell@example.org = jo.bell@example.org",
    ),
    ("ring 07700 900123", "phone 07700 900123 = 07700900123"),
    ("+44 7700 900123", "phone +44 7700 900123 = +447700900123"),
    ("(020) 7946 0018", "phone (020) 7946 0018 = 02079460018"),
    ("call 555-010-0199", "phone 555-010-0199 = 5550100199"),
    (
        "+44 (0)20 7946 0018",
        "phone +44 (0)20 7946 0018 = +442079460018",
    ),
    // Counts.
    ("I have asked three times", "count three times = 3"),
    ("This is the third time I'm writing", "count third time = 3"),
    ("2 boxes", "count 2 boxes = 2"),
    ("four missed calls", "count four missed calls = 4"),
    (
        "Can I order the same one a third time?",
        "count third time = 3",
    ),
    ("restarted it twice", "count twice = 2"),
    // Not ours to read.
    ("> It came on 3 May for £5\n\nThat is wrong", ""),
    ("You are an absolute star", ""),
    ("", ""),
];

fn kind_word(kind: FactKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|v| v.as_str().map(str::to_string))
        .unwrap_or_default()
}

#[test]
fn typed_things_are_found_with_their_values() {
    let now: jiff::Zoned = NOW.parse().expect("a time");
    let engine = Engine::embedded();
    let mut faults = Vec::new();
    for (text, expected) in LINES {
        let reading = engine.read(&MessageInput {
            text,
            now: Some(&now),
            ..Default::default()
        });
        let found: Vec<String> = reading
            .facts
            .iter()
            .filter(|f| f.kind != FactKind::WeSaid)
            .map(|f| {
                format!(
                    "{} {} = {}",
                    kind_word(f.kind),
                    f.span.text,
                    f.value.as_deref().unwrap_or("null")
                )
            })
            .collect();
        let found = found.join("; ");
        if found != *expected {
            faults.push(format!(
                "`{text}`\n  expected {expected}\n  found    {found}"
            ));
        }
        for fact in &reading.facts {
            assert_eq!(&text[fact.span.start..fact.span.end], fact.span.text);
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

#[test]
fn without_now_words_stay_words() {
    let engine = Engine::embedded();
    let reading = engine.read(&MessageInput {
        text: "I need it by Friday, not on 2026-05-04",
        ..Default::default()
    });
    let values: Vec<_> = reading.facts.iter().map(|f| f.value.as_deref()).collect();
    assert_eq!(values, [None, Some("2026-05-04")]);
}
