//! `unruffled doctor` on the real program: one line each, and an exit code that a script can ask.

mod program;

use program::{Said, unruffled_in};
use std::path::Path;

fn doctor(folder: &Path, settings: &str, args: &[&str]) -> Said {
    std::fs::write(folder.join("unruffled.toml"), settings).expect("a file can be written");
    let args: Vec<&str> = ["doctor"].iter().chain(args).copied().collect();
    unruffled_in(folder, &args, "")
}

#[track_caller]
fn check(said: &Said, code: i32, lines: &[&str]) {
    assert_eq!(said.code, code, "{}{}", said.out, said.err);
    for line in lines {
        assert!(said.out.contains(line), "{line:?} is not in:\n{}", said.out);
    }
}

const HOUSE: &str = "drop_folder = \"sent\"\nlog = \"warn\"\n\
    [inbox]\nname = \"Front desk\"\naddress = \"desk@house.example\"\n";

#[test]
fn what_is_missing_wants_a_look_and_breaks_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = doctor(folder.path(), HOUSE, &["--offline"]);
    check(
        &said,
        0,
        &[
            "fine          settings: They can be read.",
            "look at this  safety words: No person has been filled in (safety.risk_call)",
            "look at this  safety words: No emergency number has been filled in",
            "look at this  database: There is none at",
            "look at this  mail out: Replies go into",
        ],
    );
    assert!(
        !folder.path().join("desk").exists(),
        "nothing is made by looking"
    );
    let filled = format!(
        "{HOUSE}[safety]\nrisk_call = \"Mara Quayle, extension 20\"\nemergency_number = \"112\"\n"
    );
    let said = doctor(folder.path(), &filled, &["--offline"]);
    check(
        &said,
        0,
        &["fine          safety words: All are filled in."],
    );
}

#[test]
fn every_fault_of_the_settings_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "lisen = \"x\"\ntime_zone = \"Atlantis/North\"\n[safety]\nnumber = \"1\"\n";
    let said = doctor(folder.path(), settings, &["--offline"]);
    check(
        &said,
        1,
        &[
            "unknown field `lisen`",
            "Atlantis/North",
            "unknown field `number`",
            "Mend the settings first",
        ],
    );
}

#[test]
fn what_is_broken_is_said_with_what_to_do_and_ends_with_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("desk")).expect("made");
    let secret = folder.path().join("desk/secret");
    std::fs::write(&secret, [7; 32]).expect("written");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o644)).expect("set");
    let said = doctor(folder.path(), HOUSE, &["--offline"]);
    check(
        &said,
        1,
        &[
            "broken        secret: Others on this machine can open",
            "chmod 600",
        ],
    );
}
