//! Reads the treebanks' CoNLL-U files.

use std::io::Read;
use std::path::Path;

use dateline::analyze::syntax::label::{Relation, Upos, Xpos};
use dateline::analyze::syntax::parse::Tree;
use dateline::analyze::syntax::tag::Tag;

/// A sentence with its annotation.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Text as it stands.
    pub text: String,
    /// First of a document.
    pub new_document: bool,
    /// First of a paragraph.
    pub new_paragraph: bool,
    /// From GUM.
    pub gum: bool,
    /// From a file in which names are marked.
    pub named: bool,
    /// Name of the document.
    pub document: String,
    /// Words.
    pub forms: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Whether a space stands before the word.
    pub spaced: Vec<bool>,
    /// Byte offsets in the text.
    pub spans: Vec<(usize, usize)>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Tree.
    pub tree: Tree,
    /// Names as BIO labels.
    pub names: Vec<String>,
}

/// Reads a file of a treebank, gzipped or plain; one that is not there has no sentences if the folder holds plain ones.
pub fn read(folder: &Path, name: &str) -> Vec<Gold> {
    let mut text = String::new();
    let zipped = folder.join(format!("{name}.conllu.gz"));
    match std::fs::File::open(&zipped) {
        Ok(file) => {
            flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("gzip");
        }
        Err(error) => {
            let plain = std::fs::read_to_string(folder.join(format!("{name}.conllu")));
            let fixtures = folder.join("gum-train.conllu").exists();
            text = plain.unwrap_or_else(|_| match fixtures {
                true => String::new(),
                false => panic!("{}: {error}", zipped.display()),
            });
        }
    }
    let mut golds = parse(&text);
    let named = golds.iter().any(|gold| gold.names.iter().any(|label| label != "O"));
    for gold in &mut golds {
        gold.gum = name.starts_with("gum");
        gold.named = named;
    }
    golds
}

/// Reads the text of a file.
pub fn parse(text: &str) -> Vec<Gold> {
    let mut result = Vec::new();
    let mut document = false;
    let mut paragraph = false;
    let mut id = String::new();
    for block in text.split("\n\n") {
        let mut gold = Gold::default();
        let mut surface: Option<(usize, bool)> = None;
        let mut space = true;
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                document |= comment.starts_with("newdoc");
                paragraph |= comment.starts_with("newpar");
                if let Some(name) = comment.strip_prefix("newdoc id = ") {
                    id = name.to_string();
                }
                if let Some(text) = comment.strip_prefix("text = ") {
                    gold.text = text.to_string();
                }
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 10 {
                continue;
            }
            if let Some((_, last)) = cells[0].split_once('-') {
                surface = Some((last.parse().unwrap_or(0), !cells[9].contains("SpaceAfter=No")));
                continue;
            }
            let number: usize = cells[0].parse().unwrap_or(0);
            gold.forms.push(cells[1].to_string());
            gold.lemmas.push(cells[2].to_string());
            gold.spaced.push(space);
            let upos = Upos::from_name(cells[3]).unwrap_or(Upos::X);
            let xpos = Xpos::from_name(cells[4]).unwrap_or_else(|| panic!("tag {}", cells[4]));
            gold.tags.push(Tag { upos, xpos });
            gold.tree.heads.push(cells[6].parse().unwrap_or(0));
            gold.tree.relations.push(
                Relation::from_name(cells[7]).unwrap_or_else(|| panic!("relation {}", cells[7])),
            );
            let name = cells[9].split('|').find_map(|item| item.strip_prefix("NE=")).unwrap_or("O");
            gold.names.push(name.to_string());
            space = match surface {
                Some((last, after)) if number < last => {
                    let _ = after;
                    false
                }
                Some((_, after)) => {
                    surface = None;
                    after
                }
                None => !cells[9].contains("SpaceAfter=No"),
            };
        }
        if gold.forms.is_empty() {
            continue;
        }
        gold.new_document = document;
        gold.document.clone_from(&id);
        gold.new_paragraph = paragraph || document;
        document = false;
        paragraph = false;
        locate(&mut gold);
        result.push(gold);
    }
    result
}

/// Finds the words in the text.
fn locate(gold: &mut Gold) {
    let mut at = 0;
    for form in &gold.forms {
        let rest = &gold.text[at..];
        let skip = rest.len() - rest.trim_start().len();
        let found = if rest[skip..].starts_with(form.as_str()) {
            Some(skip)
        } else {
            rest.find(form.as_str())
        };
        match found {
            Some(found) => {
                gold.spans.push((at + found, at + found + form.len()));
                at += found + form.len();
            }
            None => gold.spans.push((at, at)),
        }
    }
}

impl Gold {
    /// Forms as string slices.
    pub fn form_refs(&self) -> Vec<&str> {
        self.forms.iter().map(String::as_str).collect()
    }

    /// A copy in capitals.
    pub fn capitals(&self) -> Gold {
        let mut copy = self.clone();
        copy.text = copy.text.to_uppercase();
        for form in &mut copy.forms {
            *form = form.to_uppercase();
        }
        locate_again(&mut copy);
        copy
    }

    /// A copy without commas and apostrophes.
    pub fn stripped(&self) -> Gold {
        let bare = |text: &str| -> String {
            text.chars().filter(|c| !matches!(c, ',' | '\'' | '’' | '‘' | '`')).collect()
        };
        let keep: Vec<bool> = self.forms.iter().map(|form| !bare(form).is_empty()).collect();
        let mut number = vec![0u32; self.forms.len() + 1];
        let mut count = 0;
        for (i, keep) in keep.iter().enumerate() {
            count += u32::from(*keep);
            number[i + 1] = count;
        }
        let mut copy = Gold {
            text: bare(&self.text),
            new_document: self.new_document,
            new_paragraph: self.new_paragraph,
            gum: self.gum,
            named: self.named,
            document: self.document.clone(),
            ..Gold::default()
        };
        for i in 0..self.forms.len() {
            if !keep[i] {
                continue;
            }
            let mut head = self.tree.heads[i];
            while head > 0 && !keep[head as usize - 1] {
                head = self.tree.heads[head as usize - 1];
            }
            copy.forms.push(bare(&self.forms[i]));
            copy.lemmas.push(self.lemmas[i].clone());
            copy.spaced.push(self.spaced[i] || (i > 0 && !keep[i - 1] && self.spaced[i - 1]));
            copy.tags.push(self.tags[i]);
            copy.tree.heads.push(number[head as usize]);
            copy.tree.relations.push(if head == 0 {
                Relation::Root
            } else {
                self.tree.relations[i]
            });
            copy.names.push(self.names[i].clone());
        }
        locate_again(&mut copy);
        copy
    }
}

fn locate_again(gold: &mut Gold) {
    gold.spans.clear();
    locate(gold);
}
