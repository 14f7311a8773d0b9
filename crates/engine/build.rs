//! Gathers every file of every language folder under `cards/` into one table, and gives each word list a number, so that
//! there is no list to keep.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package lies"),
    )
    .join("../../cards")
    .canonicalize()
    .expect("the folder cards/ lies beside crates/");
    let mut files: Vec<PathBuf> = Vec::new();
    let mut learned: Vec<PathBuf> = Vec::new();
    for language in folders(&root) {
        for folder in folders(&language) {
            println!("cargo:rerun-if-changed={}", folder.display());
            for path in entries(&folder) {
                if path.extension().is_some_and(|e| e == "weights") {
                    println!("cargo:rerun-if-changed={}", path.display());
                    learned.push(path);
                } else if path.extension().is_some_and(|e| e == "md" || e == "txt") {
                    println!("cargo:rerun-if-changed={}", path.display());
                    files.push(path);
                }
            }
        }
    }
    files.sort();
    let mut table = String::from(
        "/// Every card, word list and table, as `(LANGUAGE/FOLDER/NAME, text)`.\npub const FILES: &[(&str, &str)] = &[\n",
    );
    let mut lists: BTreeSet<String> = BTreeSet::new();
    for path in &files {
        let name = path.strip_prefix(&root).expect("a card lies under cards/");
        writeln!(
            table,
            "    ({:?}, include_str!({:?})),",
            name.display().to_string(),
            path.display().to_string()
        )
        .expect("a string takes what is written");
        if path
            .parent()
            .is_some_and(|folder| folder.ends_with("words"))
        {
            let stem = path.file_stem().expect("a list has a name");
            lists.insert(stem.to_string_lossy().into_owned());
        }
    }
    table.push_str("];\n/// What was learned of each language, as `(LANGUAGE, bytes)`.\npub const LEARNED: &[(&str, &[u8])] = &[\n");
    learned.sort();
    for path in &learned {
        let name = path.strip_prefix(&root).expect("weights lie under cards/");
        let language = name.iter().next().expect("a language has a folder");
        writeln!(
            table,
            "    ({language:?}, include_bytes!({:?})),",
            path.display().to_string()
        )
        .expect("a string takes what is written");
    }
    table.push_str("];\n");
    let mut numbers = format!(
        "/// Every word list by its number.\npub const NAMES: [&str; {}] = [\n",
        lists.len()
    );
    for name in &lists {
        writeln!(numbers, "    {name:?},").expect("a string takes what is written");
    }
    numbers.push_str("];\n");
    for (number, name) in lists.iter().enumerate() {
        let constant = name.replace('-', "_").to_uppercase();
        writeln!(
            numbers,
            "#[doc = \"`words/{name}.txt`\"]\npub const {constant}: ListId = ListId({number});"
        )
        .expect("a string takes what is written");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("cards.rs"), table).expect("the build folder can be written");
    fs::write(out.join("lists.rs"), numbers).expect("the build folder can be written");
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("a folder of cards can be read")
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

fn folders(inside: &Path) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={}", inside.display());
    let mut all = entries(inside);
    all.retain(|path| path.is_dir());
    all
}
