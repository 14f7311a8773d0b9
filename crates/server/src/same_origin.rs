//! Refuses every change that another site asks for in an agent's name.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::{Desk, Oops};

pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if safe || is_ours(request.headers(), &desk.settings().public_url) {
        next.run(request).await
    } else {
        Oops::Foreign.into_response()
    }
}

/// Browsers say where a request comes from in one of two headers; neither can be set by a page.
/// A client that says nothing is not a browser with our cookie in it, but is refused as well:
/// nothing of ours stays silent.
fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let word = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    if let Some(site) = word(axum::http::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = word(ORIGIN) else {
        return false;
    };
    if origin == public_url.trim_end_matches('/') {
        return true;
    }
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    word(HOST).is_some_and(|host| host == authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[(&'static str, &'static str)], expect: bool) {
        let headers = pairs
            .iter()
            .map(|(name, value)| {
                (
                    axum::http::HeaderName::from_static(name),
                    axum::http::HeaderValue::from_static(value),
                )
            })
            .collect();
        assert_eq!(
            is_ours(&headers, "https://desk.example/"),
            expect,
            "{pairs:?}"
        );
    }

    #[test]
    fn a_change_is_taken_only_from_our_own_pages() {
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("origin", "https://desk.example")], true);
        check(
            &[
                ("origin", "http://10.0.0.2:8080"),
                ("host", "10.0.0.2:8080"),
            ],
            true,
        );
        check(
            &[
                ("origin", "https://elsewhere.example"),
                ("host", "desk.example"),
            ],
            false,
        );
        check(&[("origin", "null"), ("host", "null")], false);
        check(&[("host", "desk.example")], false);
        check(
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://desk.example"),
            ],
            false,
        );
    }
}
