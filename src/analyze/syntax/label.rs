//! Labels: parts of speech, finer tags and relations, as small numbers with names.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $text] $variant),* }

        impl $name {
            /// All labels, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The label as the treebanks write it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The label of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }

            /// The label of that number.
            pub fn from_index(index: u8) -> Option<Self> {
                Self::ALL.get(usize::from(index)).copied()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM",
        Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// English part of speech after the Penn treebank, as the English treebanks of Universal Dependencies use it.
    Xpos {
        Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Gw = "GW", Hyph = "HYPH", In = "IN", Jj = "JJ",
        Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT",
        Pos = "POS", Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH",
        Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpS = "WP$", Wrb = "WRB",
        Dollar = "$", Comma = ",", Stop = ".", Colon = ":", Open = "``", Close = "''", LeftBracket = "-LRB-", RightBracket = "-RRB-",
    }
}

labels! {
    /// Relation of a word to its head, after Universal Dependencies.
    Relation {
        Root = "root", Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Advmod = "advmod", Amod = "amod", Obj = "obj",
        Obl = "obl", Nmod = "nmod", Compound = "compound", Conj = "conj", Cc = "cc", Mark = "mark", Aux = "aux", Cop = "cop",
        Advcl = "advcl", NmodPoss = "nmod:poss", Xcomp = "xcomp", Flat = "flat", Ccomp = "ccomp", AclRelcl = "acl:relcl", Acl = "acl",
        Appos = "appos", AuxPass = "aux:pass", Nummod = "nummod", Parataxis = "parataxis", NsubjPass = "nsubj:pass",
        NmodUnmarked = "nmod:unmarked", OblUnmarked = "obl:unmarked", CompoundPrt = "compound:prt", Discourse = "discourse",
        Expl = "expl", Fixed = "fixed", Iobj = "iobj", List = "list", OblAgent = "obl:agent", Dep = "dep", NmodDesc = "nmod:desc",
        Csubj = "csubj", NsubjOuter = "nsubj:outer", DetPredet = "det:predet", AdvclRelcl = "advcl:relcl", Vocative = "vocative",
        Goeswith = "goeswith", CcPreconj = "cc:preconj", Reparandum = "reparandum", Orphan = "orphan", Dislocated = "dislocated",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
    }
}
