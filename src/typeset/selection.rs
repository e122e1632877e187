//! Which pages are wanted: `1,3-5`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::Error;

/// Some pages of a document, in order; all where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection(Vec<(usize, usize)>);

impl Selection {
    /// The numbers of the selected pages of a document, each once and in order.
    ///
    /// # Errors
    /// [`Error::Pages`] for a page that the document does not have.
    pub(super) fn numbers(&self, count: usize) -> Result<Vec<usize>, Error> {
        if let Some((_, last)) = self.0.iter().find(|(_, last)| *last > count) {
            return Err(Error::Pages { page: *last, count });
        }
        let wanted = |page: &usize| self.0.iter().any(|(from, to)| (from..=to).contains(&page));
        Ok((1..=count).filter(|page| self.0.is_empty() || wanted(page)).collect())
    }
}

impl FromStr for Selection {
    type Err = String;

    fn from_str(text: &str) -> Result<Selection, String> {
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number > 0);
        let range = |text: &str| match text.split_once('-') {
            Some((from, to)) => Some((number(from)?, number(to)?)).filter(|(from, to)| from <= to),
            None => number(text).map(|page| (page, page)),
        };
        let ranges: Option<Vec<(usize, usize)>> = text.split(',').map(range).collect();
        ranges.map(Selection).ok_or_else(|| "not pages; accepted: such as 1,3-5".into())
    }
}

impl Display for Selection {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let words = self.0.iter().map(|(from, to)| match from == to {
            true => from.to_string(),
            false => format!("{from}-{to}"),
        });
        f.write_str(&words.collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Pages are named as people name them; each comes once, in order.
    #[test]
    fn pages_are_selected() {
        let numbers = |text: &str| text.parse::<Selection>().unwrap().numbers(6).unwrap();
        assert_eq!(numbers("5, 1-2,2"), [1, 2, 5]);
        assert_eq!(Selection::default().numbers(3).unwrap(), [1, 2, 3]);
        for wrong in ["", "0", "3-1", "a", "1-", "1,,2"] {
            assert!(wrong.parse::<Selection>().is_err(), "{wrong}");
        }
        let error = "2-9".parse::<Selection>().unwrap().numbers(6).unwrap_err();
        assert_eq!(error.to_string(), "there is no page 9\nhint: the briefing has 6 pages");
    }
}
