//! The stages of training, in order.

use std::path::Path;
use std::time::Instant;

use dateline::analyze::syntax::document::Spelling;
use dateline::analyze::syntax::lexicon::Lexicon;
use dateline::analyze::syntax::parse::{self, Guide, Tree};
use dateline::analyze::syntax::tag::{self, Tag};
use dateline::analyze::syntax::word;

use crate::cache;
use crate::conllu::{self, Gold};
use crate::learn::{self, Example, Plan};
use crate::naming::{self, Named};
use crate::pack;
use crate::report;
use crate::table::{self, Feature, Fixed};

/// Parts that the training sentences are dealt into for jack-knifing.
const FOLDS: usize = 5;

/// Documents of GUM's development part that are never learnt from, so that the regression test measures on sentences unseen.
const HELD: [&str; 2] = ["GUM_news_", "GUM_interview_"];

/// Sizes and lengths of the run.
pub struct Settings {
    /// Epochs for jack-knifed taggers and parsers.
    pub jack_epochs: [usize; 2],
    /// Epochs of the final taggers and parsers.
    pub epochs: [usize; 2],
    /// Epochs of the trial by which the features of a parser are chosen.
    pub trial_epochs: usize,
    /// Epochs of the name taggers.
    pub name_epochs: usize,
    /// Seeds averaged: for taggers, for the trial of a parser and for a parser.
    pub seeds: [usize; 3],
    /// Weights of first tagger, first parser, second tagger, second parser, first names, second names.
    pub weights: [usize; 6],
    /// Folder for what the first stages said, for experiments.
    pub cache: String,
    /// Stage to load from there.
    pub from: String,
    /// Stage after which to stop: `trees2` leaves the names out, for experiments.
    pub stop: String,
    /// Whether the development files are learnt from too, once all settings are chosen.
    pub whole: bool,
}

/// A training run.
pub struct Run {
    settings: Settings,
    lexicon: Vec<u8>,
    train: Vec<Example>,
    golds: Vec<Gold>,
    /// Fold of each training sentence.
    folds: Vec<usize>,
    dev: Vec<(String, Vec<Gold>, Vec<Example>)>,
    set: Vec<Tag>,
    /// Number of training sentences that are no copies.
    plain: usize,
    clock: Instant,
}

/// Runs two jobs at once.
fn both<T: Send>(a: impl FnOnce() -> T + Send, b: impl FnOnce() -> T + Send) -> (T, T) {
    std::thread::scope(|scope| {
        let handle = scope.spawn(a);
        let second = b();
        (handle.join().expect("a training thread failed"), second)
    })
}

fn example(gold: &Gold, lexicon: Lexicon) -> Example {
    let mut words = word::words(&gold.form_refs(), &gold.spaced);
    lexicon.mark(&mut words);
    Example {
        words,
        gold_tags: gold.tags.clone(),
        tree: learn::project(&gold.tree),
        gold_tree: gold.tree.clone(),
        tags: gold.tags.clone(),
        hints: Vec::new(),
        guide: None,
    }
}

/// Examples of a file, with what each document tells of spelling.
fn examples(golds: &[Gold], lexicon: Lexicon) -> Vec<Example> {
    let mut result: Vec<Example> = golds.iter().map(|gold| example(gold, lexicon)).collect();
    let mut from = 0;
    while from < golds.len() {
        let to = (from + 1..golds.len()).find(|&i| golds[i].new_document).unwrap_or(golds.len());
        let mut spelling = Spelling::default();
        result[from..to].iter().for_each(|e| spelling.note(&e.words));
        result[from..to].iter_mut().for_each(|e| spelling.recall(&mut e.words));
        from = to;
    }
    result
}

fn tag_set(examples: &[Example]) -> Vec<Tag> {
    let mut counts = std::collections::BTreeMap::new();
    for tag in examples.iter().flat_map(|e| &e.gold_tags) {
        counts.entry(tag.code()).or_insert((*tag, 0)).1 += 1;
    }
    counts.into_values().filter(|count| count.1 >= 2).map(|count| count.0).collect()
}

/// The example read from its end.
fn turned(e: &Example) -> Example {
    Example {
        words: parse::reversed(&e.words),
        gold_tags: parse::reversed(&e.gold_tags),
        tree: parse::reverse_tree(&e.tree),
        gold_tree: parse::reverse_tree(&e.gold_tree),
        tags: parse::reversed(&e.tags),
        hints: Vec::new(),
        guide: None,
    }
}

