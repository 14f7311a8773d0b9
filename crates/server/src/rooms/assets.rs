//! Style sheets and modules, kept by the browser for ever.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::{Oops, assets, headers};

/// The one script that may start a module of WebAssembly: the keeper of one's own room.
const OWN_WORKER: &str = "own-worker.js";

pub async fn find(Path((hash, name)): Path<(String, String)>) -> Result<Response, Oops> {
    let bytes = assets::find(&name).ok_or(Oops::NotFound)?;
    // An old page may ask for an old hash: it gets today's file, and must ask again next time.
    let keep = if hash == assets::HASH {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = [
        (CONTENT_TYPE, assets::media_type(&name)),
        (CACHE_CONTROL, keep),
    ];
    if name == OWN_WORKER {
        let policy = [(CONTENT_SECURITY_POLICY, headers::WORKER_POLICY)];
        return Ok((kind, policy, bytes).into_response());
    }
    Ok((kind, bytes).into_response())
}
