//! Any text in, no panic: offsets exact and in order, one root a sentence, no cycle, the same output each time.

use dateline::analyze::syntax::document::Analyzer;
use dateline::analyze::syntax::label::Relation;
use dateline::analyze::syntax::model::Model;
use dateline::analyze::syntax::sentence::Sentence;

fn analyzer() -> Analyzer<'static> {
    Analyzer::new(Model::english().expect("the embedded model opens"))
}

fn check(text: &str, sentences: &[Sentence]) {
    let mut at = 0;
    for sentence in sentences {
        for token in sentence.tokens() {
            assert!(
                token.span.start >= at && token.span.end > token.span.start,
                "order in {text:?}"
            );
            assert!(
                text.is_char_boundary(token.span.start) && text.is_char_boundary(token.span.end)
            );
            let skipped = &text[at..token.span.start];
            assert!(
                skipped.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')),
                "lost {skipped:?} of {text:?}"
            );
            assert!(!token.span.text(text).contains(char::is_whitespace));
            at = token.span.end;
        }
        let tree = sentence.tree();
        if sentence.is_empty() {
            continue;
        }
        assert_eq!(tree.heads.iter().filter(|head| **head == 0).count(), 1, "roots in {text:?}");
        assert_eq!(
            tree.relations.iter().filter(|relation| **relation == Relation::Root).count(),
            1
        );
        for node in sentence.nodes() {
            assert!(
                node.ancestors().take(sentence.len() + 1).count() < sentence.len(),
                "cycle in {text:?}"
            );
            let (from, to) = node.edges();
            assert!(
                from <= node.index()
                    && node.index() <= to
                    && node
                        .children()
                        .all(|child| child.edges().0 >= from && child.edges().1 <= to)
            );
            node.lemma();
            node.subject();
            node.actor();
            node.patient();
            node.content();
            node.negated();
            node.modality();
            node.clause_span();
            node.phrase_edges();
        }
        let mut end = 0;
        for name in sentence.names() {
            assert!(name.start >= end && name.end > name.start && name.end <= sentence.len());
            end = name.end;
        }
        sentence.roles();
    }
    let rest = &text[at..];
    assert!(
        rest.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')),
        "lost {rest:?} of {text:?}"
    );
}

/// Texts that have broken tokenisers and parsers.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n\n\n",
    ".",
    "...",
    "?!?!",
    "'",
    "''",
    "’",
    "\"",
    "“”",
    "-",
    "--",
    "—",
    "(",
    "((((",
    "))))",
    "[18]",
    "[",
    "@",
    "#",
    "@@",
    "#a",
    "@b c",
    "a@b",
    "a@b.c",
    "http://",
    "www.",
    "https://x",
    "<http://a.b>",
    "n't",
    "'s",
    "’s",
    "can't've",
    "cannot",
    "CANNOT",
    "rock'n'roll",
    "'tis",
    "\u{feff}Hi",
    "a\u{200b}b",
    "e\u{301}cole",
    "İstanbul'da",
    "ǅ’s",
    "ﬃ’s",
    "ßẞ",
    "𝔘nicode 𝟙𝟚𝟛",
    "👩‍👩‍👧‍👦 said no.",
    "\u{202e}evil\u{202c}",
    "\0\u{1}\u{2}",
    "1",
    "1.",
    "1,",
    "1,2,3",
    "1.2.3.4",
    "1/2",
    "1/2/3",
    "1-2",
    "1-2-3",
    "½",
    "٣٤",
    "5pm",
    "5PMs",
    "0x1f",
    "1'",
    "'90s",
    "+44",
    "+",
    ".5",
    "5.",
    "$",
    "$5",
    "5%",
    "A.",
    "A. B. C.",
    "U.S.",
    "U.S.-led",
    "e.g.",
    "Mr.",
    "Mr. ",
    "Inc.,",
    "No. 5",
    "No.",
    "p.m.",
    "Ph.D.",
    "a.b.c.d.e",
    "…",
    "a…b",
    "a...b",
    "a..b",
    "-a",
    "a-",
    "a--b",
    "a-b-c-d",
    "non-",
    "non-x-y",
    "e-mail",
    "J2-8243",
    "Pantsir-S1",
    "x_y",
    "_",
    "__",
    "AT&T",
    "&",
    "&&",
    "R&",
    "a/b",
    "/",
    "and/or",
    "他说：“你好。”我走了。",
    "Он сказал: «Да».",
    "نعم",
    "हिन्दी",
    "«»",
    "„x“",
    "``x''",
    "`",
    "ʼ",
    "`s",
    "d''s",
    "s' '",
    "it's'",
    "’’’’",
    "''''''",
    "THE QUICK BROWN FOX JUMPS",
    "the the the the",
    "A\tB\u{a0}C\u{2003}D",
    "a\r\nb\r\n\r\nc",
    "!a",
    "?a.b!c",
    "a.B.c.D",
    "a .b .c",
    ":-) :( ;)",
    "President Minister Ann Mr President Lee Gov. Gov. Bob Lee King",
    "Monday, May 1, 2001 Monday, May 1, 2001 Image: Image: Photo:",
];

