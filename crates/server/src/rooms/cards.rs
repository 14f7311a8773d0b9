//! Why this: a card's own words.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use unruffled_engine::Card;

use super::page;
use crate::session::Agent;
use crate::sheets::{CardBlock, CardSheet};
use crate::{Desk, Oops, pages};

#[derive(Deserialize)]
pub struct Asked {
    /// `?part` asks for the card alone, to be shown in place.
    part: Option<String>,
}

pub async fn show(
    State(desk): State<Desk>,
    _agent: Agent,
    Path(card): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let engine = desk.engine();
    let sheet = engine.card(&card).map(sheet).ok_or(Oops::NotFound)?;
    page(pages::card(&sheet, asked.part.is_some()))
}

fn sheet(card: &Card) -> CardSheet {
    let mut blocks: Vec<CardBlock> = card
        .why
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .map(CardBlock::Paragraph)
        .collect();
    if !card.front.respond.is_empty() {
        blocks.push(CardBlock::Paragraph(card.front.respond.clone()));
    }
    if !card.front.ask.is_empty() {
        blocks.push(CardBlock::Heading("A question to ask".to_owned()));
        blocks.push(CardBlock::Paragraph(card.front.ask.clone()));
    }
    if !card.instead.is_empty() {
        blocks.push(CardBlock::Heading("Instead".to_owned()));
        blocks.push(CardBlock::List(card.instead.clone()));
    }
    let examples = |examples: &[unruffled_engine::Example]| {
        examples
            .iter()
            .take(3)
            .map(|example| CardBlock::Example(example.text.clone()))
            .collect::<Vec<_>>()
    };
    blocks.push(CardBlock::Heading("It speaks up for".to_owned()));
    blocks.extend(examples(&card.fires));
    blocks.push(CardBlock::Heading("It stays quiet for".to_owned()));
    blocks.extend(examples(&card.stays_quiet));
    CardSheet {
        title: card.title.clone(),
        blocks,
    }
}
