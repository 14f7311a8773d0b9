//! The program as a person or a script meets it: what goes in, what comes out, and with which exit code.

mod program;

use program::unruffled;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const MESSAGE: &str = "I renewed it in March and the gate still says no. \
    Why does it say expired, and can you fix it by Friday? 🙂\n";
const DRAFT: &str =
    "You should have read the terms. We will get back to you as soon as possible.\n";
const NOW: &str = "2026-05-04T10:02:00+01:00";

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file can be written");
    path.display().to_string()
}

/// Checks a value against the schema that the program itself prints.
#[track_caller]
fn check_schema(of: &str, part: &str, value: &Value) {
    let printed = unruffled(&["schema", of], "");
    let schema: Value = serde_json::from_str(&printed.out).expect("the schema is JSON");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.set_default_draft(boon::Draft::V2020_12);
    let at = format!("https://unruffled.example/{of}.json");
    compiler
        .add_resource(&at, without_id(schema))
        .expect("the schema is one");
    let compiled = compiler
        .compile(&format!("{at}{part}"), &mut schemas)
        .expect("the schema compiles");
    if let Err(fault) = schemas.validate(value, compiled) {
        panic!("{value:#}\n{fault}");
    }
}

/// The validator finds parts of the schema by the address it was added under.
fn without_id(mut schema: Value) -> Value {
    schema
        .as_object_mut()
        .expect("a schema is an object")
        .remove("$id");
    schema
}

/// Every span says the words it covers.
#[track_caller]
fn check_spans(value: &Value, text: &str) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(words)) = (
                fields.get("start").and_then(Value::as_u64),
                fields.get("end").and_then(Value::as_u64),
                fields.get("text").and_then(Value::as_str),
            ) {
                assert_eq!(text.get(start as usize..end as usize), Some(words));
            }
            fields.values().for_each(|value| check_spans(value, text));
        }
        Value::Array(values) => values.iter().for_each(|value| check_spans(value, text)),
        _ => {}
    }
}

#[test]
fn a_reading_is_what_its_schema_says() {
    let said = unruffled(&["read", "--format", "json", "--now", NOW], MESSAGE);
    assert_eq!(said.code, 0, "{}", said.err);
    let value: Value = serde_json::from_str(&said.out).expect("it is JSON");
    check_schema("read", "", &value);
    check_spans(&value, MESSAGE);
    assert_eq!(value["id"], Value::Null);
}

#[test]
fn a_review_is_what_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = file(&folder, "message.txt", MESSAGE);
    let facts = file(
        &folder,
        "facts.txt",
        "renewed on 3 March\nthe gate was offline since Sunday\n",
    );
    let args = [
        "review",
        "--replying-to",
        &message,
        "--facts",
        &facts,
        "--format",
        "json",
        "--now",
        NOW,
    ];
    let said = unruffled(&args, DRAFT);
    assert_eq!(said.code, 0, "{}", said.err);
    let value: Value = serde_json::from_str(&said.out).expect("it is JSON");
    check_schema("review", "", &value);
    check_spans(&value["review"]["notes"], DRAFT);
    check_spans(&value["review"]["virtues"], DRAFT);
    check_spans(&value["review"]["promises"], DRAFT);
}

#[test]
fn a_stream_answers_each_line_in_its_place() {
    let lines = [
        serde_json::json!({"id": 1, "text": MESSAGE, "now": NOW}).to_string(),
        "{\"id\": \"two\", \"text\":".to_owned(),
        serde_json::json!({"id": {"a": [3]}, "text": "", "earlier": null}).to_string(),
        serde_json::json!({"id": "four", "words": "x"}).to_string(),
    ];
    for line in [&lines[0], &lines[2]] {
        let value: Value = serde_json::from_str(line).expect("it is JSON");
        check_schema("read", "#/$defs/in", &value);
    }
    for jobs in ["1", "2", "7"] {
        let said = unruffled(&["read", "--jsonl", "--jobs", jobs], &lines.join("\n"));
        assert_eq!(said.code, 3, "{}", said.err);
        assert!(said.err.starts_with("2 of 4 lines"), "{}", said.err);
        let answers: Vec<Value> = said
            .out
            .lines()
            .map(|line| serde_json::from_str(line).expect("it is JSON"))
            .collect();
        answers
            .iter()
            .for_each(|answer| check_schema("read", "", answer));
        assert_eq!(answers[0]["id"], 1);
        assert_eq!(answers[1]["id"], Value::Null);
        assert_eq!(answers[1]["error"]["line"], 2);
        assert_eq!(answers[2]["id"]["a"][0], 3);
        assert_eq!(answers[3]["id"], "four");
        assert_eq!(answers[3]["error"]["line"], 4);
    }
}

