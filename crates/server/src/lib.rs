//! The desk itself: introduces engine, store and mail to each other and shows the result to a person.
//!
//! Read in this order. `router` is the table of contents: every address, one line each. A
//! handler in `rooms` reads the request, calls one verb and fills a sheet (`sheets`); a page
//! in `pages` turns a sheet into HTML. Nothing is sent or fetched inside a request: that is
//! what [`jobs`] are for. `desk` is what they all share. `seal` is why nobody but its author
//! can read an unsent draft.

mod assets;
mod bus;
mod clock;
mod delivery;
mod desk;
pub mod doctor;
mod edge;
mod facts;
mod headers;
mod history;
mod hours;
pub mod jobs;
mod knocking;
mod landing;
mod leaning;
mod learning;
mod limits;
mod live;
mod looks;
mod next;
mod nodding;
mod offering;
mod oops;
mod outgoing;
mod own_words;
mod pace;
mod pages;
mod password;
mod people;
mod playbook;
mod post;
mod presence;
mod promising;
mod reader;
mod rehearsing;
mod replying;
mod rooms;
mod router;
mod safety;
mod same_origin;
mod seal;
mod send_times;
mod serve;
mod session;
mod settings;
mod sheets;
mod soon;
pub mod speaking;
mod summary;
mod telling;
mod thanks;
mod utf16;
mod words;
mod workload;
mod zip;

#[cfg(test)]
mod tests;

pub use clock::Clock;
pub use desk::{Closed, Desk};
pub use oops::Oops;
pub use own_words::own_files;
pub use people::PeopleFault;
pub use playbook::{PlaybookTest, test_playbook};
pub use router::router;
pub use serve::serve;
pub use settings::{Ending, Inbox, Safety, Settings, SettingsFault};