#[test]
fn hostile_texts() {
    let analyzer = analyzer();
    for text in HOSTILE {
        check(text, &analyzer.document(text));
        check(text, &[analyzer.sentence(text)]);
    }
}

#[test]
fn mixtures_of_hostile_texts() {
    let analyzer = analyzer();
    let mut state = 7u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(HOSTILE[(state >> 33) as usize % HOSTILE.len()]);
            if state >> 60 & 1 == 1 {
                text.push([' ', '\n', '.'][(state >> 40) as usize % 3]);
            }
        }
        let first = analyzer.document(&text);
        check(&text, &first);
        let second = analyzer.document(&text);
        assert!(
            first.iter().zip(&second).all(|(a, b)| a.tree() == b.tree() && a.names() == b.names())
        );
    }
}

/// One analyser serves any number of threads and gives each the same.
#[test]
fn threads_agree() {
    let analyzer = analyzer();
    let text =
        HOSTILE.join(" ") + " The mayor of Reedham said that two men were arrested by police.";
    let alone = analyzer.document(&text);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| analyzer.document(&text))).collect();
        for thread in threads {
            let other = thread.join().expect("a thread analyses without panic");
            assert_eq!(alone.len(), other.len());
            let same = |(a, b): (&Sentence, &Sentence)| {
                a.span() == b.span() && a.tree() == b.tree() && a.names() == b.names()
            };
            assert!(alone.iter().zip(&other).all(same));
        }
    });
}

#[test]
fn long_lines_stay_linear() {
    let analyzer = analyzer();
    let time = |count: usize, piece: &str| {
        let text = piece.repeat(count);
        let clock = std::time::Instant::now();
        check_light(&analyzer.sentence(&text));
        clock.elapsed().as_secs_f64() / count as f64
    };
    for piece in
        ["word ", "“", "a-", "(", "1,", ". ", "Foo ", "x.", "'", "a'", "Mr Lee ", "Monday, "]
    {
        let (short, long) = (time(2_000, piece), time(100_000, piece));
        assert!(long < short * 8.0 + 5e-5, "{piece:?}: {short} s a piece became {long}");
    }
}

fn check_light(sentence: &Sentence) {
    assert_eq!(
        sentence.tree().heads.iter().filter(|head| **head == 0).count(),
        usize::from(!sentence.is_empty())
    );
}

#[test]
fn unwanted_sentences_have_tokens_alone() {
    let text = "Rain fell. The minister said that nobody was hurt.";
    let sentences = analyzer().document_where(text, |sentence| sentence.contains("said"));
    assert_eq!(sentences.iter().map(Sentence::analyzed).collect::<Vec<_>>(), [false, true]);
    assert_eq!(sentences[0].len(), 3);
    assert!(sentences[0].nodes().all(|node| node.head().is_none() && node.children().count() == 0));
}