impl Run {
    /// Reads the treebanks.
    pub fn new(folder: &Path, lists: &Path, options: &[String]) -> Self {
        let clock = Instant::now();
        let option = |name: &str| {
            options.iter().find_map(|o| o.strip_prefix(name)?.strip_prefix('=')).map(str::to_string)
        };
        let number = |name: &str, default: usize| {
            option(name).and_then(|v| v.parse().ok()).unwrap_or(default)
        };
        let settings = Settings {
            jack_epochs: [number("jacktags", 5), number("jack", 3)],
            epochs: [number("tagepochs", 8), number("epochs", 6)],
            trial_epochs: number("trial", 3),
            name_epochs: number("nameepochs", 12),
            seeds: [number("tagseeds", 8), number("trialseeds", 2), number("seeds", 4)],
            weights: [
                number("t1", 100_000),
                number("p1", 140_000),
                number("t2", 165_000),
                number("p2", 370_000),
                number("n1", 42_000),
                number("n2", 52_000),
            ],
            cache: option("cache").unwrap_or_default(),
            from: option("from").unwrap_or_default(),
            stop: option("stop").unwrap_or_default(),
            whole: !options.iter().any(|o| o == "held"),
        };
        let lexicon = crate::lexicon::compile(lists);
        let table = Lexicon::read(&lexicon);
        let mut golds = conllu::read(folder, "ewt-train");
        golds.extend(conllu::read(folder, "gum-train"));
        let mut ewt_dev = conllu::read(folder, "ewt-dev");
        let mut gum_dev = conllu::read(folder, "gum-dev");
        if settings.whole {
            golds.append(&mut ewt_dev);
            let held = |gold: &Gold| HELD.iter().any(|start| gold.document.starts_with(start));
            let (kept, more): (Vec<Gold>, Vec<Gold>) = gum_dev.into_iter().partition(held);
            golds.extend(more);
            gum_dev = kept;
        }
        let mut train = examples(&golds, table);
        let mut folds: Vec<usize> = (0..train.len()).map(|i| (i / 10) % FOLDS).collect();
        let set = tag_set(&train);
        let plain = train.len();
        // Copies in capitals and without commas and apostrophes.
        let share = number("copies", 10);
        let count = if share == 0 { 0 } else { golds.len() };
        for i in 0..count {
            let copy = match i % share {
                3 => golds[i].capitals(),
                7 => golds[i].stripped(),
                _ => continue,
            };
            train.push(example(&copy, table));
            golds.push(copy);
            folds.push(folds[i]);
        }
        let dev = [("ewt-dev", ewt_dev), ("gum-dev", gum_dev)]
            .into_iter()
            .filter(|(_, golds)| !golds.is_empty())
            .map(|(name, golds)| {
                let examples = examples(&golds, table);
                (name.to_string(), golds, examples)
            })
            .collect();
        println!(
            "{} sentences with copies, {} tags, {} bytes of lists",
            train.len(),
            set.len(),
            lexicon.len()
        );
        Run { settings, lexicon, train, golds, folds, dev, set, plain, clock }
    }

    /// All stages; gives the bytes of the model.
    pub fn all(mut self) -> Vec<u8> {
        let mut models = Vec::new();
        let cache = self.settings.cache.clone();
        let from = self.settings.from.clone();
        let done = ["", "trees", "tags2", "trees2", "names"]
            .iter()
            .position(|stage| *stage == from)
            .expect("a known stage");
        if done == 0 {
            models.push(self.taggers(false));
            models.push(self.first_trees());
            self.save(&cache, "trees", &models);
        } else {
            self.load(&cache, if done == 1 { "trees" } else { "tags2" });
            models = cache::load_models(
                &Path::new(&cache).join(format!("{from}.models")),
                if done == 4 { 6 } else { done + 1 },
            );
        }
        if done < 2 {
            models.push(self.taggers(true));
            self.save(&cache, "tags2", &models);
        }
        if done < 3 {
            models.push(self.second_trees());
            self.save(&cache, "trees2", &models);
        }
        if done < 4 && self.settings.stop == "trees2" {
            models.extend([Vec::new(), Vec::new()]);
        } else if done < 4 {
            let names = self.names(&models[3]);
            models.extend(names);
            self.save(&cache, "names", &models);
        }
        let tags: Vec<u8> =
            self.set.iter().flat_map(|tag| [tag.upos as u8, tag.xpos as u8]).collect();
        let labels: Vec<u8> = naming::labels().iter().map(|label| label.byte()).collect();
        let [t1, p1, t2, p2] = [0, 1, 2, 3].map(|i| {
            pack::classifier(if i % 2 == 0 { self.set.len() } else { parse::MOVES }, &models[i])
        });
        let [n1, n2] = [4, 5].map(|i| pack::classifier(labels.len(), &models[i]));
        pack::file([tags, labels, self.lexicon, t1, p1, t2, p2, n1, n2])
    }

    fn save(&self, cache: &str, stage: &str, models: &[Vec<Feature>]) {
        if !cache.is_empty() {
            cache::save_models(&Path::new(cache).join(format!("{stage}.models")), models);
            cache::save(
                &Path::new(cache).join(stage),
                self.train.iter().chain(self.dev.iter().flat_map(|d| &d.2)),
            );
        }
    }

