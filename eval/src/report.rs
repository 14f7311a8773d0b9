//! The table as Markdown, for eyes and for the repository.

use crate::Figure;
use std::fmt::Write;

/// The whole page: what it is, the table, what was left out.
pub fn page(figures: &[Figure], left_out: &[String]) -> String {
    let met = figures
        .iter()
        .filter(|f| matches!(f.beat, Some((_, true))))
        .count();
    let aims = figures.iter().filter(|f| f.beat.is_some()).count();
    let mut page = String::from(
        "# How right the engine is\n\nWritten by `cargo x eval`; not edited by hand. Figures come from this program on labelled text; they \
         are not what the practice does for people. What each figure means, and where its text comes from: [README.md](README.md).\n\n",
    );
    let _ = writeln!(page, "{met} of {aims} aims are met.\n");
    page.push_str(&table(figures));
    if !left_out.is_empty() {
        page.push_str("\nLeft out here:\n\n");
        for line in left_out {
            let _ = writeln!(page, "- {line}");
        }
    }
    page
}

pub fn table(figures: &[Figure]) -> String {
    let mut table = String::from(
        "| What | Figure | Of how many | To beat | |\n| --- | --- | --- | --- | --- |\n",
    );
    let mut section = "";
    for figure in figures {
        if figure.section != section {
            section = figure.section;
            let _ = writeln!(table, "| **{section}** | | | | |");
        }
        let (aim, met) = match &figure.beat {
            None => ("", ""),
            Some((aim, true)) => (aim.as_str(), "yes"),
            Some((aim, false)) => (aim.as_str(), "not yet"),
        };
        let _ = writeln!(
            table,
            "| {} | {:.3} | {} | {aim} | {met} |",
            figure.name, figure.value, figure.count
        );
    }
    table
}
