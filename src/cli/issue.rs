//! From a plan to the next edition of its briefing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use dateline::archive::{self, Archive, Writer};
use dateline::briefing::Photograph;
use dateline::change::Changes;
use dateline::configuration::{Configuration, Plan};
use dateline::correction::Correction;
use dateline::dossier::Dossier;
use dateline::edition::{self, Manifest, SCHEMA, Settings, Status};
use dateline::extract::Memory;
use dateline::summarize::{self, Edition, Knowledge};
use dateline::typeset::Bundle;
use dateline::words::Words;

use super::args::{Design, Page};
use super::chosen::Chosen;
use super::confine::Limits;
use super::console::Console;
use super::earlier::Earlier;
use super::failure::Failure;
use super::generate;
use super::progress::Progress;
use super::{clock, config, corrections, hook, pictures, press};

/// What is wanted beyond what the plan says.
pub struct Wish<'w> {
    /// Options of the command line that stand above the plan's.
    pub page: Option<&'w Page>,
    /// An edition even where nothing is new.
    pub repeat: bool,
    /// The edition that the new one replaces.
    pub correction: Option<edition::Correction>,
}

/// A plan with what belongs to it.
pub struct Desk<'c> {
    /// The configuration's file.
    pub file: &'c Path,
    /// What it says.
    pub configuration: &'c Configuration,
    /// Which of its briefings.
    pub plan: &'c Plan,
    /// What was drawn out of its reports before.
    pub memory: &'c Memory,
}

/// An edition that was made.
pub struct Made {
    /// What it is.
    pub manifest: Manifest,
    /// The line that says so.
    pub summary: String,
}

/// What an edition is made of.
struct Material {
    dossier: Dossier,
    settings: Settings,
    template: Chosen,
    /// The photographs, with their bytes.
    photographs: Vec<Photograph>,
    /// The files of a template that does not come with the program, and of the photographs.
    files: BTreeMap<String, Vec<u8>>,
    as_of: Option<NaiveDate>,
}

