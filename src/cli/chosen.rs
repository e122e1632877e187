//! A template as it was chosen, with its settings. One that comes with the program works in this process;
//! one that a person brought works in a child.

use std::collections::BTreeMap;

use dateline::briefing::Briefing;
use dateline::typeset::{self, Bundle, Made, Options, Template, Wanted};

use super::confine::{Cell, Limits};
use super::failure::Failure;

/// A template with its settings, found to be sound.
pub struct Chosen {
    bundle: Bundle,
    settings: BTreeMap<String, String>,
    hand: Hand,
}

/// Who works with a template.
enum Hand {
    /// This process.
    Own(Box<Template>),
    /// A child with these limits.
    Child(Limits),
}

impl Chosen {
    /// The template of a bundle with these settings.
    pub fn new(
        bundle: Bundle,
        settings: BTreeMap<String, String>,
        limits: Limits,
    ) -> Result<Chosen, Failure> {
        let hand = if bundle.has_program() {
            Cell { bundle: &bundle, settings: &settings, limits }.load()?;
            Hand::Child(limits)
        } else {
            Hand::Own(Box::new(load(&bundle, &settings)?))
        };
        Ok(Chosen { bundle, settings, hand })
    }

    /// The files of the template.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The template itself, in this process: it was loaded before, where it could do no harm.
    pub fn template(&self) -> Result<Template, Failure> {
        load(&self.bundle, &self.settings)
    }

    /// Makes something of a briefing.
    pub fn make(
        &self,
        briefing: &Briefing,
        options: Options,
        wanted: &Wanted,
    ) -> Result<Made, Failure> {
        match &self.hand {
            Hand::Own(template) => Ok(typeset::make(briefing, template, options, wanted)?),
            Hand::Child(limits) => self.cell(*limits).make(briefing, options, wanted),
        }
    }

    /// Sets all samples; how many pages each has, by name.
    pub fn examine(&self) -> Result<Vec<(String, usize)>, Failure> {
        match &self.hand {
            Hand::Own(template) => {
                let pages = typeset::examine(template)?;
                Ok(pages.into_iter().map(|(sample, count)| (sample.to_string(), count)).collect())
            }
            Hand::Child(limits) => self.cell(*limits).examine(),
        }
    }

    fn cell(&self, limits: Limits) -> Cell<'_> {
        Cell { bundle: &self.bundle, settings: &self.settings, limits }
    }
}

fn load(bundle: &Bundle, settings: &BTreeMap<String, String>) -> Result<Template, Failure> {
    let settings = settings.iter().map(|(key, value)| (&**key, &**value));
    Ok(Template::load(bundle.clone())?.with(settings)?)
}