    fn load(&mut self, cache: &str, stage: &str) {
        cache::load(
            &Path::new(cache).join(stage),
            self.train.iter_mut().chain(self.dev.iter_mut().flat_map(|d| &mut d.2)),
        );
    }

    fn log(&self, text: &str) {
        println!("[{:>4} s] {text}", self.clock.elapsed().as_secs());
    }

    /// Trains on each set of all folds but one, two at a time.
    fn jack<T: Send>(
        &self,
        examples: &[Example],
        train: impl Fn(&[&Example]) -> T + Sync,
    ) -> Vec<(usize, T)> {
        let half = |half: usize| -> Vec<(usize, T)> {
            (0..FOLDS)
                .filter(|fold| fold % 2 == half)
                .map(|fold| {
                    let part: Vec<&Example> = examples
                        .iter()
                        .zip(&self.folds)
                        .filter(|(_, f)| **f != fold)
                        .map(|(e, _)| e)
                        .collect();
                    (fold, train(&part))
                })
                .collect()
        };
        let (mut a, b) = both(|| half(0), || half(1));
        a.extend(b);
        a
    }

    /// Trains with several seeds, two at a time, and takes the mean.
    fn seeds(&self, seeds: usize, train: impl Fn(u64) -> Vec<Feature> + Sync) -> Vec<Feature> {
        let half = |half: usize| -> Vec<Vec<Feature>> {
            (0..seeds).filter(|s| s % 2 == half).map(|s| train(s as u64 + 1)).collect()
        };
        let (mut a, b) = both(|| half(0), || half(1));
        a.extend(b);
        table::mean(&a)
    }

    /// Trains a tagger, prunes it, trains it again, and tags everything with it: the training sentences by jack-knifing.
    fn taggers(&mut self, second: bool) -> Vec<Feature> {
        let plan = Plan { epochs: self.settings.jack_epochs[0], seed: 1, margin: 20, explore: 0 };
        let set = self.set.clone();
        let folded = self.jack(&self.train, |part| learn::tagger(part, &set, second, plan, None));
        let plan = Plan { epochs: self.settings.epochs[0], ..plan };
        let all: Vec<&Example> = self.train.iter().collect();
        let full = self.seeds(self.settings.seeds[0], |seed| {
            learn::tagger(&all, &set, second, Plan { seed, ..plan }, None)
        });
        let kept = table::prune(&full, self.settings.weights[if second { 2 } else { 0 }]);
        let lean = self.seeds(self.settings.seeds[0], |seed| {
            learn::tagger(&all, &set, second, Plan { seed, ..plan }, Some(&kept))
        });
        for (fold, features) in folded {
            let scorer = Fixed::new(set.len(), &features);
            for (e, f) in self.train.iter_mut().zip(&self.folds) {
                if *f == fold {
                    e.tags =
                        tag::run(&scorer, &set, &e.words, second.then_some(e.hints.as_slice()));
                }
            }
        }
        report::tags("jack-knifed", &self.train);
        for (what, features) in [("full", &full), ("lean", &lean)] {
            let scorer = Fixed::new(set.len(), features);
            for (name, _, dev) in &mut self.dev {
                for e in dev.iter_mut() {
                    e.tags =
                        tag::run(&scorer, &set, &e.words, second.then_some(e.hints.as_slice()));
                }
                report::tags(&format!("{what} {name}"), dev);
            }
        }
        self.log(if second { "second tags" } else { "first tags" });
        lean
    }

    /// Trains the parser from right to left, and gives every sentence its first tree.
    fn first_trees(&mut self) -> Vec<Feature> {
        let plan = Plan { epochs: self.settings.jack_epochs[1], seed: 1, margin: 0, explore: 90 };
        let back: Vec<Example> = self.train.iter().map(turned).collect();
        let folded = self.jack(&back, |part| learn::parser(part, plan, None));
        for (fold, features) in folded {
            let scorer = Fixed::new(parse::MOVES, &features);
            for (e, f) in self.train.iter_mut().zip(&self.folds) {
                if *f == fold {
                    guide(&scorer, e);
                }
            }
        }
        self.log("jack-knifed trees");
        let guides: Vec<Tree> = self
            .train
            .iter()
            .map(|e| e.guide.as_ref().map(|g| g.tree.clone()).unwrap_or_default())
            .collect();
        report::trees("jack-knifed", &self.train, &guides);
        let refs: Vec<&Example> = back.iter().collect();
        let lean = self.lean_parser("first", &refs, self.settings.weights[1]);
        let scorer = Fixed::new(parse::MOVES, &lean);
        for (name, _, dev) in &mut self.dev {
            dev.iter_mut().for_each(|e| guide(&scorer, e));
            let guides: Vec<Tree> = dev
                .iter()
                .map(|e| e.guide.as_ref().map(|g| g.tree.clone()).unwrap_or_default())
                .collect();
            report::trees(name, dev, &guides);
        }
        lean
    }

