//! HTML of strangers: cleaned by an allow-list, without pictures from elsewhere, and read aloud as text.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

use crate::limits;

mod reading;
pub use reading::to_text;

/// HTML that may be shown in a sandboxed frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    pub html: String,
    /// Pictures that lay on somebody's server and were left out.
    pub remote_images: usize,
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        // Pictures inside pictures, forms and frames are not for letters; maps and media neither.
        .rm_tags(["map", "area"])
        .add_tags(["font", "center"])
        .add_clean_content_tags([
            "script", "style", "title", "head", "svg", "math", "template", "noscript", "textarea",
            "select", "object", "iframe",
        ])
        .add_generic_attributes(["dir", "style"])
        // No colours (they fight the reader's own, and can hide words), no positions, nothing with an address.
        .attribute_filter(|_, name, value| match name {
            "style" => plain_declarations(value),
            _ => Some(value.into()),
        })
        .filter_style_properties(HashSet::from([
            "font-weight",
            "font-style",
            "text-decoration",
            "text-align",
            "white-space",
        ]));
    builder
});

/// The declarations whose values are words and numbers. An allowed property must not carry what no allowed
/// one needs, such as an address.
fn plain_declarations(style: &str) -> Option<Cow<'_, str>> {
    let is_plain = |declaration: &&str| {
        declaration
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" -:.%!,#\t\r\n".contains(&b))
    };
    if style.split(';').all(|declaration| is_plain(&declaration)) {
        return Some(style.into());
    }
    let kept: Vec<&str> = style.split(';').filter(is_plain).collect();
    (!kept.is_empty()).then(|| kept.join(";").into())
}

/// Cleans HTML, or gives `None` when it is too large or too tangled for that to be safe and quick.
pub fn clean(html: &str) -> Option<Clean> {
    if html.len() > limits::HTML_BYTES_MAX
        || depth(html) > limits::HTML_DEPTH_MAX
        || entity_work(html) > limits::HTML_ENTITY_WORK_MAX
    {
        return None;
    }
    Some(replace_pictures(&CLEANER.clean(html).to_string()))
}

/// Tags that browsers close by themselves, so they do not pile up.
const NEVER_DEEP: [&str; 20] = [
    "br", "img", "hr", "meta", "link", "input", "p", "li", "tr", "td", "th", "dt", "dd", "option",
    "col", "wbr", "area", "base", "source", "tbody",
];

/// About how deep elements lie inside one another, from the tags alone.
fn depth(html: &str) -> usize {
    let (mut now, mut deepest) = (0usize, 0usize);
    for piece in html.split('<').skip(1) {
        let closing = piece.starts_with('/');
        let name = piece.trim_start_matches('/');
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = &name[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || NEVER_DEEP.iter().any(|tag| name.eq_ignore_ascii_case(tag))
        {
            continue;
        }
        if closing {
            now = now.saturating_sub(1);
        } else {
            now += 1;
            deepest = deepest.max(now);
        }
    }
    deepest
}

/// The parser's time grows with the square of the `&` between two tags.
fn entity_work(html: &str) -> usize {
    html.split('<')
        .map(|run| run.bytes().filter(|&b| b == b'&').count().pow(2))
        .sum()
}

/// One tag of cleaned HTML.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: &'a str,
}

/// Cleaned HTML as alternating text and tags. It was written by a serialiser, so `<` always begins a tag.
fn pieces(html: &str) -> impl Iterator<Item = (&str, Option<Tag<'_>>, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(start) = rest.find('<') else {
            return Some((std::mem::take(&mut rest), None, ""));
        };
        let text = &rest[..start];
        let mut quoted = false;
        let end = rest[start..]
            .char_indices()
            .find(|&(_, c)| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .map_or(rest.len(), |(at, _)| start + at + 1);
        let whole = &rest[start..end];
        rest = &rest[end..];
        let inner = whole.trim_start_matches('<').trim_end_matches('>');
        let (closing, inner) = inner
            .strip_prefix('/')
            .map_or((false, inner), |inner| (true, inner));
        let (name, attributes) = inner
            .split_once(|c: char| c.is_whitespace())
            .unwrap_or((inner, ""));
        Some((
            text,
            Some(Tag {
                name,
                closing,
                attributes,
            }),
            whole,
        ))
    })
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start();
            let (name, after) = rest.split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            if name.trim() == wanted {
                return Some(unescape(value));
            }
            rest = after;
        }
    }
}

/// Every `img` becomes words: what it shows, where that is said. Tiny ones are only counted.
fn replace_pictures(html: &str) -> Clean {
    let mut out = String::with_capacity(html.len());
    let mut remote_images = 0;
    for (text, tag, whole) in pieces(html) {
        out.push_str(text);
        let Some(tag) = tag else { continue };
        if tag.name != "img" {
            out.push_str(whole);
            continue;
        }
        let remote = tag
            .attribute("src")
            .is_some_and(|src| !src.starts_with("cid:"));
        remote_images += usize::from(remote);
        let tiny = ["width", "height"].iter().any(|side| {
            tag.attribute(side).is_some_and(|size| matches!(size.trim_end_matches("px").trim().parse::<f32>(), Ok(n) if n <= 3.0))
        });
        if tiny {
            continue;
        }
        let alt = crate::visible::line(&tag.attribute("alt").unwrap_or_default());
        let words = if alt.is_empty() {
            "[picture]".to_owned()
        } else {
            format!("[picture: {alt}]")
        };
        out.push_str("<span class=\"picture\">");
        out.push_str(&escape(&words));
        out.push_str("</span>");
    }
    Clean {
        html: out,
        remote_images,
    }
}

