//! Text in, findings out: what a customer's message says, and what a draft reply leaves out.

mod reading;
mod review;

pub use reading::*;
pub use review::*;
