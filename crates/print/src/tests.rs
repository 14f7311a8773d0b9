//! What is printed can be opened, read and copied, and a letter nobody has is named.

use crate::{PIECES_MAX, Paper, Piece, pdf};

fn paper(pieces: Vec<Piece>) -> Paper {
    Paper {
        title: "A moment in pairs".to_owned(),
        pieces,
    }
}

fn holds(file: &[u8], words: &str) -> bool {
    file.windows(words.len()).any(|it| it == words.as_bytes())
}

#[test]
fn a_paper_is_a_pdf_with_its_title_its_letters_and_its_order() {
    let file = pdf(&paper(vec![
        Piece::Title("The gate beeps".to_owned()),
        Piece::Heading("They write".to_owned()),
        Piece::Said(
            "I renewed it in March. The gate just beeps at me in front of the kids.".to_owned(),
        ),
        Piece::Text("Answer as you would.".to_owned()),
        Piece::Steps(vec!["Read".to_owned(), "Write".to_owned()]),
        Piece::Room(3),
        Piece::NewPage,
        Piece::Items(vec!["Σωκράτης".to_owned(), "Привет".to_owned()]),
        Piece::Answer("You renewed in March.".to_owned()),
        Piece::Aside("Our own invention.".to_owned()),
    ]));
    assert!(file.starts_with(b"%PDF-1.7"));
    for part in [
        "/H1",
        "/H2",
        "/BlockQuote",
        "/LBody",
        "/Marked true",
        "NotoSerif",
        "/Count 2",
    ] {
        assert!(holds(&file, part), "{part}");
    }
    assert!(file.len() < 60_000, "{} bytes", file.len());
    if let Some(place) = std::env::var_os("UNRUFFLED_PRINT_TO") {
        std::fs::write(place, file).unwrap();
    }
}

#[test]
fn a_letter_that_cannot_be_printed_is_named() {
    let plain = pdf(&paper(vec![Piece::Text("abc".to_owned())]));
    let strange = pdf(&paper(vec![Piece::Text("ab\u{6f22}".to_owned())]));
    assert!(
        strange.len() > plain.len() + 500,
        "the last line and its letters"
    );
}

#[test]
fn nothing_at_all_and_far_too_much_are_printed_too() {
    assert!(pdf(&paper(Vec::new())).starts_with(b"%PDF"));
    let much = vec![Piece::Text("word".to_owned()); PIECES_MAX * 2];
    assert!(pdf(&paper(much)).starts_with(b"%PDF"));
    assert!(pdf(&paper(vec![Piece::Text("x".repeat(60_000))])).starts_with(b"%PDF"));
}
