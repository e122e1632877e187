//! `dateline review accept`, `reject`, `pin`, `undo`, `edit`: one decision more.

use std::collections::BTreeMap;
use std::env;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use dateline::correction::{Action, Correction};
use dateline::summarize;

use super::super::args::Setting;
use super::super::console::Console;
use super::super::failure::Failure;
use super::super::generate::say;
use super::super::{clock, corrections};
use super::Reviewed;

/// Which facts, who decides, and why.
#[derive(Debug, Args)]
pub struct Decide {
    /// Identifiers of facts, as `dateline review list` shows them
    #[arg(value_name = "ID", required = true)]
    facts: Vec<String>,
    #[command(flatten)]
    signature: Signature,
}

/// Set fields of a fact to something else than its report says
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline review edit c1f6a9f51 --set count=41 --set qualifier=at_least --reason 'see the correction'

docs/facts-format.md describes the fields. Words of a report are not edited. An edit takes the place of
an earlier one of the same fact.")]
pub struct Edit {
    /// Identifier of the fact
    #[arg(value_name = "ID")]
    fact: String,
    /// A field and what it is to say; nothing behind = empties it
    #[arg(long = "set", value_name = "FIELD=VALUE", required = true, value_parser = Setting::parse)]
    set: Vec<Setting>,
    #[command(flatten)]
    signature: Signature,
}

/// Who decides, and why.
#[derive(Debug, Args)]
struct Signature {
    /// Why; it is printed in the briefing
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    reason: String,
    /// Who decides; it is printed in the briefing [default: the name of the user]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    author: Option<String>,
}

impl Decide {
    /// Runs the command.
    pub fn run(
        self,
        action: Action,
        reviewed: &Reviewed,
        console: &Console,
    ) -> Result<(), Failure> {
        let decisions: Result<Vec<Correction>, Failure> =
            self.facts.iter().map(|id| reviewed.decision(id, action, &self.signature)).collect();
        reviewed.keep(&decisions?, console)
    }
}

impl Edit {
    /// Runs the command.
    pub fn run(self, reviewed: &Reviewed, console: &Console) -> Result<(), Failure> {
        let set: BTreeMap<String, String> =
            self.set.into_iter().map(|setting| (setting.key, setting.value)).collect();
        let Some(fact) = reviewed.dossier.facts.iter().find(|fact| fact.id == self.fact) else {
            return Err(unknown(&self.fact));
        };
        summarize::edited(fact, &set).map_err(|refusal| {
            Failure::usage(format!("{}: {refusal}", self.fact))
                .hint("docs/facts-format.md describes the fields of facts")
        })?;
        let decision = reviewed.decision(&self.fact, Action::Edit, &self.signature)?;
        reviewed.keep(&[Correction { set, ..decision }], console)
    }
}

impl Reviewed<'_> {
    /// A decision about a fact of the reports, or, to take it back, about one that they do not give any more.
    fn decision(&self, id: &str, action: Action, by: &Signature) -> Result<Correction, Failure> {
        let fact = self.dossier.facts.iter().find(|fact| fact.id == id);
        let earlier = self.decisions.iter().rfind(|decision| decision.fact == id);
        let (says, evidence) = match (fact, earlier.filter(|_| action == Action::Undo)) {
            (Some(fact), _) => (summarize::says(&self.dossier, fact), summarize::evidence(fact)),
            (None, Some(earlier)) => (earlier.says.clone(), earlier.evidence.clone()),
            (None, None) => return Err(unknown(id)),
        };
        let author = by
            .author
            .clone()
            .or_else(user)
            .ok_or_else(|| Failure::usage("nothing says who decides").hint("--author NAME"))?;
        Ok(Correction {
            fact: id.to_owned(),
            action,
            author,
            at: clock::now()?,
            reason: by.reason.clone(),
            says,
            evidence,
            set: BTreeMap::new(),
        })
    }

    /// Writes decisions down and says so.
    fn keep(&self, decisions: &[Correction], console: &Console) -> Result<(), Failure> {
        let briefing = &self.desk.plan.name;
        corrections::add(self.desk.file, briefing, decisions)?;
        for decision in decisions {
            let Correction { fact, action, says, .. } = decision;
            say(&format!("{briefing}: {} {fact} ({says})", action.word()), false, console)?;
        }
        Ok(())
    }
}

fn unknown(id: &str) -> Failure {
    Failure::usage(format!("no report gives a fact `{id}`"))
        .hint("`dateline review list` shows all")
}

/// The name under which this person works here.
fn user() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|n| !n.is_empty()))
}
