//! The templates that come with the program, compiled in.

/// A part by its name, `briefing/main`, and its source.
type Part = (&'static str, &'static str);

/// A built-in template.
pub(super) struct Builtin {
    pub(super) name: &'static str,
    pub(super) parts: &'static [Part],
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
pub(super) const BRIEFING: Builtin = Builtin {
    name: "briefing",
    parts: parts![
        "briefing/attributions",
        "briefing/casualties",
        "briefing/changes",
        "briefing/cites",
        "briefing/colophon",
        "briefing/day",
        "briefing/event",
        "briefing/evidence",
        "briefing/full-day",
        "briefing/heading",
        "briefing/key-points",
        "briefing/main",
        "briefing/map",
        "briefing/marking",
        "briefing/masthead",
        "briefing/phrase",
        "briefing/pill",
        "briefing/responses",
        "briefing/run",
        "briefing/sources",
        "briefing/timeline",
    ],
};

/// All built-in templates; the first is the default.
pub(super) const ALL: [&Builtin; 1] = [&BRIEFING];

#[cfg(test)]
mod tests {
    use super::*;

    // Every file of `templates/briefing` is compiled in.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the names are sorted below")]
    fn no_part_is_forgotten() {
        let mut names: Vec<_> = std::fs::read_dir("templates/briefing")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "hbs"))
            .map(|path| format!("briefing/{}", path.file_stem().unwrap().to_string_lossy()))
            .collect();
        names.sort();
        let compiled: Vec<_> = BRIEFING.parts.iter().map(|(name, _)| *name).collect();
        assert_eq!(compiled, names);
    }
}
