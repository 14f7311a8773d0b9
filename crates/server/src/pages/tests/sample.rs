//! A desk in the middle of a morning, as sheets: our own story, made to be looked at.

use crate::sheets::backup::*;
use crate::sheets::breaks::{BreakSheet, BreaksSheet};
use crate::sheets::workload::*;
use crate::sheets::*;
use jiff::tz::TimeZone;
use unruffled_engine::{
    Ask, AskKind, Cue, Deadline, Fact, FactKind, Heat, Reading, Safety, Span, WhatIf,
};
use unruffled_store::{Heard, LiveChannel};

/// Tue 3 March 2026, 10:12 UTC.
pub const NOW: i64 = 1_772_532_720_000_000;
const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

pub const GATE: &str = "I renewed the pass in March, like every year. The gate just beeps at me, in front of the kids, and the man at the desk told me I am not in the system. You said on the phone it would work the next day. I have tried it three times now, and the app too.\n\nWhy does it beep? And can they swim today? We have to be back at school by Friday and I don't want to spend the half-term arguing with a gate.";

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_default();
    Span {
        start,
        end: start + words.len(),
        text: words.to_owned(),
    }
}

fn person(id: &str, name: &str) -> Person {
    Person {
        id: id.into(),
        login: name.to_lowercase(),
        name: name.into(),
    }
}

fn row(number: i64, who: &str, subject: &str, preview: &str, ago: i64, with: Option<&str>) -> Row {
    Row {
        number,
        customer_name: who.into(),
        subject: subject.into(),
        preview: preview.into(),
        assignee_name: with.map(Into::into),
        updated_at: NOW - ago,
    }
}

fn colleague(id: &str, name: &str, word: &str) -> Colleague {
    Colleague {
        id: id.into(),
        name: name.into(),
        word: word.into(),
        me: false,
    }
}

pub fn around() -> Around {
    Around {
        agent: person("ada", "Ada"),
        inbox_name: "Harbour Baths".into(),
        standing: Standing::Open,
        whose: Whose::All,
        rows: vec![
            row(
                12,
                "Gareth Jones",
                "The gate says no",
                "I renewed the pass in March, like every year. The gate just beeps at me, in front of the kids, and the man at the desk told me I am not in the system.",
                10 * MINUTE,
                Some("Ada"),
            ),
            row(
                11,
                "Chinwe Okafor",
                "Voicemail since November",
                "Four months. I have rung, written and been to the shop, and my voicemail still says that the number is not known.",
                48 * MINUTE,
                None,
            ),
            row(
                9,
                "Order desk, Müller & Söhne Anlagenbau Verwaltungsgesellschaft mbH",
                "Rechnungsadresse/Lieferadresse-für-die-Frühjahrsbestellung-7781-bitte-umgehend-korrigieren",
                "Refund. Order 7781.",
                3 * 60 * MINUTE,
                None,
            ),
            row(
                8,
                "ليلى حداد",
                "موعد درس السباحة",
                "مرحبا، هل يمكن تغيير موعد درس ابنتي من الاثنين إلى الأربعاء؟",
                DAY,
                Some("Ben"),
            ),
            row(
                7,
                "Edith Marlowe",
                "My new telephone",
                "I am 81 and this is my first one without buttons. The young man set it up but I cannot find the letters again.",
                DAY + 30 * MINUTE,
                None,
            ),
            row(
                5,
                "p.adeyemi@example.org",
                "",
                "Thank you, both of you. It worked at the first try.",
                4 * DAY,
                None,
            ),
        ],
        older: Some("0195".into()),
        open_count: 6,
        waiting_count: 3,
        done_count: 41,
        mark: String::new(),
        now: NOW,
        tz: TimeZone::UTC,
        drop_folder: true,
        mail_problem: None,
        words_problem: None,
        brought_up: Vec::new(),
        people: vec![
            colleague("ben", "Ben", "around"),
            colleague("cid", "Cid", "on a break, back about 10:30"),
            Colleague {
                me: true,
                ..colleague("ada", "Ada", "in a moment")
            },
        ],
        own: OwnWord::Here,
        breaks: BreaksSheet {
            hot_in_a_row: 3,
            back_at: None,
            left_ms: 0,
        },
        calls: Vec::new(),
        playbook_problem: None,
        nods: vec![nod()],
        knocks: vec![KnockSheet {
            id: "k1".into(),
            words: "Edith Marlowe is at the counter about her new telephone".into(),
            for_me: true,
        }],
    }
}