impl Desk<'_> {
    /// The archive of the briefing.
    pub fn archive(&self) -> Archive<'static> {
        Archive::open(self.configuration.output.join(&self.plan.name))
    }

    /// Makes the next edition; none where nothing is new and nobody asked for one.
    pub fn issue(&self, wish: &Wish, console: &Console) -> Result<Option<Made>, Failure> {
        let archive = self.archive();
        let writer = archive.write(&clock::holder()?)?;
        if let Some(holder) = writer.left_by() {
            console.warning(format_args!(
                "{}: the run before was stopped ({holder}); what it left was put in order",
                self.plan.name
            ));
        }
        let progress = Progress::start(console);
        let material = self.material(wish, console, &progress)?;
        let earlier = archive.manifests()?;
        let number = writer.next_number()?;
        let edition = Edition { number, dossier: &material.dossier };
        let last = Earlier::newest(&archive, earlier.iter(), console);
        let new = last.is_none_or(|last| material.is_new(&last, edition));
        if !new && !wish.repeat && wish.correction.is_none() {
            return Ok(None);
        }
        let standing = earlier.iter().filter(|manifest| manifest.stands());
        let changes = match Earlier::newest(&archive, standing, console) {
            Some(earlier) => earlier.changes_to(edition, &material.words()),
            None => summarize::changes(None, edition),
        };
        let status = match &wish.correction {
            Some(_) => Status::Corrected,
            None if new => Status::Current,
            None => Status::Repeated,
        };
        progress.stage("setting the pages");
        let manifest = Manifest {
            number,
            status,
            issued_as: status,
            correction: wish.correction.clone(),
            since: changes.since,
            ..self.manifest(&material)?
        };
        let made = self.publish(&writer, material, (manifest, changes), console)?;
        if let Some(keep) = self.plan.retention.editions {
            let pruned = writer.prune(keep)?;
            pruned.iter().for_each(|number| console.note(format_args!("No. {number} removed")));
        }
        Ok(Some(made))
    }

    /// What the reports say, with these corrections.
    pub fn dossier(
        &self,
        corrections: &[Correction],
        console: &Console,
        progress: &Progress,
    ) -> Result<Dossier, Failure> {
        let documents = generate::documents(&config::inputs(self.plan), console, progress)?;
        progress.stage("drawing out the facts");
        let register = &self.configuration.register;
        let knowledge = Knowledge { register, corrections, memory: self.memory };
        Ok(summarize::dossier_with(documents, knowledge)?)
    }

    /// What is known of an edition by what it is made of.
    fn manifest(&self, material: &Material) -> Result<Manifest, Failure> {
        let made = clock::now()?;
        Ok(Manifest {
            schema: SCHEMA.to_owned(),
            briefing: self.plan.name.clone(),
            number: 0,
            status: Status::Current,
            issued_as: Status::Current,
            correction: None,
            withdrawal: None,
            since: None,
            as_of: material.as_of,
            made,
            next: self.plan.schedule.as_ref().and_then(|s| s.calendar().appointment(made)),
            generator: material.dossier.generator.clone(),
            settings: material.settings.clone(),
            timestamp: press::timestamp(material.as_of)?,
            inputs: material.dossier.documents.iter().map(Into::into).collect(),
            files: BTreeMap::new(),
        })
    }

    /// Reads the reports and everything else that the edition depends on.
    fn material(
        &self,
        wish: &Wish,
        console: &Console,
        progress: &Progress,
    ) -> Result<Material, Failure> {
        let given = wish.page.and_then(Page::design).cloned();
        let design = given.map_or_else(|| config::design(self.plan, self.file), Ok)?;
        let mut settings = Settings {
            title: self.plan.title.clone(),
            marking: self.plan.marking,
            paper: self.plan.paper,
            language: self.plan.lang,
            borders: self.plan.borders,
            options: BTreeMap::new(),
            template: design.name(),
            photographs: Vec::new(),
        };
        let (mut bundle, options) = bundle(&design, self.plan, self.file)?;
        settings.options = options;
        if let Some(page) = wish.page {
            page.override_settings(&mut settings, &mut bundle)?;
        }
        let limits = wish.page.map(Page::limits).unwrap_or_default();
        let template = Chosen::new(bundle, settings.options.clone(), limits)?;
        let given = wish.page.map_or_else(|| Ok(Vec::new()), Page::pictures)?;
        let photographs =
            pictures::load(if given.is_empty() { &self.plan.images } else { &given })?;
        let (mut files, said) = pictures::kept(&photographs);
        settings.photographs = said;
        files.extend(kept(template.bundle(), &settings.template));
        let corrections =
            corrections::load(self.file, self.configuration, &self.plan.name, console)?;
        let dossier = self.dossier(&corrections, console, progress)?;
        corrections::warn(&dossier.corrections, console);
        let as_of = wish.page.and_then(Page::as_of).or_else(|| press::newest(&dossier));
        Ok(Material { dossier, settings, template, photographs, files, as_of })
    }

    fn publish(
        &self,
        writer: &Writer,
        material: Material,
        (manifest, changes): (Manifest, Changes),
        console: &Console,
    ) -> Result<Made, Failure> {
        let changed = press::json(&changes)?;
        let options = options(&manifest, changes, material.photographs.clone());
        let briefing = summarize::briefing(&material.dossier, &options);
        let stamp = (manifest.timestamp, Some(manifest.briefing.clone()));
        let (pdf, pages) =
            press::pdf(&material.dossier, &briefing, &material.template, stamp, console)?;
        let mut files = material.files;
        files.insert(archive::PDF.to_owned(), pdf);
        files.insert(archive::FACTS.to_owned(), press::json(&material.dossier)?);
        files.insert(archive::CHANGES.to_owned(), changed);
        let manifest = writer.publish(manifest, &files)?;
        let summary = format!(
            "{} No. {}: {}; {}",
            manifest.briefing,
            manifest.number,
            press::sheets(pages),
            press::counts(&briefing)
        );
        Ok(Made { manifest, summary })
    }

    /// Runs what is to follow an edition.
    pub fn afterwards(&self, manifest: &Manifest) -> Result<(), Failure> {
        let place = self.archive().path(manifest.number);
        let folder = fs::canonicalize(&place).unwrap_or(place);
        hook::run(&self.plan.after, manifest, &folder)
    }
}

