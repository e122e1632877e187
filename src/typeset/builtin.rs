//! The templates that come with the program, compiled in.

use std::sync::OnceLock;

use super::error::Error;
use super::template::Template;

/// A part by its name, `briefing/main`, and its source.
type Part = (&'static str, &'static str);

/// A built-in template: its manifest, and the parts it has of its own.
pub(super) struct Builtin {
    pub(super) name: &'static str,
    pub(super) manifest: &'static str,
    pub(super) parts: &'static [Part],
    /// The template itself, once it was asked for. Constant data, like the files that it is made of.
    pub(super) checked: OnceLock<Template>,
}

/// The theme that all templates call, unless they bring their own.
pub(super) const THEME: &str = include_str!("../../templates/theme.typ");

/// One file of `templates/`, as a part.
macro_rules! parts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name, ".hbs")))),*]
    };
}

/// The default template, whose parts stand in where a user's folder has none.
pub(super) static BRIEFING: Builtin = Builtin {
    name: "briefing",
    manifest: include_str!("../../templates/briefing/template.toml"),
    parts: parts![
        "briefing/anchors",
        "briefing/attributions",
        "briefing/casualties",
        "briefing/changes",
        "briefing/cites",
        "briefing/colophon",
        "briefing/day",
        "briefing/event",
        "briefing/evidence",
        "briefing/figures",
        "briefing/heading",
        "briefing/key-points",
        "briefing/main",
        "briefing/map",
        "briefing/marking",
        "briefing/masthead",
        "briefing/photographs",
        "briefing/phrase",
        "briefing/pill",
        "briefing/responses",
        "briefing/run",
        "briefing/sources",
        "briefing/timeline",
        "briefing/when",
    ],
    checked: OnceLock::new(),
};

static FLASH: Builtin = Builtin {
    name: "flash",
    manifest: include_str!("../../templates/flash/template.toml"),
    parts: parts!["flash/main"],
    checked: OnceLock::new(),
};

static DOSSIER: Builtin = Builtin {
    name: "dossier",
    manifest: include_str!("../../templates/dossier/template.toml"),
    parts: &[],
    checked: OnceLock::new(),
};

static PRESS: Builtin = Builtin {
    name: "press",
    manifest: include_str!("../../templates/press/template.toml"),
    parts: &[],
    checked: OnceLock::new(),
};

/// All built-in templates; the first is the default.
pub(super) static ALL: [&Builtin; 4] = [&BRIEFING, &FLASH, &DOSSIER, &PRESS];

/// The built-in template of this name.
///
/// # Errors
/// [`Error::UnknownTemplate`] with the names that there are.
pub(super) fn find(name: &str) -> Result<&'static Builtin, Error> {
    let unknown = || Error::UnknownTemplate { name: name.into(), known: names() };
    ALL.into_iter().find(|template| template.name == name).ok_or_else(unknown)
}

/// The names of all built-in templates; the first is the default.
pub(super) fn names() -> Vec<&'static str> {
    ALL.iter().map(|template| template.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every Handlebars file of `templates` is compiled in.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the names are sorted below")]
    fn no_part_is_forgotten() {
        for template in ALL {
            let folder = std::path::Path::new("templates").join(template.name);
            let mut names: Vec<_> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "hbs"))
                .map(|path| {
                    format!("{}/{}", template.name, path.file_stem().unwrap().to_string_lossy())
                })
                .collect();
            names.sort();
            let compiled: Vec<_> = template.parts.iter().map(|(name, _)| *name).collect();
            assert_eq!(compiled, names);
        }
    }
}
