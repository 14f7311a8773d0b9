//! `format=flowed` (RFC 3676): lines that a mail program broke for transport become paragraphs again.

/// Joins soft-broken lines of the same quote depth. `delsp` says that the space at a break is not part of
/// the text.
pub fn unflow(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let depth = line.bytes().take_while(|&b| b == b'>').count();
        let rest = &line[depth..];
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let joins = open == Some(depth) && rest != "-- ";
        if !joins {
            if !out.is_empty() || open.is_some() {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&">".repeat(depth));
                out.push(' ');
            }
        }
        let soft = rest.ends_with(' ') && rest != "-- ";
        out.push_str(if soft && delsp {
            &rest[..rest.len() - 1]
        } else {
            rest
        });
        open = soft.then_some(depth);
        if !soft && out.is_empty() {
            // An empty first line is a line too.
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn soft_breaks_join_and_hard_ones_stay() {
        assert_eq!(
            unflow("one \ntwo \nthree\nfour", false),
            "one two three\nfour"
        );
        assert_eq!(unflow("to \r\ngether\r\n", true), "together\n");
    }

    #[test]
    fn quotes_join_only_with_their_own_depth() {
        assert_eq!(
            unflow("> a \n> b\n>> c \nmine", false),
            "> a b\n>> c \nmine"
        );
    }

    #[test]
    fn a_signature_mark_is_no_soft_break() {
        assert_eq!(unflow("bye \n-- \nAda", false), "bye \n-- \nAda");
    }

    #[test]
    fn stuffed_spaces_go() {
        assert_eq!(
            unflow(" From here\n >not a quote", false),
            "From here\n>not a quote"
        );
    }
}
