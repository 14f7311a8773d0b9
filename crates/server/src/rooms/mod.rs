//! One file an address: read the request, call one verb, fill a sheet.

pub mod assets;
pub mod assignment;
pub mod attachments;
pub mod cards;
pub mod closure;
pub mod conversation;
pub mod drafts;
pub mod drop_folder;
pub mod events;
pub mod health;
pub mod inbox;
pub mod login;
pub mod messages;
pub mod notes;
pub mod replies;
pub mod review;
