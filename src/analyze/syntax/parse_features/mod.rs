//! The features of a parser state: few for the first pass, which has no guide, many for the second.

mod first;
mod guided;
mod second;

use crate::analyze::syntax::mix::Keys;
use crate::analyze::syntax::parse::{Guide, Links, Node, State};

/// Fills `keys` with the features of `state`.
pub fn extract(keys: &mut Keys, state: &State, nodes: &[Node], guide: Option<&Guide>) {
    keys.clear();
    let view = View::new(state, nodes);
    match guide {
        Some(guide) => {
            second::features(keys, &view);
            guided::features(keys, &view, guide);
        }
        None => first::features(keys, &view),
    }
}

/// Distance in steps: 1, 2, 3, 4, 5-7, 8-11, 12 and more.
fn distance(from: &Place, to: &Place) -> u32 {
    match from.at.abs_diff(to.at) {
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
    fn classes(&self) -> u32 {
        self.node.classes
    }
    fn count(&self, side: usize) -> u32 {
        self.links.count[side]
    }
    fn set(&self, side: usize) -> u32 {
        let set = self.links.set[side];
        (set ^ (set >> 31)) as u32 ^ ((set >> 32) as u32).wrapping_mul(31)
    }
}

/// The places that features look at: the top three of the stack and the next four words.
struct View<'a> {
    state: &'a State,
    nodes: &'a [Node],
    s0: Place<'a>,
    s1: Place<'a>,
    s2: Place<'a>,
    b0: Place<'a>,
    b1: Place<'a>,
    b2: Place<'a>,
    b3: Place<'a>,
}

const LEFT: usize = 0;
const RIGHT: usize = 1;

impl<'a> View<'a> {
    fn new(state: &'a State, nodes: &'a [Node]) -> Self {
        let place =
            |at: u32| Place { at, node: &nodes[at as usize], links: &state.links[at as usize] };
        View {
            state,
            nodes,
            s0: place(state.stack(0)),
            s1: place(state.stack(1)),
            s2: place(state.stack(2)),
            b0: place(state.buffer(0)),
            b1: place(state.buffer(1)),
            b2: place(state.buffer(2)),
            b3: place(state.buffer(3)),
        }
    }

    fn place(&self, at: u32) -> Place<'a> {
        Place { at, node: &self.nodes[at as usize], links: &self.state.links[at as usize] }
    }

    /// The outermost child of a place on a side, or with `which` 1 the second outermost.
    fn child(&self, of: &Place, side: usize, which: usize) -> Place<'a> {
        let links = of.links;
        self.place(if side == LEFT { links.left[which] } else { links.right[which] })
    }

    /// Makes the `count` features of a child; one that is not there says nothing that the numbers of children do not say.
    fn of(&self, keys: &mut Keys, child: &Place, count: u32, features: impl FnOnce(&mut Keys)) {
        if child.at <= self.state.length {
            features(keys);
        } else {
            keys.skip(count);
        }
    }

    /// The coarse tags of five places as one number.
    fn coarse(places: [&Place; 5]) -> u32 {
        places.iter().rev().fold(0, |all, place| place.node.upos + 32 * all)
    }

    /// Capitalisation of the places where the next move is made.
    fn cases(&self) -> u32 {
        [self.b1, self.b0, self.s1, self.s0].iter().fold(0, |all, p| p.node.case + 10 * all)
    }

    /// The words alone.
    fn alone(&self, keys: &mut Keys) {
        for p in [&self.s0, &self.s1, &self.b0, &self.b1] {
            keys.one(p.w());
            keys.one(p.t());
            keys.one(p.wt());
        }
        for p in [&self.s2, &self.b2] {
            keys.one(p.t());
            keys.one(p.wt());
        }
    }

    /// Triples of the tags at two places and of a child.
    fn with_children(&self, keys: &mut Keys, a: &Place, b: &Place, children: &[&Place]) {
        for c in children {
            self.of(keys, c, 1, |keys| keys.three(a.t(), b.t(), c.t()));
        }
    }

    /// Whether two places are quoted, and the commas between them.
    fn quotes(&self, left: &Place, right: &Place) -> u32 {
        let there = u32::from(left.at <= self.state.length);
        let commas = there * left.node.commas.abs_diff(right.node.commas).min(3);
        u32::from(left.node.quoted) + 2 * u32::from(right.node.quoted) + 4 * commas
    }
}
