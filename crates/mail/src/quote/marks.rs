//! The marks by which mail programs announce history and signatures, in the languages met most often.

/// What a line is, judged with the lines that follow it.
pub(super) enum Line {
    Words,
    Quote,
    /// "On … wrote:", over this many lines.
    Attribution(usize),
    /// Everything from here to the end is an earlier letter.
    History,
    SignatureMark,
    SentFrom,
}

const WROTE: [&str; 26] = [
    "wrote",
    "schrieb",
    "a écrit",
    "a ecrit",
    "escribió",
    "escribio",
    "ha scritto",
    "schreef",
    "escreveu",
    "skrev",
    "napisał",
    "napisal",
    "kirjoitti",
    "написал",
    "пишет",
    "писал",
    "napsal",
    "írta",
    "a scris",
    "έγραψε",
    "yazdı",
    "написав",
    "כתב",
    "كتب",
    "写道",
    "さん",
];

const BEGINS: [&str; 22] = [
    "On ",
    "Am ",
    "Le ",
    "El ",
    "Il ",
    "Op ",
    "Em ",
    "Den ",
    "Dnia ",
    "W dniu ",
    "Il giorno ",
    "Dne ",
    "ke ",
    "På ",
    "Στις ",
    "În ",
    "בתאריך ",
    "في ",
    "在",
    "于",
    "El día ",
    "Um ",
];

const HISTORY: [&str; 24] = [
    "original message",
    "original appointment",
    "forwarded message",
    "forwarded by",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message d’origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "mensagem original",
    "mensagem encaminhada",
    "originalmeddelande",
    "opprinnelig melding",
    "original meddelelse",
    "oryginalna wiadomość",
    "исходное сообщение",
    "пересылаемое сообщение",
    "původní zpráva",
];

const FORWARD: [&str; 5] = [
    "begin forwarded message:",
    "anfang der weitergeleiteten nachricht:",
    "début du message réexpédié :",
    "inizio messaggio inoltrato:",
    "inicio del mensaje reenviado:",
];

const FROM: [&str; 13] = [
    "from",
    "von",
    "de",
    "da",
    "van",
    "från",
    "fra",
    "lähettäjä",
    "od",
    "от",
    "feladó",
    "от кого",
    "发件人",
];

/// The other fields of a copied head.
const FIELDS: [&str; 40] = [
    "sent",
    "to",
    "subject",
    "date",
    "cc",
    "reply-to",
    "gesendet",
    "an",
    "betreff",
    "datum",
    "envoyé",
    "à",
    "objet",
    "date",
    "enviado",
    "para",
    "asunto",
    "fecha",
    "inviato",
    "a",
    "oggetto",
    "data",
    "verzonden",
    "aan",
    "onderwerp",
    "skickat",
    "till",
    "ämne",
    "sendt",
    "til",
    "emne",
    "wysłano",
    "do",
    "temat",
    "отправлено",
    "кому",
    "тема",
    "发送时间",
    "收件人",
    "主题",
];

const SENT_FROM: [&str; 22] = [
    "sent from my ",
    "sent from mail for windows",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent via ",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde mi ",
    "enviado do meu ",
    "enviado desde ",
    "inviato da ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "skickat från min ",
    "sendt fra min ",
    "wysłane z ",
    "отправлено с ",
];

/// Reads the first of these lines.
pub(super) fn read(lines: &[&str]) -> Line {
    let line = lines[0].trim_end_matches(['\n', '\r']);
    let bare = line.trim();
    if quotes(line) {
        return Line::Quote;
    }
    if line == "-- " || line == "--" || line == "—\u{a0}" {
        return Line::SignatureMark;
    }
    if bare.is_empty() {
        return Line::Words;
    }
    if begins_history(bare, lines) {
        return Line::History;
    }
    if let Some((count, sure)) = attribution(lines) {
        let below = lines[count..].iter().find(|line| !line.trim().is_empty());
        return match below {
            Some(below) if quotes(below) => Line::Attribution(count),
            // Without "> " marks below, only an unmistakable one hides what follows.
            _ if sure => Line::History,
            _ => Line::Words,
        };
    }
    if bare.chars().count() <= 80 && begins_any(bare, &SENT_FROM) && alone(lines) {
        return Line::SentFrom;
    }
    Line::Words
}

