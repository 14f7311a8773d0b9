//! How often memory is asked for. A bench of its own, since counting takes time.

use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use unruffled_engine::{Engine, MessageInput};

#[global_allocator]
static COUNTED: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20, sample_size = 10)]
fn allocations_of_five_short_messages(bencher: Bencher<'_, '_>) {
    let engine = Engine::embedded();
    let short = [
        "Where is my order 88213? It was due on Tuesday.",
        "Thanks, that fixed it.",
        "I was told the refund would be here by the 5th. You keep telling me different things.",
        "Need the invoice.",
        "The screen has a line down the middle, can I swap it?",
    ];
    bencher
        .counter(ItemsCount::new(short.len()))
        .bench_local(|| {
            for text in short {
                divan::black_box(engine.read(&MessageInput {
                    text,
                    ..Default::default()
                }));
            }
        });
}
