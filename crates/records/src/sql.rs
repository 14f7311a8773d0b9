//! The one query of a database: what was written in settings, with the value bound and an end to the answer.

use crate::limits::ENTRIES_MAX;
use crate::says::Says;

const VALUE: &str = ":value";

/// How a database writes the place of a bound value, a column's name and its text.
pub(crate) struct Dialect {
    pub placeholder: &'static str,
    pub quote: char,
    pub text: &'static str,
}

pub(crate) const SQLITE: Dialect = Dialect {
    placeholder: "?1",
    quote: '"',
    text: "text",
};
pub(crate) const POSTGRES: Dialect = Dialect {
    placeholder: "$1",
    quote: '"',
    text: "text",
};
pub(crate) const MYSQL: Dialect = Dialect {
    placeholder: "?",
    quote: '`',
    text: "char",
};

/// What is wrong with a query, before anybody is asked.
pub(crate) fn check(query: &str) -> Result<(), String> {
    let query = query.trim().trim_end_matches(';');
    let begins = query.split_whitespace().next().unwrap_or_default();
    if !["select", "with"].contains(&begins.to_lowercase().as_str()) {
        return Err("one query is wanted that begins with select.".to_owned());
    }
    if query.contains(';') {
        return Err("one query is wanted, without a `;` in it.".to_owned());
    }
    if places(query).is_empty() {
        return Err("it never asks for the value; write it as :value.".to_owned());
    }
    Ok(())
}

/// The statement that is sent, and how often the value has to be bound.
///
/// The columns come as text whatever they are, so that a sum and a day read as the database writes them; one entry more
/// than is shown says that there are more.
pub(crate) fn statement(query: &str, says: &Says, dialect: &Dialect) -> (String, usize) {
    let query = query.trim().trim_end_matches(';');
    let mut inner = String::with_capacity(query.len());
    let mut from = 0;
    let places = places(query);
    for at in &places {
        inner.push_str(&query[from..*at]);
        inner.push_str(dialect.placeholder);
        from = at + VALUE.len();
    }
    inner.push_str(&query[from..]);
    let quote = dialect.quote;
    let columns: Vec<String> = says
        .columns()
        .iter()
        .map(|name| format!("cast(found.{quote}{name}{quote} as {})", dialect.text))
        .collect();
    let statement = format!(
        "select {} from ({inner}) as found limit {}",
        columns.join(", "),
        ENTRIES_MAX + 1
    );
    let binds = if dialect.placeholder == "?" {
        places.len()
    } else {
        1
    };
    (statement, binds)
}

/// Where `:value` stands; `::value` is a cast and `:values` another word.
fn places(query: &str) -> Vec<usize> {
    query
        .match_indices(VALUE)
        .map(|(at, _)| at)
        .filter(|at| {
            let before = query[..*at].chars().next_back();
            let after = query[at + VALUE.len()..].chars().next();
            before != Some(':') && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_bound_wherever_it_stands() {
        let says = Says::parse("{name}, {until}").expect("it reads");
        let query = "select * from cards where card = :value or lower(mail) = lower(:value) and a::value = 1;";
        let (postgres, binds) = statement(query, &says, &POSTGRES);
        assert_eq!(
            postgres,
            "select cast(found.\"name\" as text), cast(found.\"until\" as text) from (select * from cards where \
             card = $1 or lower(mail) = lower($1) and a::value = 1) as found limit 4"
        );
        assert_eq!(binds, 1);
        let (mysql, binds) = statement(query, &says, &MYSQL);
        assert!(
            mysql.contains("card = ? or lower(mail) = lower(?)"),
            "{mysql}"
        );
        assert!(mysql.contains("cast(found.`name` as char)"), "{mysql}");
        assert_eq!(binds, 2);
    }
}
