//! A zip file without compression: names and bytes one after another, and a table of them at the end.
//!
//! Enough for handing somebody what is held about them; every program that opens zip files opens this.

/// The table of CRC-32, as zip files want it.
const CRC: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 {
                0xedb8_8320 ^ (value >> 1)
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
};

/// Bit 11: names are UTF-8.
const UTF8_NAMES: u16 = 1 << 11;
/// 1 January 1980, the first day that a zip file knows: the letters inside bear their own dates.
const DAY_ONE: u16 = (1 << 5) | 1;

/// Packs files into one. The caller keeps them below the 4 GB that the format can count.
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut table = Vec::new();
    for (name, bytes) in files {
        let begins = out.len() as u32;
        let about = about(name, bytes);
        out.extend(b"PK\x03\x04");
        out.extend(20_u16.to_le_bytes());
        out.extend(&about);
        out.extend(0_u16.to_le_bytes());
        out.extend(name.as_bytes());
        out.extend(bytes);

        table.extend(b"PK\x01\x02");
        table.extend(20_u16.to_le_bytes());
        table.extend(20_u16.to_le_bytes());
        table.extend(&about);
        // No extra field, no comment, disk 0, no attributes.
        table.extend([0; 12]);
        table.extend(begins.to_le_bytes());
        table.extend(name.as_bytes());
    }
    let (begins, size, count) = (out.len() as u32, table.len() as u32, files.len() as u16);
    out.extend(table);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(begins.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What stands before a file and in the table alike, up to the length of its name.
fn about(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut about = Vec::new();
    let size = (bytes.len() as u32).to_le_bytes();
    about.extend(UTF8_NAMES.to_le_bytes());
    about.extend(0_u16.to_le_bytes());
    about.extend(0_u16.to_le_bytes());
    about.extend(DAY_ONE.to_le_bytes());
    about.extend(crc(bytes).to_le_bytes());
    about.extend(size);
    about.extend(size);
    about.extend((name.len() as u16).to_le_bytes());
    about
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        CRC[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_that_zip_programs_reckon() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn another_program_opens_it() {
        let files = [
            ("everything.json".to_owned(), b"{}".to_vec()),
            (
                "letters/1.eml".to_owned(),
                "Subject: grüße\r\n\r\n".as_bytes().to_vec(),
            ),
        ];
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("all.zip");
        std::fs::write(&path, pack(&files)).expect("written");
        let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(*z.namelist())";
        let Ok(said) = std::process::Command::new("python3")
            .args(["-c", script])
            .arg(&path)
            .output()
        else {
            // No Python here: the sums above and a browser journey have to do.
            return;
        };
        let names = String::from_utf8_lossy(&said.stdout);
        assert_eq!(
            names.trim(),
            "everything.json letters/1.eml",
            "{}",
            String::from_utf8_lossy(&said.stderr)
        );
    }
}
