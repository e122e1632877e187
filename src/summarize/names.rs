//! Names across reports: one person under all spellings, one state under all its names.

use std::collections::{BTreeMap, HashMap};

use crate::analyze::similar;
use crate::dossier::{Entity, EntityKind};
use crate::lexicon::Lexicon;
use crate::register::{Register, Spellings};

/// The entities of all documents together, and for each document which of its identifiers became which.
pub struct Resolved {
    pub entities: Vec<Entity>,
    pub renamed: Vec<HashMap<String, String>>,
}

/// One entity with where it was found.
struct Cluster {
    kind: EntityKind,
    /// Spellings, with the number of documents that use each.
    spellings: BTreeMap<String, usize>,
    roles: BTreeMap<String, usize>,
    countries: BTreeMap<String, usize>,
    /// Document and local identifier.
    members: Vec<(usize, String)>,
}

/// Resolves the entities of each document into one list. Two persons of one document stay two.
pub fn resolve(documents: &[Vec<Entity>], lexicon: &Lexicon, register: &Register) -> Resolved {
    let known = Known::new(register);
    let mut clusters: Vec<Cluster> = Vec::new();
    for (document, entities) in documents.iter().enumerate() {
        // Full names first, so that a surname alone finds the fullest.
        let mut order: Vec<&Entity> = entities.iter().collect();
        order.sort_by_key(|entity| std::cmp::Reverse(entity.name.split_whitespace().count()));
        for entity in order {
            match clusters.iter_mut().find(|cluster| cluster.accepts(document, entity, &known)) {
                Some(cluster) => cluster.add(document, entity),
                None => clusters.push(Cluster::new(document, entity)),
            }
        }
    }
    let mut renamed = vec![HashMap::new(); documents.len()];
    let mut entities: Vec<Entity> = Vec::new();
    for cluster in clusters {
        let mut entity = cluster.entity(lexicon, &known);
        while entities.iter().any(|other| other.id == entity.id) {
            entity.id.push_str("-2");
        }
        for (document, id) in cluster.members {
            renamed[document].insert(id, entity.id.clone());
        }
        entities.push(entity);
    }
    entities.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Resolved { entities, renamed }
}

/// What the register says of names.
struct Known<'r> {
    names: Spellings<'r>,
    places: Spellings<'r>,
}

impl<'r> Known<'r> {
    fn new(register: &'r Register) -> Self {
        Known {
            names: Spellings::names(register, similar::folded),
            places: Spellings::places(register, similar::folded),
        }
    }

    /// The registered name that one of these spellings means.
    fn name<'s>(
        &self,
        kind: EntityKind,
        spellings: impl IntoIterator<Item = &'s String>,
    ) -> Option<&'r str> {
        let known = if kind == EntityKind::Place { &self.places } else { &self.names };
        spellings.into_iter().find_map(|spelling| known.name(&similar::folded(spelling)))
    }

    /// Whether an entity is that of the cluster, where the register knows.
    fn says(&self, cluster: &Cluster, entity: &Entity) -> Option<bool> {
        let theirs = || std::iter::once(&entity.name).chain(&entity.aliases);
        let apart = |a: &str| {
            theirs().any(|b| self.names.are_apart(&similar::folded(a), &similar::folded(b)))
        };
        if cluster.spellings.keys().any(|spelling| apart(spelling)) {
            return Some(false);
        }
        let name = self.name(cluster.kind, cluster.spellings.keys())?;
        Some(name == self.name(entity.kind, theirs())?)
    }
}

impl Cluster {
    fn new(document: usize, entity: &Entity) -> Self {
        let mut cluster = Cluster {
            kind: entity.kind,
            spellings: BTreeMap::new(),
            roles: BTreeMap::new(),
            countries: BTreeMap::new(),
            members: Vec::new(),
        };
        cluster.add(document, entity);
        cluster
    }

    fn add(&mut self, document: usize, entity: &Entity) {
        for spelling in std::iter::once(&entity.name).chain(&entity.aliases) {
            *self.spellings.entry(spelling.clone()).or_default() += 1;
        }
        if let Some(role) = &entity.role {
            *self.roles.entry(role.clone()).or_default() += 1;
        }
        if let Some(country) = &entity.country {
            *self.countries.entry(country.clone()).or_default() += 1;
        }
        self.members.push((document, entity.id.clone()));
    }

