//! What a person who writes a first template is told: each way to be wrong has a message that says where,
//! what, and what to do.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::typeset::{Bundle, Template, examine};
use image::{ImageFormat, RgbImage};

/// A template that is wrong in one way: what the way is, and its files.
struct Case {
    way: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
}

fn case(way: &'static str, files: &[(&'static str, &str)]) -> Case {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    Case { way, files }
}

/// The line that attaches the facts.
const ATTACHED: &str = "#pdf.attach(\"/facts.json\", mime-type: \"application/json\", relationship: \"data\", description: \"facts\")";

/// A case of one page that begins as it should.
fn page(way: &'static str, body: &str) -> Case {
    let start = "#set document(title: {{str masthead.title}})";
    case(way, &[("main.hbs", &format!("{start}\n{ATTACHED}\n{body}"))])
}

/// A case of a page and a file that is no text.
fn with_file(way: &'static str, name: &'static str, bytes: Vec<u8>) -> Case {
    let mut case = page(way, "= Report\n");
    case.files.push((name, bytes));
    case
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::new(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG that says it is far larger than its bytes.
fn bomb() -> Vec<u8> {
    let mut bytes = picture(8, 8, ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

/// Ways that the Handlebars of a template can be wrong.
fn handlebars() -> Vec<Case> {
    vec![
        page("a misspelt field", "= {{masthead.titel}}\n"),
        page("a misspelt field in a list", "{{#each attributions.rows}}\n- {{nmae}}\n{{/each}}\n"),
        page("a field of another group", "{{#each key_points}}{{title}}{{/each}}\n"),
        page("a group where a text is needed", "Of {{masthead}}\n"),
        page("a list that is printed", "#text({{str key_points}})\n"),
        page("a text where a number is needed", "#v({{num masthead.title}})\n"),
        page("a field that may be absent", "No. #text({{str masthead.number}})\n"),
        page("three braces", "{{{masthead.title}}}\n"),
        page("a block that is not closed", "{{#if key_points}}\n= Points\n"),
        page(
            "blocks closed in the wrong order",
            "{{#if years}}{{#each key_points}}{{/if}}{{/each}}",
        ),
        page("a helper that does not exist", "{{upper masthead.title}}\n"),
        page("a part that does not exist", "{{> briefing/masthed masthead}}\n"),
        page("a field in a label", "= Heading <{{masthead.title}}>\n"),
        page("a field in code", "#let x = {{masthead.title}}\n"),
        page("a helper in a text", "Title: {{str masthead.title}}\n"),
        case(
            "parts that include each other",
            &[("main.hbs", "{{> mine/a}}"), ("a.hbs", "{{> mine/b}}"), ("b.hbs", "{{> mine/a}}")],
        ),
        case("a part that nothing includes", &[("keypoints.hbs", "= Points\n")]),
    ]
}

/// Ways that the Typst of a template can be wrong.
fn typst() -> Vec<Case> {
    vec![
        page("a bracket that is not closed", "= Points\n#box[\n{{masthead.title}}\n"),
        page(
            "a function that does not exist",
            "{{#each attributions.rows}}\n#speaker({{str name}})\n{{/each}}\n",
        ),
        page(
            "a number added to a text",
            "{{#each casualties.figures}}\n#(1 + {{str count}})\n{{/each}}\n",
        ),
        case(
            "a fault in the theme",
            &[
                (
                    "main.hbs",
                    "#import \"/theme.typ\": *\n{{#each responses.rows}}\n#act({{str from}})\n{{/each}}\n",
                ),
                ("theme.typ", "#let act(from) = {\n  let weight = from * 0.5\n  [#weight]\n}\n"),
            ],
        ),
        case("no title", &[("main.hbs", "= {{masthead.title}}\n")]),
        page("a heading of level 1 is missing", "== {{masthead.title}}\n"),
        page("a table without a head", "= Points\n#table(columns: 2, [a], [b])\n"),
        page("a typeface that does not exist", "#text(font: \"Nonesuch\")[= Points]\n"),
        page("a file that does not exist", "= Points\n#image(\"/seal.png\", alt: \"the seal\")\n"),
        page("a file of the machine", "= Points\n#read(\"/etc/passwd\")\n"),
        page("a package", "#import \"@preview/cetz:0.4.0\": *\n"),
        case("no facts in the PDF", &[("main.hbs", "#set document(title: \"t\")\n= Points\n")]),
    ]
}

/// Ways that files of a template can be wrong.
fn files() -> Vec<Case> {
    let alt = "= Points\n#image(\"/seal.png\")\n";
    let mut without_alt = page("a picture without alternative text", alt);
    without_alt.files.push(("seal.png", picture(8, 8, ImageFormat::Png)));
    vec![
        without_alt,
        with_file("a picture that is none", "seal.png", b"hello".to_vec()),
        with_file("a picture with another ending", "seal.png", picture(8, 8, ImageFormat::Jpeg)),
        with_file(
            "a picture that is cut off",
            "seal.png",
            picture(99, 99, ImageFormat::Png)[..80].into(),
        ),
        with_file("a picture of 60000 pixels a side", "seal.png", bomb()),
        with_file("a picture in a format for the web", "seal.webp", b"RIFF".to_vec()),
        with_file("a typeface that is broken", "house.otf", b"OTTO and then nothing".to_vec()),
        with_file("a page that is not UTF-8", "key-points.hbs", b"= Caf\xe9\n".to_vec()),
    ]
}

/// Ways that a manifest can be wrong.
fn manifests() -> Vec<Case> {
    let manifest = |way, text: &str| case(way, &[("template.toml", text)]);
    vec![
        manifest("a key that does not exist", "name = \"Ours\"\ntitle = \"Ours\"\n"),
        manifest("a colour that cannot be read", "[defaults]\naccent = \"#ffdd00\"\n"),
        manifest("a setting that does not exist", "[defaults]\nacent = \"#5b2333\"\n"),
        manifest("a section that nothing sets", "sections = [\"event\", \"key-point\"]\n"),
        manifest(
            "a picture without words for it",
            "[options.seal]\ntype = \"picture\"\ndefault = \"\"\ndescription = \"the seal\"\n",
        ),
        manifest("a picture that is not there", "[defaults]\nlogo = \"seal.png\"\n"),
        manifest("a quotation mark that is missing", "name = \"Ours\n"),
    ]
}

/// Ways that pages of other forms can be wrong.
fn forms() -> Vec<Case> {
    vec![
        case(
            "a field in a script",
            &[("page.html.hbs", "<script>var t = \"{{masthead.title}}\"</script>\n")],
        ),
        case(
            "a text as an address",
            &[("page.html.hbs", "<p><a href=\"{{masthead.title}}\">x</a></p>\n")],
        ),
        case(
            "a value without quotation marks",
            &[("page.html.hbs", "<p title={{masthead.title}}>x</p>\n")],
        ),
        case(
            "a misspelt field of a web page",
            &[("page.html.hbs", "<h1>{{masthead.titl}}</h1>\n")],
        ),
        case("three braces in Markdown", &[("page.md.hbs", "# {{{masthead.title}}}\n")]),
        case("JSON that is none", &[("page.json.hbs", "{\"title\": {{masthead.title}}}\n")]),
    ]
}

/// What is said of a template.
fn said(case: &Case) -> String {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("mine");
    fs::create_dir(&folder).unwrap();
    case.files.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    let bundle = Bundle::folder(Path::new(&folder)).unwrap();
    let pages = Template::load(bundle).and_then(|template| examine(&template));
    pages.map_or_else(|error| error.to_string(), |_| "NOTHING".into())
}

// Protects: each of these templates is refused in words that a newcomer can act on; they were read by eye.
#[test]
fn every_fault_has_its_words() {
    let mut all = String::new();
    for case in [handlebars(), typst(), files(), manifests(), forms()].into_iter().flatten() {
        let words = said(&case);
        assert_ne!(words, "NOTHING", "{}: not found", case.way);
        assert!(words.contains("\nhint: "), "{}: no hint: {words}", case.way);
        writeln!(all, "## {}\n{words}\n", case.way).unwrap();
    }
    insta::assert_snapshot!(all);
}
