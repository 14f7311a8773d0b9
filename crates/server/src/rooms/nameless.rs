//! Bringing a moment to the circle, and thanks to the shelf: made nameless, put right, shown as it will be read, shared.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use unruffled_nameless::Voice;
use unruffled_store::{CircleVoice, Error, InboxId, NewCircleMoment};

use super::around::{self, Listing};
use super::form::Form;
use super::here::Here;
use super::page;
use crate::session::Agent;
use crate::sheets::circle::{NamelessSheet, Purpose, SaidSheet, SharingSheet};
use crate::telling::{self, Names, Pairs, Source};
use crate::{Desk, Oops, limits, pages};

/// What the two have in common.
struct Telling<'a> {
    desk: &'a Desk,
    agent: &'a Agent,
    purpose: Purpose,
    action: String,
    back: String,
    sources: Vec<Source>,
    names: Names,
    pairs: Pairs,
}

pub async fn begin(State(desk): State<Desk>, here: Here) -> Result<Response, Oops> {
    moment(&desk, &here, Pairs::new()).await?.looked_at().await
}

pub async fn bring(
    State(desk): State<Desk>,
    here: Here,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Oops> {
    let telling = moment(&desk, &here, pairs).await?;
    match telling::one(&telling.pairs, "step") {
        "share" => {
            let subject = Source {
                id: String::new(),
                voice: Voice::Customer,
                text: here.conversation.subject.clone(),
            };
            telling.shown(Some(subject)).await
        }
        "bring" => {
            let inbox = here.conversation.inbox_id.clone();
            telling.brought(&inbox).await
        }
        _ => telling.looked_at().await,
    }
}

/// The moment of a conversation, with every name that the desk knows of it.
async fn moment<'a>(desk: &'a Desk, here: &'a Here, pairs: Pairs) -> Result<Telling<'a>, Oops> {
    let conversation = &here.conversation;
    let store = desk.store();
    let thread = store.thread(&conversation.id).await?;
    let mut names = telling::names(desk, &here.agent).await?;
    names.customer.push(conversation.customer_name.clone());
    if let Some(customer) = store.customer(&conversation.customer_id).await? {
        names.customer.push(customer.addressed_as);
        names.customer.push(customer.name);
    }
    names
        .customer
        .retain(|name| !name.is_empty() && !name.contains('@'));
    Ok(Telling {
        desk,
        agent: &here.agent,
        purpose: Purpose::Circle,
        action: format!("/conversations/{}/circle", conversation.number),
        back: format!("/conversations/{}", conversation.number),
        sources: telling::sources(&thread.messages),
        names,
        pairs,
    })
}

/// Thanks, as they were written.
pub async fn thanks(
    State(desk): State<Desk>,
    agent: Agent,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Oops> {
    let text = telling::one(&pairs, "words").replace("\r\n", "\n");
    let end = text.floor_char_boundary(limits::SHELF_WORDS_BYTES_MAX);
    let telling = Telling {
        desk: &desk,
        agent: &agent,
        purpose: Purpose::Shelf,
        action: "/shelf/words".to_owned(),
        back: "/shelf".to_owned(),
        sources: vec![Source {
            id: "words".to_owned(),
            voice: Voice::Customer,
            text: text[..end].trim().to_owned(),
        }],
        names: telling::names(&desk, &agent).await?,
        pairs,
    };
    match telling::one(&telling.pairs, "step") {
        "share" => telling.shown(None).await,
        "bring" => telling.put().await,
        _ => telling.looked_at().await,
    }
}

impl Telling<'_> {
    /// The first page: what is replaced, and by what.
    async fn looked_at(self) -> Result<Response, Oops> {
        if self.sources.iter().all(|source| source.text.is_empty()) {
            return Err(Oops::Unusable(
                "There are no words of theirs or ours in it yet, so there is nothing to bring.",
            ));
        }
        let (told, own) = telling::told(self.desk, &self.sources, &self.names, &self.pairs);
        let carried = self
            .pairs
            .iter()
            .filter(|(name, _)| name == "words")
            .cloned();
        page(pages::nameless(&NamelessSheet {
            around: around::of(self.desk, self.agent, &Listing::default()).await?,
            purpose: self.purpose,
            action: self.action,
            back: self.back,
            parts: telling::parts(&self.sources, &told, &self.pairs),
            groups: telling::replaced(&told, &own),
            added: telling::named_by_hand(&self.pairs),
            carried: carried.collect(),
        }))
    }

    /// The second page: what is shared, word for word.
    async fn shown(mut self, subject: Option<Source>) -> Result<Response, Oops> {
        let taken: Vec<bool> = self
            .sources
            .iter()
            .map(|source| {
                self.purpose == Purpose::Shelf || telling::is_taken(&self.pairs, &source.id)
            })
            .collect();
        let has_subject = subject.is_some();
        self.sources.extend(subject);
        let (told, _) = telling::told(self.desk, &self.sources, &self.names, &self.pairs);
        let mut texts: Vec<String> = told
            .parts
            .iter()
            .map(unruffled_nameless::Told::text)
            .collect();
        let about = if has_subject { texts.pop() } else { None };
        let said: Vec<SaidSheet> = self
            .sources
            .iter()
            .zip(texts)
            .zip(taken)
            .filter(|(_, taken)| *taken)
            .map(|((source, words), _)| SaidSheet {
                voice: telling::word(source.voice),
                who: telling::who(source.voice),
                words,
            })
            .collect();
        let problem = said.is_empty().then(|| {
            "No message is ticked, so there is nothing to bring yet. Go back and tick one."
                .to_owned()
        });
        let about = about.unwrap_or_default();
        let sheet = self.sheet(said, about, Vec::new(), problem).await?;
        page(pages::sharing(&sheet))
    }

    async fn sheet(
        &self,
        said: Vec<SaidSheet>,
        about: String,
        still: Vec<String>,
        problem: Option<String>,
    ) -> Result<SharingSheet, Oops> {
        let teams = self.agent.inboxes.iter();
        Ok(SharingSheet {
            around: around::of(self.desk, self.agent, &Listing::default()).await?,
            purpose: self.purpose,
            action: self.action.clone(),
            back: self.back.clone(),
            said,
            about,
            question: telling::one(&self.pairs, "question").to_owned(),
            mine: !telling::one(&self.pairs, "mine").is_empty(),
            still,
            problem,
            carried: telling::carried(&self.pairs),
            teams: match self.purpose {
                Purpose::Circle => Vec::new(),
                Purpose::Shelf => teams
                    .map(|inbox| (inbox.id.to_string(), inbox.name.clone()))
                    .collect(),
            },
        })
    }

    /// The last look: nothing that is still a name goes by unseen, and nothing stops it the second time.
    async fn refused(&self) -> Result<Option<Response>, Oops> {
        let said = telling::said(&self.pairs);
        let about = telling::one(&self.pairs, "about").trim().to_owned();
        let bytes: usize = said.iter().map(|said| said.words.len()).sum();
        let problem = if said.is_empty() {
            Some("There are no words to share, so nothing was.")
        } else if self.purpose == Purpose::Circle && about.is_empty() {
            Some("A line that says what it is about is missing, so nothing was shared yet.")
        } else if bytes > limits::CIRCLE_WORDS_BYTES_MAX {
            Some(
                "This is longer than a circle can read in a few minutes (32 kB), so nothing was shared. Leave the part that matters.",
            )
        } else {
            None
        };
        let mut looked = said.clone();
        for line in [&about, &telling::one(&self.pairs, "question").to_owned()] {
            looked.push(SaidSheet {
                voice: "us",
                who: "",
                words: line.clone(),
            });
        }
        if self.purpose == Purpose::Shelf {
            // Whom thanks are for is said on purpose.
            looked.truncate(said.len());
        }
        let still = match telling::one(&self.pairs, "seen") {
            "" => telling::still(self.desk, &looked, &self.names),
            _ => Vec::new(),
        };
        if problem.is_none() && still.is_empty() {
            return Ok(None);
        }
        let sheet = self
            .sheet(said, about, still, problem.map(str::to_owned))
            .await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(Some(
            (status, Html(pages::sharing(&sheet)?)).into_response(),
        ))
    }

    async fn brought(self, inbox: &InboxId) -> Result<Response, Oops> {
        if let Some(again) = self.refused().await? {
            return Ok(again);
        }
        let id = keep(self.desk, self.agent, inbox, &self.pairs).await?;
        Ok(Redirect::to(&format!("/circle?brought={id}")).into_response())
    }

    async fn put(self) -> Result<Response, Oops> {
        if let Some(again) = self.refused().await? {
            return Ok(again);
        }
        put_on_shelf(self.desk, self.agent, &self.pairs).await?;
        Ok(Redirect::to("/shelf").into_response())
    }
}

/// Brings what a form holds.
pub async fn keep(
    desk: &Desk,
    agent: &Agent,
    inbox: &InboxId,
    pairs: &Pairs,
) -> Result<String, Oops> {
    let words: Vec<(CircleVoice, String)> = telling::said(pairs)
        .into_iter()
        .map(|said| {
            let voice = CircleVoice::parse(said.voice).unwrap_or(CircleVoice::Customer);
            (voice, said.words)
        })
        .collect();
    let (about, question) = (
        telling::one(pairs, "about"),
        telling::one(pairs, "question"),
    );
    let moment = NewCircleMoment {
        inbox_id: inbox,
        about: cut(about.trim(), limits::CIRCLE_LINE_CHARS_MAX),
        question: cut(question.trim(), limits::CIRCLE_NOTE_CHARS_MAX),
        brought_by: (!telling::one(pairs, "mine").is_empty()).then_some(&agent.id),
        words: &words,
    };
    match desk.store().bring_to_circle(&moment, desk.now()).await {
        Ok(id) => Ok(id.to_string()),
        Err(Error::Refused(says)) => Err(Oops::Said(says)),
        Err(fault) => Err(fault.into()),
    }
}

/// Puts what a form holds on the shelf of the team that it names, or of the agent's own.
pub async fn put_on_shelf(desk: &Desk, agent: &Agent, pairs: &Pairs) -> Result<(), Oops> {
    let team = telling::one(pairs, "team");
    let named = agent.inboxes.iter().find(|inbox| inbox.id.as_str() == team);
    let inbox = named.or(agent.inboxes.first()).ok_or(Oops::NotFound)?;
    let words = telling::one(pairs, "said").replace("\r\n", "\n");
    let end = words.floor_char_boundary(limits::SHELF_WORDS_BYTES_MAX);
    let for_whom = cut(
        telling::one(pairs, "about").trim(),
        limits::CIRCLE_LINE_CHARS_MAX,
    );
    let put = desk
        .store()
        .put_on_shelf(&inbox.id, words[..end].trim(), for_whom, desk.now());
    match put.await {
        Ok(_) => Ok(()),
        Err(Error::Refused(says)) => Err(Oops::Said(says)),
        Err(fault) => Err(fault.into()),
    }
}

/// Not more than so many letters.
pub fn cut(words: &str, chars_max: usize) -> &str {
    words
        .char_indices()
        .nth(chars_max)
        .map_or(words, |(end, _)| &words[..end])
}
