//! The figures that `cargo x bench` shows: messages a second, reviews a second, p50 and p99 of long drafts under long
//! threads. Each is a line `figure NAME VALUE`. By hand: `cargo bench -p unruffled-engine --bench figures`.

use std::hint::black_box;
use std::time::{Duration, Instant};
use unruffled_engine::{CardKind, DraftInput, Earlier, Engine, From, MessageInput};

/// Long enough for a busy machine to leave a quiet moment.
const MEASURED_FOR: Duration = Duration::from_secs(3);
const DRAFTS: usize = 4_000;
const DRAFT_WORDS: usize = 300;
const TURNS: usize = 20;
const TURN_WORDS: usize = 60;
const REPLY_WORDS: usize = 50;

const SHORT: [&str; 5] = [
    "Where is my order 88213? It was due on Tuesday.",
    "Thanks, that fixed it.",
    "I was told the refund would be here by the 5th. You keep telling me different things.",
    "Need the invoice.",
    "The screen has a line down the middle, can I swap it?",
];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let began = Instant::now();
    let engine = Engine::embedded();
    let first_load = began.elapsed();
    // Counted by an instruction counter from outside: `--read N` reads N times five messages and does nothing else,
    // `--review N` reviews N long drafts.
    let rounds = |of: &str| {
        let at = args.iter().position(|arg| arg == of)?;
        args.get(at + 1)?.parse().ok()
    };
    let (reads, reviews) = (rounds("--read"), rounds("--review"));
    if reads.or(reviews).is_some() {
        (0..reads.unwrap_or(0)).for_each(|_| read_all(&engine));
        long_drafts(&engine, &mut Writer::new(&engine), reviews.unwrap_or(0));
        return;
    }
    let smoke = args.iter().any(|arg| arg == "--test");
    let (span, drafts) = if smoke {
        (Duration::ZERO, 10)
    } else {
        (MEASURED_FOR, DRAFTS)
    };
    figure("cards", engine.cards().count() as f64);
    let loads = (0..if smoke { 0 } else { 20 }).map(|_| {
        let began = Instant::now();
        black_box(Engine::embedded());
        began.elapsed()
    });
    let loaded = loads.fold(first_load, Duration::min);
    figure("load_ms", loaded.as_secs_f64() * 1e3);
    let (best, usual) = timed(span, || read_all(&engine));
    figure("messages_best_per_s", SHORT.len() as f64 / best);
    figure("messages_usual_per_s", SHORT.len() as f64 / usual);

    let mut writer = Writer::new(&engine);
    let replies: Vec<(String, String)> = (0..200)
        .map(|_| (writer.ours(REPLY_WORDS), writer.theirs(TURN_WORDS)))
        .collect();
    let (best, usual) = timed(span, || {
        for (draft, message) in &replies {
            let message = Some(message.as_str());
            black_box(engine.review(&DraftInput {
                draft,
                message,
                ..Default::default()
            }));
        }
    });
    figure("reviews_best_per_s", replies.len() as f64 / best);
    figure("reviews_usual_per_s", replies.len() as f64 / usual);
    long_drafts(&engine, &mut writer, drafts);
}

/// A draft of 300 words under 20 turns, its message read already, as on the desk; and with the message read each time.
fn long_drafts(engine: &Engine, writer: &mut Writer, count: usize) {
    let mut took = Vec::with_capacity(count);
    let mut with_reading = Vec::with_capacity(count);
    for _ in 0..count {
        let draft = writer.ours(DRAFT_WORDS);
        let earlier: Vec<Earlier> = (0..TURNS)
            .map(|turn| match turn % 2 {
                0 => (From::Customer, writer.theirs(TURN_WORDS)),
                _ => (From::Agent, writer.ours(TURN_WORDS)),
            })
            .map(|(from, text)| Earlier { from, text })
            .collect();
        let message = writer.theirs(TURN_WORDS);
        let reading = engine.read(&MessageInput {
            text: &message,
            earlier: &earlier,
            ..Default::default()
        });
        let input = DraftInput {
            draft: &draft,
            message: Some(&message),
            earlier: &earlier,
            reading: Some(&reading),
            ..Default::default()
        };
        let alone = DraftInput {
            reading: None,
            ..input
        };
        for (input, took) in [(&input, &mut took), (&alone, &mut with_reading)] {
            let began = Instant::now();
            black_box(engine.review(input));
            took.push(began.elapsed().as_secs_f64() * 1e6);
        }
    }
    for (name, mut took) in [("draft", took), ("draft_and_message", with_reading)] {
        if took.is_empty() {
            continue;
        }
        took.sort_by(f64::total_cmp);
        figure(&format!("{name}_p50_us"), took[took.len() / 2]);
        figure(&format!("{name}_p99_us"), took[took.len() * 99 / 100]);
    }
}

fn read_all(engine: &Engine) {
    for text in SHORT {
        black_box(engine.read(&MessageInput {
            text,
            ..Default::default()
        }));
    }
}

/// The least and the middle time of one run, in seconds.
fn timed(span: Duration, run: impl Fn()) -> (f64, f64) {
    let began = Instant::now();
    let mut took = Vec::new();
    while took.is_empty() || began.elapsed() < span {
        let began = Instant::now();
        run();
        took.push(began.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    (took[0], took[took.len() / 2])
}

fn figure(name: &str, value: f64) {
    println!("figure {name} {value:.2}");
}

/// Writes letters out of the cards' own examples, the same ones each time: lines that fire, lines that nearly do.
struct Writer {
    theirs: Vec<String>,
    ours: Vec<String>,
    /// A linear congruence is random enough for picking lines.
    seed: u64,
}

impl Writer {
    fn new(engine: &Engine) -> Writer {
        let lines = |of_message: bool| {
            engine
                .cards()
                .filter(|card| match card.kind {
                    CardKind::Cue => of_message,
                    CardKind::Check | CardKind::Virtue => !of_message,
                    _ => false,
                })
                .flat_map(|card| card.fires.iter().chain(&card.stays_quiet))
                .map(|example| example.text.clone())
                .collect()
        };
        Writer {
            theirs: lines(true),
            ours: lines(false),
            seed: 1,
        }
    }

    fn theirs(&mut self, words: usize) -> String {
        letter(&self.theirs, &mut self.seed, words)
    }

    fn ours(&mut self, words: usize) -> String {
        letter(&self.ours, &mut self.seed, words)
    }
}

fn letter(lines: &[String], seed: &mut u64, words: usize) -> String {
    let mut letter = String::new();
    let (mut count, mut sentences) = (0, 0);
    while count < words {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let line = &lines[(*seed >> 33) as usize % lines.len()];
        count += line.split_whitespace().count();
        sentences += 1;
        letter.push_str(line);
        letter.push_str(if sentences % 5 == 0 { "\n\n" } else { " " });
    }
    letter
}
