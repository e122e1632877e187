//! `dateline inspect`: one report in the terminal, with its facts marked in the text.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};
use clap::Args;
use dateline::document::Document;
use dateline::extract::{self, Extract};
use dateline::fact::{Body, Casualties, Fact, Party, Qualifier};
use dateline::read::{self, Input};
use serde::Serialize;

use super::console::{Console, visible};
use super::failure::Failure;
use super::marks::{Mark, nest};
use super::tree;
use super::wrap::Wrap;

/// The width of lines where there is no terminal to ask.
const WIDTH: usize = 80;
const QUIET: Style = Style::new().effects(Effects::DIMMED);

/// Show a report with its facts marked in the text
///
/// Colour tells the type of a fact on a terminal (a source in bold, a cue underlined); elsewhere, or
/// with NO_COLOR, marks are words in brackets. The facts are listed below the text.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline inspect seeds/000_67a9ae5c064fb145.txt
  dateline inspect --tree seeds/000_67a9ae5c064fb145.txt")]
pub struct Inspect {
    /// Draw the syntax tree of each sentence instead
    #[arg(long)]
    tree: bool,
    /// The report; - for standard input
    #[arg(value_name = "FILE")]
    file: OsString,
}

impl Inspect {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let reading = read::documents(&[Input::from(self.file.as_os_str())])?;
        reading.warnings.iter().for_each(|warning| console.warning(warning));
        let stdout = io::stdout().lock();
        let colour = AutoStream::choice(&stdout) != ColorChoice::Never;
        let mut out = AutoStream::auto(stdout);
        if self.tree {
            return reading
                .documents
                .iter()
                .try_for_each(|document| tree::draw(document, &mut out));
        }
        let show = |document: &Document| View::of(document, colour).print(&mut out);
        reading
            .documents
            .iter()
            .try_for_each(show)
            .map_err(|error| Failure::write("standard output", &error))
    }
}

/// A report and its facts, ready to be printed.
struct View<'a> {
    document: &'a Document,
    facts: Vec<Fact>,
    /// `C1`, `S2`: how the facts are called here.
    labels: Vec<String>,
    /// Names of the entities.
    names: BTreeMap<String, String>,
    colour: bool,
}

