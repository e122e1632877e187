//! What an editor knows beforehand and keeps beside the reports: outlets, names and places.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything known beforehand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Register {
    pub outlets: Vec<Outlet>,
    pub names: Vec<Name>,
    pub places: Vec<Place>,
}

/// A publisher of reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    pub name: String,
    /// Reports whose address lies in this domain are the outlet's ("example.org").
    #[serde(default)]
    pub domain: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub reliability: Reliability,
    /// What publishers in one hand have in common: their reports are of one origin.
    #[serde(default)]
    pub family: Option<String>,
    #[serde(default)]
    pub state_owned: bool,
}

/// How far an outlet is relied on, in the letters of the Admiralty code.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Reliability {
    /// Completely reliable.
    A,
    B,
    C,
    D,
    E,
    /// Cannot be judged.
    #[default]
    F,
}

/// A person or a body under all its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// As the briefing is to call it.
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Position, in place of what the reports say.
    #[serde(default)]
    pub role: Option<String>,
    /// Names that look alike and mean somebody else.
    #[serde(default)]
    pub apart_from: Vec<String>,
}

/// A place under all its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// As the briefing is to call it.
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Degrees north, for the map; with a longitude only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
}

impl Reliability {
    /// The letter.
    pub fn letter(self) -> char {
        match self {
            Reliability::A => 'A',
            Reliability::B => 'B',
            Reliability::C => 'C',
            Reliability::D => 'D',
            Reliability::E => 'E',
            Reliability::F => 'F',
        }
    }
}

impl Register {
    /// The outlet of a report that names its publisher, or whose address lies in the outlet's domain.
    pub fn outlet(&self, published_by: Option<&str>, url: Option<&str>) -> Option<&Outlet> {
        let named = |outlet: &&Outlet| published_by.is_some_and(|name| outlet.is_named(name));
        let host = url.and_then(host);
        let addressed = |outlet: &&Outlet| {
            host.is_some_and(|host| outlet.domain.as_ref().is_some_and(|own| within(host, own)))
        };
        self.outlets.iter().find(named).or_else(|| self.outlets.iter().find(addressed))
    }
}

impl Place {
    /// All that it is called.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Degrees north and east, where both are known.
    pub fn position(&self) -> Option<(f64, f64)> {
        self.latitude.zip(self.longitude)
    }
}

impl Outlet {
    /// Whether a report names this outlet as its publisher: "Baltic News", "Baltic News via MENAFN".
    pub fn is_named(&self, published_by: &str) -> bool {
        let (outlet, said) = (self.name.trim().to_lowercase(), published_by.trim().to_lowercase());
        said.strip_prefix(&outlet).is_some_and(|rest| rest.is_empty() || rest.starts_with(" via "))
    }
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    host.split(':').next().filter(|host| !host.is_empty())
}

/// Whether a host is a domain or lies in it.
fn within(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_lowercase(), domain.to_lowercase());
    host == domain || host.strip_suffix(&domain).is_some_and(|front| front.ends_with('.'))
}

/// Spellings that mean one name, folded by whoever looks them up.
pub struct Spellings<'r> {
    names: BTreeMap<String, &'r str>,
    roles: BTreeMap<&'r str, &'r str>,
    apart: Vec<(String, String)>,
}

impl<'r> Spellings<'r> {
    /// Persons and bodies; `fold` brings spellings into one form.
    pub fn names(register: &'r Register, fold: impl Fn(&str) -> String) -> Self {
        let spellings = |name: &'r Name| {
            std::iter::once(&name.name).chain(&name.aliases).map(|s| (fold(s), name.name.as_str()))
        };
        let apart = |name: &'r Name| name.apart_from.iter().map(|a| (fold(&name.name), fold(a)));
        let roles = register.names.iter();
        Spellings {
            names: register.names.iter().flat_map(spellings).collect(),
            roles: roles.filter_map(|n| Some((n.name.as_str(), n.role.as_deref()?))).collect(),
            apart: register.names.iter().flat_map(apart).collect(),
        }
    }

    /// Places.
    pub fn places(register: &'r Register, fold: impl Fn(&str) -> String) -> Self {
        let spellings = |place: &'r Place| {
            let all = std::iter::once(&place.name).chain(&place.aliases);
            all.map(|spelling| (fold(spelling), place.name.as_str()))
        };
        let names = register.places.iter().flat_map(spellings).collect();
        Spellings { names, roles: BTreeMap::new(), apart: Vec::new() }
    }

    /// The name that a folded spelling means.
    pub fn name(&self, folded: &str) -> Option<&'r str> {
        self.names.get(folded).copied()
    }

    /// The position of a name.
    pub fn role(&self, name: &str) -> Option<&'r str> {
        self.roles.get(name).copied()
    }

    /// Whether two folded spellings must not be taken for one name.
    pub fn are_apart(&self, a: &str, b: &str) -> bool {
        let is = |side: &str, spelling: &str| {
            let (name, other) = (self.name(side), self.name(spelling));
            side == spelling || name.is_some() && name == other
        };
        self.apart.iter().any(|(x, y)| is(x, a) && is(y, b) || is(x, b) && is(y, a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Protects: an address belongs to a domain by whole labels, whatever stands around the host.
    #[test]
    fn addresses_belong_to_domains() {
        for (url, expected) in [
            ("https://example.org/a", true),
            ("http://www.Example.org:80/a?b", true),
            ("https://user@news.example.org", true),
            ("https://badexample.org/", false),
            ("https://example.org.evil.net/", false),
            ("example.org", false),
        ] {
            let found = host(url).is_some_and(|host| within(host, "example.org"));
            assert_eq!(found, expected, "{url}");
        }
    }
}
