//! Where a report plays: the countries and divisions it speaks of decide which of many towns of one name is meant.

use std::collections::BTreeMap;

use crate::lexicon::places::{self, Place};

use super::names::NameKind;
use super::sentence::Sentence;

/// The countries and divisions that a report speaks of, with how often.
#[derive(Clone, Debug, Default)]
pub struct Region {
    countries: BTreeMap<String, usize>,
    divisions: BTreeMap<(String, String), usize>,
}

impl Region {
    /// The region of a report, from the names in its sentences.
    pub fn of(text: &str, sentences: &[Sentence]) -> Region {
        let mut region = Region::default();
        for sentence in sentences {
            for name in &sentence.names {
                match (&name.kind, &name.country) {
                    (NameKind::State(_), Some(country)) => region.add(country),
                    (NameKind::Place, _) => {
                        let words = &text[sentence.bytes(&(name.first..name.last))];
                        places::named(words)
                            .filter(|p| p.is_division)
                            .for_each(|p| region.note(&p));
                    }
                    _ => {}
                }
            }
        }
        region
    }

    fn add(&mut self, country: &str) {
        *self.countries.entry(country.to_owned()).or_default() += 1;
    }

    /// Counts a place that is sure.
    pub fn note(&mut self, place: &Place) {
        self.add(place.country);
        let division = (place.country.to_owned(), place.division.to_owned());
        *self.divisions.entry(division).or_default() += 1;
    }

    /// The country most spoken of.
    pub fn country(&self) -> Option<&str> {
        let most = self.countries.iter().rev().max_by_key(|(_, count)| **count)?;
        Some(most.0)
    }

    /// Whether the report speaks of the country of a place, or of none.
    pub fn holds(&self, place: &Place) -> bool {
        self.countries.is_empty() || self.countries.contains_key(place.country)
    }

    /// How well a place fits: by its division, its country, and how large it is.
    fn fit(&self, place: &Place) -> (usize, usize, u8) {
        let division = (place.country.to_owned(), place.division.to_owned());
        let count = |found: Option<&usize>| found.copied().unwrap_or_default();
        (count(self.divisions.get(&division)), count(self.countries.get(place.country)), place.rank)
    }

    /// Of all places of one name that which is meant.
    pub fn best(&self, name: &str) -> Option<Place> {
        places::named(name).max_by_key(|place| (self.fit(place), !place.is_division))
    }
}
