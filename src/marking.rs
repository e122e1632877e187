//! Markings: the labels of the Traffic Light Protocol 2.0 that say how far a briefing may travel.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::briefing::Marking;
use crate::words::Words;

/// A label of the Traffic Light Protocol, from the freest to the strictest. As data it is the label;
/// the obsolete one is refused there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Tlp {
    /// No limit.
    Clear,
    /// The community.
    Green,
    /// The organization and its clients.
    Amber,
    /// The organization only.
    AmberStrict,
    /// Named recipients only.
    Red,
}

/// The label of the protocol's first version that 2.0 replaced by `TLP:CLEAR`.
pub const OBSOLETE: &str = "TLP:WHITE";

impl Tlp {
    /// All labels, from the freest to the strictest: in this order they compare.
    pub const ALL: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

    /// The label as it is printed, never translated.
    pub fn label(self) -> &'static str {
        match self {
            Tlp::Clear => "TLP:CLEAR",
            Tlp::Green => "TLP:GREEN",
            Tlp::Amber => "TLP:AMBER",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Red => "TLP:RED",
        }
    }

    /// The colour of the label's text, which stands on black.
    pub fn color(self) -> &'static str {
        match self {
            Tlp::Clear => "#FFFFFF",
            Tlp::Green => "#33FF00",
            Tlp::Amber | Tlp::AmberStrict => "#FFC000",
            Tlp::Red => "#FF2B2B",
        }
    }

    /// The label in the form a template sees; what it permits, in one sentence of these words.
    pub fn to_briefing(self, words: &Words) -> Marking {
        let permits = match self {
            Tlp::Clear => "marking.clear",
            Tlp::Green => "marking.green",
            Tlp::Amber => "marking.amber",
            Tlp::AmberStrict => "marking.amber_strict",
            Tlp::Red => "marking.red",
        };
        Marking {
            label: self.label().into(),
            color: self.color().into(),
            permits: words.word(permits),
        }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// A marking that is no label of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown marking `{0}`; accepted: {accepted}", accepted = Tlp::ALL.map(Tlp::label).join(", "))]
pub struct UnknownMarking(pub String);

impl From<Tlp> for &'static str {
    fn from(label: Tlp) -> &'static str {
        label.label()
    }
}

impl TryFrom<String> for Tlp {
    type Error = UnknownMarking;

    fn try_from(text: String) -> Result<Tlp, UnknownMarking> {
        if text == OBSOLETE { Err(UnknownMarking(text)) } else { text.parse() }
    }
}

impl FromStr for Tlp {
    type Err = UnknownMarking;

    /// Reads a label, and the obsolete `TLP:WHITE` as `TLP:CLEAR`; whoever asked should be told of
    /// that (see [`OBSOLETE`]). Nothing else is accepted: a misspelt label must not become a free one.
    fn from_str(text: &str) -> Result<Tlp, UnknownMarking> {
        if text == OBSOLETE {
            return Ok(Tlp::Clear);
        }
        Tlp::ALL
            .into_iter()
            .find(|label| label.label() == text)
            .ok_or_else(|| UnknownMarking(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: every label reads back as itself, and the strictest of several wins by comparison.
    #[test]
    fn labels_round_trip_and_compare_by_strictness() {
        for label in Tlp::ALL {
            assert_eq!(label.label().parse(), Ok(label));
        }
        assert_eq!([Tlp::Green, Tlp::Red, Tlp::AmberStrict].into_iter().max(), Some(Tlp::Red));
        assert!(Tlp::Clear < Tlp::Green && Tlp::Amber < Tlp::AmberStrict);
    }

    // Protects: TLP:WHITE is read as CLEAR and never printed; anything else is no silent CLEAR.
    #[test]
    fn white_is_clear_and_the_rest_is_refused() {
        assert_eq!(OBSOLETE.parse::<Tlp>().map(Tlp::label), Ok("TLP:CLEAR"));
        for text in ["", "TLP:AMBER STRICT", "TLP: GREEN", "green", "TLP:BLACK"] {
            let error = text.parse::<Tlp>().unwrap_err().to_string();
            assert!(error.contains("TLP:AMBER+STRICT"), "{error}");
        }
    }
}