#[test]
fn a_stream_of_drafts_is_the_same_on_one_core_and_on_many() {
    let line = |n: usize| {
        let draft = if n.is_multiple_of(3) {
            DRAFT
        } else {
            "It leaves on Monday at 9:00. Ada"
        };
        serde_json::json!({
            "id": n, "draft": draft, "message": MESSAGE, "now": NOW, "customer_name": "Gareth Jones",
            "facts": ["renewed on 3 March", {"text": "paid £20", "state": "claimed", "source": "letter"}],
            "earlier": [{"from": "customer", "text": "Hello?"}, {"from": "agent", "text": "Hello."}],
        })
    };
    check_schema("review", "#/$defs/in", &line(0));
    let input: Vec<String> = (0..300).map(|n| line(n).to_string()).collect();
    let one = unruffled(&["review", "--jsonl", "--jobs", "1"], &input.join("\n"));
    let many = unruffled(&["review", "--jsonl", "--jobs", "8"], &input.join("\n"));
    assert_eq!(one.code, 0, "{}", one.err);
    assert_eq!(one.out.lines().count(), 300);
    assert!(one.out == many.out, "the order or the findings differ");
    let last = one.out.lines().last().expect("there are lines");
    check_schema(
        "review",
        "",
        &serde_json::from_str(last).expect("it is JSON"),
    );
}

#[test]
fn a_letter_is_read_for_its_new_words_and_its_own_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let letter = "From: Gareth Jones <g@jones.example>\r\nDate: Mon, 4 May 2026 10:02:00 +0100\r\n\
        Message-ID: <x@jones.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n\
        Can you tell me by tomorrow whether the caf=C3=A9 is open?\r\n\r\n\
        On 3 May 2026, Harbour Baths wrote:\r\n> Why do you ask?\r\n";
    let path = file(&folder, "letter.eml", letter);
    let said = unruffled(&["read", &path, "--format", "json"], "");
    assert_eq!(said.code, 0, "{}", said.err);
    let value: Value = serde_json::from_str(&said.out).expect("it is JSON");
    check_schema("read", "", &value);
    let text = value["text"].as_str().expect("a letter's words are shown");
    assert!(
        text.contains("café") && !text.contains("Why do you ask"),
        "{text}"
    );
    check_spans(&value["reading"], text);
    assert_eq!(value["id"], path.as_str());
}

#[test]
fn words_for_eyes_are_never_wider_than_eighty_and_never_coloured_in_a_pipe() {
    let long = MESSAGE.repeat(12);
    for said in [
        unruffled(&["read", "--now", NOW], &long),
        unruffled(&["review", "--now", NOW], &DRAFT.repeat(12)),
    ] {
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(!said.out.contains('\u{1b}'));
        for line in said.out.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn what_went_wrong_is_one_sentence_and_a_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = file(&folder, "earlier.json", "[{\"from\": \"robot\"}]");
    let check = |args: &[&str], code: i32, words: &str| {
        let said = unruffled(args, "hello");
        assert_eq!(said.code, code, "{args:?}: {}", said.err);
        assert!(said.err.contains(words), "{args:?}: {}", said.err);
        assert_eq!(said.out, "", "{args:?}");
        if code == 1 {
            assert_eq!(said.err.lines().count(), 1, "{args:?}: {}", said.err);
        }
    };
    check(
        &["read", "/nowhere/at/all.txt"],
        1,
        "/nowhere/at/all.txt could not be read: No such file",
    );
    check(&["read", "--earlier", &notes], 1, "unknown variant `robot`");
    check(
        &["read", "--now", "noon"],
        2,
        "--now: `noon` is not a time with an offset",
    );
    check(&["read", "--jobs", "2"], 2, "--jsonl");
    check(&["read", "--jsonl", "--jobs", "0"], 2, "--jobs");
    check(&["review", "-", "--replying-to", "-"], 2, "standard input");
    check(&["sing"], 2, "unrecognized subcommand");
    check(&["cards", "test", "/nowhere"], 1, "/nowhere holds no cards");
}

#[test]
fn own_words_are_checked_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write("glossary.txt", "# ours\nRMA = return number\nPO\n");
    write("names.txt", "Calm Down lamp\ncalm down lamp\n");
    let said = unruffled(&["cards", "test", &path], "");
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    for part in [
        "glossary.txt:3: `PO` lacks its plain words",
        "names.txt:2: `calm down lamp` stands here twice",
    ] {
        assert!(said.err.contains(part), "{}", said.err);
    }

    write("glossary.txt", "RMA = return number\n");
    write("names.txt", "Calm Down lamp\n");
    let said = unruffled(&["cards", "test", &path], "");
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let draft = "The Calm Down lamp is in the post.";
    let with = unruffled(&["review", "--cards", &path, "--format", "json"], draft);
    assert!(!with.out.contains("told-to-calm-down"), "{}", with.out);
}

