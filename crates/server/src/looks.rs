//! Drafts that their author shows to a colleague: in memory alone, until the colleague has answered.
//!
//! A draft is sealed for its author, and stays so on the disk. Only the author's own act shows its
//! words, to the one whom they call in, and a restart of the desk takes the showing back.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use unruffled_store::ConversationId;

use crate::limits;

#[derive(Debug, Default)]
pub struct Looks(Mutex<HashMap<ConversationId, String>>);

impl Looks {
    fn with<T>(&self, look: impl FnOnce(&mut HashMap<ConversationId, String>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows these words to whoever is called into the conversation. `false` where there is no room.
    pub fn show(&self, conversation: &ConversationId, words: String) -> bool {
        self.with(|all| {
            if all.len() >= limits::LOOKS_MAX && !all.contains_key(conversation) {
                return false;
            }
            all.insert(conversation.clone(), words);
            true
        })
    }

    pub fn shown(&self, conversation: &ConversationId) -> Option<String> {
        self.with(|all| all.get(conversation).cloned())
    }

    /// Answered, ended, or taken back.
    pub fn take_back(&self, conversation: &ConversationId) {
        self.with(|all| all.remove(conversation));
    }
}
