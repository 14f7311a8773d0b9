//! Text into lines.

/// Text in lines no wider than this. A word that is wider by itself is cut where it must be.
pub fn broken(text: &str, width: f32, wide: impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines = Vec::new();
    let gap = wide(" ");
    for paragraph in text.split('\n') {
        let (mut line, mut long) = (String::new(), 0.0);
        // A space that must not break stays inside its word.
        for word in paragraph
            .split([' ', '\t', '\r'])
            .filter(|it| !it.is_empty())
        {
            let own = wide(word);
            if !line.is_empty() && long + gap + own > width {
                lines.push(std::mem::take(&mut line));
                long = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                long += gap;
            }
            if own <= width {
                line.push_str(word);
                long += own;
                continue;
            }
            for letter in word.chars() {
                let own = wide(letter.encode_utf8(&mut [0; 4]));
                if long + own > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    long = 0.0;
                }
                line.push(letter);
                long += own;
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::broken;

    fn letters(text: &str) -> f32 {
        text.chars().map(|_| 1.0).sum()
    }

    #[test]
    fn words_go_into_lines_and_a_long_one_is_cut() {
        assert_eq!(broken("one two three", 7.0, letters), ["one two", "three"]);
        assert_eq!(
            broken("abcdefgh ij", 3.0, letters),
            ["abc", "def", "gh", "ij"]
        );
        assert_eq!(broken("a\n\nb", 9.0, letters), ["a", "", "b"]);
    }
}
