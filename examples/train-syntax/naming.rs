//! Learning of the name tagger.

use dateline::analyze::syntax::lexicon::Lexicon;
use dateline::analyze::syntax::linear::Scorer;
use dateline::analyze::syntax::names::{self, Kind, Label, Memory, Scene};
use dateline::analyze::syntax::naming_rules;

use crate::learn::{Example, Plan};
use crate::table::{self, Feature, Fixed, Random, Table};

/// All labels.
pub fn labels() -> Vec<Label> {
    (0..9).filter_map(Label::from_byte).collect()
}

/// A sentence with its names.
pub struct Named {
    pub example: Example,
    pub gold: Vec<Label>,
    pub phrases: Vec<(u32, bool)>,
    /// Number of the document.
    pub document: usize,
    /// From a source that does not mark other names.
    pub coarse: bool,
}

impl Named {
    /// Prepares a sentence; its tree is the predicted one.
    pub fn new(
        example: Example,
        gold: &[String],
        lexicon: Lexicon,
        document: usize,
        coarse: bool,
    ) -> Self {
        let gold = gold.iter().map(|text| Label::from_text(text).unwrap_or(Label::Out)).collect();
        let phrases = lexicon.phrases(&example.words);
        Named { example, gold, phrases, document, coarse }
    }

    fn scene<'a>(&'a self, memory: Option<&'a Memory>) -> Scene<'a> {
        Scene {
            words: &self.example.words,
            tags: &self.example.tags,
            tree: &self.example.tree,
            phrases: &self.phrases,
            memory,
        }
    }
}

/// Margins for words outside of names and for words of names: a name missed costs more than a name too many.
const MARGINS: [i32; 2] = [5, 25];

/// Trains; `memories` has one memory a sentence's document for the second pass.
fn train(
    data: &[&Named],
    memories: Option<&[Memory]>,
    plan: Plan,
    only: Option<&[Feature]>,
) -> Vec<Feature> {
    let classes = labels();
    let table = std::cell::RefCell::new(
        only.map_or_else(|| Table::new(classes.len()), |only| Table::only(classes.len(), only)),
    );
    struct Shared<'a>(&'a std::cell::RefCell<Table>);
    impl Scorer for Shared<'_> {
        fn classes(&self) -> usize {
            self.0.borrow().classes()
        }
        fn score(&self, keys: &[u32], scores: &mut [i32]) {
            self.0.borrow().score(keys, scores);
        }
    }
    let mut random = Random::new(plan.seed);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let other = Kind::Other;
    for _ in 0..plan.epochs {
        random.shuffle(&mut order);
        for &which in &order {
            let named = data[which];
            let scene = named.scene(memories.map(|memories| &memories[named.document]));
            names::walk(&Shared(&table), &classes, &scene, |i, keys, scores, previous, best| {
                let mut table = table.borrow_mut();
                table.tick();
                let gold = named.gold[i];
                let forgiven = named.coarse
                    && gold == Label::Out
                    && matches!(classes[best], Label::Begin(kind) | Label::Inside(kind) if kind == other);
                // Where the gold label cannot follow what was said before, the word begins anew.
                let gold = match gold {
                    Label::Inside(kind) if !gold.follows(previous) => Label::Begin(kind),
                    gold => gold,
                };
                let right = usize::from(gold.byte());
                if forgiven {
                    return best;
                }
                let mut rival = usize::MAX;
                for (class, label) in classes.iter().enumerate() {
                    if class != right
                        && label.follows(previous)
                        && (rival == usize::MAX || scores[class] > scores[rival])
                    {
                        rival = class;
                    }
                }
                let margin = MARGINS[usize::from(gold != Label::Out)];
                if rival != usize::MAX && scores[right] - scores[rival] <= margin {
                    for &key in keys {
                        table.update(key, right, 1);
                        table.update(key, rival, -1);
                    }
                }
                if random.chance(50) { right } else { best }
            });
        }
    }
    table.into_inner().average()
}

const FOLDS: usize = 4;

/// What a first pass says of each document.
pub fn memories(scorer: &impl Scorer, data: &[&Named], documents: usize) -> Vec<Memory> {
    let classes = labels();
    let mut result = vec![Memory::default(); documents];
    for named in data {
        let found = names::run(scorer, &classes, &named.scene(None));
        result[named.document].note(&named.example.words, &found);
    }
    result
}

/// Trains with several seeds, prunes to a size and trains again.
fn twice(data: &[&Named], memories: Option<&[Memory]>, plan: Plan, weights: usize) -> Vec<Feature> {
    let seeds = |only: Option<&[Feature]>| -> Vec<Feature> {
        let sets: Vec<Vec<Feature>> = (0..10)
            .map(|seed| train(data, memories, Plan { seed: plan.seed + seed, ..plan }, only))
            .collect();
        table::mean(&sets)
    };
    let full = seeds(None);
    let kept = table::prune(&full, weights);
    seeds(Some(&kept))
}

