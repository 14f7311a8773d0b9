//! Sheets of what arrives at a team, all together, and of what is not seen there.

/// A number of one thing, as far as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Told {
    #[default]
    None,
    /// Fewer than `limits::GROUP_MIN`: which it is, stays untold.
    Few,
    Many(i64),
}

/// What arrives within an hour of the day, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourSheet {
    pub from: i8,
    pub until: i8,
    pub letters: Told,
    pub counter: Told,
    pub phone: Told,
}

/// Something that brings people to write, and what would take it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseSheet {
    pub says: &'static str,
    pub remedy: &'static str,
    pub conversations: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicSheet {
    pub topic: String,
    pub conversations: i64,
    /// Options that name it: id, and what they say.
    pub options: Vec<(String, String)>,
}

/// A source that often says something else than people do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSheet {
    pub name: String,
    pub contradicted: Told,
    pub not_found: Told,
}

/// What was promised, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TogetherSheet {
    pub kept: Told,
    pub moved: Told,
    pub broken: Told,
    pub late: Told,
}

#[derive(Debug, Clone)]
pub struct WorkloadSheet {
    pub around: super::Around,
    /// True where there were more letters than are read.
    pub cut: bool,
    pub hours: Vec<HourSheet>,
    pub causes: Vec<CauseSheet>,
    pub topics: Vec<TopicSheet>,
    pub sources: Vec<SourceSheet>,
    /// None where too few people promised for a sum of theirs to be nobody's.
    pub promises: Option<TogetherSheet>,
}

#[derive(Debug, Clone)]
pub struct UnseenSheet {
    pub around: super::Around,
}
