//! Files written whole or not at all, and had back.

use super::super::*;
use super::DAY_TICKET;

#[test]
fn a_form_and_its_file_say_the_same() {
    let option = parse("day-ticket.md", "", DAY_TICKET).expect("read");
    let text = text(&Fields::of(&option), DAY_TICKET);
    assert!(
        text.contains("# ours since the gate broke\n"),
        "comments stay: {text}"
    );
    assert_eq!(
        parse("day-ticket.md", "", &text).expect("read again"),
        option
    );
    let odd = Fields {
        says: "A \"quoted\" \\ thing".into(),
        wording: "Come in.\r\nIt is on us.".into(),
        ..Fields::default()
    };
    let again = parse("odd.md", "", &super::super::text(&odd, "")).expect("read");
    assert_eq!(
        (&*again.says, &*again.wording),
        ("A \"quoted\" \\ thing", "Come in.\nIt is on us.")
    );
    assert_eq!(
        id_of("A free month, on the pass", &["a-free-month-on-the".into()]),
        "a-free-month-on-the-2"
    );
    assert_eq!(id_of("…", &[]), "option");
}

#[test]
fn a_file_is_written_whole_and_what_was_before_can_be_had_back() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(place.path());
    folder.save("day-ticket", DAY_TICKET, "").expect("written");
    let kept = folder.find("day-ticket").expect("read").expect("there");
    let newer = DAY_TICKET.replace("today", "tomorrow");
    folder
        .save("day-ticket", &newer, &kept.version)
        .expect("written");
    // Somebody who began before that is told, and changes nothing.
    let Err(Refusal::Changed(Some(theirs))) = folder.save("day-ticket", "mine", &kept.version)
    else {
        panic!("it was changed since");
    };
    assert_eq!(theirs.text, newer);
    assert!(matches!(
        folder.save("day-ticket", "mine", ""),
        Err(Refusal::Changed(Some(_)))
    ));
    folder.bring_back("day-ticket").expect("undone");
    let back = folder.find("day-ticket").expect("read").expect("there");
    assert_eq!(back.text, DAY_TICKET);
    folder.bring_back("day-ticket").expect("the undoing undone");
    let again = folder.find("day-ticket").expect("read").expect("there");
    assert_eq!(again.text, newer);
    folder
        .remove("day-ticket", &again.version)
        .expect("removed");
    assert_eq!(folder.find("day-ticket").expect("read"), None);
    folder.bring_back("day-ticket").expect("had back");
    assert!(folder.find("day-ticket").expect("read").is_some());
    let left: Vec<_> = std::fs::read_dir(place.path())
        .expect("read")
        .flatten()
        .map(|it| it.file_name())
        .collect();
    assert_eq!(
        left.len(),
        2,
        "the file and its history, nothing half written: {left:?}"
    );
    assert_eq!(folder.bring_back("another"), Err(Refusal::Nothing));
}

#[test]
fn a_full_disk_and_a_folder_that_may_not_be_written_say_so_and_change_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    Folder::new(place.path())
        .save("day-ticket", DAY_TICKET, "")
        .expect("written");
    let full = Folder::writing_with(place.path(), |_, _| {
        Err(std::io::ErrorKind::StorageFull.into())
    });
    let shut = Folder::writing_with(place.path(), |_, _| {
        Err(std::io::ErrorKind::ReadOnlyFilesystem.into())
    });
    let version = full
        .find("day-ticket")
        .expect("read")
        .expect("there")
        .version;
    for (folder, words) in [(full, "The disk is full"), (shut, "may not write into")] {
        for refused in [
            folder.save("day-ticket", "other", &version),
            folder.save("new", "other", ""),
            folder.remove("day-ticket", &version),
        ] {
            let Err(Refusal::Unwritable(says)) = refused else {
                panic!("{refused:?}");
            };
            assert!(
                says.contains(words) && says.contains("Your words are still here"),
                "{says}"
            );
        }
        assert_eq!(
            folder
                .find("day-ticket")
                .expect("read")
                .expect("there")
                .text,
            DAY_TICKET
        );
        assert_eq!(folder.find("new").expect("read"), None);
    }
}
