//! Style sheets and modules, embedded; one hash names them all, so a browser may keep them for ever.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of an asset: `url("desk.css")`. Modules import each other by relative names,
/// because they all lie under the same hash.
pub fn url(name: &str) -> String {
    format!("/assets/{HASH}/{name}")
}

pub fn find(name: &str) -> Option<&'static [u8]> {
    FILES
        .binary_search_by(|(known, _)| known.cmp(&name))
        .ok()
        .map(|at| FILES[at].1)
}

/// What a browser is told an asset is; unknown endings are never guessed.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_asset_is_found_by_its_name() {
        for (name, bytes) in FILES {
            assert_eq!(find(name), Some(*bytes), "{name}");
        }
        assert_eq!(find("../Cargo.toml"), None);
    }
}