    fn lean_parser(&self, name: &str, examples: &[&Example], weights: usize) -> Vec<Feature> {
        let plan = Plan { epochs: self.settings.epochs[1], seed: 1, margin: 0, explore: 90 };
        let full = self.seeds(self.settings.seeds[1], |seed| {
            learn::parser(examples, Plan { seed, epochs: self.settings.trial_epochs, ..plan }, None)
        });
        self.log(&format!("{name} parser, {} features", full.len()));
        let kept = table::prune(&full, weights);
        let lean = self.seeds(self.settings.seeds[2], |seed| {
            learn::parser(examples, Plan { seed, ..plan }, Some(&kept))
        });
        self.log(&format!("{name} parser, {} features", lean.len()));
        lean
    }

    /// Trains the second parser.
    fn second_trees(&mut self) -> Vec<Feature> {
        let refs: Vec<&Example> = self.train.iter().collect();
        let lean = self.lean_parser("second", &refs, self.settings.weights[3]);
        let scorer = Fixed::new(parse::MOVES, &lean);
        for (name, _, dev) in &self.dev {
            let trees: Vec<Tree> = dev
                .iter()
                .map(|e| parse::run(&scorer, &e.words, &e.tags, e.guide.as_ref()))
                .collect();
            report::trees(name, dev, &trees);
        }
        lean
    }

    /// Trains the name taggers on all sentences in which names are marked.
    fn names(&self, parser: &[Feature]) -> [Vec<Feature>; 2] {
        let lexicon = Lexicon::read(&self.lexicon);
        let scorer = Fixed::new(parse::MOVES, parser);
        let mut documents = 0;
        let mut name = |e: &Example, gold: &Gold, seen: bool| -> Named {
            documents += usize::from(gold.new_document || documents == 0);
            let mut e = e.clone();
            // Trees that the parser learnt would be too good: there the first, jack-knifed one stands in.
            e.tree = match &e.guide {
                Some(guide) if seen => guide.tree.clone(),
                guide => parse::run(&scorer, &e.words, &e.tags, guide.as_ref()),
            };
            Named::new(e, &gold.names, lexicon, documents, !gold.gum)
        };
        let pairs = || self.train.iter().zip(&self.golds);
        let marked: Vec<Named> =
            pairs().filter(|(_, g)| g.named).map(|(e, g)| name(e, g, true)).collect();
        let plain = pairs().take(self.plain).filter(|(_, g)| !g.named);
        let more: Vec<Named> = plain.map(|(e, g)| name(e, g, true)).collect();
        let dev: Vec<(&str, Vec<Named>)> = self
            .dev
            .iter()
            .map(|(file, golds, examples)| {
                let pairs = examples.iter().zip(golds);
                (file.as_str(), pairs.map(|(e, g)| name(e, g, false)).collect())
            })
            .collect();
        let documents = documents + 1;
        let plan = Plan { epochs: self.settings.name_epochs, seed: 1, margin: 10, explore: 0 };
        let weights = [self.settings.weights[4], self.settings.weights[5]];
        let learn = |data: &[&Named]| naming::with_silver(data, &more, documents, plan, weights);
        let mut all: Vec<&Named> = marked.iter().collect();
        if !self.settings.whole {
            // Two halves of EWT's development part, each tested by a tagger that learnt from the other.
            let ewt = &dev[0].1;
            let fold = |half: usize| {
                let (test, rest): (Vec<&Named>, Vec<&Named>) =
                    ewt.iter().partition(|n| n.document % 2 == half);
                let data: Vec<&Named> = marked.iter().chain(rest).collect();
                (learn(&data), test)
            };
            let ((a, test_a), (b, test_b)) = both(|| fold(0), || fold(1));
            naming::score("ewt-dev 1", [&a[0], &a[1]], &test_a, documents);
            naming::score("ewt-dev 2", [&b[0], &b[1]], &test_b, documents);
            all.extend(ewt);
        }
        let result = learn(&all);
        if let Some((file, dev)) = dev.last() {
            let dev: Vec<&Named> = dev.iter().collect();
            naming::score(file, [&result[0], &result[1]], &dev, documents);
        }
        self.log("names");
        result
    }
}

/// Gives an example the tree of the first pass, and the hints for the second tags.
fn guide(scorer: &Fixed, e: &mut Example) {
    let tree = learn::backward(scorer, &e.words, &e.tags);
    e.hints = tag::hints(&e.words, &e.tags, &tree);
    e.guide = Some(Guide::new(tree));
}
