//! Gathers every card and word list under `cards/en/` into one table, so that there is no list to keep.

use std::fs;
use std::path::PathBuf;

fn main() {
    let root = PathBuf::from(
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package lies"),
    )
    .join("../../cards/en");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in fs::read_dir(&root)
        .expect("the folder cards/en lies beside crates/")
        .flatten()
    {
        if !folder.path().is_dir() {
            continue;
        }
        println!("cargo:rerun-if-changed={}", folder.path().display());
        for file in fs::read_dir(folder.path())
            .expect("a folder of cards can be read")
            .flatten()
        {
            let path = file.path();
            if path.extension().is_some_and(|e| e == "md" || e == "txt") {
                println!("cargo:rerun-if-changed={}", path.display());
                files.push(path);
            }
        }
    }
    files.sort();
    let mut table = String::from(
        "/// Every card and word list, as `(path, text)`.\npub const FILES: &[(&str, &str)] = &[\n",
    );
    for path in &files {
        let absolute = path.canonicalize().expect("a listed card exists");
        let name = absolute
            .strip_prefix(root.canonicalize().expect("cards/en exists"))
            .expect("a card lies under cards/en");
        table.push_str(&format!(
            "    ({:?}, include_str!({:?})),\n",
            name.display().to_string(),
            absolute.display().to_string()
        ));
    }
    table.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("cards.rs"), table).expect("the build folder can be written");
}
