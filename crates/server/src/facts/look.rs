//! One look: what a message says is asked of every source at once, and kept as the answers come.

use unruffled_engine::MessageInput;
use unruffled_records::{Answer, By, Question};
use unruffled_store::{ConversationId, Error, FactTrouble, LookedUp, MessageId};

use super::claims::{self, Claim};
use super::ours::Ours;
use super::weigh::{Heard, Scales};
use crate::bus::Change;
use crate::{Desk, limits, reader, words};

/// Looks up what a message says; with none, what was said at the counter or on the phone.
pub async fn look(
    desk: &Desk,
    id: &ConversationId,
    message: Option<&MessageId>,
) -> Result<(), Error> {
    let store = desk.store();
    let Some(conversation) = store.conversation_by_id(id).await? else {
        return Ok(());
    };
    let (text, at) = match message {
        Some(message) => {
            let thread = store.thread(id).await?;
            let mut all = thread.messages.iter();
            let Some(message) = all.find(|known| known.id == *message) else {
                return Ok(());
            };
            (reader::fresh(message).0, message.created_at)
        }
        None => (
            said_aloud(desk, id, &conversation.subject).await?,
            desk.now(),
        ),
    };
    let customer = store.customer(&conversation.customer_id).await?;
    let letters = store.our_words_to(&conversation.customer_id, at).await?;

    let now = words::in_zone(desk.now(), desk.zone());
    let engine = desk.engine();
    let reading = engine.read(&MessageInput {
        text: &text,
        now: Some(&now),
        ..MessageInput::default()
    });
    let records = desk.records();
    let sources = || records.sources().iter().map(AsRef::as_ref);
    let claims = claims::of(&text, &reading, now.date(), sources());
    let person = person(
        &conversation.customer_name,
        customer.map_or_else(Vec::new, |it| it.addresses),
    );
    let ours = Ours::of(&engine, &letters, desk.zone());
    let scales = Scales {
        engine: &engine,
        now: &now,
        sources: sources().collect(),
        person: &person,
        ours: &ours,
    };
    let keeper = Keeper {
        desk,
        id,
        message,
        inbox: conversation.inbox_id.to_string(),
        number: conversation.number,
        asked_at: desk.now(),
    };

    let mut asked = records.ask(&questions(&claims, &person));
    let mut answers: Vec<Answer> = Vec::new();
    // Quick answers are shown together; a slow one is added when it comes.
    let soon = tokio::time::Instant::now() + limits::FACTS_GATHER;
    while let Ok(Some(answer)) = tokio::time::timeout_at(soon, asked.join_next()).await {
        answers.extend(answer);
    }
    keeper
        .keep(&scales, &claims, &answers, asked.is_empty())
        .await?;
    while let Some(answer) = asked.join_next().await {
        answers.extend(answer);
        keeper
            .keep(&scales, &claims, &answers, asked.is_empty())
            .await?;
    }
    Ok(())
}

/// The words on the listening cards, and what it was announced with.
async fn said_aloud(desk: &Desk, id: &ConversationId, subject: &str) -> Result<String, Error> {
    let cards = desk.store().cards_of(id).await?;
    let mut text = format!("{subject}.");
    for card in cards {
        text.push_str("\n\n");
        text.push_str(&card.heard.their_words());
    }
    Ok(text)
}

/// What is asked about whoever writes.
fn person(name: &str, addresses: Vec<String>) -> Vec<Question> {
    let mut all: Vec<Question> = addresses
        .iter()
        .filter_map(|address| Question::new(By::Email, address))
        .collect();
    // An address that stands for a name names nobody.
    if !name.contains('@') {
        all.extend(Question::new(By::Name, name));
    }
    all
}

/// Every question once; what they wrote goes before who they are.
fn questions(claims: &[Claim], person: &[Question]) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    let theirs = claims.iter().flat_map(|claim| &claim.questions);
    let person_first = person.iter().take(2);
    for question in person_first.chain(theirs).chain(person) {
        if !all.contains(question) {
            all.push(question.clone());
        }
    }
    all
}

/// Writes down how far it has got.
struct Keeper<'a> {
    desk: &'a Desk,
    id: &'a ConversationId,
    message: Option<&'a MessageId>,
    inbox: String,
    number: i64,
    asked_at: i64,
}

impl Keeper<'_> {
    async fn keep(
        &self,
        scales: &Scales<'_>,
        claims: &[Claim],
        answers: &[Answer],
        is_all: bool,
    ) -> Result<(), Error> {
        let facts = scales.weigh(claims, &Heard { answers, is_all });
        let trouble = |answer: &Answer| {
            let problem = answer.found.as_ref().err()?.to_string();
            Some(FactTrouble {
                source: scales.sources[answer.source].name().to_owned(),
                problem,
                asked_at: self.asked_at,
            })
        };
        let troubles: Vec<FactTrouble> = answers.iter().filter_map(trouble).collect();
        for trouble in &troubles {
            // Why, and never what was asked.
            tracing::info!(
                source = trouble.source,
                "a source of records did not answer"
            );
        }
        let looked = LookedUp {
            conversation_id: self.id,
            message_id: self.message,
            facts: &facts,
            troubles: &troubles,
        };
        self.desk
            .store()
            .keep_facts(&looked, self.desk.now())
            .await?;
        self.desk.say(Change::Conversation {
            inbox: self.inbox.clone(),
            number: self.number,
        });
        Ok(())
    }
}
