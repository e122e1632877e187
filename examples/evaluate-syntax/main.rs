//! Prints the accuracy of the compiled-in model:
//! `cargo run --release --example evaluate-syntax -- TREEBANK-FOLDER [dev] [confusions] [speed] [model=FILE]`.
//!
//! With `speed` only the words a second are measured. With `dev` the development files take the place of the test files; names are then those of the files the tagger learnt from in part.

#[path = "../common/conllu.rs"]
mod conllu;
mod facts;
mod raw;
mod score;

use std::path::PathBuf;
use std::time::Instant;

use conllu::Gold;
use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::model::Model;
use score::Parsed;

/// Relations that extraction uses.
const RELATIONS: &[Relation] = &[
    Relation::Root,
    Relation::Nsubj,
    Relation::NsubjPass,
    Relation::OblAgent,
    Relation::Obj,
    Relation::Ccomp,
    Relation::Xcomp,
    Relation::Parataxis,
    Relation::AclRelcl,
    Relation::Appos,
    Relation::Conj,
    Relation::Nmod,
    Relation::Obl,
    Relation::Advcl,
    Relation::Acl,
    Relation::Flat,
    Relation::NmodDesc,
    Relation::Compound,
    Relation::NmodPoss,
    Relation::Nummod,
    Relation::Advmod,
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().map_or("../shared/treebank", String::as_str));
    let dev = arguments.iter().any(|a| a == "dev");
    let file = arguments.iter().find_map(|a| a.strip_prefix("model="));
    let bytes = file.map(|path| std::fs::read(path).expect("model file"));
    let clock = Instant::now();
    let model = match &bytes {
        Some(bytes) => Model::open(bytes).expect("model"),
        None => Model::english().expect("model"),
    };
    let analyzer = Analyzer::new(model);
    let opened = clock.elapsed();
    let names: &[&str] =
        if dev { &["ewt-dev", "gum-dev"] } else { &["ewt-test", "pud-test", "gum-news-test"] };
    let files: Vec<(&str, Vec<Gold>)> =
        names.iter().map(|name| (*name, conllu::read(&folder, name))).collect();
    if arguments.iter().any(|a| a == "speed") {
        return speed(&analyzer, &files);
    }
    let parsed: Vec<Vec<Parsed>> =
        files.iter().map(|(_, golds)| score::analyze(&analyzer, golds)).collect();

    println!(
        "## Gold tokens\n\n| file | UPOS | XPOS | lemma | UAS | LAS | UAS np | LAS np |\n|---|---|---|---|---|---|---|---|"
    );
    for ((name, golds), parsed) in files.iter().zip(&parsed) {
        println!("| {name} | {} |", score::accuracy(golds, parsed));
    }
    if arguments.iter().any(|a| a == "confusions") {
        for ((name, golds), parsed) in files.iter().zip(&parsed) {
            println!("\n## Confusions in {name}\n");
            score::confusions(golds, parsed);
            facts::wrong_sayings(golds, parsed);
            facts::wrong_agents(golds, parsed);
        }
    }
    println!("\n## Relations, F1 (gold cases)\n");
    score::relations(RELATIONS, &files, &parsed);
    println!(
        "\n## Facts read off the trees, all files together\n\n| fact | P | R | F1 | gold |\n|---|---|---|---|---|"
    );
    facts::print(&files, &parsed, &|form| {
        model.lexicon.classes(dateline::analyze::syntax::word::form_hash(form))
    });
    println!(
        "\n## Names\n\n| file | untyped P / R / F1 | typed P / R / F1 | PER | ORG | LOC | OTH |\n|---|---|---|---|---|---|---|"
    );
    for ((name, golds), parsed) in files.iter().zip(&parsed) {
        if golds.iter().any(|g| g.names.iter().any(|n| n != "O")) {
            println!("| {name} | {} |", score::names(golds, parsed, name.starts_with("ewt")));
        }
    }
    println!(
        "\n## Raw text\n\n| file | tokens F1 | sentences F1 | UPOS | XPOS | LAS np |\n|---|---|---|---|---|---|"
    );
    for (name, golds) in &files {
        println!("| {name} | {} |", raw::measure(&analyzer, golds));
    }
    println!(
        "\n## Copies in capitals, and without commas and apostrophes\n\n| copy | LAS np, gold tokens | raw: tokens F1 | sentences F1 | UPOS | XPOS | LAS np |\n|---|---|---|---|---|---|---|"
    );
    for (name, golds) in &files {
        let capitals: Vec<Gold> = golds.iter().map(Gold::capitals).collect();
        let stripped: Vec<Gold> = golds.iter().map(Gold::stripped).collect();
        for (kind, copy) in [("capitals", capitals), ("stripped", stripped)] {
            let parsed = score::analyze(&analyzer, &copy);
            println!(
                "| {name} {kind} | {:.1} | {} |",
                score::attachment(&copy, &parsed),
                raw::measure(&analyzer, &copy)
            );
        }
    }
    println!("\n## Size and speed\n");
    let size = bytes.as_ref().map_or_else(
        || std::fs::metadata("src/analyze/syntax/english.bin").map_or(0, |m| m.len() as usize),
        Vec::len,
    );
    println!("model {size} bytes, analyser open in {:.3} ms", opened.as_secs_f64() * 1000.0);
    speed(&analyzer, &files);
}

/// Processor time of this thread in seconds where the system tells it, else the time of day.
fn now(start: Instant) -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Words a second on one core, from text to names.
fn speed(analyzer: &Analyzer, files: &[(&str, Vec<Gold>)]) {
    let start = Instant::now();
    for (name, golds) in files {
        let text = raw::Raw::new(golds).text;
        let mut best = [f64::MAX; 2];
        let mut words = 0;
        for _ in 0..7 {
            let (clock, processor) = (Instant::now(), now(start));
            let sentences = analyzer.document(&text);
            best[0] = best[0].min(now(start) - processor);
            best[1] = best[1].min(clock.elapsed().as_secs_f64());
            words = sentences.iter().map(dateline::analyze::syntax::sentence::Sentence::len).sum();
        }
        let [processor, clock] = best.map(|time| words as f64 / time);
        println!(
            "{name}: {words} words, {processor:.0} words/s of processor time, {clock:.0} words/s by the clock"
        );
    }
    let clock = Instant::now();
    let text: String = files.iter().map(|(_, golds)| raw::Raw::new(golds).text).collect();
    let sentences = dateline::analyze::syntax::split::sentences(&text);
    let tokens: usize = sentences
        .iter()
        .map(|s| dateline::analyze::syntax::tokenize::tokens(s.text(&text)).len())
        .sum();
    println!("tokens alone: {:.0} words/s", tokens as f64 / clock.elapsed().as_secs_f64());
}
