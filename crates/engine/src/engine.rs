//! The engine: cards loaded once, then messages read and drafts reviewed without ever failing.

use crate::card::{Card, CardFault, CardKind};
use crate::condition::Condition;
use crate::deck::{Deck, Hit};
use crate::glossary::{Glossary, Term};
use crate::house::{House, OwnWords};
use crate::language::Language;
use crate::learned::{self, ActSpans, Answer, Lean, Learned, Reader, Stated, Wordings};
use crate::prompt;
use crate::reading::{asks, deadline, heat, style, told, what_if};
use crate::review::{answered, echo, notes, promises};
use crate::scene::{Context, Heard, Scene};
use crate::text::{NameWords, Text};
use crate::tongue::{self, Tongue, Tongues};
use crate::{Cue, Earlier, Fact, FactKind, From, Heat, KnownFact, Reading, Review, Safety, Virtue};
use jiff::Zoned;

/// Another reader takes its time: a pasted book is no letter.
const HEARD_SENTENCES_MAX: usize = 80;

/// The cue of a person who may be at risk, and that of abuse: each sets everything else aside.
pub(crate) const RISK: &str = "C31";
pub(crate) const ABUSE: &str = "C32";

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/cards.rs"));
}

/// Reads messages and reviews drafts. Loading may fail, using it cannot.
#[derive(Debug)]
pub struct Engine {
    tongues: Tongues,
    names: NameWords,
    glossary: Glossary,
    house: House,
    month_first: bool,
}

/// A customer's message with what came before it.
#[derive(Debug, Clone, Copy, Default)]
pub struct MessageInput<'a> {
    pub text: &'a str,
    /// Earlier messages of the thread, oldest first.
    pub earlier: &'a [Earlier],
    /// Turns "Friday" into a date; without it such words stay words.
    pub now: Option<&'a Zoned>,
    /// What another reader hears in this text beside the one built in, from [`Engine::leans`].
    pub leans: &'a [Lean],
}

/// A draft with what it answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct DraftInput<'a> {
    pub draft: &'a str,
    /// The customer's message that the draft answers.
    pub message: Option<&'a str>,
    /// What [`Engine::read`] said of that message, where it is at hand: it is not read again.
    pub reading: Option<&'a Reading>,
    /// Messages before that one, oldest first.
    pub earlier: &'a [Earlier],
    pub facts: &'a [KnownFact],
    /// The name on the account; the name they sign with goes first.
    pub customer_name: Option<&'a str>,
    pub now: Option<&'a Zoned>,
    /// What another reader hears in the draft beside the one built in, from [`Engine::leans`].
    pub leans: &'a [Lean],
    /// What another reader says of its asks, from [`Engine::answers`] for the same input.
    pub answers: &'a [Option<Answer>],
    /// What another reader says of each word that states something, from [`Engine::statements`] for the same input.
    pub statements: &'a [Stated],
}

impl Engine {
    /// The engine with the cards it was built with. A test proves that they load.
    pub fn embedded() -> Engine {
        match Engine::load([]) {
            Ok(engine) => engine,
            Err(faults) => unreachable!("the built-in cards are proved by a test: {faults:?}"),
        }
    }

    /// The built-in cards and, after them, an organisation's own as `(path, text)`: the same folders, the same format;
    /// a card of the same name takes the place of ours; beside the folders, `glossary.txt`, `names.txt` and `house.txt`.
    /// Every fault is reported, with file and line.
    pub fn load<'a>(
        own: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Engine, Vec<CardFault>> {
        let mut engine = Engine::of_cards(embedded::FILES.iter().copied().chain(own))?;
        for (code, bytes) in embedded::LEARNED {
            let with = |engine: Engine, language| match Wordings::is_one(bytes) {
                true => Wordings::load(*bytes).map(|it| engine.with_wordings(language, Some(it))),
                false => Learned::load(*bytes).map(|it| engine.with_learned(language, Some(it))),
            };
            engine = match Language::of_code(code).map(|language| with(engine, language)) {
                Some(Ok(engine)) => engine,
                why => unreachable!("the built-in weights are proved by a test: {why:?}"),
            };
        }
        Ok(engine)
    }