fn from(name: &str, address: &str) -> Address {
    Address {
        name: name.into(),
        address: address.into(),
    }
}

pub fn letter(id: &str, voice: Voice, name: &str, ago: i64, words: &str) -> MessageSheet {
    MessageSheet {
        id: id.into(),
        voice,
        from: from(name, "someone@example.org"),
        fresh: words.into(),
        quoted: String::new(),
        has_layout: false,
        has_raw: voice == Voice::Customer,
        marks: Vec::new(),
        attachments: Vec::new(),
        at: NOW - ago,
        delivery: None,
        card: None,
    }
}

fn what_if(code: &str, says: &str, evidence: &[&str], ask: &str, respond: &str) -> WhatIf {
    WhatIf {
        code: code.into(),
        card: code.into(),
        says: says.into(),
        evidence: evidence.iter().map(|words| span(GATE, words)).collect(),
        ask: ask.into(),
        respond: respond.into(),
    }
}

pub fn hot_reading() -> ReadingSheet {
    let deadline = Deadline {
        span: span(GATE, "by Friday"),
        value: Some("2026-03-06".into()),
    };
    ReadingSheet {
        languages: "English".into(),
        hot: true,
        before: None,
        reading: Reading {
            language: Some(unruffled_engine::Language::ENGLISH),
            heat: Heat::Hot,
            cues: vec![Cue {
                code: "C18".into(),
                card: "tried-already".into(),
                evidence: vec![span(GATE, "tried it three times now")],
            }],
            asks: vec![
                Ask {
                    kind: AskKind::Why,
                    span: span(GATE, "Why does it beep?"),
                },
                Ask {
                    kind: AskKind::YesNo,
                    span: span(GATE, "And can they swim today?"),
                },
            ],
            facts: vec![Fact {
                kind: FactKind::WeSaid,
                span: span(GATE, "You said on the phone it would work the next day"),
                value: None,
            }],
            deadline: Some(deadline),
            what_if: Some(what_if(
                "H3",
                "What if there is an urgency we are not aware of?",
                &["back at school by Friday", "in front of the kids"],
                "Is there a day this has to work by?",
                "Find the pressure first, then say what can be done before it.",
            )),
            prompts: Vec::new(),
            style: Default::default(),
            other_what_ifs: vec![what_if(
                "H8",
                "What if trust is still lacking?",
                &["You said on the phone"],
                "What would you need to see from us to feel sure this time?",
                "Do what was promised, and say when you will look at it again.",
            )],
            safety: None,
            ..Reading::default()
        },
    }
}

pub fn hot() -> ConversationSheet {
    let mut reply = letter(
        "m2",
        Voice::Agent,
        "Ben",
        5 * DAY,
        "Dear Mr Jones,\n\nthank you for renewing. The pass will work from tomorrow morning.\n\nBen, Harbour Baths",
    );
    reply.delivery = Some(DeliverySheet {
        id: "o1".into(),
        version: 1,
        state: DeliveryState::Sent,
        words: "Sent 26 Feb, 16:20".into(),
        undo_until: None,
        timed: false,
        sent_at: Some(NOW - 5 * DAY),
    });
    let mut last = letter("m3", Voice::Customer, "Gareth Jones", 10 * MINUTE, GATE);
    last.quoted = "On 26 February Ben wrote:\n> thank you for renewing. The pass will work from tomorrow morning.".into();
    ConversationSheet {
        around: around(),
        number: 12,
        subject: "The gate says no".into(),
        standing: Standing::Open,
        assignee: Some(person("ada", "Ada")),
        colleagues: vec![person("ada", "Ada"), person("ben", "Ben")],
        customer: CustomerSheet {
            name: "Gareth Jones".into(),
            addresses: vec!["gareth.jones@example.org".into(), "gj@work.example".into()],
            history: vec![HistorySheet {
                number: 3,
                words: "15 Aug 2025, by letter: “Have you found a pair of goggles?” · answered 15 Aug 2025, then closed".into(),
            }],
            since: NOW - 700 * DAY,
            id: "c1".into(),
            addressed_as: "Mr Jones".into(),
            matters: "That the children are not kept waiting at the gate.".into(),
            matters_agreed_at: Some(NOW - 20 * DAY),
            phones: vec!["+44 7700 900123".into()],
            worked: Some("“a day ticket at the desk” was promised, and kept 15 Aug 2025".into()),
        },
        messages: vec![
            letter(
                "m1",
                Voice::Customer,
                "Gareth Jones",
                5 * DAY + 40 * MINUTE,
                "Hello,\n\nI have just renewed the family pass at the counter. Does it work straight away?\n\nGareth Jones",
            ),
            reply,
            letter(
                "n1",
                Voice::Note,
                "Ben",
                5 * DAY - 30 * MINUTE,
                "The card printer was down that day. I did not check whether the renewal reached the gate.",
            ),
            last,
        ],
        cut: false,
        reading: Some(hot_reading()),
        options: options(),
        nods: vec![nod()],
        facts: FactsSheet::default(),
        listening: ListeningSheet {
            channel: LiveChannel::Phone,
            version: 0,
            heard: Heard::default(),
            kept_at: None,
            edge: Vec::new(),
            first: false,
            kept_card: None,
        },
        also: vec![AlsoSheet {
            number: 14,
            subject: "pool pass".into(),
            channel: LiveChannel::Counter,
            at: NOW - 2 * DAY,
            joined: false,
        }],
        to: Some(from("Mr Jones", "gareth.jones@example.org")),
        promises: PromisesSheet::default(),
        landing: LandingSheet::default(),
        reply: DraftSheet::default(),
        note: DraftSheet::default(),
        problem: None,
        undo_seconds: 10,
        safety: None,
        backup: BackupSheet::default(),
    }
}

