//! How much is printed at most, and how large things are on the page.

/// A hand-out of thirty stories has about nine hundred; beyond this nobody holds it in their hands.
pub const PIECES_MAX: usize = 4_000;

/// A piece longer than this is cut: a story's longest part has a few thousand letters.
pub const PIECE_CHARS_MAX: usize = 20_000;

/// A4, in points.
pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;
/// Room for a thumb at each side; the text is then about 80 letters wide.
pub const MARGIN: f32 = 68.0;
pub const BOTTOM: f32 = 72.0;
/// Where the page's number stands.
pub const FOOT: f32 = 40.0;
