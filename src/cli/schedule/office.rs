//! What the service has done: reads the configuration, makes editions, writes the log, tells the healthcheck.

use std::fs;

use dateline::configuration::Configuration;
use dateline::extract::Memory;
use dateline::schedule::{self, Ending, Job, Log, Office as _, Outcome};

use dateline::typeset;

use super::super::console::Console;
use super::super::failure::Failure;
use super::super::generate::say;
use super::super::issue::{Desk, Wish};
use super::super::{clock, config, secrets};
use super::{Place, job};

/// The office of one configuration.
pub struct Office<'c> {
    place: Place,
    /// The last good one.
    configuration: Configuration,
    /// The bytes of the file as they were last looked at; nothing before that.
    seen: Option<Vec<u8>>,
    console: &'c Console,
}

impl<'c> Office<'c> {
    /// The office of a configuration that was read just now.
    pub fn new(place: Place, configuration: Configuration, console: &'c Console) -> Office<'c> {
        Office { place, configuration, seen: None, console }
    }

    /// Whether the file is another than when this was asked last.
    fn file_changed(&mut self) -> bool {
        // A file that cannot be read is like one without a word: the fault is said once.
        let bytes = fs::read(&self.place.file).unwrap_or_default();
        let before = self.seen.replace(bytes);
        before != self.seen
    }

    /// Takes over what the file says now; whether that is sound.
    fn read_again(&mut self, first: bool) -> bool {
        let shown = self.place.file.display().to_string();
        match config::load(&self.place.file) {
            Ok(configuration) => self.configuration = configuration,
            Err(failure) => {
                let words =
                    format!("{}; the settings read before stay in force", failure.sentence());
                self.tell(None, &words);
                return false;
            }
        }
        if !first {
            self.tell(None, &format!("{shown}: read again"));
        }
        true
    }

    /// The jobs of the configuration; none where nothing is scheduled any more.
    fn scheduled(&mut self) -> Vec<Job> {
        let configuration = &self.configuration;
        match self.place.plans(configuration) {
            Ok(plans) => plans.iter().map(|(plan, it)| job(configuration, plan, it)).collect(),
            Err(failure) => {
                self.tell(None, &failure.sentence());
                Vec::new()
            }
        }
    }

    fn issue(&self, job: &Job) -> Result<Outcome, Failure> {
        let plan = self.configuration.plan(&job.name).ok_or_else(|| {
            Failure::failed(format!("there is no briefing `{}` any more", job.name))
        })?;
        let (file, configuration) = (&*self.place.file, &self.configuration);
        let desk = Desk { file, configuration, plan, memory: &Memory::none() };
        let wish = Wish { page: None, repeat: job.schedule.repeat, correction: None };
        let Some(made) = desk.issue(&wish, self.console)? else {
            return Ok(Outcome::new(Ending::NothingNew, "nothing new"));
        };
        let words = made.summary.trim_start_matches(&*plan.name).trim_start();
        Ok(match desk.afterwards(&made.manifest) {
            Ok(()) => Outcome::new(Ending::Made, words),
            Err(failure) => {
                Outcome::new(Ending::AfterFailed, format!("{words}; {}", failure.sentence()))
            }
        })
    }
}

impl schedule::Office for Office<'_> {
    fn jobs(&mut self) -> Option<Vec<Job>> {
        let first = self.seen.is_none();
        let new = self.file_changed() && (self.read_again(first) || first);
        new.then(|| self.scheduled())
    }

    fn make(&mut self, job: &Job) -> Outcome {
        let issued = self.issue(job);
        // Days go by until the next run: what this one knew need not be kept until then.
        typeset::forget();
        issued.unwrap_or_else(|failure| Outcome::new(Ending::Failed, failure.sentence()))
    }

    fn ping(&mut self, job: &Job, succeeded: bool) -> Result<(), String> {
        let Some(source) = &job.schedule.health else { return Ok(()) };
        let address = secrets::read(source).map_err(|failure| failure.sentence())?;
        schedule::ping(&address, succeeded).map_err(|trouble| format!("{source}: {trouble}"))
    }

    fn tell(&mut self, job: Option<&Job>, words: &str) {
        let about = job.map_or("schedule", |job| job.name.as_str());
        // Whoever closed standard output does not want to read it; the log has it.
        let _ = say(&format!("{about}: {words}"), false, self.console);
        let log = Log::within(&self.configuration.output);
        let written = match clock::now() {
            Ok(now) => log.add(now, about, words).map_err(|error| error.to_string()),
            Err(failure) => Err(failure.sentence()),
        };
        if let Err(why) = written {
            self.console.warning(format_args!("the run log is not written: {why}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "[[briefing]]\nname = \"a\"\ninputs = [\"in\"]\n[briefing.schedule]\ncron = \"0 6 * * *\"\n";

    // Protects: a configuration that is edited while the service runs counts from the next look on; one that is
    // broken, half written or gone changes nothing, and that is said once.
    #[test]
    fn a_configuration_that_is_edited() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dateline.toml");
        let write = |text: &str| fs::write(&file, text).unwrap();
        let log =
            || fs::read_to_string(folder.path().join("output/schedule.log")).unwrap_or_default();
        write(PLAN);
        let console = Console::new(true, false);
        let place = Place { file: file.clone(), briefing: None };
        let configuration = config::load(&file).unwrap();
        let mut office = Office::new(place, configuration, &console);
        let mut names = || {
            let jobs = schedule::Office::jobs(&mut office)?;
            Some(jobs.into_iter().map(|job| job.name).collect::<Vec<_>>())
        };
        assert_eq!(names(), Some(vec!["a".to_owned()]));
        assert_eq!(names(), None, "nothing changed");
        for broken in ["[[briefing]]\nname = ", "[[briefing]]\nname = \"A\"\ninputs = [\"in\"]\n"] {
            write(broken);
            assert_eq!((names(), names()), (None, None));
        }
        fs::remove_file(&file).unwrap();
        assert_eq!((names(), names()), (None, None));
        assert_eq!(log().matches("the settings read before stay in force").count(), 3, "{}", log());
        write(&PLAN.replace("\"a\"", "\"b\""));
        assert_eq!(names(), Some(vec!["b".to_owned()]));
        write("[[briefing]]\nname = \"b\"\ninputs = [\"in\"]\n");
        assert_eq!(names(), Some(Vec::new()));
        assert!(log().contains("nothing is scheduled"), "{}", log());
    }
}
