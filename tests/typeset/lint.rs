//! What a template is refused for, and in which words.

use crate::{folder, with_main};

/// Asserts the whole message for a `main.hbs`.
#[track_caller]
fn refused(main: &str, message: &str) {
    let error = with_main(main).map(|markup| markup.text().to_owned()).unwrap_err();
    assert_eq!(error.to_string(), message);
}

/// Asserts that a `main.hbs` is taken, and what it emits.
#[track_caller]
fn taken(main: &str, markup: &str) {
    assert_eq!(with_main(main).unwrap_or_else(|error| panic!("{error}")).text(), markup);
}

// The ways around the escaper are closed.
#[test]
fn no_way_around_the_escaper() {
    let hint = "hint: print the field with `{{…}}` or a helper";
    let message = "`{{{…}}}` and `{{&…}}` bypass the escaper";
    refused("a\nb {{{language}}}", &format!("mine/main.hbs:2:3: {message}\n{hint}"));
    refused("{{&language}}", &format!("mine/main.hbs:1:1: {message}\n{hint}"));
    refused(
        "{{#if paper}}\n {{~{language}~}}{{/if}}",
        &format!("mine/main.hbs:2:2: {message}\n{hint}"),
    );
    refused(
        "x\n{{{{raw}}}} {{{language}}} {{{{/raw}}}}",
        "mine/main.hbs:2:1: raw blocks `{{{{…}}}}` bypass the escaper\n\
         hint: print fields with `{{…}}` or a helper",
    );
}

// A backslash before braces would print the braces; Typst's line break needs a new line after it.
#[test]
fn no_backslash_before_braces() {
    let message = "a backslash stands before `{{`: Handlebars would print the braces\n\
                   hint: put a space or a new line between them";
    refused("a \\{{language}}", &format!("mine/main.hbs:1:3: {message}"));
    refused("a \\\\{{language}}", &format!("mine/main.hbs:1:4: {message}"));
    taken("a \\\n{{paper}} {{!-- \\{{x}} --}}", "a \\\n\\u{61}\\u{34} ");
}

// Inline parts and include blocks could hide what the lint must see.
#[test]
fn no_decorators() {
    refused(
        "{{#*inline \"x\"}}y{{/inline}}",
        "mine/main.hbs:1:1: decorators and inline parts `{{#*inline}}` are not available\n\
         hint: put the part in a file of its own and include it with `{{> folder/file}}`",
    );
    refused(
        "{{#> briefing/pill}}y{{/briefing/pill}}",
        "mine/main.hbs:1:1: include blocks `{{#> …}}` are not available\n\
         hint: include the part with `{{> folder/file}}`",
    );
}

// An include names a part that exists; parts that include each other would abort the process.
#[test]
fn includes_end() {
    refused(
        "{{> (lookup this \"paper\")}}",
        "mine/main.hbs:1:1: an include must name its part, not compute it\n\
         hint: choose between parts with `{{#if …}}`",
    );
    let error = with_main("{{> mine/nothing}}").map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with(
        "mine/main.hbs:1:1: there is no part `mine/nothing`\nhint: did you mean `mine/main`? parts are: briefing/anc"
    ));
    let files =
        [("main.hbs", "{{> mine/a}}"), ("a.hbs", "x\n{{> mine/b}}"), ("b.hbs", "{{> mine/a}}")];
    assert_eq!(
        folder(&files).map(|_| ()).unwrap_err().to_string(),
        "mine/a.hbs:2:1: parts include each other without end: mine/b → mine/a → mine/b\n\
         hint: remove one of these includes"
    );
    refused(
        "{{#if paper}}{{> mine/main}}{{/if}}",
        "mine/main.hbs:1:14: parts include each other without end: mine/main → mine/main\n\
         hint: remove one of these includes",
    );
}

// A part that nothing includes is a misspelt one: it would change nothing, and say nothing.
#[test]
fn parts_are_used() {
    assert_eq!(
        folder(&[("key-point.hbs", "a")]).map(|_| ()).unwrap_err().to_string(),
        "mine/key-point.hbs:1:1: nothing includes this part\n\
         hint: include it with `{{> mine/key-point}}`, or call it like a built-in part"
    );
    assert!(folder(&[("key-points.hbs", "{{> mine/point}}"), ("point.hbs", "a")]).is_ok());
}

