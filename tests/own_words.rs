//! Nothing in the project is copied from the texts that extraction is measured on: they belong to their publishers, and a rule made for one of them
//! proves nothing. Runs where those texts lie, at `../shared/eval` or at `DATELINE_EVAL`; says so where it does not.

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// So many words in a row are no accident; fewer are stock phrases of the trade.
const WORDS: usize = 9;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the texts, where there is one.
fn evaluation() -> Option<PathBuf> {
    let named = std::env::var_os("DATELINE_EVAL").map(PathBuf::from);
    Some(named.unwrap_or_else(|| root().join("../shared/eval"))).filter(|folder| folder.is_dir())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
}

/// Every run of words in a text, hashed, with the byte where it begins.
fn runs(text: &str) -> Vec<(u64, usize)> {
    let words: Vec<(usize, String)> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word.to_lowercase()))
        .collect();
    let hash = |run: &[(usize, String)]| {
        let mut hasher = DefaultHasher::new();
        run.iter().for_each(|(_, word)| word.hash(&mut hasher));
        (hasher.finish(), run[0].0)
    };
    words.windows(WORDS).map(hash).collect()
}

/// The texts, but for the seeds, which the project holds as its sample.
fn texts(folder: &Path) -> Vec<String> {
    let seeds = |path: &Path| path.components().any(|part| part.as_os_str() == "j28243-seeds");
    let mut texts = Vec::new();
    for path in files(folder).into_iter().filter(|path| !seeds(path)) {
        if has_extension(&path, &["txt"]) {
            texts.push(String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
        } else if has_extension(&path, &["jsonl"]) {
            for line in fs::read_to_string(&path).unwrap().lines() {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                texts.extend(record["text"].as_str().map(str::to_owned));
            }
        }
    }
    texts
}

// Protects: no rule, test or document holds a sentence of the texts that the measure is taken on.
#[test]
fn no_run_of_words_is_copied_from_the_evaluation() {
    let Some(folder) = evaluation() else {
        eprintln!("SKIPPED: the evaluation texts are not here; set DATELINE_EVAL to their folder");
        return;
    };
    let theirs: HashSet<u64> =
        texts(&folder).iter().flat_map(|text| runs(text)).map(|(hash, _)| hash).collect();
    assert!(theirs.len() > 100_000, "too few texts in {}", folder.display());
    let mut copied = Vec::new();
    for part in ["src", "tests", "docs", "templates", "README.md", "CONTRIBUTING.md"] {
        for path in files(&root().join(part)) {
            if !has_extension(&path, &["rs", "toml", "txt", "md", "hbs", "typ", "json"]) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let hit = runs(&text).into_iter().find(|(hash, _)| theirs.contains(hash));
            copied.extend(hit.map(|(_, at)| {
                let words: String = text[at..].chars().take(80).collect();
                format!("{}: {words:?}", path.display())
            }));
        }
    }
    assert!(copied.is_empty(), "words of the evaluation texts:\n{}", copied.join("\n"));
}
