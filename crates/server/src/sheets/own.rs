//! The room of one's own as a page: the server knows nothing of what is in it, so there is little to be given.

use super::Around;

#[derive(Debug, Clone)]
pub struct OwnSheet {
    pub around: Around,
}
