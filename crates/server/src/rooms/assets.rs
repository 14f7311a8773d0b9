//! Style sheets and modules, kept by the browser for ever.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::{Oops, assets};

pub async fn find(Path((hash, name)): Path<(String, String)>) -> Result<Response, Oops> {
    let bytes = assets::find(&name).ok_or(Oops::NotFound)?;
    // An old page may ask for an old hash: it gets today's file, and must ask again next time.
    let keep = if hash == assets::HASH {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    Ok((
        [
            (CONTENT_TYPE, assets::media_type(&name)),
            (CACHE_CONTROL, keep),
        ],
        bytes,
    )
        .into_response())
}
