//! The features of the first pass, which reads from right to left: there a preposition or conjunction is a right child.

use super::{LEFT, Place, RIGHT, View, distance};
use crate::analyze::syntax::mix::Keys;

pub(super) fn features(keys: &mut Keys, view: &View) {
    view.alone(keys);
    tags(keys, view);
    let View { s0, s1, b0, .. } = view;
    let near = |side| view.child(s0, side, 0);
    let children = [near(LEFT), near(RIGHT), view.child(b0, LEFT, 0), view.child(s1, RIGHT, 0)];
    let second = view.child(s0, RIGHT, 1);
    beside(keys, view, &children, &second);
    numbers(keys, view);
    markers(keys, view, &children, &second);
    spelling(keys, view);
}

/// Pairs, triples and quadruples, most of tags.
fn tags(keys: &mut Keys, view: &View) {
    let View { s0, s1, s2, b0, b1, b2, b3, .. } = view;
    keys.two(b0.t(), b1.t());
    keys.two(s0.wt(), b0.t());
    keys.two(s0.t(), b0.wt());
    keys.two(s0.t(), b0.t());
    keys.two(s1.t(), s0.wt());
    keys.two(s1.wt(), s0.t());
    keys.two(s1.t(), s0.t());
    keys.two(s1.w(), b0.w());
    keys.two(s1.w(), b0.t());
    keys.two(s1.t(), b0.wt());
    keys.two(s0.t(), b1.t());
    keys.three(s0.t(), b0.t(), b1.t());
    keys.three(b0.t(), b1.t(), b2.t());
    keys.three(s1.t(), s0.t(), b0.t());
    keys.three(s2.t(), s1.t(), s0.t());
    keys.three(s1.t(), s0.w(), b0.t());
    keys.four(s1.t(), s0.t(), b0.t(), b1.t());
    keys.four(b0.t(), b1.t(), b2.t(), b3.t());
}

/// Tags of the children.
fn beside(keys: &mut Keys, view: &View, children: &[Place; 4], second: &Place) {
    let View { s0, s1, b0, .. } = view;
    let [s0l, s0r, b0l, s1r] = children;
    let (s1l, third) = (view.child(s1, LEFT, 0), view.child(s1, RIGHT, 1));
    view.with_children(keys, s0, b0, &[s0l, s0r, b0l, second]);
    view.with_children(keys, s1, s0, &[s0l, s0r, &s1l, s1r, second, &third]);
    view.with_children(keys, s1, b0, &[b0l, s1r]);
}

/// Distances, numbers and sets of children.
fn numbers(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, .. } = view;
    let (near, far) = (distance(s0, b0), distance(s1, s0));
    keys.two(near, s0.w());
    keys.two(near, b0.w());
    keys.three(near, s0.t(), b0.t());
    keys.two(near, s0.t());
    keys.two(near, b0.t());
    keys.two(far, s1.w());
    keys.two(far, s0.w());
    keys.four(far, s1.t(), s0.t(), b0.t());
    keys.three(far, s1.t(), s0.t());
    let sides = [(s0, LEFT), (s0, RIGHT), (s1, RIGHT), (b0, LEFT)];
    for (p, side) in sides {
        keys.two(p.t(), p.set(side));
        keys.two(p.w(), p.set(side));
    }
    keys.three(s0.set(RIGHT), s0.t(), b0.t());
    keys.three(s0.set(LEFT), s0.t(), b0.t());
    keys.three(s1.set(RIGHT), s1.t(), s0.t());
    keys.three(b0.set(LEFT), b0.t(), s0.t());
    for (p, side) in sides {
        keys.two(p.t(), p.count(side));
        keys.two(p.w(), p.count(side));
    }
}

/// Words of the children.
fn markers(keys: &mut Keys, view: &View, children: &[Place; 4], second: &Place) {
    let View { s0, s1, b0, .. } = view;
    for c in children {
        view.of(keys, c, 2, |keys| {
            keys.one(c.wt());
            keys.one(c.label());
        });
    }
    let [_, s0r, _, s1r] = children;
    view.of(keys, s0r, 5, |keys| {
        keys.three(s0r.w(), s0.t(), b0.t());
        keys.two(s0r.w(), s0.w());
        keys.two(s0r.w(), b0.w());
        keys.two(s0r.w(), s1.w());
        keys.three(s0r.w(), b0.t(), s1.t());
    });
    view.of(keys, second, 1, |keys| keys.three(second.w(), s0.t(), b0.t()));
    view.of(keys, s1r, 1, |keys| keys.three(s1r.w(), s1.t(), s0.t()));
}

/// Spelling, quotation marks and lists.
fn spelling(keys: &mut Keys, view: &View) {
    let View { s0, s1, b0, b1, b2, .. } = view;
    for (a, b) in [(s0, b0), (b0, s0), (s1, s0)] {
        keys.two(a.node.suffix, b.t());
    }
    keys.two(s0.t(), View::coarse([s0, s1, b0, b1, b2]));
    let quotes = view.quotes(s0, b0);
    keys.three(quotes, s0.t(), b0.t());
    keys.three(quotes, s0.t(), b0.w());
    keys.three(quotes, s0.w(), b0.t());
    keys.one(view.cases());
    keys.three(s0.classes(), s0.t(), b0.t());
    keys.three(b0.classes(), s0.t(), b0.t());
    keys.three(s1.classes(), s1.t(), s0.t());
    keys.two(s0.classes(), b0.classes());
}
