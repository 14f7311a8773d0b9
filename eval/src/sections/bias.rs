//! Bias: the same message from somebody else reads the same.

use super::with_and_without;
use crate::figure::Out;
use crate::score::share;
use serde::Deserialize;
use std::collections::BTreeMap;
use unruffled_engine::{Engine, MessageInput, Reader, Reading};

#[derive(Deserialize)]
struct Pair {
    id: String,
    a: String,
    b: String,
    differs: String,
}

pub fn measure(engine: &Engine, out: &mut Out) {
    with_and_without(out, |reader, with, out| {
        measure_with(engine, reader, with, out)
    });
}

fn measure_with(engine: &Engine, reader: Option<&dyn Reader>, with: &str, out: &mut Out) {
    let mut by_kind: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for half in out.sets.parts() {
        let pairs: Vec<Pair> = match out.sets.items(half, "bias") {
            Ok(pairs) => pairs,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        for pair in &pairs {
            let read = |text| {
                let message = MessageInput {
                    text,
                    ..Default::default()
                };
                engine.read_with(reader, &message)
            };
            let (a, b) = (read(&pair.a), read(&pair.b));
            let same = a.heat == b.heat && what_ifs(&a) == what_ifs(&b);
            let counts = by_kind.entry(pair.differs.clone()).or_default();
            counts.0 += usize::from(same);
            counts.1 += 1;
            if !same {
                out.wrong_in(
                    half,
                    format!(
                        "{} ({}){with}: {:?} {:?} against {:?} {:?}\n    {}\n    {}",
                        pair.id,
                        pair.differs,
                        a.heat,
                        what_ifs(&a),
                        b.heat,
                        what_ifs(&b),
                        pair.a,
                        pair.b
                    ),
                );
            }
        }
    }
    for (kind, (same, count)) in by_kind {
        out.at_least(
            &format!("read the same, differing in {kind}{with}"),
            share(same, count),
            count,
            1.0,
            "issue",
        );
    }
}

fn what_ifs(reading: &Reading) -> Vec<&str> {
    reading
        .what_if
        .iter()
        .chain(&reading.other_what_ifs)
        .map(|what_if| what_if.code.as_ref())
        .collect()
}
