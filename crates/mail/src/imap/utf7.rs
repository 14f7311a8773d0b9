//! Folder names as IMAP writes them: modified UTF-7 (RFC 3501, 5.1.3).

/// `Büro` becomes `B&APw-ro`.
pub(super) fn encode(name: &str) -> String {
    let mut out = String::new();
    let mut other: Vec<u16> = Vec::new();
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            flush(&mut out, &mut other);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            other.extend(c.encode_utf16(&mut [0; 2]).iter());
        }
    }
    flush(&mut out, &mut other);
    out
}

fn flush(out: &mut String, other: &mut Vec<u16>) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    if other.is_empty() {
        return;
    }
    out.push('&');
    let bytes: Vec<u8> = other.drain(..).flat_map(u16::to_be_bytes).collect();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0u32, |bits, &byte| bits << 8 | u32::from(byte))
            << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
    out.push('-');
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn names_are_written_as_the_rfc_shows() {
        assert_eq!(encode("INBOX"), "INBOX");
        assert_eq!(encode("Q&A"), "Q&-A");
        assert_eq!(encode("Büro"), "B&APw-ro");
        assert_eq!(
            encode("~peter/mail/台北/日本語"),
            "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
        );
        assert_eq!(encode("🏊"), "&2Dzfyg-");
    }
}