#[test]
fn a_text_in_another_language_is_owned_up_to() {
    let letter = "Wo ist mein Paket? Ich warte seit zwei Wochen.\n";
    let said = unruffled(&["read"], letter);
    assert!(
        said.out
            .contains("This message is not in English: only what does not"),
        "{}",
        said.out
    );
    let json = unruffled(&["read", "--format", "json"], letter);
    let value: Value = serde_json::from_str(&json.out).expect("it is JSON");
    check_schema("read", "", &value);
    assert_eq!(value["reading"]["language"], Value::Null);
    assert_eq!(value["reading"]["asks"].as_array().map(Vec::len), Some(1));
    let english = unruffled(&["read", "--format", "json"], MESSAGE);
    assert!(
        english.out.contains("\"language\":\"en\""),
        "{}",
        english.out
    );
    let draft = unruffled(&["review"], "Ihr Paket ist am Montag bei uns angekommen.\n");
    assert!(
        draft.out.contains("This draft is not in English"),
        "{}",
        draft.out
    );
}

#[test]
fn help_tells_the_exit_codes() {
    for args in [
        &["--help"][..],
        &["read", "--help"],
        &["agent", "add", "--help"],
    ] {
        let said = unruffled(args, "");
        assert_eq!(said.code, 0);
        assert!(
            said.out.contains("2  the command line was wrong"),
            "{}",
            said.out
        );
    }
}

#[test]
fn a_stream_whose_reader_has_left_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unruffled"))
        .args(["read", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it has an input");
    for _ in 0..200 {
        // Its end may come while we are still writing.
        let _ = stdin.write_all(b"{\"text\": \"hello\"}\n");
    }
    // The input stays open: the program must not wait for it.
    let output = child.wait_with_output().expect("it ends by itself");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    drop(stdin);
}

#[test]
fn cards_of_ones_own_are_held_to_their_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    let checks: PathBuf = folder.path().join("checks");
    std::fs::create_dir(&checks).expect("a folder can be made");
    let card = |fires: &str| {
        format!(
            "+++\ncode = \"X01\"\nsays = \"We do not say tide times for sure.\"\nweight = \"quiet\"\n\
             find = [\"the tide will\"]\n+++\n\n# Tides\n\nNobody can promise the sea.\n\n\
             ## Instead\n- The tide is expected at 4.\n\n## Fires\n{fires}\n\n## Stays quiet\nThe boat will wait.\n"
        )
    };
    std::fs::write(
        checks.join("tide.md"),
        card("I think the tide will be in.\n        ^^^^^^^^^^^^^"),
    )
    .expect("a file can be written");
    let path = folder.path().display().to_string();
    let said = unruffled(&["cards", "test", &path], "");
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!(said.out, "1 cards, 2 examples, 2 as they say, 0 not\n");

    let read = unruffled(
        &["review", "--cards", &path, "--format", "json"],
        "I think the tide will be in.",
    );
    assert!(read.out.contains("\"card\":\"tide\""), "{}", read.out);

    std::fs::write(checks.join("tide.md"), card("The moon rises.")).expect("a file can be written");
    let said = unruffled(&["cards", "test", &path], "");
    assert_eq!(said.code, 3, "{}{}", said.out, said.err);
    assert!(
        said.out.contains("this should fire and stays quiet"),
        "{}",
        said.out
    );
}

#[test]
fn a_playbook_is_read_and_every_fault_is_named_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().display().to_string();
    let empty = unruffled(&["playbook", "test", &here], "");
    assert_eq!(empty.code, 1);
    assert!(empty.err.contains("holds no options"), "{}", empty.err);
    file(
        &folder,
        "day-ticket.md",
        "+++\nsays = \"A day ticket\"\ntopics = [\"gate\"]\n+++\nPlease come in today.\n",
    );
    let well = unruffled(&["playbook", "test", &here], "");
    assert_eq!(
        (well.code, &*well.out),
        (0, "1 options as they should be, 0 faults\n")
    );
    file(
        &folder,
        "odd.md",
        "+++\nsay = \"x\"\nof = 2\n+++\nCome in.\n",
    );
    let odd = unruffled(&["playbook", "test", &here], "");
    assert_eq!(odd.code, 3);
    for words in [
        "odd.md:1: `says` is missing",
        "odd.md:2: there is no key `say`",
        "odd.md:3: there is no key `of`",
        "1 options as they should be, 3 faults",
    ] {
        assert!(odd.out.contains(words), "{words} is not in {}", odd.out);
    }
    let nowhere = unruffled(&["playbook", "test", "/nowhere/at/all"], "");
    assert_eq!(nowhere.code, 1);
}

