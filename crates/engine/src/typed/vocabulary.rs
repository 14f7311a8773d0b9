//! The words that typed things are made of, numbered first of all words, so that each is known by its number alone.

/// A length of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

/// What part a word can play in a typed thing. A word has one; its neighbours decide the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Plain,
    Number(u16),
    Article,
    Half,
    Quarter,
    Couple,
    Few,
    Month(u8),
    /// A month's name that is more often another word: "may", "march".
    MonthPerhaps(u8),
    /// Monday is 0.
    Weekday(u8),
    /// A short weekday that is more often another word: "sat", "sun".
    WeekdayPerhaps(u8),
    Unit(Unit),
    Ordinal(u8),
    /// Today, tomorrow, yesterday, in days from today.
    Day(i8),
    DayPart,
    Weekend,
    /// A feast with a month and a day; month 0 where it moves.
    Feast(u8, u8),
    Noon,
    Midnight,
    Am,
    Pm,
    OClock,
    /// A preposition before an hour: "at", "by", "before".
    At,
    On,
    In,
    Since,
    Of,
    The,
    And,
    Or,
    To,
    Past,
    Ago,
    Last,
    Next,
    This,
    Working,
    /// "end", "start", "middle", "close" of a week.
    Edge,
    Business,
    /// A currency's word, by its index in `CURRENCIES`, and how many hundredths one is.
    Money(u8, u16),
    /// A mark such as "£", by its index.
    Mark(u8),
    /// A banknote: "fiver", "tenner".
    Note(u8),
    /// What a reference is the number of: "order", "invoice".
    Label,
    /// "number", "no", "id" behind a label.
    LabelTail,
    PhoneLabel,
    Is,
    Times,
    Time,
    Twice(u8),
    /// A word that may follow a bare hour: "by five at the latest".
    AfterHour,
    /// A verb in the past, which turns a bare weekday backwards.
    Happened,
    Future,
    Hash,
    Plus,
    Open,
    Close,
    Comma,
    Dot,
    Colon,
    Dash,
    Percent,
    Thing,
}

/// Currencies by ISO code.
pub const CURRENCIES: &[&str] = &[
    "GBP", "EUR", "USD", "INR", "NGN", "KES", "ZAR", "JPY", "CHF", "AUD", "CAD", "NZD", "PLN",
    "SEK",
];

/// Marks that mean the same in every language.
pub const MARKS: &[(&str, Class)] = &[
    ("£", Class::Mark(0)),
    ("€", Class::Mark(1)),
    ("$", Class::Mark(2)),
    ("₹", Class::Mark(3)),
    ("₦", Class::Mark(4)),
    ("¥", Class::Mark(7)),
    ("#", Class::Hash),
    ("+", Class::Plus),
    ("(", Class::Open),
    (")", Class::Close),
    (",", Class::Comma),
    (".", Class::Dot),
    (":", Class::Colon),
    ("—", Class::Dash),
    ("%", Class::Percent),
];

impl Class {
    /// The part that a line of `grammar/vocabulary.txt` names: "month 3", "unit day", "money GBP 100".
    pub fn named(part: &str) -> Option<Class> {
        let mut words = part.split_whitespace();
        let name = words.next()?;
        let args: Vec<&str> = words.collect();
        let number = |at: usize| args.get(at)?.parse::<i32>().ok();
        let small = |at: usize| number(at).and_then(|n| u8::try_from(n).ok());
        let class = match (name, args.len()) {
            ("number", 1) => Class::Number(number(0)?.try_into().ok()?),
            ("article", 0) => Class::Article,
            ("half", 0) => Class::Half,
            ("quarter", 0) => Class::Quarter,
            ("couple", 0) => Class::Couple,
            ("few", 0) => Class::Few,
            ("month", 1) => Class::Month(small(0)?),
            ("month-perhaps", 1) => Class::MonthPerhaps(small(0)?),
            ("weekday", 1) => Class::Weekday(small(0)?),
            ("weekday-perhaps", 1) => Class::WeekdayPerhaps(small(0)?),
            ("unit", 1) => Class::Unit(Unit::named(args[0])?),
            ("ordinal", 1) => Class::Ordinal(small(0)?),
            ("day", 1) => Class::Day(number(0)?.try_into().ok()?),
            ("day-part", 0) => Class::DayPart,
            ("weekend", 0) => Class::Weekend,
            ("feast", 2) => Class::Feast(small(0)?, small(1)?),
            ("noon", 0) => Class::Noon,
            ("midnight", 0) => Class::Midnight,
            ("am", 0) => Class::Am,
            ("pm", 0) => Class::Pm,
            ("o-clock", 0) => Class::OClock,
            ("at", 0) => Class::At,
            ("on", 0) => Class::On,
            ("in", 0) => Class::In,
            ("since", 0) => Class::Since,
            ("of", 0) => Class::Of,
            ("the", 0) => Class::The,
            ("and", 0) => Class::And,
            ("or", 0) => Class::Or,
            ("to", 0) => Class::To,
            ("past", 0) => Class::Past,
            ("ago", 0) => Class::Ago,
            ("last", 0) => Class::Last,
            ("next", 0) => Class::Next,
            ("this", 0) => Class::This,
            ("working", 0) => Class::Working,
            ("edge", 0) => Class::Edge,
            ("business", 0) => Class::Business,
            ("money", 2) => {
                let currency = CURRENCIES.iter().position(|code| *code == args[0])?;
                Class::Money(currency as u8, number(1)?.try_into().ok()?)
            }
            ("note", 1) => Class::Note(small(0)?),
            ("label", 0) => Class::Label,
            ("label-tail", 0) => Class::LabelTail,
            ("phone-label", 0) => Class::PhoneLabel,
            ("is", 0) => Class::Is,
            ("times", 0) => Class::Times,
            ("time", 0) => Class::Time,
            ("twice", 1) => Class::Twice(small(0)?),
            ("after-hour", 0) => Class::AfterHour,
            ("happened", 0) => Class::Happened,
            ("future", 0) => Class::Future,
            ("percent", 0) => Class::Percent,
            ("thing", 0) => Class::Thing,
            _ => return None,
        };
        let sound = match class {
            Class::Month(n) | Class::MonthPerhaps(n) => (1..=12).contains(&n),
            Class::Weekday(n) | Class::WeekdayPerhaps(n) => n < 7,
            Class::Feast(month, day) => month <= 12 && day <= 31,
            Class::Ordinal(n) => (1..=31).contains(&n),
            _ => true,
        };
        sound.then_some(class)
    }
}

impl Unit {
    fn named(name: &str) -> Option<Unit> {
        Some(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return None,
        })
    }
}
