//! The door.

use crate::sheets::LoginSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "login.html")]
pub struct Login<'a> {
    login: &'a str,
    next: &'a str,
    problem: Option<&'a str>,
}

impl<'a> Login<'a> {
    pub fn of(sheet: &'a LoginSheet) -> Self {
        Self {
            login: &sheet.login,
            next: &sheet.next,
            problem: sheet.problem.as_deref(),
        }
    }
}