pub fn quiet() -> ConversationSheet {
    let mut sheet = hot();
    sheet.number = 8;
    sheet.subject = "موعد درس السباحة".into();
    sheet.customer.name = "ليلى حداد".into();
    sheet.to = Some(from("ليلى حداد", "layla@example.org"));
    let words = "مرحبا،\n\nهل يمكن تغيير موعد درس ابنتي من الاثنين إلى الأربعاء؟ رقم الحجز 88213.\n\nThank you, Layla";
    let mut last = letter("m9", Voice::Customer, "ليلى حداد", 20 * MINUTE, words);
    last.marks = vec![
        "new sender".into(),
        "this letter was damaged; what could be read is shown".into(),
    ];
    last.has_layout = true;
    last.attachments = vec![
        AttachmentSheet {
            id: "a1".into(),
            name: "جدول-الدروس.pdf".into(),
            bytes: 340_211,
        },
        AttachmentSheet {
            id: "a2".into(),
            name:
                "IMG_0001-a-very-long-name-given-by-a-camera-that-nobody-ever-reads-0000000001.jpeg"
                    .into(),
            bytes: 4_210_000,
        },
    ];
    let mut auto = letter(
        "m10",
        Voice::Machine,
        "Layla Haddad",
        15 * MINUTE,
        "I am out of the office until Monday.",
    );
    auto.marks = vec!["answered by a machine".into()];
    let mut unwell = letter(
        "m11",
        Voice::Agent,
        "Ada",
        5 * MINUTE,
        "Dear Ms Haddad,\n\nWednesday at 16:00 has a place. Shall I move her?",
    );
    unwell.delivery = Some(DeliverySheet {
        id: "o2".into(),
        version: 1,
        state: DeliveryState::Waiting,
        words: "Not delivered yet. The mail server did not answer at 10:09. Your reply is kept and goes out at 10:14.".into(),
        undo_until: None,
        timed: false,
        sent_at: None,
    });
    sheet.messages = vec![last, auto, unwell];
    sheet.reading = Some(ReadingSheet {
        languages: "English".into(),
        hot: false,
        before: None,
        reading: Reading {
            asks: vec![Ask {
                kind: AskKind::YesNo,
                span: span(words, "هل يمكن تغيير موعد درس ابنتي من الاثنين إلى الأربعاء؟"),
            }],
            ..Reading::default()
        },
    });
    sheet
}

