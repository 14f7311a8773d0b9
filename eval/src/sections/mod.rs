//! What is measured, a file each.

mod acts;
mod answered;
mod bias;
mod heat;
mod known;
mod learned;
mod letters;
mod lines;
mod noise;
mod promises;
mod robustness;

use crate::figure::Out;
use std::sync::LazyLock;
use unruffled_engine::{Engine, Reader};
use unruffled_reader::Encoder;

/// A section of the table by its name.
type Section = (&'static str, fn(&Engine, &mut Out));

/// Every section in the table's order.
pub const ALL: &[Section] = &[
    ("lines of each code", lines::measure),
    ("letters", letters::measure),
    ("asked and answered", answered::measure),
    ("stated and known", known::measure),
    ("promises", promises::measure),
    ("heat", heat::measure),
    ("acts", acts::measure),
    ("learned words", learned::measure),
    ("noise", noise::measure),
    ("bias pairs", bias::measure),
    ("robustness", robustness::measure),
];

static ENCODER: LazyLock<Option<Encoder>> = LazyLock::new(|| Encoder::built_in().ok());

/// What a figure is measured with: the engine alone, as where there is no encoder, and with it, as on a desk. The words are the end of
/// the figure's name.
fn with_and_without(out: &mut Out, mut measure: impl FnMut(Option<&dyn Reader>, &str, &mut Out)) {
    measure(None, "", out);
    match &*ENCODER {
        Some(encoder) => measure(Some(encoder), ", with the encoder", out),
        None => out.leave_out("the encoder's weights cannot be read".to_owned()),
    }
}

/// Whether two quotations are about the same words: one holds the other, or they share most of their letters' run.
fn same_words(a: &str, b: &str) -> bool {
    let plain = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (plain(a), plain(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared * 2 > a.len().min(b.len())
}

/// How much two quotations of one text overlap: bytes shared, by their first places in it.
fn overlap(text: &str, a: &str, b: &str) -> usize {
    let (Some(from_a), Some(from_b)) = (text.find(a), text.find(b)) else {
        return 0;
    };
    let (to_a, to_b) = (from_a + a.len(), from_b + b.len());
    to_a.min(to_b).saturating_sub(from_a.max(from_b))
}
