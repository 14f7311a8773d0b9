//! Embeds the demo's story: no list of letters to keep, so none to forget.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    println!("cargo::rerun-if-changed={}", story.display());
    let mut files = Vec::new();
    gather(&story, &mut files);
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(&story)
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
    std::fs::write(Path::new(&out).join("story.rs"), list).expect("cargo's folder can be written");
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