#[test]
fn a_rehearsal_at_the_terminal_moves_by_what_the_reply_does_and_is_the_same_twice() {
    let blame = "You should have told us about the new name.\n.\n/leave\n";
    let said = unruffled(&["rehearse", "the-gate-beeps", "--seed", "7"], blame);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["made them the cause", "hot → very hot", "Take along"] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(said.out.lines().all(|line| line.chars().count() <= 80));
    let again = unruffled(&["rehearse", "the-gate-beeps", "--seed", "7"], blame);
    assert_eq!(said.out, again.out);
}

#[test]
fn a_rehearsal_as_json_is_an_object_a_line() {
    let args = [
        "rehearse",
        "four-months-of-voicemail",
        "--format",
        "json",
        "--ways",
    ];
    let said = unruffled(&args, "I'll find your messages and ring you by noon.");
    assert_eq!(said.code, 0, "{}", said.err);
    let lines: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("it is JSON"))
        .collect();
    assert_eq!(lines[0]["state"]["heat"], "very-hot");
    assert_eq!(lines[1]["says_by"], "story");
    assert_eq!(lines[1]["ways"]["well"]["after"]["trust"], "there");
    assert!(
        lines[2]["plan"]
            .as_str()
            .is_some_and(|plan| plan.starts_with("If "))
    );
}

#[test]
fn a_folder_of_stories_is_played_and_its_faults_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = include_str!("../../../stories/the-gate-beeps.md");
    file(&folder, "our-gate.md", ours);
    let at = folder.path().display().to_string();
    let said = unruffled(&["rehearse", "test", &at], "");
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "1 stories as they should be, 0 faults\n")
    );
    file(&folder, "broken.md", "+++\n+++\n# No letters\n");
    let never_calm = ours.replace(
        "### Well\nHi Priya",
        "### Well\nYou never told us. Hi Priya",
    );
    file(&folder, "our-gate.md", &never_calm);
    let said = unruffled(&["rehearse", "test", &at], "");
    assert_eq!(said.code, 3);
    for words in [
        "broken.md:1: `trade` is missing",
        "our-gate.md: played by its Well letters it does not end calm",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let missing = unruffled(&["rehearse", "no-such-story"], "");
    assert_eq!(missing.code, 1);
    assert!(
        missing
            .err
            .contains("There is no story called no-such-story")
    );
}

#[test]
fn a_model_is_only_asked_where_one_is_named() {
    let said = unruffled(&["rehearse", "the-gate-beeps", "--voice"], "Hello.\n");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("No model is named"), "{}", said.err);
}

/// A model that says what it is told to say, and a word more; gives its address.
fn model(more: &'static str) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("it listens");
    let url = format!("http://{}/v1", listener.local_addr().expect("it has one"));
    std::thread::spawn(move || {
        let (mut line, _) = listener.accept().expect("somebody asks");
        let mut asked = Vec::new();
        let mut piece = [0; 4096];
        while !asked.ends_with(b"}") {
            match std::io::Read::read(&mut line, &mut piece) {
                Ok(read) if read > 0 => asked.extend_from_slice(&piece[..read]),
                _ => break,
            }
        }
        let asked = String::from_utf8_lossy(&asked).into_owned();
        let body = asked.split("\r\n\r\n").nth(1).unwrap_or_default();
        let asked: Value = serde_json::from_str(body).expect("it is asked in JSON");
        let told = asked["messages"][1]["content"].as_str().unwrap_or_default();
        let says = told.split("says now: <<<").nth(1).unwrap_or_default();
        let says = says.split(">>>").next().unwrap_or_default();
        let words =
            serde_json::json!({"choices": [{"message": {"content": format!("{says} {more}")}}]});
        let body = words.to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        line.write_all(answer.as_bytes()).expect("it is answered");
    });
    url
}

#[test]
fn a_model_lends_its_words_at_the_terminal_and_what_does_not_hold_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = |more: &'static str| {
        let settings = format!(
            "[voice]\nurl = \"{}\"\nmodel = \"small\"\nwait_ms = 20000\n",
            model(more)
        );
        file(&folder, "unruffled.toml", &settings);
        let blame = "You should have told us about the new name.\n.\n/leave\n";
        program::unruffled_in(
            folder.path(),
            &["rehearse", "the-gate-beeps", "--voice"],
            blame,
        )
    };
    let lent = said("Honestly.");
    assert_eq!(lent.code, 0, "{}", lent.err);
    assert!(
        lent.out.contains("model's words") && lent.out.contains("Honestly."),
        "{}",
        lent.out
    );
    assert!(
        lent.err.contains("your replies are sent there"),
        "{}",
        lent.err
    );
    let invented = said("I paid £250 for it.");
    assert!(
        invented.err.contains("“£250”, which is not in the story"),
        "{}",
        invented.err
    );
    assert!(!invented.out.contains("£250"));
}