/// Plain text as HTML, for letters that mix both.
pub(crate) fn from_text(text: &str) -> String {
    format!("<p>{}</p>", escape(text).replace('\n', "<br>"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// Words of HTML that is not cleaned: tags are dropped one by one, whatever they are.
pub(crate) fn crude_text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tag = &rest[start + 1..];
        let silent = ["script", "style"].into_iter().find(|name| {
            tag.get(..name.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        });
        rest = match silent.and_then(|name| closing(tag, name)) {
            Some(after) => after,
            None => tag.find('>').map_or("", |end| &tag[end + 1..]),
        };
        if !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    unescape(&out)
        .split('\n')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn closing<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let after = &text[from + at + 2..];
        if after
            .get(..name.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        {
            return Some(after.find('>').map_or("", |end| &after[end + 1..]));
        }
        from += at + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(dirty: &str) -> String {
        clean(dirty).expect("small HTML is cleaned").html
    }

    #[test]
    fn nothing_that_runs_or_calls_home_survives() {
        for dirty in [
            "<script>x()</script>",
            "<img src=x onerror=x()>",
            "<svg><script>x()</script></svg>",
            "<svg onload=x()>",
            "<a href='javascript:x()'>a</a>",
            "<a href='data:text/html,x()'>a</a>",
            "<iframe src='https://a.test'></iframe>",
            "<form action='https://a.test'><input></form>",
            "<style>@import 'https://a.test'</style>",
            "<div style='background:url(https://a.test/x())'>a</div>",
            "<link rel=stylesheet href='https://a.test'>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x()&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=x()>\">",
            "<meta http-equiv=refresh content='0;url=https://a.test'>",
            "<base href='https://a.test'>",
            "<p style=\"text-align:left;background-image:url('https://a.test')\">a</p>",
            "<p style=\"font-weight:bold x : url('https://a.test'); text-align:\\75rl(https://a.test)\">a</p>",
            "<video src='https://a.test' poster='https://a.test'></video>",
            "<td background='https://a.test'>a</td>",
        ] {
            let clean = html(dirty).to_lowercase();
            for bad in [
                "<script",
                "onerror=",
                "onload=",
                "javascript:",
                "data:",
                "<iframe",
                "<form",
                "<input",
                "<svg",
                "<style",
                "<img",
                "<link",
                "<meta",
                "<base",
                "url(",
                "<video",
                "background",
                "a.test",
            ] {
                // Escaped words in a text or title are harmless.
                assert!(
                    !clean
                        .replace("&lt;img src=1 onerror=x()&gt;", "")
                        .replace("<img src=x onerror=x()>\"", "")
                        .contains(bad),
                    "{dirty} gave {clean}"
                );
            }
        }
    }

    #[test]
    fn remote_pictures_become_words_and_are_counted() {
        let clean = clean(r#"<p>Hi <img src="https://shop.test/cat.png" alt='A > "cat"'> <img src="https://shop.test/o.gif" width="1" height="1"><img src="cid:a@b"></p>"#).unwrap();
        assert_eq!(clean.remote_images, 2);
        assert_eq!(
            clean.html,
            r#"<p>Hi <span class="picture">[picture: A &gt; "cat"]</span> <span class="picture">[picture]</span></p>"#
        );
    }

    #[test]
    fn links_say_where_they_lead() {
        assert_eq!(
            to_text(&html(
                "<p>Pay <a href='https://pay.test/x?y=1'>here</a> or at <a href='https://shop.test/'>shop.test</a>.</p>"
            )),
            "Pay here (pay.test) or at shop.test."
        );
        assert_eq!(
            to_text(&html(
                "<a href='https://bank.test@evil.test/'>bank.test</a>"
            )),
            "bank.test (evil.test)"
        );
        assert!(
            html("<a href='https://a.test'>a</a>")
                .contains(r#"rel="noopener noreferrer nofollow""#)
        );
    }

    #[test]
    fn quotes_lists_tables_and_breaks_read_as_text() {
        let text = to_text(&html(
            "<div>Hello,</div><div><br></div><div>two  spaces</div><ul><li>one</li><li>two<ol><li>a</li></ol></li></ul><blockquote><p>You wrote</p><p>this</p></blockquote><table><tr><td>Order</td><td>7781</td></tr><tr><td>Sum</td><td>4 €</td></tr></table><pre>a\n  b</pre>",
        ));
        assert_eq!(
            text,
            "Hello,\n\ntwo spaces\n\n- one\n- two\n  1. a\n\n> You wrote\n>\n> this\n\nOrder 7781\nSum 4 €\n\na\n  b"
        );
    }

    #[test]
    fn tangled_html_is_left_out_quickly_but_its_words_are_not() {
        let tangled = "<b a=1><i>".repeat(5_000) + "words &amp; more<script>no</script>";
        assert_eq!(clean(&tangled), None);
        assert_eq!(crude_text(&tangled), "words & more");
    }
}