/// Trains both passes.
pub fn both_passes(
    data: &[&Named],
    documents: usize,
    plan: Plan,
    weights: [usize; 2],
) -> [Vec<Feature>; 2] {
    // Memory for the second pass comes from taggers that did not see the document.
    let mut heard = vec![Memory::default(); documents];
    for fold in 0..FOLDS {
        let (mine, others): (Vec<&Named>, Vec<&Named>) =
            data.iter().partition(|named| named.document % FOLDS == fold);
        let scorer = Fixed::new(labels().len(), &train(&others, None, plan, None));
        for (document, memory) in memories(&scorer, &mine, documents).into_iter().enumerate() {
            if document % FOLDS == fold {
                heard[document] = memory;
            }
        }
    }
    [twice(data, None, plan, weights[0]), twice(data, Some(&heard), plan, weights[1])]
}

/// Gives sentences without gold names those that taggers find, with the gold tags and trees to help them.
pub fn silver(passes: &[Vec<Feature>; 2], data: &mut [Named], documents: usize) {
    let classes = labels();
    let [first, second] = [0, 1].map(|pass| Fixed::new(classes.len(), &passes[pass]));
    let gold = |named: &Named| Named {
        example: Example {
            tags: named.example.gold_tags.clone(),
            tree: named.example.gold_tree.clone(),
            ..named.example.clone()
        },
        gold: Vec::new(),
        phrases: named.phrases.clone(),
        ..*named
    };
    let helped: Vec<Named> = data.iter().map(gold).collect();
    let heard = memories(&first, &helped.iter().collect::<Vec<_>>(), documents);
    for (named, helped) in data.iter_mut().zip(&helped) {
        named.gold = names::walk(
            &second,
            &classes,
            &helped.scene(Some(&heard[named.document])),
            |_, _, _, _, best| best,
        );
    }
}

/// Trains on gold names, finds names in more text, and trains on all, the gold names twice.
pub fn with_silver(
    data: &[&Named],
    more: &[Named],
    documents: usize,
    plan: Plan,
    weights: [usize; 2],
) -> [Vec<Feature>; 2] {
    let teacher = both_passes(data, documents, plan, weights);
    let mut more: Vec<Named> = more
        .iter()
        .map(|named| Named {
            gold: named.gold.clone(),
            phrases: named.phrases.clone(),
            example: named.example.clone(),
            ..*named
        })
        .collect();
    silver(&teacher, &mut more, documents);
    let all: Vec<&Named> = data.iter().chain(data).copied().chain(&more).collect();
    both_passes(&all, documents, Plan { epochs: plan.epochs / 2, ..plan }, weights)
}

/// Counts of right, given and gold names: untyped, then by kind.
pub fn score(name: &str, passes: [&[Feature]; 2], data: &[&Named], documents: usize) {
    let classes = labels();
    let [first, second] = passes.map(|features| Fixed::new(classes.len(), features));
    let heard = memories(&first, data, documents);
    // The third time with the rules on top.
    for pass in 0..3 {
        let mut counts = [[0usize; 3]; 5];
        let mut results: Vec<Vec<names::Name>> = data
            .iter()
            .map(|named| match pass {
                0 => names::run(&first, &classes, &named.scene(None)),
                _ => names::run(&second, &classes, &named.scene(Some(&heard[named.document]))),
            })
            .collect();
        if pass == 2 {
            for document in 0..documents {
                let mine = data.iter().zip(&mut results).filter(|(n, _)| n.document == document);
                naming_rules::settle(mine.map(|(n, names)| (n.example.words.as_slice(), names)));
            }
        }
        for (named, found) in data.iter().zip(results) {
            let gold = names::spans(&named.gold);
            let found: Vec<_> =
                found.into_iter().filter(|n| !(named.coarse && n.kind == Kind::Other)).collect();
            for n in &found {
                counts[0][1] += 1;
                counts[n.kind as usize + 1][1] += 1;
                counts[0][0] +=
                    usize::from(gold.iter().any(|g| (g.start, g.end) == (n.start, n.end)));
                counts[n.kind as usize + 1][0] += usize::from(gold.contains(n));
            }
            for g in &gold {
                counts[0][2] += 1;
                counts[g.kind as usize + 1][2] += 1;
            }
        }
        let f = |c: [usize; 3]| 200.0 * c[0] as f64 / (c[1] + c[2]).max(1) as f64;
        let typed = counts[1..].iter().fold([0; 3], |mut sum, c| {
            (0..3).for_each(|i| sum[i] += c[i]);
            sum
        });
        println!(
            "  {name} pass {pass}: untyped {:.1} typed {:.1} PER {:.1} ORG {:.1} LOC {:.1} OTH {:.1}",
            f(counts[0]),
            f(typed),
            f(counts[1]),
            f(counts[2]),
            f(counts[3]),
            f(counts[4])
        );
    }
}
