//! `unruffled schema`: the JSON Schemas of what `read` and `review` take and give.

use crate::door::{Schema, SchemaOf};
use crate::failure::Failure;
use std::io::Write;
use std::process::ExitCode;

const READ: &str = include_str!("../schema/read.json");
const REVIEW: &str = include_str!("../schema/review.json");

pub fn run(order: &Schema) -> Result<ExitCode, Failure> {
    let schema = match order.of {
        SchemaOf::Read => READ,
        SchemaOf::Review => REVIEW,
    };
    std::io::stdout().write_all(schema.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
