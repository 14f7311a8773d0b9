//! The table of contents: every address of the desk, one line each.
//!
//! New noun rather than new verb: `POST …/closure` closes and `DELETE …/closure` reopens. HTML
//! forms know neither `PUT` nor `DELETE`, so a noun that can be undone has a noun for the undoing
//! (`POST …/closure/reversal`), which does the same.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

use crate::rooms::{
    assets, assignment, attachments, availability, breaks, calls, cards, circle, closure,
    conversation, customers, drafts, drop_folder, events, facts, health, inbox, joined, knocks,
    labels, lessons, listening, login, messages, nameless, next, nods, notes, options, own,
    phone_calls, promises, rehearsals, replies, review, safety, shelf, stories, whispers, workload,
    workshop,
};
use crate::{Desk, headers, limits, oops, same_origin};

#[rustfmt::skip]
pub fn router(desk: Desk) -> Router {
    let timed = Router::new()
        // The door
        .route("/login", get(login::show).post(login::enter))
        .route("/session", post(login::enter).delete(login::leave))
        .route("/session/end", post(login::leave))
        // Looking
        .route("/", get(inbox::home))
        .route("/inbox", get(inbox::show))
        .route("/conversations/{number}", get(conversation::show))
        .route("/messages/{id}/frame", get(messages::frame))
        .route("/messages/{id}/raw", get(messages::raw))
        .route("/attachments/{id}", get(attachments::download))
        .route("/cards/{card}", get(cards::show))
        .route("/drop", get(drop_folder::show))
        // What may be offered, and the nods that some of it takes
        .route("/options", get(options::list).post(options::add))
        .route("/options/new", get(options::new))
        .route("/options/{id}", get(options::show).post(options::save))
        .route("/options/{id}/reversal", post(options::bring_back))
        .route("/options/{id}/removal", post(options::remove))
        .route("/conversations/{number}/nods", post(nods::ask))
        .route("/conversations/{number}/open-nods", post(nods::open))
        .route("/nods/{id}/answer", post(nods::answer).delete(nods::take_back))
        .route("/nods/{id}/answer/reversal", post(nods::take_back))
        .route("/nods/{id}/withdrawal", post(nods::withdraw))
        // What the team shares, without names: the circle, its lessons, the shelf of thanks
        .route("/conversations/{number}/circle", get(nameless::begin).post(nameless::bring))
        .route("/circle", get(circle::show))
        .route("/circle/returned", post(circle::give_back))
        .route("/circle/{id}", get(circle::moment))
        .route("/circle/{id}/notes", post(circle::note))
        .route("/circle/{id}/place", post(circle::place))
        .route("/circle/{id}/removal", post(circle::take))
        .route("/lessons", get(lessons::show).post(lessons::add))
        .route("/lessons/{id}/becoming", post(lessons::become_nothing))
        .route("/lessons/{id}/place", get(lessons::place_form).post(lessons::place))
        .route("/lessons/{id}/card", get(lessons::card_form).post(lessons::card))
        .route("/lessons/{id}/removal", post(lessons::remove))
        .route("/shelf", get(shelf::show))
        .route("/shelf/words", post(nameless::thanks))
        .route("/shelf/returned", post(shelf::give_back))
        .route("/shelf/{id}/removal", post(shelf::take))
        // Writing: a note and a reply share no address, no handler and no verb of the store
        .route("/conversations/{number}/replies", post(replies::queue))
        .route("/conversations/{number}/notes", post(notes::keep))
        .route("/conversations/{number}/draft/{kind}", put(drafts::keep))
        .route("/conversations/{number}/review", post(review::review))
        // Facts: looked up again, checked by hand, written down, taken back
        .route("/conversations/{number}/lookups", post(facts::look_up))
        .route("/conversations/{number}/facts", post(facts::add))
        .route("/conversations/{number}/facts/{fact}/check", post(facts::check).delete(facts::uncheck))
        .route("/conversations/{number}/facts/{fact}/check/reversal", post(facts::uncheck))
        // At the counter or on the phone
        .route("/knocks", post(knocks::announce))
        .route("/knocks/new", get(knocks::begin))
        .route("/knocks/candidates", get(knocks::candidates))
        .route("/knocks/{id}", get(knocks::choose))
        .route("/knocks/{id}/opening", post(knocks::open))
        .route("/knocks/{id}/departure", post(knocks::depart))
        .route("/knocks/{id}/departure/reversal", post(knocks::come_back))
        .route("/conversations/{number}/listening-card", put(listening::save).post(listening::keep))
        .route("/conversations/{number}/listening-cards/{card}/reversal", post(listening::open_again))
        .route("/conversations/{number}/joined/{other}", post(joined::join).delete(joined::part))
        .route("/conversations/{number}/joined/{other}/reversal", post(joined::part))
        // The person before us
        .route("/customers/erased", get(customers::erased))
        .route("/customers/{id}", get(customers::show).post(customers::describe))
        .route("/customers/{id}/reached", post(customers::reach))
        .route("/customers/{id}/reached/removal", post(customers::part))
        .route("/customers/{id}/everything.zip", get(customers::export))
        .route("/customers/{id}/erasure", post(customers::erase))
        .route("/labels", post(labels::find))
        // After writing
        .route("/replies/{id}/withdrawal", post(replies::withdraw))
        .route("/replies/{id}/retry", post(replies::retry))
        .route("/replies/{id}/settlement", post(replies::settle))
        // What was promised
        .route("/next", post(next::find))
        .route("/promises", get(promises::show))
        .route("/promises/{id}/settlement", post(promises::settle))
        .route("/promises/{id}/time", post(promises::give_time))
        .route("/times", get(promises::times))
        .route("/conversations/{number}/promises", post(promises::confirm))
        .route("/conversations/{number}/follow-up", post(promises::follow_up))
        // All together: what arrives at a team, and what nobody sees there
        .route("/workload", get(workload::show))
        .route("/workload/unseen", get(workload::unseen))
        // Where it stands
        .route("/conversations/{number}/closure", post(closure::close).delete(closure::reopen))
        .route("/conversations/{number}/closure/reversal", post(closure::reopen))
        .route("/conversations/{number}/assignment", post(assignment::assign).delete(assignment::release))
        .route("/conversations/{number}/assignment/reversal", post(assignment::release))
        // Backup: who is around, somebody called in, what the two of a call whisper
        .route("/availability", post(availability::say))
        .route("/break", get(breaks::show))
        .route("/conversations/{number}/call", post(calls::call).delete(calls::end))
        .route("/conversations/{number}/call/end", post(calls::end))
        .route("/conversations/{number}/call/arrival", post(calls::come))
        .route("/conversations/{number}/call/takeover", post(calls::take_over))
        .route("/conversations/{number}/call/handover", post(calls::hand_over))
        .route("/conversations/{number}/call/draft", post(calls::show_draft).delete(calls::hide_draft))
        .route("/conversations/{number}/call/draft/reversal", post(calls::hide_draft))
        .route("/conversations/{number}/whispers", post(whispers::say))
        .route("/conversations/{number}/whispers/{id}/note", post(whispers::keep))
        .route("/safety/{kind}", get(safety::show))
        // A room of one's own: sealed in the browser, unreadable here
        .route("/own", get(own::show))
        .route("/own/room", get(own::room).put(own::lock).delete(own::delete))
        .route("/own/session-key", post(own::session_key))
        .route("/own/things", get(own::things))
        .route("/own/things/{id}", put(own::keep).delete(own::remove))
        // Practice: a rehearsal keeps nothing, a story is a file, a workshop is paper
        .route("/rehearsal", get(rehearsals::list))
        .route("/rehearsal/{story}", get(rehearsals::show).post(rehearsals::answer))
        .route("/stories", post(stories::add))
        .route("/stories/new", get(stories::new))
        .route("/stories/{id}", get(stories::show).post(stories::save))
        .route("/stories/{id}/reversal", post(stories::bring_back))
        .route("/stories/{id}/removal", post(stories::remove))
        .route("/workshop", get(workshop::show))
        .route("/workshop/screen", get(workshop::screen))
        .route("/workshop/hand-out.pdf", get(workshop::hand_out))
        // The rest
        .route("/assets/{hash}/{*name}", get(assets::find))
        .route("/health", get(health::show))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(limits::REQUEST_SECONDS_MAX),
        ))
        .layer(CompressionLayer::new().compress_when(
            SizeAbove::new(1024).and(NotForContentType::new("application/octet-stream")),
        ));

    // A telephone system has no session and says nothing of where it comes from; its secret is in the address. Its answers
    // are JSON whatever happens, so they do not pass through our error page.
    let telephone = Router::new()
        .route("/knocks/calls/{secret}", post(phone_calls::hear))
        .layer(DefaultBodyLimit::max(limits::CALL_BYTES_MAX))
        .layer(CatchPanicLayer::custom(caught));

    timed
        // A stream lives as long as its tab: no time limit, no compression that would hold it back.
        .route("/events", get(events::stream))
        .fallback(|| async { crate::Oops::NotFound })
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn_with_state(desk.clone(), same_origin::guard))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(oops::show))
        .merge(telephone)
        .layer(from_fn(headers::guard))
        .with_state(desk)
}

/// A panic is a fault of ours like any other: one page. What it says may hold somebody's words (a
/// slice out of bounds quotes its text), so only its place is told, by whoever set the panic hook.
pub(crate) fn caught(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(crate::Oops::Broken("a panic".to_owned()))
}