fn quotes(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t']);
    line.len() - bare.len() <= 3 && bare.starts_with('>')
}

fn begins_history(bare: &str, lines: &[&str]) -> bool {
    let lower = bare.to_lowercase();
    let dashes = bare.starts_with("--") || bare.starts_with("__") || bare.starts_with("==");
    if dashes {
        let inner = lower.trim_matches(['-', '_', '=', ' ', ':', '.']);
        if HISTORY.iter().any(|mark| inner.starts_with(mark)) {
            return true;
        }
        // Outlook draws a line above the copied head.
        if bare.len() >= 20
            && bare.chars().all(|c| c == '_')
            && lines
                .get(1..)
                .is_some_and(|below| copied_head(skip_empty(below)))
        {
            return true;
        }
    }
    FORWARD.contains(&lower.as_str()) || copied_head(lines)
}

fn skip_empty<'a, 'b>(lines: &'a [&'b str]) -> &'a [&'b str] {
    let empty = lines
        .iter()
        .take_while(|line| line.trim().is_empty())
        .count();
    &lines[empty..]
}

/// "From: … / Sent: … / To: … / Subject: …", with or without bold stars, in one language or another.
fn copied_head(lines: &[&str]) -> bool {
    let name = |line: &str| -> Option<String> {
        let line = line.trim().trim_start_matches('*');
        let (name, value) = line.split_once([':', '：'])?;
        (name.chars().count() <= 20 && !value.is_empty())
            .then(|| name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase())
    };
    let Some(first) = lines.first().and_then(|line| name(line)) else {
        return false;
    };
    if !FROM.contains(&first.as_str()) {
        return false;
    }
    let fields = lines
        .iter()
        .skip(1)
        .take(6)
        .filter(|line| name(line).is_some_and(|name| FIELDS.contains(&name.as_str())))
        .count();
    fields >= 2
}

/// "On 4 May 2026 at 10:02, Ada <ada@a.test> wrote:", perhaps broken over three lines. Says how many lines,
/// and whether it can be nothing else.
fn attribution(lines: &[&str]) -> Option<(usize, bool)> {
    let first = lines[0].trim_start();
    let starts = BEGINS.iter().any(|begin| first.starts_with(begin));
    let mut joined = String::new();
    for (at, line) in lines.iter().take(if starts { 3 } else { 1 }).enumerate() {
        if line.trim().is_empty() {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        let whole = joined.trim_end();
        if whole.len() > 400 {
            return None;
        }
        // German says "schrieb Ada Jones:", so the verb may stand anywhere.
        if whole.ends_with([':', '：']) {
            let wrote = WROTE.iter().any(|verb| whole.contains(verb));
            let address = whole.contains('@');
            let digit = whole.bytes().any(|b| b.is_ascii_digit());
            if !wrote || !(address || digit) {
                return None;
            }
            return Some((
                at + 1,
                starts && digit && (address || (has_year(whole) && has_time(whole))),
            ));
        }
    }
    None
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|at| {
        at[0].is_ascii_digit()
            && matches!(at[1], b':' | b'.')
            && at[2].is_ascii_digit()
            && at[3].is_ascii_digit()
    })
}

fn begins_any(line: &str, begins: &[&str]) -> bool {
    let lower = line.to_lowercase();
    begins.iter().any(|begin| lower.starts_with(begin))
}

/// A phone's line stands by itself: what follows is empty, another mark or the end.
fn alone(lines: &[&str]) -> bool {
    let Some(next) = lines.get(1).map(|line| line.trim()) else {
        return true;
    };
    next.is_empty()
        || quotes(next)
        || next.starts_with("--")
        || next.starts_with("__")
        || begins_history(next, &lines[1..])
        || attribution(&lines[1..]).is_some()
}
