//! How long reading a message and reviewing a draft take. `cargo bench -p unruffled-engine`.

use divan::{Bencher, counter::ItemsCount};
use std::sync::LazyLock;
use unruffled_engine::{DraftInput, Earlier, Engine, From, MessageInput};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

fn main() {
    divan::main();
}

const SHORT: &[&str] = &[
    "Where is my order 88213? It was due on Tuesday.",
    "Thanks, that fixed it.",
    "I was told the refund would be here by the 5th. You keep telling me different things.",
    "Need the invoice.",
    "The screen has a line down the middle, can I swap it?",
];

const MESSAGE: &str = "Hello,\n\nI renewed our family pass on 3 March and paid £182.40 (order 88213). Since Saturday the gate just beeps at me, \
in front of the kids, and the young man at the desk said it was an online problem. I rang on Monday and waited 40 minutes, \
and I was told somebody would call me back by Tuesday. Nobody did. We leave for my mother's on Friday at six and the children have their \
swimming badge on Thursday.\n\nWhy does it not open, can they swim on Thursday, and will I get the two lost days back?\n\nPeter Jones";

const DRAFT: &str = "Dear Mr Jones,\n\nYou renewed on 3 March, and since Saturday the gate has beeped at you in front of the children, \
and the call you were promised for Tuesday never came. I'm sorry: that call was ours to make.\n\nThe gate beeps because the new card was \
linked to last year's number. I have linked it to the right one and tried it at the gate with a colleague: it opens now. The children can \
swim on Thursday, badge and all. The two lost days are added at the end, so the pass now runs until 5 March.\n\nIf it beeps once more, \
please show the desk this letter and they will open it for you, whatever the screen says. I will look at the gate's log on Thursday at \
noon and write to you by one, even if everything worked.\n\nI hope the badge goes well.\n\nAna";

#[divan::bench]
fn load_all_cards() -> Engine {
    Engine::embedded()
}

#[divan::bench]
fn read_a_short_message(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(SHORT.len())).bench(|| {
        for text in SHORT {
            divan::black_box(ENGINE.read(&MessageInput {
                text,
                ..Default::default()
            }));
        }
    });
}

#[divan::bench]
fn read_a_long_message(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        ENGINE.read(&MessageInput {
            text: divan::black_box(MESSAGE),
            ..Default::default()
        })
    });
}

#[divan::bench]
fn review_a_draft_of_150_words(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        ENGINE.review(&DraftInput {
            draft: divan::black_box(DRAFT),
            message: Some(MESSAGE),
            ..Default::default()
        })
    });
}

/// Where the caller has read the message already, as the desk has.
#[divan::bench]
fn review_a_draft_of_150_words_with_its_message_read(bencher: Bencher<'_, '_>) {
    let reading = ENGINE.read(&MessageInput {
        text: MESSAGE,
        ..Default::default()
    });
    bencher.bench(|| {
        ENGINE.review(&DraftInput {
            draft: divan::black_box(DRAFT),
            message: Some(MESSAGE),
            reading: Some(&reading),
            ..Default::default()
        })
    });
}

#[divan::bench]
fn review_a_draft_of_150_words_under_20_turns(bencher: Bencher<'_, '_>) {
    let earlier: Vec<Earlier> = (0..20)
        .map(|turn| Earlier {
            from: if turn % 2 == 0 {
                From::Customer
            } else {
                From::Agent
            },
            text: if turn % 2 == 0 {
                MESSAGE.into()
            } else {
                DRAFT.into()
            },
        })
        .collect();
    bencher.bench(|| {
        ENGINE.review(&DraftInput {
            draft: divan::black_box(DRAFT),
            message: Some(MESSAGE),
            earlier: &earlier,
            ..Default::default()
        })
    });
}