pub fn long() -> ConversationSheet {
    let mut sheet = hot();
    sheet.subject = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and its voicemail since November, third time of asking".into();
    let mut messages = Vec::new();
    for index in 0..14 {
        let voice = if index % 2 == 0 {
            Voice::Customer
        } else {
            Voice::Agent
        };
        let name = if index % 2 == 0 {
            "Chinwe Okafor"
        } else {
            "Ben"
        };
        messages.push(letter(&format!("l{index}"), voice, name, (20 - index) * DAY, "The number is still not known, and the address https://example.org/a/very/long/path/that/does/not/break/anywhere/0123456789012345678901234567890123456789 does not open."));
    }
    let mut waiting = letter(
        "l15",
        Voice::Agent,
        "Ada",
        0,
        "Dear Ms Okafor, your voicemail works since 10:05. I have rung it myself.",
    );
    waiting.delivery = Some(DeliverySheet {
        id: "o5".into(),
        version: 1,
        state: DeliveryState::Waiting,
        words: "Waiting · goes out in 10 s".into(),
        undo_until: Some(NOW + 9_000_000),
        timed: false,
        sent_at: None,
    });
    messages.push(waiting);
    sheet.messages = messages;
    sheet.customer.name = "Chinwe Okafor".into();
    sheet.reading = None;
    sheet
}

pub fn safety() -> ConversationSheet {
    let mut sheet = hot();
    if let Some(reading) = &mut sheet.reading {
        reading.reading.safety = Some(Safety::Risk);
    }
    sheet.safety = Some(SafetySheet {
        risk: true,
        words: vec!["in front of the kids".into()],
        steps: vec![
            "Stay with this letter.".into(),
            "Call, and read it out.".into(),
        ],
        call: "Mara Quayle, extension 20".into(),
        emergency: String::new(),
        boundary: String::new(),
        number: Some(12),
    });
    sheet
}

/// A nod that somebody waits for.
pub fn nod() -> NodSheet {
    NodSheet {
        id: "n1".into(),
        number: 9,
        customer_name: "Chidinma Okafor".into(),
        subject: "Voicemail since May".into(),
        words: "Ben asks for your nod on: a month free on the pass, 10:04.".into(),
        says: "A month free on the pass".into(),
        waits: true,
        current: true,
        may_answer: true,
        may_withdraw: false,
        may_take_back: false,
    }
}

/// What is possible for the gate.
pub fn options() -> OptionsSheet {
    let row = |id: &str, says: &str, reason: &str| OptionRow {
        id: id.into(),
        says: says.into(),
        reason: reason.into(),
        line: "up to £24 · twice a year for a customer · costs four tickets".into(),
        wording: "Please come in today: {how many} day tickets lie at the front desk in your name."
            .into(),
        ..OptionRow::default()
    };
    OptionsSheet {
        fitting: vec![
            row(
                "day-ticket",
                "A day ticket for everybody, today",
                "fits: pool pass · gate",
            ),
            OptionRow {
                nod: Some(NodNeeded {
                    whose: "Ben’s".into(),
                    who: "Ben".into(),
                    away: None,
                    stands: None,
                }),
                ..row("free-month", "A month free on the pass", "fits: pool pass")
            },
            OptionRow {
                if_you_like: true,
                ..row("cocoa", "A cocoa in the café", "fits: kids")
            },
        ],
        rest: vec![row("barred", "The unknown number barred", "")],
        nods_matter: true,
    }
}

pub fn a_break(back_at: Option<&str>) -> BreakSheet {
    BreakSheet {
        agent: person("ada", "Ada"),
        inbox_name: "Harbour Baths".into(),
        breaks: BreaksSheet {
            hot_in_a_row: 3,
            back_at: back_at.map(Into::into),
            left_ms: 300_000,
        },
    }
}

pub fn workload() -> WorkloadSheet {
    let hour = |from: i8, letters, counter, phone| HourSheet {
        from,
        until: from + 1,
        letters,
        counter,
        phone,
    };
    WorkloadSheet {
        around: around(),
        cut: false,
        hours: vec![
            hour(8, Told::Many(14), Told::None, Told::Few),
            hour(9, Told::Many(41), Told::Many(9), Told::Many(12)),
            hour(10, Told::Many(23), Told::Many(6), Told::Few),
        ],
        causes: vec![CauseSheet {
            says: "A wait, named by those who wait",
            remedy: "A first reply with a time in it.",
            conversations: 17,
        }],
        topics: vec![TopicSheet {
            topic: "pool pass".into(),
            conversations: 11,
            options: vec![("day-ticket".into(), "A day ticket for today".into())],
        }],
        sources: vec![SourceSheet {
            name: "the mailing list".into(),
            contradicted: Told::Many(8),
            not_found: Told::Few,
        }],
        promises: Some(TogetherSheet {
            kept: Told::Many(52),
            moved: Told::Many(9),
            broken: Told::Few,
            late: Told::None,
        }),
    }
}
