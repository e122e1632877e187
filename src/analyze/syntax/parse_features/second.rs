//! The features of the second pass, the guide's left out.

use super::{LEFT, Place, RIGHT, View, distance};
use crate::analyze::syntax::mix::Keys;

pub(super) fn features(keys: &mut Keys, view: &View) {
    view.alone(keys);
    tags(keys, view);
    let family = Family::new(view);
    family.beside(keys, view);
    distances(keys, view);
    sets(keys, view);
    family.words(keys, view);
    family.markers(keys, view);
    spelling(keys, view);
    quotations(keys, view);
    lists(keys, view);
    later(keys, view);
}

/// Pairs, triples and quadruples, most of tags.
fn tags(keys: &mut Keys, view: &View) {
    let View { s0, s1, s2, b0, b1, b2, b3, .. } = view;
    keys.two(s0.wt(), b0.t());
    keys.two(s0.t(), b0.wt());
    keys.two(s0.t(), b0.t());
    keys.two(s1.wt(), s0.t());
    keys.two(s1.w(), b0.w());
    keys.two(s1.t(), b0.t());
    keys.two(s1.w(), b0.t());
    keys.two(s1.t(), b0.wt());
    keys.two(b0.t(), b1.t());
    keys.two(s0.t(), b1.t());
    keys.three(s0.t(), b0.t(), b1.t());
    keys.three(b0.t(), b1.t(), b2.t());
    keys.three(s1.t(), s0.t(), b0.t());
    keys.three(s2.t(), s1.t(), s0.t());
    keys.four(b0.t(), b1.t(), b2.t(), b3.t());
}

/// The outermost children and the second outermost ones.
struct Family<'a> {
    s0l: Place<'a>,
    s0r: Place<'a>,
    b0l: Place<'a>,
    s1l: Place<'a>,
    s1r: Place<'a>,
    s0l2: Place<'a>,
    s0r2: Place<'a>,
    b0l2: Place<'a>,
    s1l2: Place<'a>,
    s1r2: Place<'a>,
}

impl<'a> Family<'a> {
    fn new(view: &View<'a>) -> Self {
        let View { s0, s1, b0, .. } = view;
        Family {
            s0l: view.child(s0, LEFT, 0),
            s0r: view.child(s0, RIGHT, 0),
            b0l: view.child(b0, LEFT, 0),
            s1l: view.child(s1, LEFT, 0),
            s1r: view.child(s1, RIGHT, 0),
            s0l2: view.child(s0, LEFT, 1),
            s0r2: view.child(s0, RIGHT, 1),
            b0l2: view.child(b0, LEFT, 1),
            s1l2: view.child(s1, LEFT, 1),
            s1r2: view.child(s1, RIGHT, 1),
        }
    }

    /// Tags of the children beside those of the nodes that may be joined.
    fn beside(&self, keys: &mut Keys, view: &View) {
        let View { s0, s1, b0, .. } = view;
        let Family { s0l, s0r, b0l, s1l, s1r, s0l2, s0r2, b0l2, s1l2, .. } = self;
        view.with_children(keys, s0, b0, &[s0l, s0r, s0l2, s0r2, b0l, b0l2]);
        view.with_children(keys, s1, s0, &[s0l, s0r, s0l2, s0r2, s1l, s1r, s1l2]);
        view.with_children(keys, s1, b0, &[b0l, s1r, s1l]);
    }

    /// The children alone.
    fn words(&self, keys: &mut Keys, view: &View) {
        for c in [&self.s0l, &self.s0r, &self.b0l, &self.s1r, &self.s1l] {
            view.of(keys, c, 3, |keys| {
                keys.one(c.w());
                keys.one(c.t());
                keys.one(c.label());
            });
        }
        for c in [&self.s0l2, &self.s0r2, &self.b0l2, &self.s1r2] {
            view.of(keys, c, 2, |keys| {
                keys.one(c.t());
                keys.one(c.label());
            });
        }
    }