impl Material {
    fn words(&self) -> Words {
        Words::of(self.settings.language)
    }

    /// Whether readers of the newest edition would find anything else in the next one: it may be withdrawn
    /// and stand for nothing, but what it said is not to come back by itself.
    fn is_new(&self, last: &Earlier, next: Edition) -> bool {
        let files: BTreeMap<&String, String> =
            self.files.iter().map(|(name, bytes)| (name, archive::hash(bytes))).collect();
        let before = last.manifest.files.iter();
        let kept = [archive::TEMPLATE, archive::IMAGES];
        let before = before.filter(|(name, _)| kept.iter().any(|folder| name.starts_with(folder)));
        let before: BTreeMap<&String, String> = before.map(|(n, hash)| (n, hash.clone())).collect();
        last.manifest.settings != self.settings
            || last.manifest.as_of != self.as_of
            || files != before
            || last.dossier.outlets != self.dossier.outlets
            || last.dossier.corrections != self.dossier.corrections
            || !last.changes_to(next, &self.words()).is_empty()
    }
}

/// The fixed words of an edition.
pub fn words(manifest: &Manifest) -> Words {
    Words::of(manifest.settings.language)
}

/// The options of the text of an edition.
pub fn options(
    manifest: &Manifest,
    changes: Changes,
    photographs: Vec<Photograph>,
) -> summarize::Options {
    summarize::Options {
        title: manifest.settings.title.clone(),
        marking: manifest.settings.marking,
        as_of: manifest.as_of,
        edition: Some(manifest.number),
        paper: manifest.settings.paper,
        borders: manifest.settings.borders,
        words: words(manifest),
        changes: Some(changes),
        status: Some(manifest.issued_as),
        correction: manifest.correction.clone(),
        next: manifest.next.clone(),
        photographs,
    }
}

/// The files of a template that do not come with the program, as they are kept with an edition; `name` is the
/// template's.
fn kept(template: &Bundle, name: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = format!("{}/{name}", archive::TEMPLATE);
    let files = template.files().iter();
    files.map(|(name, bytes)| (format!("{folder}/{name}"), bytes.clone())).collect()
}

/// The template of an edition, as it was when the edition was made.
pub fn template(archive: &Archive, manifest: &Manifest) -> Result<Chosen, Failure> {
    let name = &manifest.settings.template;
    let kept = archive.path(manifest.number).join(archive::TEMPLATE).join(name);
    let bundle = if kept.is_dir() { Bundle::kept(&kept)? } else { Bundle::builtin(name)? };
    Chosen::new(bundle, manifest.settings.options.clone(), Limits::default())
}

/// The template of a plan with its options, found to be sound.
pub fn chosen(plan: &Plan, file: &Path) -> Result<Chosen, Failure> {
    let (bundle, options) = bundle(&config::design(plan, file)?, plan, file)?;
    Chosen::new(bundle, options, Limits::default())
}

/// The files of a template, with the pictures that a plan's options name, and these options.
pub fn bundle(
    design: &Design,
    plan: &Plan,
    file: &Path,
) -> Result<(Bundle, BTreeMap<String, String>), Failure> {
    let (mut bundle, mut options) = (design.bundle()?, plan.options.clone());
    bundle.take_in(&mut options, folder(file))?;
    Ok((bundle, options))
}

/// The folder of a configuration, to which its paths are relative.
fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}
