//! How right the engine is: every figure beside the one to beat, and a failure below the floor on record.
//!
//! `cargo x eval` runs it. Our own labelled sets lie in `eval/sets/`; public labelled text and the shared taxonomy lie
//! beside the repository (`../shared`) and never in it: without them their figures are left out, in plain words.
//! `--bless` records today's figures as the floors, `--show SECTION` prints what was not right, `--cards` reads the cards as they
//! lie in the folder now, `--sets FOLDER` reads labelled files in the same shape from another folder and writes nothing down.

mod figure;
mod floors;
mod public;
mod report;
mod score;
mod sections;
mod sets;

use figure::{Figure, Out};
use sets::Sets;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use unruffled_engine::{Engine, Language, Learned, Wordings};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let bless = words.iter().any(|word| word == "--bless");
    let behind = |option: &str| {
        words
            .iter()
            .position(|word| word == option)
            .and_then(|at| words.get(at + 1))
            .map(String::as_str)
    };
    let shown = behind("--show");
    let sets = match behind("--sets") {
        Some(folder) => Sets::Fresh(PathBuf::from(folder)),
        None => Sets::Ours,
    };
    let cards = words.iter().any(|word| word == "--cards");
    let (engine, month_first) = match (engine(cards), engine(cards)) {
        (Ok(engine), Ok(other)) => (engine, other.with_month_first(true)),
        (Err(why), _) | (_, Err(why)) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let fresh = matches!(sets, Sets::Fresh(_));
    let mut out = Out::new(shown, sets, month_first);
    for (name, section) in sections::ALL {
        if shown.is_some_and(|shown| shown != *name) {
            continue;
        }
        out.section = name;
        section(&engine, &mut out);
    }
    let Out {
        figures, left_out, ..
    } = out;
    if shown.is_some() || fresh {
        print!("{}", report::table(&figures));
        for why in left_out {
            eprintln!("{why}");
        }
        return ExitCode::SUCCESS;
    }
    let page = report::page(&figures, &left_out);
    println!("{page}");
    let root = root();
    let written = std::fs::write(root.join("eval/REPORT.md"), &page);
    if let Err(why) = written {
        eprintln!("eval/REPORT.md could not be written: {why}");
        return ExitCode::FAILURE;
    }
    let file = root.join("eval/floors.toml");
    if bless {
        return said(floors::record(&file, &figures).map(|()| Vec::new()));
    }
    said(floors::fallen(&file, &figures))
}

/// The engine as it was built, or with the cards as they lie in `cards/` now, so that mending a card needs no build.
fn engine(from_folder: bool) -> Result<Engine, String> {
    if !from_folder {
        return Ok(Engine::embedded());
    }
    let root = root().join("cards");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let listed =
            std::fs::read_dir(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
        for path in listed.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path
                .extension()
                .is_none_or(|kind| kind != "md" && kind != "txt")
            {
                continue;
            }
            let text = std::fs::read_to_string(&path)
                .map_err(|why| format!("{}: {why}", path.display()))?;
            let name = path
                .strip_prefix(&root)
                .unwrap_or(&path)
                .display()
                .to_string();
            files.push((name, text));
        }
    }
    files.sort();
    Engine::of_cards(
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
    .map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
    .and_then(|engine| with_weights(engine, &root.join("en/learned")))
}

/// The engine with the learned readers as they lie in the folder now.
fn with_weights(engine: Engine, folder: &Path) -> Result<Engine, String> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|why| format!("{}: {why}", path.display()))
    };
    let words = Learned::load(read("words.weights")?).map_err(|why| why.to_string())?;
    let wordings = Wordings::load(read("wordings.weights")?).map_err(|why| why.to_string())?;
    Ok(engine
        .with_learned(Language::ENGLISH, Some(words))
        .with_wordings(Language::ENGLISH, Some(wordings)))
}

/// The fallen figures, one a line; a failure where there is one.
fn said(fallen: Result<Vec<String>, String>) -> ExitCode {
    match fallen {
        Ok(lines) if lines.is_empty() => ExitCode::SUCCESS,
        Ok(lines) => {
            for line in lines {
                eprintln!("{line}");
            }
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root: this package lies right under it.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
