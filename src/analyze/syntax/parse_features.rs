//! The features of a parser state.

use crate::analyze::syntax::mix::Keys;
use crate::analyze::syntax::parse::{Guide, Links, Node, State};

/// Distance in steps: 1, 2, 3, 4, 5-7, 8-11, 12 and more.
fn distance(from: u32, to: u32) -> u32 {
    match from.abs_diff(to) {
        n @ 0..=4 => n,
        5..=7 => 5,
        8..=11 => 6,
        _ => 7,
    }
}

/// A place in the state: the node, what it is and what hangs on it.
#[derive(Clone, Copy)]
struct Place<'a> {
    at: u32,
    node: &'a Node,
    links: &'a Links,
}

impl Place<'_> {
    fn w(&self) -> u32 {
        self.node.form
    }
    fn t(&self) -> u32 {
        self.node.tag
    }
    /// Word and tag together.
    fn wt(&self) -> u32 {
        self.node.form ^ self.node.tag.wrapping_mul(0x9e37_79b1)
    }
    fn label(&self) -> u32 {
        self.links.relation.map_or(99, |relation| relation as u32)
    }
    fn set(&self, side: usize) -> u32 {
        let set = self.links.set[side];
        (set ^ (set >> 31)) as u32 ^ ((set >> 32) as u32).wrapping_mul(31)
    }
}

/// Fills `keys` with the features of `state`: few for the first pass, which has no guide, many for the second.
pub fn extract(keys: &mut Keys, state: &State, nodes: &[Node], guide: Option<&Guide>) {
    keys.clear();
    match guide {
        Some(guide) => {
            full(keys, state, nodes);
            guided(keys, state, nodes, guide);
        }
        None => lean(keys, state, nodes),
    }
}