// Misspelt helpers and wrong calls are found without a briefing, all at once.
#[test]
fn helpers_are_known() {
    refused(
        "{{string paper}} {{log paper}}\n{{str}} {{date a \"long\" \"x\"}} {{num paper a=1}}",
        "mine/main.hbs:1:1: unknown helper `string`\nhint: helpers are: str, num, bool, date, url\n\
         mine/main.hbs:1:18: unknown helper `log`\nhint: helpers are: str, num, bool, date, url\n\
         mine/main.hbs:2:1: `str` is a helper and needs a field\n\
         hint: name a field; one that is called `str` is `this.str`\n\
         mine/main.hbs:2:9: `date` is given more than it takes\nhint: write `{{date field}}`\n\
         mine/main.hbs:2:31: `num` is given more than it takes\nhint: write `{{num field}}`",
    );
    refused(
        "{{if paper}} {{#key_points}}x{{/key_points}} {{#if (str paper)}}x{{/if}} {{#if}}x{{/if}}",
        "mine/main.hbs:1:1: `if` is a block\nhint: write `{{#if …}} … {{/if}}`\n\
         mine/main.hbs:1:14: unknown block `key_points`\nhint: blocks are: if, unless, each, with\n\
         mine/main.hbs:1:46: unknown test `str`\n\
         hint: inside parentheses stand: eq, ne, gt, gte, lt, lte, and, or, not, len, lookup\n\
         mine/main.hbs:1:74: `if` needs one field\nhint: write `{{#if field}}`",
    );
}

// A field stands only where the escaper makes it text.
#[test]
fn fields_stand_in_text() {
    let message = |column: usize, field: &str, place: &str, hint: &str| {
        format!("mine/main.hbs:1:{column}: `{{{{{field}}}}}` stands in {place}\nhint: {hint}")
    };
    let comment = "remove it, or use a Handlebars comment `{{!-- … --}}`";
    let code = "use a helper, `{{str …}}`, as a whole argument";
    let string = "inside quotes use `{{…}}`; a helper emits its own quotes";
    let text = "use `{{…}}` there, or `#` before the helper";
    let raw = "use `#raw({{str …}})`";
    let label = "use `#label({{str …}})`";
    let reference = "use `#ref(label({{str …}}))`";
    for (main, column, field, place, hint) in [
        ("// {{paper}}", 4, "paper", "a comment", comment),
        ("/* {{str paper}} */", 4, "str paper", "a comment", comment),
        ("`{{paper}}`", 2, "paper", "raw text", raw),
        ("```a {{paper}} ```", 6, "paper", "raw text", raw),
        ("<a{{num paper}}>", 3, "num paper", "a label", label),
        ("@a-{{num paper}}", 4, "num paper", "a reference", reference),
        ("$ {{paper}} $", 3, "paper", "a formula", "put `#{{str …}}` there"),
        ("https://a.b/{{num paper}}", 13, "num paper", "a bare address", "use `#link({{url …}})`"),
        ("#{{paper}}", 2, "paper", "code", code),
        ("#let x = {{paper}}", 10, "paper", "code", code),
        ("#text(fill: x{{num paper}})[a]", 14, "num paper", "code", code),
        ("#text(x{{bool paper}})[a]", 8, "bool paper", "code", code),
        ("#text(\"a {{str paper}}\")", 10, "str paper", "a string", string),
        ("a {{str paper}}", 3, "str paper", "running text", text),
        ("a {{date paper}}", 3, "date paper", "running text", text),
        ("{{#if paper}}a{{else if title}}b{{else}}// {{x}}{{/if}}", 44, "x", "a comment", comment),
        (
            "{{#if a}}{{else}}{{#each b}}`{{#if c}}a{{else}}{{x}}{{/if}}`{{/each}}{{/if}}",
            48,
            "x",
            "raw text",
            raw,
        ),
    ] {
        // The fields themselves need not exist.
        let error = with_main(main).map(|markup| markup.text().to_owned()).unwrap_err();
        let expected = message(column, field, place, hint);
        assert!(error.to_string().starts_with(&expected), "{error}\n{expected}");
    }
}

// A part is looked at in each place that includes it.
#[test]
fn parts_are_checked_where_they_stand() {
    let files = [("main.hbs", "#f({{> mine/a}})\n[{{> mine/a}}]"), ("a.hbs", "\n {{str paper}}")];
    assert_eq!(
        folder(&files).map(|_| ()).unwrap_err().to_string(),
        "mine/a.hbs:2:2: `{{str paper}}` stands in running text\n\
         hint: use `{{…}}` there, or `#` before the helper"
    );
    // Each part doubles the one below it.
    let double: Vec<_> = (0..40)
        .map(|n| {
            (format!("p{n}.hbs"), format!("{{{{> mine/p{}}}}}{{{{> mine/p{}}}}}", n + 1, n + 1))
        })
        .collect();
    let mut files: Vec<_> =
        double.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.extend([("main.hbs", "{{> mine/p0}}"), ("p40.hbs", "y")]);
    let error = folder(&files).map(|_| ()).unwrap_err().to_string();
    assert!(
        error.contains("the template has more than 65536 elements with all its parts"),
        "{error}"
    );
}

