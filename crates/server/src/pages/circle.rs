//! The circle's pages: a text made nameless, what is shared, the agenda, lessons, the shelf.

use super::list::List;
use crate::sheets::circle::{
    CircleMomentSheet, CircleSheet, LessonFormSheet, LessonsSheet, NamelessSheet, Purpose,
    SharingSheet, ShelfSheet,
};
use askama::Template;

macro_rules! page {
    ($name:ident, $sheet:ident, $path:literal) => {
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $name<'a> {
            list: List<'a>,
            sheet: &'a $sheet,
        }

        impl<'a> $name<'a> {
            pub fn of(sheet: &'a $sheet) -> Self {
                Self {
                    list: List::of(&sheet.around, None),
                    sheet,
                }
            }
        }
    };
}

page!(Nameless, NamelessSheet, "nameless.html");
page!(Sharing, SharingSheet, "sharing.html");
page!(Circle, CircleSheet, "circle.html");
page!(CircleMoment, CircleMomentSheet, "circle_moment.html");
page!(Lessons, LessonsSheet, "lessons.html");
page!(LessonForm, LessonFormSheet, "lesson_form.html");
page!(Shelf, ShelfSheet, "shelf.html");

impl NamelessSheet {
    fn for_circle(&self) -> bool {
        self.purpose == Purpose::Circle
    }
}

impl SharingSheet {
    fn for_circle(&self) -> bool {
        self.purpose == Purpose::Circle
    }
}
