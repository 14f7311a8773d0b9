//! A CSV file in memory: all fields in one text, and for each thing it is looked up by a sorted list of hashes.

use crate::limits::CSV_BYTES_MAX;
use crate::question::By;
use crate::says::Says;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// What was wrong with a file, with its line where it has one.
pub(crate) type FileFault = String;

#[derive(Debug)]
pub(crate) struct Table {
    /// Every field that is wanted, one behind the other.
    text: String,
    /// Where each of them ends; a line has `width` of them.
    ends: Vec<u32>,
    width: usize,
    /// For each key: the hash of its plain value and its line, sorted.
    index: BTreeMap<By, Vec<(u64, u32)>>,
    /// Which of a line's fields a key stands in.
    key_at: BTreeMap<By, usize>,
    /// Which of a line's fields each column of the sentence stands in.
    said_at: Vec<usize>,
}

/// Which columns are wanted of a file.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Each key and the name of its column.
    pub keys: Vec<(By, String)>,
    pub says: Says,
}

impl Table {
    pub(crate) fn read(path: &Path, wanted: &Wanted) -> Result<Self, FileFault> {
        let name = path.display();
        let plainly = |why: std::io::Error| format!("{name}: {why}");
        let size = std::fs::metadata(path).map_err(plainly)?.len();
        if size > CSV_BYTES_MAX {
            let most = CSV_BYTES_MAX / (1024 * 1024);
            return Err(format!(
                "{name}: it has more than {most} MB; put it into a database"
            ));
        }
        let bytes = std::fs::read(path).map_err(plainly)?;
        Self::of(&bytes, wanted).map_err(|why| format!("{name}{why}"))
    }

    /// The fault begins where the file's name ends: ", line 12: …".
    pub(crate) fn of(bytes: &[u8], wanted: &Wanted) -> Result<Self, FileFault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut lines = csv::ReaderBuilder::new()
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        let head = lines.headers().map_err(|why| fault(&why))?.clone();
        let mut columns: Vec<usize> = Vec::new();
        let mut place = |name: &str| -> Result<usize, FileFault> {
            let at = head
                .iter()
                .position(|known| known.trim() == name)
                .ok_or_else(|| {
                    let known: Vec<&str> = head.iter().map(str::trim).collect();
                    format!(
                        ", line 1: there is no column {name:?}; there are: {}",
                        known.join(", ")
                    )
                })?;
            Ok(columns
                .iter()
                .position(|known| *known == at)
                .unwrap_or_else(|| {
                    columns.push(at);
                    columns.len() - 1
                }))
        };
        let mut key_at = BTreeMap::new();
        for (by, name) in &wanted.keys {
            key_at.insert(*by, place(name)?);
        }
        let said_at = wanted
            .says
            .columns()
            .iter()
            .map(|name| place(name))
            .collect::<Result<Vec<_>, _>>()?;
        let mut table = Self {
            text: String::with_capacity(bytes.len()),
            ends: Vec::new(),
            width: columns.len(),
            index: key_at.keys().map(|by| (*by, Vec::new())).collect(),
            key_at,
            said_at,
        };
        let mut record = csv::StringRecord::new();
        let mut line = 0_u32;
        while lines.read_record(&mut record).map_err(|why| fault(&why))? {
            for at in &columns {
                table.text.push_str(record.get(*at).unwrap_or_default());
                table
                    .ends
                    .push(u32::try_from(table.text.len()).unwrap_or(u32::MAX));
            }
            for (by, at) in &table.key_at {
                let key = by.plain(record.get(columns[*at]).unwrap_or_default());
                if !key.is_empty()
                    && let Some(index) = table.index.get_mut(by)
                {
                    index.push((hash(&key), line));
                }
            }
            line += 1;
        }
        table.text.shrink_to_fit();
        table.ends.shrink_to_fit();
        for index in table.index.values_mut() {
            index.sort_unstable();
            index.shrink_to_fit();
        }
        Ok(table)
    }

    /// The lines whose key has this plain value.
    pub(crate) fn lines<'a>(&'a self, by: By, plain: &'a str) -> impl Iterator<Item = usize> + 'a {
        let hash = hash(plain);
        let index = self.index.get(&by).map_or(&[][..], Vec::as_slice);
        let from = index.partition_point(|(known, _)| *known < hash);
        index[from..]
            .iter()
            .take_while(move |(known, _)| *known == hash)
            .map(|(_, line)| *line as usize)
            .filter(move |line| {
                let at = self.key_at.get(&by);
                at.is_some_and(|at| by.plain(self.field(*line, *at)) == plain)
            })
    }

    /// A column of the sentence in this line.
    pub(crate) fn said(&self, line: usize, column: usize) -> &str {
        self.field(line, self.said_at[column])
    }

    fn field(&self, line: usize, at: usize) -> &str {
        let here = line * self.width + at;
        let from = here
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        &self.text[from..self.ends[here] as usize]
    }
}

/// Whichever of the three stands most often in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    let marks = [b',', b';', b'\t'];
    marks
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

fn fault(why: &csv::Error) -> FileFault {
    let line = why.position().map_or(0, csv::Position::line);
    let says = match why.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("it has {len} fields, and the first line has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "it is not written in UTF-8".to_owned(),
        _ => why.to_string(),
    };
    match line {
        0 => format!(": {says}"),
        line => format!(", line {line}: {says}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        Wanted {
            keys: vec![(By::Reference, "card".into()), (By::Name, "who".into())],
            says: Says::parse("{who} until {until}").expect("it reads"),
        }
    }

    fn found(table: &Table, by: By, value: &str) -> Vec<String> {
        let plain = by.plain(value);
        let lines: Vec<usize> = table.lines(by, &plain).collect();
        let says = wanted().says;
        lines
            .into_iter()
            .map(|line| says.fill(|at| Some(table.said(line, at))))
            .collect()
    }

    #[test]
    fn a_line_is_found_by_each_of_its_keys() {
        for file in [
            "\u{feff}card,who,until\nHB-1,\"Jones, Carys\",May\nHB-2,Tran,June\n",
            "card;who;until\r\nHB-1;Jones, Carys;May\r\nHB-2;Tran;June\r\n",
            "who\tuntil\tcard\tmore\nJones, Carys\tMay\tHB-1\tx\nTran\tJune\tHB-2\t\n",
        ] {
            let table = Table::of(file.as_bytes(), &wanted()).expect("it reads");
            assert_eq!(
                found(&table, By::Reference, "hb 1"),
                ["Jones, Carys until May"]
            );
            assert_eq!(
                found(&table, By::Name, "jones,  carys"),
                ["Jones, Carys until May"]
            );
            assert_eq!(found(&table, By::Name, "Tran"), ["Tran until June"]);
            assert!(found(&table, By::Name, "' or 1=1 --").is_empty());
            assert!(found(&table, By::Email, "Tran").is_empty());
        }
    }

    #[test]
    fn a_broken_file_is_told_with_its_line() {
        let fault = |file: &[u8]| {
            Table::of(file, &wanted())
                .map(drop)
                .expect_err("it is broken")
        };
        assert_eq!(
            fault(b"card,who,until\nHB-1,Jones,May\nHB-2,Tran\n"),
            ", line 3: it has 2 fields, and the first line has 3"
        );
        assert_eq!(
            fault(b"card,who\nHB-1,Jones\n"),
            ", line 1: there is no column \"until\"; there are: card, who"
        );
        assert_eq!(
            fault(b"card,who,until\nHB-1,J\xf6nes,May\n"),
            ", line 2: it is not written in UTF-8"
        );
        assert!(fault(b"").contains("no column"));
    }
}
