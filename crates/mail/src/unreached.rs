//! Why another machine could not be reached, in words instead of an operating system's number.

use std::io::{Error, ErrorKind};

/// What went wrong on the way to another machine.
pub fn words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "nothing answers there".into(),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "no answer in time".into(),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => "the connection broke off".into(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            "there is no way to it from here".into()
        }
        _ if error.to_string().contains("lookup address") => "its name could not be found".into(),
        _ => {
            let said = error.to_string();
            said.split(" (os error").next().unwrap_or(&said).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_without_a_number() {
        let refused = Error::from_raw_os_error(111);
        assert_eq!(words(&refused), "nothing answers there");
        let other = Error::from_raw_os_error(13);
        assert!(!words(&other).contains("os error"), "{}", words(&other));
    }
}
