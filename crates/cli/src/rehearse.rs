//! `unruffled rehearse`: a difficult moment at the terminal, with a simulated customer.

mod sheet;

use crate::door::{Desk, Rehearse, RehearseVerb};
use crate::failure::{Failure, NOT_ALL_WELL, reason};
use crate::limits::STORIES_MAX;
use crate::{config, desk, paper, shapes};
use sheet::Sheet;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::runtime::Runtime;
use unruffled_engine::Engine;
use unruffled_rehearsal::{Fault, Rehearsal, Shelf, prove};
use unruffled_server::speaking::{Spoken, speak};
use unruffled_voice::Voice;

/// A line with nothing else on it sends the reply.
const SEND: &str = ".";

pub fn run(order: &Rehearse) -> Result<ExitCode, Failure> {
    if let Some(RehearseVerb::Test { folder }) = &order.verb {
        return test(folder);
    }
    let folder = order.stories.clone().or_else(|| of_the_desk(&order.desk));
    let (shelf, faults) = shelf(folder.as_deref())?;
    for fault in &faults {
        eprintln!("{fault}");
    }
    let Some(name) = &order.story else {
        sheet::list(&shelf)?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(story) = shelf.get(name) else {
        return Err(Failure::says(format!(
            "There is no story called {name}. `unruffled rehearse` lists them."
        )));
    };
    let voice = match order.voice {
        true => Some(voice(&order.desk)?),
        false => None,
    };
    let engine = Engine::embedded();
    let mut rehearsal = Rehearsal::begin(&engine, &shelf.lines, story, order.seed);
    let mut sheet = Sheet::new(order.format);
    if let Some((voice, _)) = &voice {
        // On stderr, so that what programs read stays what it was.
        eprintln!(
            "The customer's words come from {} at {}; the story and your replies are sent there.",
            voice.model(),
            voice.host()
        );
    }
    sheet.begins(&rehearsal)?;
    while rehearsal.ending().is_none() {
        match said(&mut sheet, &rehearsal)? {
            Said::Reply(draft) => {
                let contrast = order.ways.then(|| rehearsal.contrast()).flatten();
                if rehearsal.reply(&draft).is_none() {
                    break;
                }
                if let Some((voice, runtime)) = &voice {
                    let spoken = runtime.block_on(speak(Some(voice), &mut rehearsal));
                    if let Spoken::FellBack(why) = spoken {
                        eprintln!("{why}");
                    }
                }
                sheet.turn(&rehearsal, contrast.as_ref())?;
            }
            Said::Left => break,
        }
    }
    sheet.ends(&rehearsal)?;
    Ok(ExitCode::SUCCESS)
}

/// The folder of a desk's own stories, where there is a desk with one. Nobody needs one to rehearse.
fn of_the_desk(desk: &Desk) -> Option<PathBuf> {
    let settings = config::settings(desk).ok()?;
    Some(settings.stories_folder).filter(|folder| folder.is_dir())
}

/// The model that the settings name, and what it takes to ask it.
fn voice(desk: &Desk) -> Result<(Voice, Runtime), Failure> {
    let settings = config::settings(desk)?;
    let voice = settings.voice().map_err(Failure::says)?.ok_or_else(|| {
        Failure::says(
            "No model is named: voice.url and voice.model say where one is; without --voice the stories have words of their own.",
        )
    })?;
    Ok((voice, desk::one_thread()?))
}

enum Said {
    Reply(String),
    Left,
}

/// The next reply, as it is typed or piped in. A line that is a word behind a stroke asks for something instead.
fn said(sheet: &mut Sheet, rehearsal: &Rehearsal<'_>) -> Result<Said, Failure> {
    let typed = std::io::stdin().is_terminal();
    let mut draft = String::new();
    loop {
        if typed && order_is_asked_for(&draft) {
            sheet.asks_for_a_reply()?;
        }
        let mut line = String::new();
        let read = std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|why| {
                Failure::says(format!("Your reply could not be read: {}.", reason(&why)))
            })?;
        if read == 0 {
            // Whoever pipes a reply in need not end it with a full stop on its own.
            return Ok(match draft.trim().is_empty() {
                true => Said::Left,
                false => Said::Reply(draft),
            });
        }
        match line.trim_end() {
            SEND => return Ok(Said::Reply(draft)),
            "/leave" => return Ok(Said::Left),
            "/facts" => sheet.facts(rehearsal)?,
            "/ways" => sheet.ways(rehearsal.contrast().as_ref())?,
            "/letter" => sheet.letter(rehearsal)?,
            _ => draft.push_str(&line),
        }
    }
}

fn order_is_asked_for(draft: &str) -> bool {
    draft.is_empty()
}

/// Our own stories and those of a folder over them.
fn shelf(folder: Option<&Path>) -> Result<(Shelf, Vec<Fault>), Failure> {
    let own = match folder {
        Some(folder) => files(folder)?,
        None => Vec::new(),
    };
    Ok(Shelf::with(
        own.iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    ))
}

/// Every `.md` in a folder, by name.
fn files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unread = |why: std::io::Error| Failure::file(folder, "read", &why);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.extension().is_some_and(|ext| ext == "md") && path.is_file() {
            paths.push(path);
        }
    }
    if paths.len() > STORIES_MAX {
        return Err(Failure::says(format!(
            "{} holds {} stories; {STORIES_MAX} are read at the most.",
            folder.display(),
            paths.len()
        )));
    }
    paths.sort();
    paths
        .iter()
        .map(|path| Ok((path.display().to_string(), paper::text(path)?)))
        .collect()
}

/// `unruffled rehearse test FOLDER`.
fn test(folder: &Path) -> Result<ExitCode, Failure> {
    let own = files(folder)?;
    let (shelf, faults) = Shelf::with(own.iter().map(|(p, text)| (p.as_str(), text.as_str())));
    let is_own = |id: &str| {
        own.iter()
            .any(|(path, _)| Path::new(path).file_stem().is_some_and(|stem| stem == id))
    };
    let stories: Vec<_> = shelf.stories.iter().filter(|s| is_own(&s.id)).collect();
    if stories.is_empty() && faults.is_empty() {
        return Err(Failure::says(format!(
            "{} holds no stories: a story is an .md file in it; stories/README.md says how one is written.",
            folder.display()
        )));
    }
    let engine = Engine::embedded();
    let mut out = std::io::stdout().lock();
    let mut told = 0;
    let mut well = 0;
    for fault in &faults {
        writeln!(out, "{fault}")?;
        told += 1;
    }
    for story in stories {
        let faults = prove(&engine, &shelf.lines, story);
        well += usize::from(faults.is_empty());
        for fault in faults {
            writeln!(out, "{fault}")?;
            told += 1;
        }
    }
    writeln!(out, "{well} stories as they should be, {told} faults")?;
    Ok(match told {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(NOT_ALL_WELL),
    })
}

/// One object a line, for programs.
fn json<T: serde::Serialize>(value: &T) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{}", shapes::to_json(value))?;
    Ok(())
}
