//! Files that came with letters, only ever as downloads.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use unruffled_store::AttachmentId;

use crate::oops::percent;
use crate::session::Agent;
use crate::{Desk, Oops, headers};

/// Types that are passed on as claimed. Whatever a browser might run or show as a page is not here.
const PLAIN_TYPES: [&str; 12] = [
    "application/pdf",
    "application/zip",
    "audio/mpeg",
    "audio/ogg",
    "image/gif",
    "image/heic",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/csv",
    "text/plain",
    "video/mp4",
];

pub async fn download(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let id = AttachmentId::parse(&id).ok_or(Oops::NotFound)?;
    let attachment = desk
        .store()
        .attachment(&agent.id, &id)
        .await?
        .ok_or(Oops::NotFound)?;
    let bytes = desk.store().read_attachment(&attachment).await?;
    let media_type = PLAIN_TYPES
        .iter()
        .find(|known| **known == attachment.media_type)
        .copied()
        .unwrap_or("application/octet-stream");
    Ok((
        [
            (CONTENT_TYPE, media_type.to_owned()),
            (CONTENT_DISPOSITION, disposition(&attachment.name)),
            (CONTENT_SECURITY_POLICY, headers::FILE_POLICY.to_owned()),
        ],
        bytes,
    )
        .into_response())
}

/// Both forms of a file's name: plain letters for old programs, all of them for the others (RFC 6266).
fn disposition(name: &str) -> String {
    let name = if name.is_empty() { "attachment" } else { name };
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            ' ' | '.' | '-' | '_' | '(' | ')' => letter,
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '_',
        })
        .collect();
    let all = percent(name).replace('/', "%2F");
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{all}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("Rechnung\" \r\nX: y/ä.pdf"),
            "attachment; filename=\"Rechnung_ __X_ y__.pdf\"; \
             filename*=UTF-8''Rechnung%22%20%0D%0AX%3A%20y%2F%C3%A4.pdf"
        );
    }
}
