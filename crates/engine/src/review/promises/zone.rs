//! Zones as they are written behind an hour: "2 PM Eastern", "16:00 CET".

use crate::scene::Scene;
use jiff::Zoned;
use jiff::tz::TimeZone;

/// What is written, in lower case, and the rules in POSIX form: the engine reads no files.
const ZONES: &[(&[&str], &str)] = &[
    (&["eastern", "et", "est", "edt"], "EST5EDT,M3.2.0,M11.1.0"),
    (&["central", "ct", "cst", "cdt"], "CST6CDT,M3.2.0,M11.1.0"),
    (&["mountain", "mst", "mdt"], "MST7MDT,M3.2.0,M11.1.0"),
    (&["pacific", "pt", "pst", "pdt"], "PST8PDT,M3.2.0,M11.1.0"),
    (&["gmt", "utc"], "UTC0"),
    (&["bst", "uk", "london"], "GMT0BST,M3.5.0/1,M10.5.0"),
    (&["cet", "cest"], "CET-1CEST,M3.5.0,M10.5.0/3"),
    (&["eet", "eest"], "EET-2EEST,M3.5.0/3,M10.5.0/4"),
    (&["ist"], "IST-5:30"),
    (&["wat"], "WAT-1"),
    (&["eat"], "EAT-3"),
    (&["sast"], "SAST-2"),
    (&["sgt"], "SGT-8"),
    (&["jst"], "JST-9"),
    (&["aest", "aedt", "sydney"], "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    (&["nzst", "nzdt"], "NZST-12NZDT,M9.5.0,M4.1.0/3"),
];

/// The zone named at token `at`, right behind an hour; none where it is the writer's own.
pub fn behind(scene: &Scene<'_>, at: usize, now: &Zoned) -> Option<TimeZone> {
    let text = scene.text();
    text.tokens.get(at)?;
    let written = text.written(at);
    let own = now.strftime("%Z").to_string();
    if own.eq_ignore_ascii_case(written) {
        return None;
    }
    let (_, rules) = ZONES
        .iter()
        .find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(written)))?;
    // "At 9 et al.", "by 5 eat": a zone of capitals, or a name that begins with one.
    if !written.starts_with(char::is_uppercase) {
        return None;
    }
    TimeZone::posix(rules).ok()
}
