//! The demo's own records: three lists of Harbour Baths, written beside the desk before its story is told.

use crate::failure::Failure;
use crate::story;
use jiff::Zoned;
use jiff::tz::TimeZone;
use std::path::Path;
use unruffled_records::{By, Kind, SourceSettings};

const FOLDER: &str = "records";

/// Writes the lists with dates told from today.
pub fn write(desk: &Path, zone: &TimeZone) -> Result<(), Failure> {
    let folder = desk.join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|why| Failure::file(&folder, "made", &why))?;
    let now = Zoned::now().with_time_zone(zone.clone());
    for (name, text) in story::records(&now).map_err(Failure::says)? {
        let file = folder.join(name);
        std::fs::write(&file, text).map_err(|why| Failure::file(&file, "written", &why))?;
    }
    Ok(())
}

/// How the demo's desk is told of them.
pub fn settings(desk: &Path) -> Vec<SourceSettings> {
    let list = |name: &str, file: &str, by: &[By], says: &str| SourceSettings {
        name: name.to_owned(),
        kind: Kind::Csv,
        file: desk.join(FOLDER).join(file),
        by: by.to_vec(),
        says: says.to_owned(),
        ..SourceSettings::default()
    };
    vec![
        SourceSettings {
            absent: "not on the list, so the booklet has not been sent".to_owned(),
            about: ["booklet", "your list", "mailing list", "signed up"]
                .map(str::to_owned)
                .to_vec(),
            ..list(
                "the mailing list",
                "mailing-list.csv",
                &[By::Email, By::Name],
                "on the list since {signed_up}; the booklet was {booklet}",
            )
        },
        SourceSettings {
            about: vec!["pool pass".to_owned()],
            columns: [
                (By::Reference, "receipt".to_owned()),
                (By::Name, "holder".to_owned()),
            ]
            .into(),
            ..list(
                "the member list",
                "members.csv",
                &[By::Reference, By::Email, By::Name],
                "receipt {receipt}: renewed by {holder} in {renewed}, {paid} paid; card {card}",
            )
        },
        SourceSettings {
            columns: [(By::Reference, "number".to_owned())].into(),
            ..list(
                "the till",
                "till.csv",
                &[By::Reference],
                "number {number}: {left}, bought on {bought}",
            )
        },
    ]
}