impl<'a> View<'a> {
    fn of(document: &'a Document, colour: bool) -> View<'a> {
        let Extract { mut facts, entities, .. } = extract::facts(document);
        facts.sort_by_key(|fact| fact.evidence.first().map(|evidence| evidence.start));
        let mut count: BTreeMap<char, usize> = BTreeMap::new();
        let mut label = |fact: &Fact| {
            let letter = letter(&fact.body);
            let number = count.entry(letter).or_default();
            *number += 1;
            format!("{letter}{number}")
        };
        let labels = facts.iter().map(&mut label).collect();
        let names = entities.into_iter().map(|entity| (entity.id, entity.name)).collect();
        View { document, facts, labels, names, colour }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{QUIET}{}{QUIET:#}\n", visible(&self.heading()))?;
        let mut wrap = Wrap::new(&mut *out, width());
        self.text(&mut wrap)?;
        wrap.finish()?;
        writeln!(out)?;
        for (fact, label) in self.facts.iter().zip(&self.labels) {
            self.fact(out, fact, label)?;
        }
        if self.facts.is_empty() {
            writeln!(out, "no facts found")?;
        }
        writeln!(out)
    }

    /// What is known about the report.
    fn heading(&self) -> String {
        let meta = &self.document.meta;
        let words = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".into());
        let published = match (meta.published, meta.published_from) {
            (Some(day), Some(from)) => format!("{day} ({})", word(&from)),
            _ => "unknown".into(),
        };
        format!(
            "{}: published {published}; outlet {}; title {}; language {}",
            meta.id,
            words(&meta.outlet),
            words(&meta.title),
            words(&meta.language)
        )
    }

    /// The text with its marks.
    fn text(&self, wrap: &mut Wrap<impl Write>) -> io::Result<()> {
        let marks = nest(self.spans());
        let mut marks = marks.iter().peekable();
        let effects = self.effects();
        let mut open: Vec<&Mark> = Vec::new();
        let mut effect = Effects::new();
        let mut buffer = [0; 4];
        for (at, c) in self.document.text.char_indices() {
            while open.last().is_some_and(|mark| mark.end <= at) {
                open.pop().map_or(Ok(()), |mark| self.close(wrap, mark))?;
            }
            while let Some(mark) = marks.next_if(|mark| mark.start <= at) {
                self.open(wrap, mark)?;
                open.push(mark);
            }
            effect = effects.get(&at).copied().unwrap_or(effect);
            let style = match open.last() {
                Some(mark) => self.style(mark).effects(effect),
                None if at < self.document.body => QUIET,
                None => Style::new(),
            };
            let shown = visible(c.encode_utf8(&mut buffer));
            wrap.text(&shown, if self.colour { style } else { Style::new() })?;
        }
        open.iter().rev().try_for_each(|mark| self.close(wrap, mark))
    }

    /// The facts' evidence in this report.
    fn spans(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.facts.iter().enumerate().flat_map(|(index, fact)| {
            let here = fact.evidence.iter().filter(|e| e.document == self.document.meta.id);
            here.map(move |evidence| (evidence.start, evidence.end, index))
        })
    }

    /// Where sources (bold) and cues (underlined) begin and end.
    fn effects(&self) -> BTreeMap<usize, Effects> {
        let mut changes = BTreeMap::new();
        for fact in &self.facts {
            for (key, part) in fact.body.parts() {
                let effect = match key {
                    "source" | "given_by" => Effects::BOLD,
                    "cue" => Effects::UNDERLINE,
                    _ => continue,
                };
                changes.insert(part.start, effect);
                changes.entry(part.end).or_insert(Effects::new());
            }
        }
        changes
    }

    fn open(&self, wrap: &mut Wrap<impl Write>, mark: &Mark) -> io::Result<()> {
        if self.colour {
            return Ok(());
        }
        let names: Vec<String> = mark.facts.iter().map(|&fact| self.short(fact)).collect();
        wrap.text(&format!("[{}: ", visible(&names.join("; "))), Style::new())
    }

    fn close(&self, wrap: &mut Wrap<impl Write>, mark: &Mark) -> io::Result<()> {
        if !self.colour {
            return wrap.char(']', Style::new());
        }
        let labels: Vec<&str> = mark.facts.iter().map(|&fact| &*self.labels[fact]).collect();
        wrap.text(&format!("[{}]", labels.join(",")), QUIET)
    }

    /// `C1 killed 38`.
    fn short(&self, fact: usize) -> String {
        format!("{} {}", self.labels[fact], gist(&self.facts[fact].body))
    }

    fn style(&self, mark: &Mark) -> Style {
        let first = mark.facts.first().map(|&fact| &self.facts[fact].body);
        first.map_or(Style::new(), colour)
    }

    /// One fact of the list.
    fn fact(&self, out: &mut impl Write, fact: &Fact, label: &str) -> io::Result<()> {
        let style = colour(&fact.body);
        let places: Vec<String> =
            fact.evidence.iter().map(|e| format!("{}–{}", e.start, e.end)).collect();
        let line = format!("{} {}", kind(&fact.body), self.details(&fact.body));
        let places = places.join(", ");
        writeln!(out, "{style}{label:<4}{style:#}{} {QUIET}{places}{QUIET:#}", visible(&line))?;
        for (key, part) in fact.body.parts() {
            let entity = self.meant(part.entity.as_deref());
            let line = format!("{key:<8} \"{}\"{entity}", part.text.replace(['\n', '\r'], " "));
            writeln!(out, "    {}", visible(&line))?;
        }
        Ok(())
    }

    fn details(&self, body: &Body) -> String {
        let mut words = vec![gist(body)];
        match body {
            Body::Event(property) => {
                words.push(format!("\"{}\"", property.value));
                words.extend(property.normalized.as_ref().map(|value| format!("= {value}")));
            }
            Body::Casualties(figure) => {
                words.push(word(&figure.scope));
                words.extend(figure.group.clone());
                words.extend(figure.as_of.map(|day| format!("as of {day}")));
            }
            Body::Statement(said) => words.extend(said.said_on.map(|day| format!("on {day}"))),
            Body::Attribution(said) => {
                let blamed = said.blames.iter().map(|party| self.party("blames", party));
                words.extend(blamed);
                words.extend(said.cause.iter().map(|party| self.party("cause", party)));
                words.extend(said.narrated.then(|| "narrated".into()));
                words.extend(said.statement.said_on.map(|day| format!("on {day}")));
            }
            Body::Response(act) => {
                words.push(self.party("by", &act.actor));
                words.extend(act.addressee.iter().map(|party| self.party("to", party)));
                words.extend(act.date.map(|day| format!("on {day}")));
            }
        }
        words.join(", ").replace(['\n', '\r'], " ")
    }

    fn party(&self, role: &str, party: &Party) -> String {
        format!("{role} \"{}\"{}", party.text, self.meant(party.entity.as_deref()))
    }

    /// The entity that words mean.
    fn meant(&self, entity: Option<&str>) -> String {
        let name = entity.map(|id| self.names.get(id).map_or(id, String::as_str));
        name.map(|name| format!(" ({name})")).unwrap_or_default()
    }
}

fn letter(body: &Body) -> char {
    match body {
        Body::Event(_) => 'E',
        Body::Casualties(_) => 'C',
        Body::Statement(_) => 'S',
        Body::Attribution(_) => 'A',
        Body::Response(_) => 'R',
    }
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::Event(_) => "event:",
        Body::Casualties(_) => "casualties:",
        Body::Statement(_) => "statement:",
        Body::Attribution(_) => "attribution:",
        Body::Response(_) => "response:",
    }
}

fn colour(body: &Body) -> Style {
    match body {
        Body::Event(_) => AnsiColor::Blue.on_default(),
        Body::Casualties(_) => AnsiColor::Red.on_default(),
        Body::Statement(_) => AnsiColor::Cyan.on_default(),
        Body::Attribution(_) => AnsiColor::Magenta.on_default(),
        Body::Response(_) => AnsiColor::Green.on_default(),
    }
}

/// A fact in a word or two: "killed 38", "asserts", "condolences".
fn gist(body: &Body) -> String {
    match body {
        Body::Event(property) => word(&property.field),
        Body::Casualties(figure) => format!("{} {}", word(&figure.kind), count(figure)),
        Body::Statement(said) if said.quoted => "quoted".into(),
        Body::Statement(_) => "said".into(),
        Body::Attribution(said) => word(&said.stance),
        Body::Response(act) => word(&act.kind),
    }
}

fn count(figure: &Casualties) -> String {
    let number = match (figure.count, figure.count_max) {
        (Some(least), Some(most)) => format!("{least}–{most}"),
        (Some(count), None) => count.to_string(),
        (None, _) => figure.count_text.clone().unwrap_or_else(|| "unknown".into()),
    };
    match figure.qualifier {
        Qualifier::Exact | Qualifier::None => number,
        Qualifier::AtLeast => format!("at least {number}"),
        Qualifier::UpTo => format!("up to {number}"),
        Qualifier::About => format!("about {number}"),
    }
}

/// The word that the facts format has for a value.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The width of the terminal; without one, what `COLUMNS` says.
fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    let columns = || env::var("COLUMNS").ok()?.parse().ok();
    terminal.map(|(width, _)| usize::from(width.0)).or_else(columns).unwrap_or(WIDTH).max(20)
}