    /// An engine that knows these cards and word lists and no others, for trying a folder of cards as it is on the disk.
    ///
    /// A path is `LANGUAGE/FOLDER/NAME`, such as `en/checks/the-wall.md`. A language is a folder of two letters that holds
    /// `grammar/language.txt`; what lies in none is English, the desk's own language.
    pub fn of_cards<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Engine, Vec<CardFault>> {
        let (own, files): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(file, _)| OwnWords::is_one(file));
        let mut faults = Vec::new();
        let mut own_words = OwnWords::default();
        for (file, source) in own {
            own_words.take(file, source, &mut faults);
        }
        let mut decks = Vec::new();
        for (language, files) in tongue::sorted(&files) {
            match Deck::load(language, files) {
                Ok(deck) => decks.push(deck),
                Err(found) => faults.extend(found),
            }
        }
        // The desk speaks to its people in its own language, so the cards for all languages are taken from there.
        let own = tongue::sorted(&files).swap_remove(0);
        let structure = Deck::structure(own.0, own.1);
        match structure {
            Ok(structure) if faults.is_empty() => Ok(Engine {
                tongues: Tongues::new(decks, structure),
                names: NameWords::default(),
                glossary: Glossary::default(),
                house: House::default(),
                month_first: false,
            }
            .with_names(own_words.names)
            .with_glossary(own_words.glossary)
            .with_house_words(own_words.house)),
            _ => Err(faults),
        }
    }

    /// Another learned reader of this language in place of the one built in; with none, its cards are by themselves.
    pub fn with_learned(mut self, language: Language, learned: Option<Learned>) -> Engine {
        if let Some(deck) = self.tongues.deck_mut(language) {
            deck.learned = learned;
        }
        self
    }

    /// Another reader of single codes in place of the one built in; with none, the cards of this language are by themselves.
    pub fn with_wordings(mut self, language: Language, wordings: Option<Wordings>) -> Engine {
        if let Some(deck) = self.tongues.deck_mut(language) {
            deck.take_wordings(wordings);
        }
        self
    }

    /// The learned reader of the desk's own language.
    pub fn learned(&self) -> Option<&Learned> {
        self.tongues.desk().learned.as_ref()
    }

    /// What `reader` hears in the own words of who wrote `text`, for [`MessageInput::leans`] and [`DraftInput::leans`]; nothing where the text is not
    /// in the desk's own language, nor behind the eightieth sentence. The reader may take its time: nothing of the engine waits for it.
    pub fn leans(&self, reader: &dyn Reader, text: &str, from: From) -> Vec<Lean> {
        let heard = self.hear(text, None);
        if heard.tongue.language != Some(self.tongues.desk().telltale.language) {
            return Vec::new();
        }
        let stretches = learned::stretches(&heard.text).take(HEARD_SENTENCES_MAX);
        let deck = self.tongues.desk();
        let known = deck.wordings.as_ref();
        learned::lean_all(
            reader,
            &heard.text,
            Some(&deck.words),
            stretches,
            from,
            known,
        )
    }

    /// What `reader` says of each ask that [`Engine::review`] has for this input, for [`DraftInput::answers`]; nothing where
    /// message and draft are not both in the desk's own language. The reader may take its time: nothing of the engine waits for it.
    pub fn answers(&self, reader: &dyn Reader, input: &DraftInput<'_>) -> Vec<Option<Answer>> {
        let Some(message) = input.message else {
            return Vec::new();
        };
        if !self.is_own(message) || !self.is_own(input.draft) {
            return Vec::new();
        }
        let read_now;
        let reading = match input.reading {
            Some(reading) => reading,
            None => {
                read_now = self.read(&MessageInput {
                    text: message,
                    earlier: input.earlier,
                    now: input.now,
                    leans: &[],
                });
                &read_now
            }
        };
        let asks = self.asked(input, reading);
        let asks: Vec<&str> = asks.iter().map(|ask| ask.span.text.as_str()).collect();
        reader.answers(&asks, input.draft)
    }

    /// What `reader` says of the words of a draft that state something, for [`DraftInput::statements`]; nothing where nothing is on file or
    /// the draft is not in the desk's own language. The reader may take its time: nothing of the engine waits for it.
    pub fn statements(&self, reader: &dyn Reader, input: &DraftInput<'_>) -> Vec<Stated> {
        match !input.facts.is_empty() && self.is_own(input.draft) {
            true => reader.statements(input.facts, input.draft),
            false => Vec::new(),
        }
    }

    fn is_own(&self, source: &str) -> bool {
        let text = Text::new(source, &self.tongues.desk().words, &self.names);
        self.tongues.of(&text).language == Some(self.tongues.desk().telltale.language)
    }

    /// Names of the organisation's products, which are never read as words ("Calm Down" blanket).
    pub fn with_names<S: AsRef<str>>(mut self, names: impl IntoIterator<Item = S>) -> Engine {
        self.names.extend(names);
        self
    }

    /// Words that are part of how this house speaks: a note about being too familiar, about sounding like a form or about
    /// pictures in words is not given on exactly these.
    pub fn with_house_words<S: AsRef<str>>(mut self, words: impl IntoIterator<Item = S>) -> Engine {
        self.house = House::new(words, &mut self.tongues.desk_mut().words);
        self
    }

    /// Words of the house that nobody outside it knows, each with the plain words for it.
    pub fn with_glossary(mut self, terms: impl IntoIterator<Item = Term>) -> Engine {
        self.glossary = Glossary::new(terms, &mut self.tongues.desk_mut().words);
        self
    }

    /// "3/5" is 5 March, as it is written in the United States; without this it is 3 May.
    pub fn with_month_first(mut self, month_first: bool) -> Engine {
        self.month_first = month_first;
        self
    }

    /// Every card, as written, the desk's own language first.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.tongues
            .decks()
            .flat_map(|deck| deck.cards.iter().map(|c| &c.card))
    }

    /// A card by its code (`V16`) or its id (`promise-without-a-time`).
    pub fn card(&self, code_or_id: &str) -> Option<&Card> {
        self.cards()
            .find(|card| card.id == code_or_id || card.front.code == code_or_id)
    }

    /// The languages it knows, the desk's own first, each with its name in words.
    pub fn languages(&self) -> impl Iterator<Item = (Language, &str)> {
        self.tongues
            .decks()
            .map(|deck| (deck.telltale.language, deck.telltale.name.as_str()))
    }

    /// The text as it is read in the language it is in.
    fn hear<'a>(&'a self, source: &'a str, now: Option<&Zoned>) -> Heard<'a> {
        let text = Text::new(source, &self.tongues.desk().words, &self.names);
        let tongue = self.tongues.of(&text);
        if std::ptr::eq(tongue.deck, self.tongues.desk()) {
            return tongue.heard(text, now, self.month_first);
        }
        self.hear_in(tongue, source, now)
    }

    /// The text as it is read in this language, whatever it is in.
    fn hear_in<'a>(
        &'a self,
        tongue: Tongue<'a>,
        source: &'a str,
        now: Option<&Zoned>,
    ) -> Heard<'a> {
        tongue.heard(
            Text::new(source, &tongue.deck.words, &self.names),
            now,
            self.month_first,
        )
    }

    fn scene<'a>(&'a self, heard: &'a Heard<'a>, context: &'a Context<'a>) -> Scene<'a> {
        let deck = heard.tongue.deck;
        Scene {
            structural: heard.tongue.language.is_none(),
            field: heard.field(),
            words: &deck.words,
            context,
            lists: &deck.lists,
            single_words: &deck.single_words,
            // The house's words are in the desk's own language.
            glossary: if std::ptr::eq(deck, self.tongues.desk()) {
                &self.glossary
            } else {
                &crate::glossary::NONE
            },
            families: &deck.families,
            opposites: &deck.opposites,
            month_first: self.month_first,
            cancelling: Default::default(),
            own_asks: Default::default(),
            asked: Default::default(),
            theirs: Default::default(),
            contents: Default::default(),
            strengths: Default::default(),
        }
    }

    /// What a customer's message says. Spans are bytes of `input.text`.
    pub fn read(&self, input: &MessageInput<'_>) -> Reading {
        let heard = self.hear(input.text, input.now);
        self.read_heard(&heard, input)
    }

    fn read_heard(&self, heard: &Heard<'_>, input: &MessageInput<'_>) -> Reading {
        let context = Context {
            leans: input.leans,
            asks_heard: input.leans,
            earlier: input.earlier,
            now: input.now,
            ..Context::default()
        };
        let scene = self.scene(heard, &context);
        let deck = heard.tongue.deck;
        let mut hits = deck.hits(CardKind::Cue, &scene);
        let cooled = cooled(deck, &hits);
        let leaning = learned::of_leans(deck, CardKind::Cue, &scene, input.leans, &hits);
        let own = heat::of_hits(deck, &hits, &leaning, &scene);
        if !leaning.is_empty() {
            hits.extend(leaning);
            hits.sort_by_key(|hit| (hit.found.show.0, hit.card));
        }
        let heat = heat::carried(input.earlier, own, cooled, |text| self.heat_alone(text));
        let text = &heard.text;
        let mut cues: Vec<Cue> = Vec::new();
        let wordings = learned::of_codes(deck, CardKind::Cue, &scene, &hits);
        let believed: Vec<&Hit> = hits
            .iter()
            .filter(|hit| learned::believed(deck, hit, &scene))
            .collect();
        for hit in believed.iter().copied().chain(&wordings) {
            let card = &deck.cards[hit.card].card;
            let span = text.span(hit.found.show.0, hit.found.show.1);
            match cues.iter_mut().find(|cue| cue.card == card.id) {
                Some(cue) if !cue.evidence.contains(&span) => cue.evidence.push(span),
                Some(_) => {}
                None => cues.push(Cue {
                    code: card.front.code.clone(),
                    card: card.id.clone(),
                    evidence: vec![span],
                }),
            }
        }
        cues.sort_by(|a, b| a.code.cmp(&b.code));
        let code = |hit: &Hit| deck.cards[hit.card].card.front.code.as_str();
        let deadline_hits: Vec<&Hit> = hits.iter().filter(|hit| code(hit) == "C16").collect();
        let deadline = deadline::find(&scene, &deadline_hits);
        // "three weeks" inside "three weeks ago" is for the patterns alone.
        let whole = |t: &&crate::pattern::Typed| {
            !heard
                .typed
                .iter()
                .any(|o| o.from <= t.from && t.to <= o.to && o.to - o.from > t.to - t.from)
        };
        let mut facts: Vec<Fact> = heard
            .typed
            .iter()
            .filter(whole)
            .map(|t| Fact {
                kind: t.kind,
                span: text.span(t.from, t.to),
                value: t.value.clone(),
            })
            .collect();
        facts.extend(
            hits.iter()
                .filter(|hit| code(hit) == "C10")
                .map(|hit| Fact {
                    kind: FactKind::WeSaid,
                    span: told::span(text, hit.found.show),
                    value: None,
                }),
        );
        facts.sort_by_key(|fact| (fact.span.start, fact.span.end));
        // What is only leant to shows as a cue, with its words; it sets nothing else aside.
        let plainly = |wanted| hits.iter().any(|hit| code(hit) == wanted);
        let safety = if plainly(RISK) {
            Some(Safety::Risk)
        } else if plainly(ABUSE) {
            Some(Safety::Abuse)
        } else {
            None
        };
        let exact = deadline.as_ref().is_some_and(|d| d.value.is_some());
        let mut what_ifs = if safety.is_some() {
            Vec::new()
        } else {
            what_if::choose(deck, &believed, input.leans, text, heat, exact)
        };
        let what_if = (!what_ifs.is_empty()).then(|| what_ifs.remove(0));
        let told = told::find(&scene, &ActSpans::of(learned::TOLD, input.leans));
        let mut reading = Reading {
            told,
            language: heard.tongue.language,
            heat,
            cues,
            asks: scene.own_asks().to_vec(),
            facts,
            deadline,
            what_if,
            other_what_ifs: what_ifs,
            safety,
            prompts: Vec::new(),
            style: style::find(deck, &scene, &hits),
        };
        reading.prompts = prompt::for_message(deck, &reading);
        reading
    }

    /// [`Engine::read`] with what `reader` hears in the message; without one, the same.
    pub fn read_with(&self, reader: Option<&dyn Reader>, input: &MessageInput<'_>) -> Reading {
        let Some(reader) = reader else {
            return self.read(input);
        };
        self.read(&MessageInput {
            leans: &self.leans(reader, input.text, From::Customer),
            ..*input
        })
    }

    /// [`Engine::review`] with what `reader` hears in message and draft and says of the asks; without one, the same.
    pub fn review_with(&self, reader: Option<&dyn Reader>, input: &DraftInput<'_>) -> Review {
        let Some(own) = reader else {
            return self.review(input);
        };
        let read_now;
        let reading = match (input.reading, input.message) {
            (None, Some(message)) => {
                let message = MessageInput {
                    text: message,
                    earlier: input.earlier,
                    now: input.now,
                    leans: &[],
                };
                read_now = self.read_with(reader, &message);
                Some(&read_now)
            }
            (reading, _) => reading,
        };
        let input = DraftInput { reading, ..*input };
        self.review(&DraftInput {
            leans: &self.leans(own, input.draft, From::Agent),
            answers: &self.answers(own, &input),
            statements: &self.statements(own, &input),
            ..input
        })
    }

    /// The heat of a message by itself, and whether it cools or thanks.
    fn heat_alone(&self, source: &str) -> (Heat, bool) {
        let heard = self.hear(source, None);
        let context = Context::default();
        let scene = self.scene(&heard, &context);
        let deck = heard.tongue.deck;
        let hits = deck.hits(CardKind::Cue, &scene);
        let leaning = learned::of_leans(deck, CardKind::Cue, &scene, &[], &hits);
        let heat = heat::of_hits(deck, &hits, &leaning, &scene);
        (heat, cooled(deck, &hits))
    }

    /// What a draft says and leaves out. Spans are bytes of `input.draft`.
    pub fn review(&self, input: &DraftInput<'_>) -> Review {
        let message = MessageInput {
            text: input.message.unwrap_or(""),
            earlier: input.earlier,
            now: input.now,
            leans: &[],
        };
        let message_heard = self.hear(message.text, input.now);
        let read_now;
        let reading = match input.reading {
            Some(reading) => reading,
            None if message.text.is_empty() => &Reading::default(),
            None => {
                read_now = self.read_heard(&message_heard, &message);
                &read_now
            }
        };
        let asks = self.asked(input, reading);
        let heard = self.hear(input.draft, input.now);
        let one_language = heard.tongue.language == message_heard.tongue.language
            && heard.tongue.language.is_some();
        // Words are compared by number, so the message is read with the draft's vocabulary.
        let message_heard = if std::ptr::eq(heard.tongue.deck, message_heard.tongue.deck) {
            message_heard
        } else {
            self.hear_in(heard.tongue, message.text, input.now)
        };
        let context = Context {
            one_language: one_language || input.message.is_none(),
            heat: reading.heat,
            safety: reading.safety,
            cues: reading.cues.iter().map(|c| c.code.clone()).collect(),
            message: input.message.map(|_| message_heard),
            asks,
            answers: input.answers,
            statements: input.statements,
            leans: input.leans,
            asks_heard: &[],
            earlier: input.earlier,
            facts: input.facts,
            customer_name: input.customer_name,
            now: input.now,
        };
        let scene = self.scene(&heard, &context);
        let text = &heard.text;
        let deck = heard.tongue.deck;
        let mut hits = deck.hits(CardKind::Check, &scene);
        hits.retain(|hit| learned::believed(deck, hit, &scene));
        let mut hints = learned::of_codes(deck, CardKind::Check, &scene, &hits);
        let is_left = |hit: &Hit| {
            let code = &deck.cards[hit.card].card.front.code;
            !self.house.silences(code, hit.found, text)
        };
        hits.retain(is_left);
        hints.retain(is_left);
        let notes = notes::write(deck, hits, hints, &scene);
        let mut virtues = deck.hits(CardKind::Virtue, &scene);
        virtues.retain(|hit| learned::believed(deck, hit, &scene));
        let leaning = learned::of_leans(deck, CardKind::Virtue, &scene, input.leans, &virtues);
        virtues.extend(leaning);
        virtues.extend(learned::of_codes(deck, CardKind::Virtue, &scene, &virtues));
        let virtues = virtues
            .iter()
            .map(|hit| {
                let card = &deck.cards[hit.card].card;
                Virtue {
                    code: card.front.code.clone(),
                    card: card.id.clone(),
                    span: text.span(hit.found.show.0, hit.found.show.1),
                }
            })
            .collect();
        Review {
            language: heard.tongue.language,
            prompts: prompt::for_draft(deck, reading, &notes),
            notes,
            virtues,
            asks: answered::of_scene(&scene).to_vec(),
            promises: promises::find(&scene, &ActSpans::of(learned::PROMISE, input.leans)),
            echo: echo::find(&scene),
        }
    }

    /// What a draft has to answer: open asks of earlier turns first, then those of the message that are not among them.
    fn asked(&self, input: &DraftInput<'_>, reading: &Reading) -> Vec<crate::Ask> {
        let mut asks = self.open_asks(input);
        let open = asks.len();
        for ask in &reading.asks {
            let again = |known: &crate::Ask| same_words(&known.span.text, &ask.span.text);
            if !asks[..open].iter().any(again) {
                asks.push(ask.clone());
            }
        }
        asks
    }

    /// Asks of earlier customer turns that nothing of ours came after.
    fn open_asks(&self, input: &DraftInput<'_>) -> Vec<crate::Ask> {
        let since = input
            .earlier
            .iter()
            .rposition(|e| e.from == From::Agent)
            .map_or(0, |at| at + 1);
        let mut asks = Vec::new();
        for earlier in &input.earlier[since..] {
            let heard = self.hear(&earlier.text, input.now);
            let context = Context::default();
            asks.extend(asks::find(&self.scene(&heard, &context)));
        }
        asks
    }
}

fn cooled(deck: &Deck, hits: &[Hit]) -> bool {
    hits.iter()
        .any(|hit| matches!(deck.cards[hit.card].card.front.code.as_str(), "C28" | "C30"))
}

fn same_words(a: &str, b: &str) -> bool {
    let plain = |s: &str| {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    plain(a) == plain(b)
}

/// Whether any of the conditions holds.
pub(crate) fn any(conditions: &[Condition], scene: &Scene<'_>, hit: &Hit) -> bool {
    conditions
        .iter()
        .any(|condition| condition.holds(scene, hit.found))
}
