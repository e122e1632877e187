//! Which data a name in a template means: the groups and lists that are open around it.

use handlebars::template::{BlockParam, HelperTemplate, Parameter};

/// The way to a value: keys, and for an item of a list its index or [`ITEM`].
pub(super) type Way = Vec<String>;

/// Stands for the index of any item.
pub(super) const ITEM: &str = "[]";

/// The open groups, the innermost last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scopes(Vec<Scope>);

/// One group that names are looked up in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Scope {
    /// Nothing where it cannot be told.
    way: Option<Way>,
    /// Names that a block gave: `as |row|`.
    names: Vec<(String, Option<Way>)>,
}

impl Scopes {
    /// Outside all groups.
    pub(super) fn root() -> Scopes {
        Scopes(vec![Scope { way: Some(Way::new()), names: Vec::new() }])
    }

    /// How many groups are open.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Opens a group; `names` are given to values in it.
    pub(super) fn open(&mut self, way: Option<Way>, names: Vec<(String, Option<Way>)>) {
        self.0.push(Scope { way, names });
    }

    /// Closes groups until `depth` are left.
    pub(super) fn close(&mut self, depth: usize) {
        self.0.truncate(depth.max(1));
    }

    /// What a name means here; nothing where it is no field (`@index`, a literal) or cannot be told.
    pub(super) fn resolve(&self, name: &str) -> Option<Way> {
        if let Some(rest) = name.strip_prefix("@root") {
            return Some(keys(rest));
        }
        if name.starts_with('@') {
            return None;
        }
        let mut name = name;
        let mut at = self.0.len() - 1;
        while let Some(rest) = name.strip_prefix("..") {
            name = rest.strip_prefix('/').unwrap_or(rest);
            at = at.checked_sub(1)?;
        }
        let mut keys = keys(name);
        if keys.first().is_some_and(|key| key == "this") {
            keys.remove(0);
        } else if let Some(known) = self.named(keys.first()) {
            let mut way = known.clone()?;
            way.extend(keys.drain(1..));
            return Some(way);
        }
        let mut way = self.0[at].way.clone()?;
        way.extend(keys);
        Some(way)
    }

    /// What a block gave this name to.
    fn named(&self, name: Option<&String>) -> Option<&Option<Way>> {
        let names = self.0.iter().rev().flat_map(|scope| &scope.names);
        names.into_iter().find(|(known, _)| Some(known) == name).map(|(_, way)| way)
    }
}

/// `a.b`, `a/b`, `./a`, `a.[b]` as keys.
fn keys(name: &str) -> Way {
    let parts = name.split(['.', '/']).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_matches(['[', ']']).to_owned()).collect()
}

/// The names that a block gives, to the values it opens.
pub(super) fn names(block: &HelperTemplate, way: Option<&Way>) -> Vec<(String, Option<Way>)> {
    let name = |parameter: &Parameter| parameter.as_name().unwrap_or_default().to_owned();
    match &block.block_param {
        Some(BlockParam::Single(value)) => vec![(name(value), way.cloned())],
        Some(BlockParam::Pair((value, key))) => {
            vec![(name(value), way.cloned()), (name(key), None)]
        }
        _ => Vec::new(),
    }
}

/// A way as people write it: `attributions.rows[3].name`.
pub(super) fn written(way: &[String]) -> String {
    let mut out = String::new();
    for key in way {
        match key.as_str() {
            ITEM => out.push_str(ITEM),
            index if index.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.push_str(&format!("[{index}]"));
            }
            key if out.is_empty() => out.push_str(key),
            key => {
                out.push('.');
                out.push_str(key);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    // Names mean what Handlebars takes them for.
    #[test]
    fn names_are_resolved() {
        let mut scopes = Scopes::root();
        let rows = || vec!["attributions".to_owned(), "rows".into(), ITEM.into()];
        scopes.open(Some(rows()), vec![("row".into(), Some(rows()))]);
        let way = |name: &str| scopes.resolve(name).map(|way| written(&way));
        let some = |way: &str| Some(way.to_owned());
        assert_eq!(way("name"), some("attributions.rows[].name"));
        assert_eq!(way("this.when.date"), some("attributions.rows[].when.date"));
        assert_eq!(way("row.role"), some("attributions.rows[].role"));
        assert_eq!(way("../masthead.title"), some("masthead.title"));
        assert_eq!(way("@root.paper"), some("paper"));
        assert_eq!(way("this"), some("attributions.rows[]"));
        assert_eq!(way("@index"), None);
    }
}
