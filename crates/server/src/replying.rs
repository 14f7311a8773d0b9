//! A reply without a form: how the demo's story answers, by the same steps as a person at a page.

use unruffled_store::{AgentId, ConversationId, Error};

use crate::promising::{self, Said};
use crate::{Desk, Oops, outgoing, reader};

impl Desk {
    /// Queues a reply that may leave at once, and gives its Message-ID.
    pub async fn reply(
        &self,
        conversation: &ConversationId,
        author: &AgentId,
        text: &str,
    ) -> Result<String, Oops> {
        let store = self.store();
        let conversation = store
            .conversation_by_id(conversation)
            .await?
            .ok_or(Error::Missing("conversation"))?;
        let author = store.agent(author).await?.ok_or(Error::Missing("agent"))?;
        let thread = store.thread(&conversation.id).await?;
        let customer = store.customer(&conversation.customer_id).await?;
        let mut reply = outgoing::reply(&outgoing::About {
            desk: self,
            conversation: &conversation,
            thread: &thread.messages,
            customer: customer.as_ref(),
            author: &author.id,
            author_name: &author.name,
            text,
            send_after: self.now(),
            timed: false,
        })?;
        let review =
            reader::review_words(self, &thread.messages, &conversation.customer_name, text);
        reply.promises = promising::with_reply(self, &review, &Said::default(), self.now());
        store.queue_reply(&reply, self.now()).await?;
        self.wake();
        Ok(reply.message_id)
    }
}
