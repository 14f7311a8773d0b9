//! The engine as the command line was told to make it, and what `read` and `review` do alike.

use crate::door;
use crate::failure::{Failure, NOT_ALL_WELL, reason};
use crate::lines::{self, Answer, Line};
use crate::{cards, paper, shapes, when};
use jiff::Zoned;
use std::path::Path;
use std::process::ExitCode;
use unruffled_engine::{Earlier, Engine, Reader};
use unruffled_reader::Encoder;

/// The built-in cards, and a folder of one's own beside them.
pub fn engine(order: &door::Engine) -> Result<Engine, Failure> {
    match &order.cards {
        None => Ok(Engine::embedded()),
        Some(folder) => cards::load(folder).map(|(engine, _)| engine),
    }
}

/// The languages it reads, in words: "English".
pub fn languages(engine: &Engine) -> String {
    let names: Vec<&str> = engine.languages().map(|(_, name)| name).collect();
    names.join(" or ")
}

/// `--reader NAME`: the encoder, unless it is off.
pub fn encoder(name: &Path) -> Result<Option<Encoder>, Failure> {
    Encoder::named(name).map_err(|why| Failure::says(format!("{}: {why}.", name.display())))
}

/// The same, as the engine takes it.
pub fn heard(encoder: &Option<Encoder>) -> Option<&dyn Reader> {
    encoder.as_ref().map(|encoder| encoder as &dyn Reader)
}

/// `--now`, else what the letter says, else this machine's clock.
pub fn now(order: &door::Engine, letter: Option<&paper::Header>) -> Result<Zoned, Failure> {
    Ok(when::told(order.now.as_deref())?
        .or_else(|| letter.and_then(|l| l.date).map(when::of_letter))
        .unwrap_or_else(when::clock))
}

/// `--earlier FILE`: a JSON list.
pub fn earlier(file: Option<&Path>) -> Result<Vec<Earlier>, Failure> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&paper::text(file)?)
        .map_err(|why| Failure::says(format!("{}: {}", file.display(), shapes::says(&why))))
}

/// Streams a file, or standard input for `-`, through `answer`.
pub fn stream(
    path: &Path,
    jobs: Option<u16>,
    answer: impl Fn(Line) -> Answer + Send + Sync + 'static,
) -> Result<ExitCode, Failure> {
    let jobs = jobs.map_or_else(
        || std::thread::available_parallelism().map_or(1, |cores| cores.get()),
        usize::from,
    );
    let output = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let streamed = if path == Path::new("-") {
        lines::stream(std::io::stdin(), output, jobs, answer)
    } else {
        let file = std::fs::File::open(path).map_err(|why| Failure::file(path, "read", &why))?;
        lines::stream(file, output, jobs, answer)
    };
    let streamed = streamed.map_err(|why| match why.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::says(format!("The stream broke off: {}.", reason(&why))),
    })?;
    if streamed.bad == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "{} of {} lines could not be read; each says why in its place.",
        streamed.bad, streamed.lines
    );
    Ok(ExitCode::from(NOT_ALL_WELL))
}
