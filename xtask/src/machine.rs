//! What this machine has: programs, servers, build targets.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root, wherever `cargo x` was called.
pub fn root() -> PathBuf {
    // Asked when it runs: a target folder may be shared by several checkouts.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// True when whatever is left out counts as a failure.
pub fn all_tests_wanted() -> bool {
    std::env::var("UNRUFFLED_ALL_TESTS").is_ok_and(|value| value == "1")
}

/// Where a program lies. Servers live in folders that a plain user's PATH often lacks.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Chromium goes by several names.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| program(name))
}

/// True when the store's tests can have a PostgreSQL: one named by its address, or one they start.
pub fn has_postgres() -> bool {
    std::env::var_os("UNRUFFLED_TEST_POSTGRES").is_some()
        || Path::new("/usr/lib/postgresql/15/bin/initdb").exists()
}

/// True when the mail tests can start real servers.
pub fn has_mail_servers() -> bool {
    program("dovecot").is_some() && program("postfix").is_some()
}

/// True when the engine can be built for WebAssembly.
pub fn has_wasm_target() -> bool {
    Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .ok()
        .and_then(|out| String::from_utf8(out.stdout).ok())
        .is_some_and(|sysroot| {
            Path::new(sysroot.trim())
                .join("lib/rustlib/wasm32-unknown-unknown")
                .exists()
        })
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
