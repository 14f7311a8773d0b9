//! Forty ways to say each thing, and the near misses: `wordings/CODE.txt`, a `+` line shows it and a `-` line does not.
//!
//! Cards stay short enough to be read as help; what else people write is kept here, so that a change which
//! unlearns a wording is seen. `CARD=C08` narrows the run.

use std::fs;
use unruffled_engine::{Engine, MessageInput};

/// Whether `text` shows the cue `code`, or chooses the what-if `code`.
fn shows(engine: &Engine, code: &str, text: &str) -> bool {
    let reading = engine.read(&MessageInput {
        text,
        ..Default::default()
    });
    match code.as_bytes()[0] {
        b'H' => reading.what_if.is_some_and(|what_if| what_if.code == code),
        _ => reading.cues.iter().any(|cue| cue.code == code),
    }
}

#[test]
fn every_wording_is_read_as_it_is_meant() {
    let engine = Engine::embedded();
    let only = std::env::var("CARD").ok();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wordings");
    let mut faults = Vec::new();
    let mut right = 0;
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the wordings lie beside this test")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        let code = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
            .to_string();
        let cue_or_what_if = code.starts_with(['C', 'H']) && code.len() <= 3;
        if !cue_or_what_if || only.as_ref().is_some_and(|o| *o != code) {
            continue;
        }
        for (index, line) in fs::read_to_string(&file)
            .expect("a wordings file is text")
            .lines()
            .enumerate()
        {
            let (expected, said) = match line.split_once(' ') {
                Some(("+", said)) => (true, said),
                Some(("-", said)) => (false, said),
                _ => continue,
            };
            if shows(&engine, &code, &said.replace("\\n", "\n")) == expected {
                right += 1;
            } else {
                faults.push(format!(
                    "{code}:{} {} {said}",
                    index + 1,
                    if expected {
                        "should show"
                    } else {
                        "should stay quiet"
                    }
                ));
            }
        }
    }
    println!("{right} wordings hold, {} do not", faults.len());
    assert!(
        faults.is_empty(),
        "{} wordings do not hold:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
