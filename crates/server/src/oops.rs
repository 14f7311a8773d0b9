//! The one error of the server: what happened, what is safe, what to do, in words anybody can act on.
//!
//! A handler returns `Oops`; [`show`] turns it into the one error page, or into JSON for a module
//! that asked for JSON. A source is logged once, here, and never shown.

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::pages;
use crate::sheets::OopsSheet;

#[derive(Debug, Clone, thiserror::Error)]
pub enum Oops {
    /// Not there, or not for this agent: the two are never told apart.
    #[error("not found")]
    NotFound,
    /// A change that did not come from our own pages.
    #[error("a change asked for by another site")]
    Foreign,
    /// Nobody is logged in.
    #[error("logged out")]
    SignedOut,
    /// Something given cannot be used; the sentence says what.
    #[error("{0}")]
    Unusable(&'static str),
    /// The same, where the sentence depends on what was given.
    #[error("{0}")]
    Said(String),
    /// The world moved on in the meantime; the sentence says how.
    #[error("{0}")]
    TooLate(&'static str),
    #[error("too large")]
    TooLarge,
    /// The desk has enough to do; try again.
    #[error("busy")]
    Busy,
    /// The disk is full: nothing new can be kept.
    #[error("disk full")]
    Full,
    /// The database does not answer.
    #[error("database does not answer")]
    Locked,
    /// A fault of ours. The words go to the log, not to the page.
    #[error("{0}")]
    Broken(String),
}

impl From<unruffled_store::Error> for Oops {
    fn from(fault: unruffled_store::Error) -> Self {
        use unruffled_store::Error;
        match fault {
            Error::DiskFull => Self::Full,
            Error::Locked | Error::Unreachable { .. } => Self::Locked,
            Error::Missing(_) => Self::NotFound,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<askama::Error> for Oops {
    fn from(fault: askama::Error) -> Self {
        Self::Broken(format!("template: {fault}"))
    }
}

impl From<serde_json::Error> for Oops {
    fn from(fault: serde_json::Error) -> Self {
        Self::Broken(format!("json: {fault}"))
    }
}

impl Oops {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Unusable(_) | Self::Said(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLate(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy | Self::Locked => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn sheet(&self) -> OopsSheet {
        let (title, says, way_out, href) = match self {
            Self::NotFound => (
                "Nothing is here",
                "There is nothing at this address, or it belongs to another inbox.",
                "Back to the inbox",
                "/inbox",
            ),
            Self::Foreign => (
                "This came from another site",
                "The request was not made on a page of this desk, so nothing was changed.",
                "Go to the desk",
                "/inbox",
            ),
            Self::SignedOut => (
                "You are logged out",
                "Nothing was changed. Log in and try again; your kept drafts are where you left them.",
                "Log in",
                "/login",
            ),
            Self::Unusable(says) => (
                "That could not be taken",
                *says,
                "Back to the inbox",
                "/inbox",
            ),
            Self::Said(says) => (
                "That could not be taken",
                says.as_str(),
                "Back to the inbox",
                "/inbox",
            ),
            Self::TooLate(says) => ("It has moved on", *says, "Back to the inbox", "/inbox"),
            Self::TooLarge => (
                "That is too long",
                "The text is longer than 200 kB, so it was not taken. Nothing was sent. Go back and shorten it, or send it in parts.",
                "Back to the inbox",
                "/inbox",
            ),
            Self::Busy => (
                "The desk is busy",
                "The request was not taken. Nothing is lost; wait a moment and try again.",
                "Back to the inbox",
                "/inbox",
            ),
            Self::Full => (
                "The disk is full",
                "This could not be kept, and nothing was sent. Everything kept before is safe. Whoever looks after the machine has to make room; then try again.",
                "Back to the inbox",
                "/inbox",
            ),
            Self::Locked => (
                "The database does not answer",
                "Nothing was changed, and everything kept before is safe. Wait a moment and try again.",
                "Try the inbox",
                "/inbox",
            ),
            Self::Broken(_) => (
                "Something broke here",
                "It is a fault of the desk, not of yours, and it was written to the log. What was kept before is safe.",
                "Back to the inbox",
                "/inbox",
            ),
        };
        OopsSheet {
            title: title.to_owned(),
            says: says.to_owned(),
            way_out: way_out.to_owned(),
            way_out_href: href.to_owned(),
        }
    }
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Shows every fault in the asker's own form; the outermost layer but for the headers.
pub async fn show(request: Request, next: Next) -> Response {
    let path = request
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string);
    let wants_json = accepts(&request, "application/json");
    let wants_page = accepts(&request, "text/html");
    let is_read = request.method().is_safe();
    let mut response = next.run(request).await;
    let oops = match response.extensions_mut().remove::<Oops>() {
        Some(oops) => oops,
        // axum's own short answers (wrong method, body too large) get our words too.
        None => match response.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Oops::TooLarge,
            StatusCode::METHOD_NOT_ALLOWED => Oops::NotFound,
            StatusCode::REQUEST_TIMEOUT => Oops::Busy,
            _ => return response,
        },
    };
    match &oops {
        Oops::Broken(fault) => tracing::error!(fault, "a request failed"),
        Oops::Full | Oops::Locked => tracing::error!(%oops, "a request failed"),
        _ => {}
    }
    // Somebody who opens a page while logged out is asked to log in and led on from there.
    if matches!(oops, Oops::SignedOut) && is_read && wants_page {
        let to = format!("/login?next={}", percent(&path));
        let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/login"));
        return (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
    }
    let sheet = oops.sheet();
    let mut shown = if wants_json && !wants_page {
        let body = serde_json::json!({ "title": sheet.title, "says": sheet.says });
        (oops.status(), axum::Json(body)).into_response()
    } else {
        let html = pages::oops(&sheet).unwrap_or_else(|_| sheet.says.clone());
        (
            oops.status(),
            [(CONTENT_TYPE, "text/html; charset=utf-8")],
            html,
        )
            .into_response()
    };
    if matches!(oops, Oops::Busy | Oops::Locked) {
        shown
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    shown
}

fn accepts(request: &Request, kind: &str) -> bool {
    request
        .headers()
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains(kind))
}

/// Percent-encodes everything but letters, digits and the few marks that a path needs.
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn shown(oops: Oops, accept: &str) -> (StatusCode, String) {
        let pages = Router::new()
            .route("/", get(move || async move { Err::<(), _>(oops) }))
            .layer(from_fn(show));
        let request = Request::get("/").header(ACCEPT, accept).body(Body::empty());
        let response = pages
            .oneshot(request.expect("a request"))
            .await
            .expect("an answer");
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20)
            .await
            .expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn every_fault_says_what_is_safe_and_shows_no_source() {
        let faults = [
            (Oops::Full, 507, "disk is full"),
            (Oops::Locked, 503, "does not answer"),
            (Oops::Busy, 503, "busy"),
            (Oops::TooLarge, 413, "200 kB"),
            (
                Oops::Broken("secret detail".to_owned()),
                500,
                "fault of the desk",
            ),
        ];
        for (oops, status, words) in faults {
            for accept in ["text/html", "application/json"] {
                let (shown_status, body) = shown(oops.clone(), accept).await;
                assert_eq!(shown_status.as_u16(), status);
                assert!(body.contains(words), "{words:?} is not in {body}");
                assert!(!body.contains("secret detail"));
                assert_eq!(
                    body.starts_with('{'),
                    accept == "application/json",
                    "{body}"
                );
            }
        }
    }

    #[tokio::test]
    async fn a_panic_is_one_calm_page() {
        async fn panics() -> &'static str {
            panic!("secret detail")
        }
        let pages = Router::new()
            .route("/", get(panics))
            .layer(tower_http::catch_panic::CatchPanicLayer::custom(
                crate::router::caught,
            ))
            .layer(from_fn(show));
        let request = Request::get("/").body(Body::empty()).expect("a request");
        let response = pages.oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), 1 << 20)
            .await
            .expect("a body");
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("fault of the desk") && !body.contains("secret detail"));
    }
}
