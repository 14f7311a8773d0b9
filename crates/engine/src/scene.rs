//! What a sense or a detector may look at: the text under review, its typed things, and what surrounds it.

use crate::learned::{self, Strengths, Wordings};
use crate::pattern::{Field, Typed};
use crate::text::Text;
use crate::words::Words;
use crate::{Answer, Ask, Earlier, From, Heat, KnownFact, Lean, Safety, Stated};
use jiff::Zoned;

/// A text with its typed things: the customer's message beside a draft, or an earlier message.
#[derive(Debug)]
pub struct Heard<'a> {
    pub text: Text<'a>,
    pub typed: Vec<Typed>,
    pub(crate) tongue: crate::tongue::Tongue<'a>,
}

impl Heard<'_> {
    pub fn field(&self) -> Field<'_> {
        Field {
            text: &self.text,
            sets: &self.tongue.deck.sets,
            typed: &self.typed,
        }
    }
}

/// What surrounds the text: for a draft, the message it answers; for a message, the thread.
#[derive(Debug, Default)]
pub struct Context<'a> {
    /// Draft and message are in the same language, and it is one we know: their words may be compared.
    pub one_language: bool,
    pub heat: Heat,
    pub safety: Option<Safety>,
    /// Codes of the cues in the message.
    pub cues: Vec<String>,
    /// The message that a draft answers.
    pub message: Option<Heard<'a>>,
    /// What that message asks, open questions of earlier turns included.
    pub asks: Vec<Ask>,
    /// What another reader says of each.
    pub answers: &'a [Option<Answer>],
    /// What another reader says of each word that states something.
    pub statements: &'a [Stated],
    /// What another reader hears in the text, from [`Engine::leans`](crate::Engine::leans).
    pub leans: &'a [Lean],
    /// The same, where the text is a message: who asks in it.
    pub asks_heard: &'a [Lean],
    /// Earlier messages, oldest first.
    pub earlier: &'a [Earlier],
    pub facts: &'a [KnownFact],
    pub customer_name: Option<&'a str>,
    pub now: Option<&'a Zoned>,
}

impl Context<'_> {
    pub fn has_cue(&self, code: &str) -> bool {
        self.cues.iter().any(|c| c == code)
    }

    /// What we wrote before.
    pub fn agent_texts(&self) -> impl Iterator<Item = &str> {
        self.earlier
            .iter()
            .filter(|e| e.from == From::Agent)
            .map(|e| e.text.as_str())
    }
}

/// Everything at hand while one text is looked at.
pub struct Scene<'a> {
    /// The text is in no language that we know: there are no words to go by.
    pub structural: bool,
    pub field: Field<'a>,
    pub words: &'a Words,
    pub context: &'a Context<'a>,
    pub(crate) lists: &'a crate::deck::CompiledLists,
    pub(crate) single_words: &'a crate::list::SingleWords,
    pub(crate) glossary: &'a crate::glossary::Glossary,
    /// How dates in digits are read, for texts that a detector takes apart itself.
    pub(crate) month_first: bool,
    pub(crate) families: &'a crate::review::families::Families,
    /// The anti-patterns whose words the text holds, worked out for the first hit that has any.
    pub(crate) cancelling: std::cell::OnceCell<Vec<u64>>,
    /// What the text asks, worked out once.
    pub(crate) own_asks: std::cell::OnceCell<Vec<Ask>>,
    pub(crate) opposites: &'a crate::review::opposites::Opposites,
    /// The asks of the message beside what the draft answers, worked out once.
    pub(crate) asked: std::cell::OnceCell<Vec<crate::AskState>>,
    /// The content words of the message, worked out once.
    pub(crate) theirs: std::cell::OnceCell<crate::review::echo::Theirs>,
    /// What each token of the text tells, worked out once; see [`crate::review::echo::content`].
    pub(crate) contents: std::cell::OnceCell<Vec<Option<u64>>>,
    /// What the reader of single codes makes of each sentence.
    pub(crate) strengths: std::cell::OnceCell<Strengths>,
}