// The places where fields may stand.
#[test]
fn fields_are_taken_in_text_and_calls() {
    taken(
        "{{paper}} [{{language}}] *{{paper}}* \"{{paper}}\" #f(\"{{paper}}\", {{num evidence.0.quotes.0.places.0.source}}pt, {{bool true}})",
        "\\u{61}\\u{34} [\\u{65}\\u{6e}] *\\u{61}\\u{34}* \"\\u{61}\\u{34}\" #f(\"\\u{61}\\u{34}\", 1pt, true)",
    );
    taken("{{num 12}}. #{{str paper}} {{len key_points}}", "12. #\"a4\" \\u{31}");
    taken("{{#if (eq paper \"a4\")}}a{{else}}b{{/if}}", "a");
}

// What Handlebars cannot parse is said in words that help, and shortly.
#[test]
fn syntax_is_explained() {
    refused(
        "a\n{{#if paper}}",
        "mine/main.hbs:2:14: the braces cannot be read from here\n\
         hint: look for a block that is not closed, a misspelt `{{/…}}` or a stray `{{`",
    );
    refused(
        "{{#if paper}}{{/each}}",
        "mine/main.hbs:1:14: the block `if` is closed by `each`\n\
         hint: close blocks in the order they were opened",
    );
    let deep = "{{#if a}}".repeat(5_000) + &"{{/if}}".repeat(5_000);
    let error = with_main(&deep).map(|_| ()).unwrap_err().to_string();
    assert!(error.len() < 1_000, "{}", error.len());
    let deep = "{{#if a}}".repeat(100) + &"{{/if}}".repeat(100);
    refused(
        &deep,
        "mine/main.hbs:1:577: blocks are nested more than 64 deep\n\
         hint: put the inner ones in a part of their own",
    );
}

// What a briefing lacks, or holds in another form, is named with its place.
#[test]
fn fields_are_checked_when_filled_in() {
    let lists = "hint: docs/templates.md lists the fields and what they hold";
    let nearby = "hint: did you mean `title`? fields here are: as_of, marking, number, period, reporting, series, subtitle, title";
    let points = "hint: go through it with `{{#each …}}`";
    let group = "hint: name one of its fields: as_of, marking, number, period, reporting, series, subtitle, title";
    for (main, message, hint) in [
        (
            "#{{str masthead.titel}}",
            "1:2: `{{str masthead.titel}}`: `masthead` has no field `titel`",
            nearby,
        ),
        (
            "\n{{#if masthead.titel}}{{/if}}",
            "2:1: `{{#if masthead.titel}}`: `masthead` has no field `titel`",
            nearby,
        ),
        (
            "{{#unless masthead.titel}}{{/unless}}",
            "1:1: `{{#unless masthead.titel}}`: `masthead` has no field `titel`",
            nearby,
        ),
        (
            "a {{masthead.titel}}",
            "1:3: `{{masthead.titel}}`: `masthead` has no field `titel`",
            nearby,
        ),
        (
            "#{{str masthead}}",
            "1:2: `{{str masthead}}`: a text is needed, and this is a group of fields",
            group,
        ),
        (
            "#{{str key_points}}",
            "1:2: `{{str key_points}}`: a text is needed, and this is a list",
            points,
        ),
        (
            "#{{str masthead.number}}",
            "1:2: `str masthead.number`: a text is needed, and this is nothing (ask with `{{#if …}}` first)",
            lists,
        ),
        ("#{{num paper}}", "1:2: `{{num paper}}`: a number is needed, and this is a text", lists),
        (
            "#{{bool paper}}",
            "1:2: `{{bool paper}}`: true or false is needed, and this is a text",
            lists,
        ),
        ("#{{date paper}}", "1:2: `{{date paper}}`: `a4` is not a date such as 2024-12-28", lists),
        (
            "#{{date masthead.as_of \"iso\"}}",
            "1:2: `{{date masthead.as_of}}`: the form of a date is \"long\", \"short\" or \"day\"",
            lists,
        ),
        ("#{{url \"javascript:x\"}}", "1:2: `url`: `javascript:x` is not a web address", lists),
        ("#{{num 100000000000000000000}}", "1:2: `num`: 1e+20 is too large for a page", lists),
    ] {
        refused(main, &format!("mine/main.hbs:{message}\n{hint}"));
    }
    refused(
        "{{titel}}",
        "mine/main.hbs:1:1: `{{titel}}`: there is no field `titel`\nhint: did you mean `timeline`? \
         fields here are: attributions, casualties, changes, colophon, event, evidence, key_points, language, \
         masthead, options, paper, responses, …",
    );
    refused(
        "{{title}}",
        "mine/main.hbs:1:1: `{{title}}`: there is no field `title`\n\
         hint: there is `masthead.title`: from inside a group write `@root.masthead.title`",
    );
}
