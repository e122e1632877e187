//! Features of the tree of a first pass: what it would do here.

use super::{LEFT, Place, RIGHT, View, distance};
use crate::analyze::syntax::mix::Keys;
use crate::analyze::syntax::parse::Guide;

/// The first tree, seen from the state.
struct Advice<'a> {
    guide: &'a Guide,
    none: u32,
}

impl Advice<'_> {
    fn is_word(&self, p: &Place) -> bool {
        p.at != 0 && p.at != self.none
    }

    /// The head that the first tree gives a place.
    fn head(&self, p: &Place) -> u32 {
        if self.is_word(p) { self.guide.tree.heads[p.at as usize - 1] } else { self.none }
    }

    fn label(&self, p: &Place) -> u32 {
        if self.is_word(p) { self.guide.tree.relations[p.at as usize - 1] as u32 } else { 98 }
    }

    /// Where the head of the top of the stack is, and whether the first tree still has children for it.
    fn own(&self, view: &View) -> u32 {
        let View { s0, s1, b0, .. } = view;
        let place = match self.head(s0) {
            h if h == self.none => 0,
            h if h == b0.at => 1,
            h if h == s1.at => 2,
            h if h > b0.at => 3,
            h if h > s0.at => 4,
            h if h < s1.at => 5,
            _ => 6,
        };
        let last = |p: &Place| self.guide.last[p.at as usize];
        let waits = s0.at != self.none && last(s0) >= b0.at && b0.at != self.none;
        place + 8 * u32::from(waits)
    }

    /// Where the head of the one below is.
    fn below(&self, view: &View) -> u32 {
        let View { s0, s1, b0, .. } = view;
        match self.head(s1) {
            h if h == self.none => 0,
            h if h == b0.at => 1,
            h if h == s0.at => 2,
            h if h > b0.at => 3,
            _ => 4,
        }
    }

    /// Where the head of the next word is.
    fn next(&self, view: &View) -> u32 {
        let View { s0, s1, b0, .. } = view;
        match self.head(b0) {
            h if h == self.none => 0,
            h if h == s0.at => 1,
            h if h == s1.at => 2,
            h if h > b0.at => 3,
            h if h < s1.at => 4,
            _ => 5,
        }
    }

    /// The word that the next word introduces, and where the head of that is.
    fn beyond<'a>(&self, view: &View<'a>) -> (Place<'a>, u32) {
        let View { s0, s1, s2, b0, .. } = view;
        let head = self.head(b0);
        let beyond = if head != self.none && head > b0.at { head } else { self.none };
        let beyond = view.place(beyond);
        let place = match self.head(&beyond) {
            h if h == self.none => 0,
            h if h == s0.at => 1,
            h if h == s1.at => 2,
            h if h == s2.at => 3,
            h if h < s1.at => 4,
            _ => 5,
        };
        (beyond, place)
    }
}

pub(super) fn features(keys: &mut Keys, view: &View, guide: &Guide) {
    let View { s0, s1, b0, b1, .. } = view;
    let advice = Advice { guide, none: view.state.length + 1 };
    let (own, below, next) = (advice.own(view), advice.below(view), advice.next(view));
    let (beyond, beyond_at) = advice.beyond(view);
    let label = |p: &Place| advice.label(p);
    keys.two(own, label(s0));
    keys.three(own, label(s0), next);
    keys.four(own, label(s0), next, label(b0));
    keys.four(own, next, below, label(s0));
    keys.three(own, s0.t(), b0.t());
    keys.three(own, s1.t(), s0.t());
    keys.four(own, label(s0), s0.t(), b0.t());
    keys.four(own, label(s0), s1.t(), s0.t());
    keys.three(own, label(s0), s0.w());
    keys.three(own, label(s0), s1.w());
    keys.three(own, label(s0), b0.w());
    keys.four(own, next, s0.w(), b0.t());
    keys.four(own, next, s0.t(), b0.w());
    keys.four(own, next, label(b0), s0.t());
    keys.three(beyond_at, own, label(b0));
    keys.four(beyond_at, label(&beyond), s0.t(), b0.t());
    keys.four(beyond_at, label(&beyond), s0.t(), s1.t());
    keys.three(label(s0), label(b0), label(b1));
    keys.three(label(s1), label(s0), label(b0));
    keys.three(own, b0.t(), b1.t());
    keys.three(own, s0.set(RIGHT), s0.t());
    keys.three(own, s0.set(LEFT), s0.t());
    keys.three(own, label(s0), s1.set(RIGHT));
    keys.three(own, distance(s0, b0), distance(s1, s0));
}
