//! For `eval/train/train.py`: one text a line in, the strength of every act out, tab by tab.

use std::io::{BufRead, Write};
use unruffled_reader::Encoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: strengths FILE < texts")?;
    let encoder = Encoder::open(path.as_ref())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let cells: Vec<String> = encoder
            .strengths(&line?)
            .iter()
            .map(|x| format!("{x:.4}"))
            .collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}
