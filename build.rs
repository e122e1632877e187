//! Turns the word lists of `src/lexicon` from TOML, in which people write them, into JSON, which the program opens in a
//! tenth of the time. A slip in a list stops the build and is named with its file and line.

use std::path::Path;
use std::{env, fs};

/// Where the lists are.
const FOLDER: &str = "src/lexicon";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let target = env::var_os("OUT_DIR").expect("cargo names a folder");
    for entry in fs::read_dir(FOLDER).expect("the lexicon is beside this file") {
        let path = entry.expect("a folder can be listed").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.with_extension("json");
            let name = name.file_name().expect("a list has a name");
            fs::write(Path::new(&target).join(name), json(&path))
                .expect("cargo's folder is writable");
        }
    }
}

/// A list as JSON.
fn json(path: &Path) -> String {
    let fault = |error: &dyn std::fmt::Display| -> ! { panic!("{}: {error}", path.display()) };
    let text = fs::read_to_string(path).unwrap_or_else(|error| fault(&error));
    let value: toml::Value = toml::from_str(&text).unwrap_or_else(|error| fault(&error));
    serde_json::to_string(&value).unwrap_or_else(|error| fault(&error))
}
