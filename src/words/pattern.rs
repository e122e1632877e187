//! Patterns: fixed words with named fields, "{count} of {whole}".

/// Fixed words with fields between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

/// A stretch of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// The name of what is put in.
    Field(String),
}

impl Pattern {
    /// Reads a pattern. Braces stand around the names of fields and nowhere else.
    ///
    /// # Errors
    /// What is wrong with the braces.
    pub fn parse(text: &str) -> Result<Pattern, &'static str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            if rest[open..].starts_with('}') {
                return Err("a brace closes that was not opened");
            }
            let close = rest[open..].find('}').ok_or("a brace is not closed")? + open;
            let name = &rest[open + 1..close];
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return Err("between braces stands the name of a field, in small letters");
            }
            if open > 0 {
                pieces.push(Piece::Text(rest[..open].to_owned()));
            }
            pieces.push(Piece::Field(name.to_owned()));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Pattern(pieces))
    }

    /// The pattern piece by piece.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The names of its fields.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Field(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The pattern with its fields filled in; a field that is not given stays empty.
    pub fn fill(&self, with: &[(&str, &str)]) -> String {
        let value = |name: &str| with.iter().find(|(known, _)| *known == name).map(|(_, v)| *v);
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Field(name) => value(name).unwrap_or_default(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Fields are put where the language wants them, and a stray brace is told of.
    #[test]
    fn fills_fields_by_name() {
        let pattern = Pattern::parse("{whole} nəfərdən {count}").unwrap();
        assert_eq!(pattern.fill(&[("count", "38"), ("whole", "67")]), "67 nəfərdən 38");
        for wrong in ["{", "a}", "{}", "{a b}", "{a{b}}"] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
