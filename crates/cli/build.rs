//! Embeds the demo's story and its playbook: no list of files to keep, so none to forget.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    embed(&here.join("demo"), "story.rs");
    embed(&here.join("../../playbook/demo"), "playbook.rs");
}

/// Every file below a folder, as a list of `(name, text)`.
fn embed(story: &Path, as_file: &str) {
    println!("cargo::rerun-if-changed={}", story.display());
    let mut files = Vec::new();
    gather(story, &mut files);
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(story)
            .unwrap_or(file)
            .display()
            .to_string();
        let _ = writeln!(
            list,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        );
    }
    list.push(']');
    let out = std::env::var("OUT_DIR").expect("cargo names the folder");
    std::fs::write(Path::new(&out).join(as_file), list).expect("cargo's folder can be written");
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}