/// The features of the second pass, the guide's left out.
fn full(keys: &mut Keys, state: &State, nodes: &[Node]) {
    let place = |at: u32| Place { at, node: &nodes[at as usize], links: &state.links[at as usize] };
    let (s0, s1, s2) = (place(state.stack(0)), place(state.stack(1)), place(state.stack(2)));
    let (b0, b1, b2, b3) = (
        place(state.buffer(0)),
        place(state.buffer(1)),
        place(state.buffer(2)),
        place(state.buffer(3)),
    );
    // Words alone.
    for p in [&s0, &s1, &b0, &b1] {
        keys.one(p.w());
        keys.one(p.t());
        keys.one(p.wt());
    }
    for p in [&s2, &b2] {
        keys.one(p.t());
        keys.one(p.wt());
    }
    // Pairs.
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
    // Triples.
    keys.three(s0.t(), b0.t(), b1.t());
    keys.three(b0.t(), b1.t(), b2.t());
    keys.three(s1.t(), s0.t(), b0.t());
    keys.three(s2.t(), s1.t(), s0.t());
    keys.four(b0.t(), b1.t(), b2.t(), b3.t());
    let child = |p: &Place, side: usize, which: usize| {
        place(if side == 0 { p.links.left[which] } else { p.links.right[which] })
    };
    let (s0l, s0r, b0l) = (child(&s0, 0, 0), child(&s0, 1, 0), child(&b0, 0, 0));
    let (s1l, s1r) = (child(&s1, 0, 0), child(&s1, 1, 0));
    let (s0l2, s0r2, b0l2) = (child(&s0, 0, 1), child(&s0, 1, 1), child(&b0, 0, 1));
    let (s1r2, s1l2) = (child(&s1, 1, 1), child(&s1, 0, 1));
    // A child that is not there says nothing that the numbers of children do not say.
    let there = |p: &Place| p.at <= state.length;
    for c in [&s0l, &s0r, &s0l2, &s0r2, &b0l, &b0l2] {
        match there(c) {
            true => keys.three(s0.t(), b0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    for c in [&s0l, &s0r, &s0l2, &s0r2, &s1l, &s1r, &s1l2] {
        match there(c) {
            true => keys.three(s1.t(), s0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    for c in [&b0l, &s1r, &s1l] {
        match there(c) {
            true => keys.three(s1.t(), b0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    // Distances, numbers and sets of children.
    let near = distance(s0.at, b0.at);
    let far = distance(s1.at, s0.at);
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
    for (p, side) in [(&s0, 0), (&s0, 1), (&s1, 0), (&s1, 1), (&b0, 0)] {
        keys.two(p.w(), p.links.count[side]);
        keys.two(p.t(), p.links.count[side]);
        keys.two(p.w(), p.set(side));
        keys.two(p.t(), p.set(side));
    }
    keys.three(s0.set(1), s0.t(), b0.t());
    keys.three(s0.set(0), s0.t(), s1.t());
    keys.three(b0.set(0), b0.t(), s0.t());
    keys.three(s0.set(0), s0.set(1), s0.t());
    // Children.
    for c in [&s0l, &s0r, &b0l, &s1r, &s1l] {
        if there(c) {
            keys.one(c.w());
            keys.one(c.t());
            keys.one(c.label());
        } else {
            keys.skip(3);
        }
    }
    for c in [&s0l2, &s0r2, &b0l2, &s1r2] {
        if there(c) {
            keys.one(c.t());
            keys.one(c.label());
        } else {
            keys.skip(2);
        }
    }
    if there(&s0l) {
        keys.three(s0l.w(), s0.t(), b0.t());
        keys.three(s0l.w(), s0.t(), s1.t());
        keys.three(s0l.w(), s1.w(), 0);
        keys.three(s0l.w(), s0.w(), 0);
        keys.three(s0l.w(), s1.t(), s1.set(0));
        keys.three(s0l.w(), s1.t(), s2.t());
        keys.three(s0l.w(), s1.t(), s2.w());
    } else {
        keys.skip(7);
    }
    if there(&b0l) {
        keys.three(b0l.w(), b0.t(), s0.t());
        keys.three(b0l.w(), b0.t(), s1.t());
        keys.two(b0l.w(), s0.w());
        keys.two(b0l.w(), s1.w());
        keys.three(b0l.w(), s0.t(), s1.t());
        keys.three(b0l.w(), b0l2.w(), s0.t());
        keys.three(b0l.w(), s0.t(), s0.set(0));
    } else {
        keys.skip(7);
    }
    if there(&s1r) {
        keys.three(s1r.w(), s0.w(), s1.t());
    } else {
        keys.skip(1);
    }
    if there(&s0r) {
        keys.two(s0r.w(), s0.w());
        keys.three(s0r.w(), s0.t(), b0.t());
        keys.three(s0r.label(), s0.t(), b0.t());
    } else {
        keys.skip(3);
    }
    // Spelling.
    for (a, b) in [(&s0, &b0), (&b0, &s0), (&s1, &s0), (&s0, &s1)] {
        keys.two(a.node.suffix, b.t());
    }
    keys.one(s0.node.case + 10 * (s1.node.case + 10 * (b0.node.case + 10 * b1.node.case)));
    keys.two(
        s0.t(),
        s0.node.upos
            + 32 * (s1.node.upos + 32 * (b0.node.upos + 32 * (b1.node.upos + 32 * b2.node.upos))),
    );
    keys.one(
        s0.node.upos
            + 32 * (s1.node.upos + 32 * (s2.node.upos + 32 * (b0.node.upos + 32 * b1.node.upos))),
    );
    keys.two(
        b3.t(),
        s0.node.upos
            + 32 * (s1.node.upos + 32 * (b0.node.upos + 32 * (b1.node.upos + 32 * b2.node.upos))),
    );
    // Quotations and commas between.
    let commas = (b0.node.commas.saturating_sub(s0.node.commas)).min(3);
    let quotes = u32::from(s0.node.quoted) + 2 * u32::from(b0.node.quoted) + 4 * commas;
    keys.three(quotes, s0.t(), b0.t());
    keys.three(quotes, s0.w(), b0.t());
    keys.three(quotes, s0.t(), b0.w());
    let commas = (s0.node.commas.saturating_sub(s1.node.commas)).min(3);
    let quotes = u32::from(s1.node.quoted) + 2 * u32::from(s0.node.quoted) + 4 * commas;
    keys.three(quotes, s1.t(), s0.t());
    keys.three(quotes, s1.w(), s0.t());
    keys.three(quotes, s1.t(), s0.w());
    // Lexicon classes.
    keys.two(s0.node.classes, b0.node.classes);
    keys.two(s1.node.classes, s0.node.classes);
    keys.three(s0.node.classes, s0.t(), b0.t());
    keys.three(b0.node.classes, s0.t(), b0.t());
    keys.three(s1.node.classes, s1.t(), s0.t());
    keys.three(s0.node.classes, s1.t(), s0.t());
    // What comes later.
    let later = b0.node.saying * 4 + b0.node.finite;
    keys.three(later, s0.t(), b0.t());
    keys.three(later, s1.t(), s0.t());
    keys.three(later, s0.t(), u32::from(s0.node.quoted) + 2 * u32::from(b0.node.quoted));
    keys.three(b0.node.finite, s0.w(), b0.t());
}

/// The features of the first pass, which reads from right to left: there a preposition or conjunction is a right child.
fn lean(keys: &mut Keys, state: &State, nodes: &[Node]) {
    let place = |at: u32| Place { at, node: &nodes[at as usize], links: &state.links[at as usize] };
    let (s0, s1, s2) = (place(state.stack(0)), place(state.stack(1)), place(state.stack(2)));
    let (b0, b1, b2, b3) = (
        place(state.buffer(0)),
        place(state.buffer(1)),
        place(state.buffer(2)),
        place(state.buffer(3)),
    );
    for p in [&s0, &s1, &b0, &b1] {
        keys.one(p.w());
        keys.one(p.t());
        keys.one(p.wt());
    }
    for p in [&s2, &b2] {
        keys.one(p.t());
        keys.one(p.wt());
    }
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
    let child =
        |p: &Place, side: usize| place(if side == 0 { p.links.left[0] } else { p.links.right[0] });
    let (s0l, s0r, b0l, s1l, s1r) =
        (child(&s0, 0), child(&s0, 1), child(&b0, 0), child(&s1, 0), child(&s1, 1));
    let (second, third) = (place(s0.links.right[1]), place(s1.links.right[1]));
    let there = |p: &Place| p.at <= state.length;
    for c in [&s0l, &s0r, &b0l, &second] {
        match there(c) {
            true => keys.three(s0.t(), b0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    for c in [&s0l, &s0r, &s1l, &s1r, &second, &third] {
        match there(c) {
            true => keys.three(s1.t(), s0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    for c in [&b0l, &s1r] {
        match there(c) {
            true => keys.three(s1.t(), b0.t(), c.t()),
            false => keys.skip(1),
        }
    }
    let (near, far) = (distance(s0.at, b0.at), distance(s1.at, s0.at));
    keys.two(near, s0.w());
    keys.two(near, b0.w());
    keys.three(near, s0.t(), b0.t());
    keys.two(near, s0.t());
    keys.two(near, b0.t());
    keys.two(far, s1.w());
    keys.two(far, s0.w());
    keys.four(far, s1.t(), s0.t(), b0.t());
    keys.three(far, s1.t(), s0.t());
    for (p, side) in [(&s0, 0), (&s0, 1), (&s1, 1), (&b0, 0)] {
        keys.two(p.t(), p.set(side));
        keys.two(p.w(), p.set(side));
    }
    keys.three(s0.set(1), s0.t(), b0.t());
    keys.three(s0.set(0), s0.t(), b0.t());
    keys.three(s1.set(1), s1.t(), s0.t());
    keys.three(b0.set(0), b0.t(), s0.t());
    for (p, side) in [(&s0, 0), (&s0, 1), (&s1, 1), (&b0, 0)] {
        keys.two(p.t(), p.links.count[side]);
        keys.two(p.w(), p.links.count[side]);
    }
    for c in [&s0l, &s0r, &b0l, &s1r] {
        if there(c) {
            keys.one(c.wt());
            keys.one(c.label());
        } else {
            keys.skip(2);
        }
    }
    if there(&s0r) {
        keys.three(s0r.w(), s0.t(), b0.t());
        keys.two(s0r.w(), s0.w());
        keys.two(s0r.w(), b0.w());
        keys.two(s0r.w(), s1.w());
        keys.three(s0r.w(), b0.t(), s1.t());
    } else {
        keys.skip(5);
    }
    if there(&second) {
        keys.three(second.w(), s0.t(), b0.t());
    } else {
        keys.skip(1);
    }
    if there(&s1r) {
        keys.three(s1r.w(), s1.t(), s0.t());
    } else {
        keys.skip(1);
    }
    for (a, b) in [(&s0, &b0), (&b0, &s0), (&s1, &s0)] {
        keys.two(a.node.suffix, b.t());
    }
    keys.two(
        s0.t(),
        s0.node.upos
            + 32 * (s1.node.upos + 32 * (b0.node.upos + 32 * (b1.node.upos + 32 * b2.node.upos))),
    );
    let commas = s0.at.abs_diff(b0.at).min(1) * (b0.node.commas.abs_diff(s0.node.commas)).min(3);
    let quotes = u32::from(s0.node.quoted) + 2 * u32::from(b0.node.quoted) + 4 * commas;
    keys.three(quotes, s0.t(), b0.t());
    keys.three(quotes, s0.t(), b0.w());
    keys.three(quotes, s0.w(), b0.t());
    keys.one(s0.node.case + 10 * (s1.node.case + 10 * (b0.node.case + 10 * b1.node.case)));
    keys.three(s0.node.classes, s0.t(), b0.t());
    keys.three(b0.node.classes, s0.t(), b0.t());
    keys.three(s1.node.classes, s1.t(), s0.t());
    keys.two(s0.node.classes, b0.node.classes);
}

/// Features of the tree of a first pass: what it would do here.
fn guided(keys: &mut Keys, state: &State, nodes: &[Node], guide: &Guide) {
    let place = |at: u32| Place { at, node: &nodes[at as usize], links: &state.links[at as usize] };
    let (s0, s1, b0, b1) = (
        place(state.stack(0)),
        place(state.stack(1)),
        place(state.buffer(0)),
        place(state.buffer(1)),
    );
    let none = state.length + 1;
    let head = |p: &Place| {
        let at = p.at as usize;
        if p.at == 0 || p.at == none { none } else { guide.tree.heads[at - 1] }
    };
    let label = |p: &Place| {
        let at = p.at as usize;
        if p.at == 0 || p.at == none { 98 } else { guide.tree.relations[at - 1] as u32 }
    };
    let (h0, h1, hb) = (head(&s0), head(&s1), head(&b0));
    // Where the first tree puts the head of the top of the stack, of the one below and of the next word.
    let where0 = match h0 {
        h if h == none => 0,
        h if h == b0.at => 1,
        h if h == s1.at => 2,
        h if h > b0.at => 3,
        h if h > s0.at => 4,
        h if h < s1.at => 5,
        _ => 6,
    };
    let where_next = match hb {
        h if h == none => 0,
        h if h == s0.at => 1,
        h if h == s1.at => 2,
        h if h > b0.at => 3,
        h if h < s1.at => 4,
        _ => 5,
    };
    let where1 = match h1 {
        h if h == none => 0,
        h if h == b0.at => 1,
        h if h == s0.at => 2,
        h if h > b0.at => 3,
        _ => 4,
    };
    // Where it puts the phrase that the next word introduces.
    let beyond = if hb != none && hb > b0.at { place(hb) } else { place(none) };
    let where_beyond = match head(&beyond) {
        h if h == none => 0,
        h if h == s0.at => 1,
        h if h == s1.at => 2,
        h if h == state.stack(2) => 3,
        h if h < s1.at => 4,
        _ => 5,
    };
    let waits = u32::from(s0.at != none && guide.last[s0.at as usize] >= b0.at && b0.at != none);
    let own = where0 + 8 * waits;
    keys.two(own, label(&s0));
    keys.three(own, label(&s0), where_next);
    keys.four(own, label(&s0), where_next, label(&b0));
    keys.four(own, where_next, where1, label(&s0));
    keys.three(own, s0.t(), b0.t());
    keys.three(own, s1.t(), s0.t());
    keys.four(own, label(&s0), s0.t(), b0.t());
    keys.four(own, label(&s0), s1.t(), s0.t());
    keys.three(own, label(&s0), s0.w());
    keys.three(own, label(&s0), s1.w());
    keys.three(own, label(&s0), b0.w());
    keys.four(own, where_next, s0.w(), b0.t());
    keys.four(own, where_next, s0.t(), b0.w());
    keys.four(own, where_next, label(&b0), s0.t());
    keys.three(where_beyond, own, label(&b0));
    keys.four(where_beyond, label(&beyond), s0.t(), b0.t());
    keys.four(where_beyond, label(&beyond), s0.t(), s1.t());
    keys.three(label(&s0), label(&b0), label(&b1));
    keys.three(label(&s1), label(&s0), label(&b0));
    keys.three(own, b0.t(), b1.t());
    keys.three(own, s0.set(1), s0.t());
    keys.three(own, s0.set(0), s0.t());
    keys.three(own, label(&s0), s1.set(1));
    keys.three(own, distance(s0.at, b0.at), distance(s1.at, s0.at));
}