impl<'a> Scene<'a> {
    pub fn text(&self) -> &'a Text<'a> {
        self.field.text
    }

    /// How strongly each of the writer's own sentences does what single codes are about.
    pub(crate) fn strengths(&self, wordings: &Wordings) -> &Strengths {
        let text = self.text();
        self.strengths
            .get_or_init(|| wordings.strengths(text.source, learned::stretches(text)))
    }

    /// What the text asks.
    pub fn own_asks(&self) -> &[Ask] {
        self.own_asks
            .get_or_init(|| crate::reading::asks::find(self))
    }

    /// Another text beside this one, with the same words, lists and surroundings.
    pub(crate) fn beside<'b>(&'b self, text: &'b Text<'b>, typed: &'b [Typed]) -> Scene<'b> {
        Scene {
            structural: self.structural,
            field: Field {
                text,
                sets: self.field.sets,
                typed,
            },
            words: self.words,
            context: self.context,
            lists: self.lists,
            single_words: self.single_words,
            glossary: self.glossary,
            month_first: self.month_first,
            families: self.families,
            cancelling: Default::default(),
            own_asks: Default::default(),
            opposites: self.opposites,
            asked: Default::default(),
            theirs: Default::default(),
            contents: Default::default(),
            strengths: Default::default(),
        }
    }

    /// Whether token `at` is a single word of this list: one bit. Phrases of the list do not count; see [`Scene::list_at`].
    #[inline]
    pub fn in_list(&self, at: usize, list: crate::list::ListId) -> bool {
        self.field
            .text
            .tokens
            .get(at)
            .is_some_and(|token| self.single_words.has(list, token.word))
    }

    /// Whether this word, of whatever text, is a single word of the list.
    #[inline]
    pub fn lists_id(&self, list: crate::list::ListId, word: crate::words::WordId) -> bool {
        self.single_words.has(list, word)
    }

    /// Whether this word, in lower case, is a single word of the list; for what is no token.
    pub fn lists_written(&self, list: crate::list::ListId, word: &str) -> bool {
        self.lists_id(list, self.words.get(word.as_bytes()))
    }

    /// The organisation's term that begins at token `at`, and where it ends.
    pub fn term_at(&self, at: usize) -> Option<(usize, &'a crate::glossary::Term)> {
        self.glossary.at(self.field.text, at)
    }

    /// Whether the text holds what a phrase of the word list `list` cannot do without: asked once before many places are.
    pub fn may_hold(&self, list: impl crate::deck::ListName) -> bool {
        let pattern = self.lists.get(list);
        pattern.is_some_and(|pattern| pattern.may_match(&self.field))
    }

    /// Whether a phrase of the word list `list` begins at token `at`; gives back where it ends.
    pub fn list_at(&self, list: impl crate::deck::ListName, at: usize) -> Option<usize> {
        let pattern = self.lists.get(list)?;
        let word = self.field.text.tokens.get(at)?.word;
        if !pattern.may_begin(word, self.field.sets) || !pattern.may_match_from(at, &self.field) {
            return None;
        }
        pattern.matches(at, &self.field).map(|m| m.to)
    }

    /// The first phrase of the word list `list` in tokens `from..to`.
    pub fn list_in(
        &self,
        list: impl crate::deck::ListName,
        from: usize,
        to: usize,
    ) -> Option<(usize, usize)> {
        self.lists
            .get(list)?
            .first_in(from, to, &self.field)
            .map(|m| (m.from, m.to))
    }

    /// Whether the message that the draft answers holds a phrase of the word list `list`.
    pub fn message_has(&self, list: &str) -> bool {
        self.context.message.as_ref().is_some_and(|message| {
            let end = message.text.tokens.len();
            self.lists
                .get(list)
                .is_some_and(|pattern| pattern.first_in(0, end, &message.field()).is_some())
        })
    }
}
