//! How long one sentence takes, and loading. `cargo bench -p unruffled-reader`.

use divan::{Bencher, black_box};
use std::sync::LazyLock;
use unruffled_reader::Encoder;

const FILE: &[u8] = include_bytes!("../model/reader.int8");
static ENCODER: LazyLock<Encoder> =
    LazyLock::new(|| Encoder::load(FILE).expect("our own file loads"));

fn main() {
    divan::main();
}

#[divan::bench]
fn load() -> Encoder {
    Encoder::load(FILE).expect("our own file loads")
}

#[divan::bench]
fn a_sentence_of_17_pieces(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        ENCODER.strengths(black_box(
            "I was told the refund would be here by the fifth of March, again.",
        ))
    });
}

#[divan::bench]
fn a_sentence_of_40_pieces(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        ENCODER.strengths(black_box(
            "Since Saturday the gate just beeps at me, in front of the kids, and the young man at the desk said it was an \
             online problem, so I rang on Monday and waited forty minutes for nothing.",
        ))
    });
}
