//! Telling what somebody wrote now from what they only carried along.

/// A stretch of a letter's text. Their texts, put together in order, are the whole text again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub kind: PartKind,
    pub text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Written for this letter.
    Fresh,
    /// Earlier letters carried along: "> " lines, "On … wrote:", forwarded and Outlook blocks.
    Quoted,
    /// "-- " and below, or "Sent from my phone".
    Signature,
}

/// Splits a text into its parts. Not a byte is lost, and words written between quotes stay fresh.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let _ = text;
    todo!()
}

/// The fresh words, and everything else, each put together in order.
pub fn split(text: &str) -> (String, String) {
    let (mut fresh, mut quoted) = (String::new(), String::new());
    for part in parts(text) {
        match part.kind {
            PartKind::Fresh => fresh.push_str(part.text),
            PartKind::Quoted | PartKind::Signature => quoted.push_str(part.text),
        }
    }
    (fresh, quoted)
}