    /// Words of the children, which may be prepositions or conjunctions, with the nodes that may be joined.
    fn markers(&self, keys: &mut Keys, view: &View) {
        let View { s0, s1, s2, b0, .. } = view;
        let Family { s0l, s0r, b0l, s1r, b0l2, .. } = self;
        view.of(keys, s0l, 7, |keys| {
            keys.three(s0l.w(), s0.t(), b0.t());
            keys.three(s0l.w(), s0.t(), s1.t());
            keys.three(s0l.w(), s1.w(), 0);
            keys.three(s0l.w(), s0.w(), 0);
            keys.three(s0l.w(), s1.t(), s1.set(LEFT));
            keys.three(s0l.w(), s1.t(), s2.t());
            keys.three(s0l.w(), s1.t(), s2.w());
        });
        view.of(keys, b0l, 7, |keys| {
            keys.three(b0l.w(), b0.t(), s0.t());
            keys.three(b0l.w(), b0.t(), s1.t());
            keys.two(b0l.w(), s0.w());
            keys.two(b0l.w(), s1.w());
            keys.three(b0l.w(), s0.t(), s1.t());
            keys.three(b0l.w(), b0l2.w(), s0.t());
            keys.three(b0l.w(), s0.t(), s0.set(LEFT));
        });
        view.of(keys, s1r, 1, |keys| keys.three(s1r.w(), s0.w(), s1.t()));
        view.of(keys, s0r, 3, |keys| {
            keys.two(s0r.w(), s0.w());
            keys.three(s0r.w(), s0.t(), b0.t());
            keys.three(s0r.label(), s0.t(), b0.t());
        });
    }
}

fn distances(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    let (near, far) = (distance(s0, b0), distance(s1, s0));
    keys.two(near, s0.w());
    keys.two(near, s0.t());
    keys.two(near, b0.w());
    keys.two(near, b0.t());
    keys.three(near, s0.t(), b0.t());
    keys.two(far, s0.w());
    keys.two(far, s0.t());
    keys.two(far, s1.w());
    keys.two(far, s1.t());
    keys.three(far, s1.t(), s0.t());
    keys.four(far, s1.t(), s0.t(), b0.t());
}

/// Numbers and sets of children.
fn sets(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    for (p, side) in [(s0, LEFT), (s0, RIGHT), (s1, LEFT), (s1, RIGHT), (b0, LEFT)] {
        keys.two(p.w(), p.count(side));
        keys.two(p.t(), p.count(side));
        keys.two(p.w(), p.set(side));
        keys.two(p.t(), p.set(side));
    }
    keys.three(s0.set(RIGHT), s0.t(), b0.t());
    keys.three(s0.set(LEFT), s0.t(), s1.t());
    keys.three(b0.set(LEFT), b0.t(), s0.t());
    keys.three(s0.set(LEFT), s0.set(RIGHT), s0.t());
}

fn spelling(keys: &mut Keys, view: &View) {
    let View { s0, s1, s2, b0, b1, b2, b3, .. } = view;
    for (a, b) in [(s0, b0), (b0, s0), (s1, s0), (s0, s1)] {
        keys.two(a.node.suffix, b.t());
    }
    keys.one(view.cases());
    let coarse = View::coarse([s0, s1, b0, b1, b2]);
    keys.two(s0.t(), coarse);
    keys.one(View::coarse([s0, s1, s2, b0, b1]));
    keys.two(b3.t(), coarse);
}

/// Quotation marks, and commas between.
fn quotations(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    for (left, right) in [(s0, b0), (s1, s0)] {
        let quotes = view.quotes(left, right);
        keys.three(quotes, left.t(), right.t());
        keys.three(quotes, left.w(), right.t());
        keys.three(quotes, left.t(), right.w());
    }
}

/// Lexicon classes.
fn lists(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    keys.two(s0.classes(), b0.classes());
    keys.two(s1.classes(), s0.classes());
    keys.three(s0.classes(), s0.t(), b0.t());
    keys.three(b0.classes(), s0.t(), b0.t());
    keys.three(s1.classes(), s1.t(), s0.t());
    keys.three(s0.classes(), s1.t(), s0.t());
}

/// What comes later.
fn later(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    let later = b0.node.saying * 4 + b0.node.finite;
    keys.three(later, s0.t(), b0.t());
    keys.three(later, s1.t(), s0.t());
    keys.three(later, s0.t(), u32::from(s0.node.quoted) + 2 * u32::from(b0.node.quoted));
    keys.three(b0.node.finite, s0.w(), b0.t());
}
