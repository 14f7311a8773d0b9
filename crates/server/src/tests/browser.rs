//! A browser of few words: it keeps its cookie, says where it comes from, and sends forms.

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use super::PASSWORD;
use crate::oops::percent;
use crate::{Desk, router};

pub struct Browser {
    pub desk: Desk,
    pub cookie: String,
    /// What the browser says about where its requests come from.
    pub site: &'static str,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.body.contains(words),
            "{words:?} is not in:\n{}",
            self.body
        );
        self
    }

    #[track_caller]
    pub fn lacks(self, words: &str) -> Self {
        assert!(
            !self.body.contains(words),
            "{words:?} is in:\n{}",
            self.body
        );
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap_or(""))
    }

    pub fn to(&self) -> &str {
        self.header(LOCATION.as_str())
    }
}

impl Browser {
    pub fn new(desk: &Desk) -> Self {
        Self {
            desk: desk.clone(),
            cookie: String::new(),
            site: "same-origin",
        }
    }

    pub async fn logged_in(desk: &Desk, login: &str) -> Self {
        let mut browser = Self::new(desk);
        browser.log_in(login, PASSWORD).await.is(303);
        assert!(!browser.cookie.is_empty(), "a session");
        browser
    }

    pub async fn log_in(&mut self, login: &str, password: &str) -> Answer {
        let answer = self
            .post("/session", &[("login", login), ("password", password)])
            .await;
        if let Some(cookie) = answer.header(SET_COOKIE.as_str()).split(';').next() {
            self.cookie = cookie.to_owned();
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "text/html", "", String::new())
            .await
    }

    /// A form as a page without script sends it.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, "text/html", FORM, encoded(form))
            .await
    }

    /// A form as one of our modules sends it.
    pub async fn tell(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, JSON, FORM, encoded(form))
            .await
    }

    pub async fn post_json(&self, path: &str, json: &Value) -> Answer {
        self.ask(Method::POST, path, JSON, JSON, json.to_string())
            .await
    }

    pub async fn put_json(&self, path: &str, json: &Value) -> Answer {
        self.ask(Method::PUT, path, JSON, JSON, json.to_string())
            .await
    }

    /// Bytes as one of our modules sends them.
    pub async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        self.hand_over(method, path, JSON, kind, Body::from(body))
            .await
    }

    /// Bytes as they come.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        self.send(Method::GET, path, "", Vec::new())
            .await
            .ok()
            .bytes
    }

    pub async fn get_if_none_match(&self, path: &str, tag: &str) -> Answer {
        let request = Request::get(path)
            .header(COOKIE, &self.cookie)
            .header("if-none-match", tag);
        self.answer(request, Body::empty()).await
    }

    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        kind: &str,
        body: String,
    ) -> Answer {
        self.hand_over(method, path, accept, kind, Body::from(body))
            .await
    }

    async fn hand_over(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        kind: &str,
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, "127.0.0.1:7070")
            .header(ACCEPT, accept);
        if !self.site.is_empty() {
            request = request.header("sec-fetch-site", self.site);
        }
        if !kind.is_empty() {
            request = request.header(CONTENT_TYPE, kind);
        }
        if !self.cookie.is_empty() {
            request = request.header(COOKIE, &self.cookie);
        }
        self.answer(request, body).await
    }

    async fn answer(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request.body(body).expect("a request");
        let response = router(self.desk.clone())
            .oneshot(request)
            .await
            .expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body");
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

fn encoded(form: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value).replace('/', "%2F")))
        .collect();
    pairs.join("&")
}
