//! The one error page: what happened, what is safe, what to do.

use crate::sheets::OopsSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "oops.html")]
pub struct Oops<'a> {
    title: &'a str,
    says: &'a str,
    way_out: &'a str,
    way_out_href: &'a str,
}

impl<'a> Oops<'a> {
    pub fn of(sheet: &'a OopsSheet) -> Self {
        Self {
            title: &sheet.title,
            says: &sheet.says,
            way_out: &sheet.way_out,
            way_out_href: &sheet.way_out_href,
        }
    }
}
