//! Letters in which somebody wrote above, below and between earlier ones.

use super::*;

/// Shows the kind of every line: `|` fresh, `>` quoted, `~` signature.
fn check(text: &str, expected: &str) {
    let parts = parts(text);
    assert_eq!(
        parts.iter().map(|part| part.text).collect::<String>(),
        text,
        "a byte was lost"
    );
    let shown: String = parts
        .iter()
        .flat_map(|part| part.text.split_inclusive('\n').map(move |_| part.kind))
        .map(|kind| match kind {
            PartKind::Fresh => '|',
            PartKind::Quoted => '>',
            PartKind::Signature => '~',
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn words_alone_are_fresh() {
    check("", "");
    check("Hello\n\nthe gate says no\n", "|||");
    check(
        "From: the heart\nTo: whom it may concern we say hello\n",
        "||",
    );
    check(
        "On Monday your colleague wrote:\nyou will get your money back\n",
        "||",
    );
    check("-- \n", "~");
}

#[test]
fn a_reply_above_is_fresh_and_the_rest_is_not() {
    check(
        "Thanks.\n\nOn 4 May 2026 at 10:02, Ada Jones wrote:\n> Hello\n>\n> bye\n",
        "||>>>>",
    );
    check(
        "Thanks.\n\nOn Mon, 4 May 2026 at 10:02, Ada Jones\n<ada@a.test> wrote:\n\n> Hello\n",
        "||>>>>",
    );
    check(
        "Danke.\n\nAm 04.05.2026 um 10:02 schrieb Ada Jones:\n> Hallo\n",
        "||>>",
    );
    check(
        "Merci.\n\nLe lun. 4 mai 2026 à 10:02, Ada <ada@a.test> a écrit :\n\n> Bonjour\n",
        "||>>>",
    );
    check(
        "Gracias\n\nEl lun, 4 may 2026 a las 10:02, Ada (<ada@a.test>) escribió:\n\n> Hola\n",
        "||>>>",
    );
    check(
        "好的\n\n在 2026年5月4日，Ada <ada@a.test> 写道：\n> 你好\n",
        "||>>",
    );
}

#[test]
fn words_between_quotes_stay_visible() {
    check(
        "On 4 May 2026, Ada wrote:\n> When did you renew?\n\nIn March.\n\n> And the card?\nIn my name.\n",
        ">>>||>|",
    );
}

#[test]
fn words_below_quotes_stay_visible() {
    check("> Is it fixed?\n\nNo, the gate still beeps.\n", ">>|");
}

#[test]
fn copied_heads_begin_history() {
    check(
        "Yes.\n\nFrom: Desk <help@a.test>\nSent: Monday, 4 May 2026 10:02\nTo: Ada\nSubject: Your pass\n\nHello Ada\n",
        "||>>>>>>",
    );
    check(
        "Ja.\n\n________________________________\nVon: Desk <help@a.test>\nGesendet: Montag\nAn: Ada\nBetreff: Pass\n\nHallo\n",
        "||>>>>>>>",
    );
    check(
        "Yes.\n\n-----Original Message-----\nanything at all\n",
        "||>>",
    );
    check(
        "See below\n\n*From:* Desk\n*Date:* Monday\n*To:* Ada\n\nHello\n",
        "||>>>>>",
    );
}

#[test]
fn an_unmarked_history_is_known_by_its_full_attribution_only() {
    check(
        "Fine\n\nOn Mon, May 4, 2026 at 10:02 AM Desk <help@a.test> wrote:\n\nHello Ada\n",
        "||>>>",
    );
}

#[test]
fn a_forwarded_letter_is_what_the_person_sent() {
    check(
        "---------- Forwarded message ---------\nFrom: Shop <s@a.test>\nDate: Monday\n\nYou owe us\n",
        "|||||",
    );
    check(
        "Look at this!\n---------- Forwarded message ---------\nFrom: Shop <s@a.test>\n\nYou owe us\n",
        "|>>>>",
    );
    check("> only a quote\n", "|");
}

#[test]
fn signatures_are_told_apart_and_end_at_a_quote() {
    check("Thanks\n-- \nAda Jones\nHarbour Road 4\n", "|~~~");
    check("Thanks\n\nSent from my iPhone\n\n> earlier\n", "||~~>");
    check(
        "Thanks\n-- \nAda\n\nOn 4 May 2026, Desk wrote:\n> Hello\n",
        "|~~~>>",
    );
    check(
        "Sent from my heart, with thanks\nand more words here\n",
        "||",
    );
}

#[test]
fn no_text_breaks_it() {
    for text in [
        ">",
        "\n\n\n",
        "On \n",
        "On 1:\nOn 2:\n@ wrote:",
        "From:\nTo: a\nSubject: b",
        "\r\n> a\r\nb\r\n",
        "\u{202e}>a\n＞b",
        "____________________\n",
    ] {
        assert_eq!(
            parts(text).iter().map(|part| part.text).collect::<String>(),
            text
        );
    }
}
