//! The floors on record: a figure that falls below its floor is news that stops a change.

use crate::Figure;
use crate::figure::Better;
use std::collections::BTreeMap;
use std::path::Path;

/// A hair's breadth for rounding; everything here is deterministic.
const SLACK: f64 = 0.0005;

type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// Writes today's figures as the floors.
pub fn record(file: &Path, figures: &[Figure]) -> Result<(), String> {
    let mut floors = read(file).unwrap_or_default();
    for figure in figures {
        floors
            .entry(figure.section.to_owned())
            .or_default()
            .insert(figure.name.clone(), (figure.value * 1e4).round() / 1e4);
    }
    let body = toml::to_string(&floors).map_err(|why| why.to_string())?;
    let text = format!(
        "# What each figure of `cargo x eval` may not fall below (or, for rates of false alarms, rise above).\n\
         # `cargo x eval --bless` records today's figures; read the diff before you commit it.\n\n{body}"
    );
    std::fs::write(file, text).map_err(|why| format!("{}: {why}", file.display()))
}

/// Figures that are worse than their floor, in words.
pub fn fallen(file: &Path, figures: &[Figure]) -> Result<Vec<String>, String> {
    let floors = read(file)?;
    Ok(figures
        .iter()
        .filter_map(|figure| {
            let floor = *floors.get(figure.section)?.get(&figure.name)?;
            let (fell, word) = match figure.better {
                Better::More => (figure.value < floor - SLACK, "below"),
                Better::Less => (figure.value > floor + SLACK, "above"),
            };
            fell.then(|| {
                format!(
                    "{}, {}: {:.4} is {word} its floor of {floor:.4}",
                    figure.section, figure.name, figure.value
                )
            })
        })
        .collect())
}

fn read(file: &Path) -> Result<Floors, String> {
    let text = std::fs::read_to_string(file).map_err(|why| format!("{}: {why}", file.display()))?;
    toml::from_str(&text).map_err(|why| format!("{}: {why}", file.display()))
}
