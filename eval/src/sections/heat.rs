//! Heat: do words read as hot where people who labelled them heard heat?

use crate::figure::{Better, Out};
use crate::public;
use crate::score::{Calls, auc};
use unruffled_engine::{Engine, Heat, MessageInput};

pub fn measure(engine: &Engine, out: &mut Out) {
    for (set, whose, hot) in [
        ("rsics", "travellers' rants", "rant"),
        ("incivility", "heated comments in issue trackers", "tone"),
    ] {
        let rows = match public::rows(set) {
            Ok(rows) => rows,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        let mut scored = Vec::new();
        let (mut warm, mut at_hot) = (Calls::default(), Calls::default());
        for row in &rows {
            let so = match set {
                "rsics" => row.is(hot) || row.is("emotion"),
                _ => row.label("tone") != "None",
            };
            let text = match set {
                "rsics" => row.labelled_text(),
                _ => &row.text,
            };
            let heat = engine
                .read(&MessageInput {
                    text,
                    ..Default::default()
                })
                .heat;
            scored.push((f64::from(heat as u8), so));
            warm.add(heat >= Heat::Warm, so);
            at_hot.add(heat >= Heat::Hot, so);
            if heat >= Heat::Hot && !so {
                out.wrong(format!(
                    "{set}, hot and labelled calm: {}",
                    text.replace('\n', " ")
                ));
            }
        }
        let count = scored.len();
        out.at_least(
            &format!("{whose}, AUC of the heat"),
            auc(scored),
            count,
            0.78,
            "evidence",
        );
        out.at_most(
            &format!("{whose}, false alarms at hot"),
            at_hot.false_alarm_rate(),
            at_hot.false_alarms + at_hot.quiet,
            0.05,
            "issue",
        );
        out.at_least(
            &format!("{whose}, precision at hot"),
            at_hot.precision(),
            at_hot.hits + at_hot.false_alarms,
            0.80,
            "issue",
        );
        out.plain(
            &format!("{whose}, recall at hot"),
            at_hot.recall(),
            at_hot.hits + at_hot.misses,
            Better::More,
        );
        out.plain(
            &format!("{whose}, recall at warm"),
            warm.recall(),
            warm.hits + warm.misses,
            Better::More,
        );
    }
}