    /// Whether an entity of a document is this one.
    fn accepts(&self, document: usize, entity: &Entity, known: &Known) -> bool {
        if self.kind != entity.kind {
            return false;
        }
        if let Some(said) = known.says(self, entity) {
            return said;
        }
        if self.members.iter().any(|(other, _)| *other == document) {
            return false;
        }
        let names = || self.spellings.keys();
        match self.kind {
            EntityKind::Country => {
                entity.country.as_ref().is_some_and(|c| self.countries.contains_key(c))
            }
            EntityKind::Person => {
                let states = entity.country.as_ref().is_none_or(|country| {
                    self.countries.is_empty() || self.countries.contains_key(country)
                });
                let fullest = names().max_by_key(|name| name.split_whitespace().count());
                states && fullest.is_some_and(|name| similar::same_person(name, &entity.name))
            }
            EntityKind::Weapon | EntityKind::Vehicle => {
                names().any(|name| similar::same_product(name, &entity.name))
            }
            EntityKind::Organization => names().any(|name| similar::same_body(name, &entity.name)),
            EntityKind::Place => {
                names().any(|name| similar::folded(name) == similar::folded(&entity.name))
            }
        }
    }

    fn entity(&self, lexicon: &Lexicon, known: &Known) -> Entity {
        let country = most(&self.countries);
        let registered = known.name(self.kind, self.spellings.keys());
        let name = registered
            .map_or_else(|| self.name(lexicon, country.as_deref()), |name| name.to_owned());
        let role = known.names.role(&name).map(str::to_owned).or_else(|| self.role(lexicon));
        let id = match (self.kind, &country) {
            (EntityKind::Country, Some(code)) => code.clone(),
            _ => similar::slug(&name),
        };
        let aliases =
            self.spellings.keys().filter(|spelling| **spelling != name).cloned().collect();
        Entity { id, kind: self.kind, name, aliases, role, country }
    }

    /// Of the fullest spellings the one that most documents use.
    fn name(&self, lexicon: &Lexicon, country: Option<&str>) -> String {
        if self.kind == EntityKind::Country
            && let Some(name) = country.and_then(|code| lexicon.gazetteer.state_name(code))
        {
            return name.to_owned();
        }
        let fullest = self.spellings.keys().map(|name| name.split_whitespace().count()).max();
        let full = self
            .spellings
            .iter()
            .filter(|(name, _)| Some(name.split_whitespace().count()) == fullest);
        let best = full.max_by_key(|(name, uses)| (**uses, std::cmp::Reverse(name.len())));
        best.map_or_else(String::new, |(name, _)| name.clone())
    }

    /// The role that says most: one with a state or body in it, used by most, in neutral words.
    fn role(&self, lexicon: &Lexicon) -> Option<String> {
        let loaded = |role: &str| {
            role.split_whitespace()
                .any(|word| lexicon.names.loaded_titles.contains(&word.to_lowercase()))
        };
        let best = self.roles.iter().max_by_key(|(role, uses)| {
            let long = role.split_whitespace().count();
            (!loaded(role), long > 1, role.contains(" of "), **uses, std::cmp::Reverse(long), *role)
        })?;
        let role = neutral(best.0, &loaded);
        let role = role.strip_prefix("the ").or(role.strip_prefix("The ")).unwrap_or(role);
        (!role.is_empty()).then(|| role.to_owned())
    }
}

/// A role up to the first "of", "for" or "to" whose complement is a loaded word ("spokesman for the
/// dictator" → "spokesman"); nothing where the title itself is one.
fn neutral<'r>(role: &'r str, loaded: &impl Fn(&str) -> bool) -> &'r str {
    if !loaded(role) {
        return role;
    }
    let cut = [" of ", " for ", " to "].iter().filter_map(|word| role.find(word)).min();
    match cut {
        Some(at) if !loaded(&role[..at]) => &role[..at],
        _ => "",
    }
}

/// The most frequent key; the first among equals.
fn most(counts: &BTreeMap<String, usize>) -> Option<String> {
    counts.iter().rev().max_by_key(|(_, count)| **count).map(|(key, _)| key.clone())
}
