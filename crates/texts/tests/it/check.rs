//! The rules for language files, as pure functions from parsed files to the list of what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use farline_domain::kernel::Language;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};

/// One message or attribute: its name as `key` or `key.attribute`, every text it can become and the variables it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) forms: Vec<String>,
    pub(crate) variables: BTreeSet<String>,
}

/// Stands for what a variable or a reference puts into a text.
pub(crate) const PLACE: char = '\u{fffc}';

/// Reads one file. The faults are of syntax.
pub(crate) fn read(file: &str, source: &str) -> (Vec<Text>, Vec<String>) {
    let (resource, faults) = match fluent_syntax::parser::parse(source) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => {
            (resource, errors.iter().map(|error| format!("{file}: {error}")).collect())
        }
    };
    let mut texts = Vec::new();
    for entry in &resource.body {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => {
                (message.id.name, message.value.as_ref(), &message.attributes)
            }
            Entry::Term(term) => (term.id.name, Some(&term.value), &term.attributes),
            _ => continue,
        };
        let term = if matches!(entry, Entry::Term(_)) { "-" } else { "" };
        texts.extend(value.map(|pattern| text(file, format!("{term}{id}"), pattern)));
        texts.extend(attributes.iter().map(|attribute| {
            text(file, format!("{term}{id}.{}", attribute.id.name), &attribute.value)
        }));
    }
    (texts, faults)
}

fn text(file: &str, name: String, pattern: &Pattern<&str>) -> Text {
    let mut variables = BTreeSet::new();
    let forms = expand(pattern, &mut variables);
    Text { name, file: file.to_owned(), forms, variables }
}

/// Every text that a pattern can become, with [`PLACE`] for what is not known yet.
fn expand(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let mut forms = vec![String::new()];
    for element in &pattern.elements {
        let choices = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => choices(expression, variables),
        };
        forms = forms
            .iter()
            .flat_map(|form| choices.iter().map(move |choice| format!("{form}{choice}")))
            .collect();
    }
    forms
}

fn choices(expression: &Expression<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => place(inline, variables),
        Expression::Select { selector, variants } => {
            let _only_for_its_variables = place(selector, variables);
            variants.iter().flat_map(|variant| expand(&variant.value, variables)).collect()
        }
    }
}

fn place(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let called = |arguments: &CallArguments<&str>, variables: &mut BTreeSet<String>| {
        for argument in &arguments.positional {
            place(argument, variables);
        }
    };
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            return vec![fluent_syntax::unicode::unescape_unicode_to_string(value).into_owned()];
        }
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. }
        | InlineExpression::TermReference { arguments: Some(arguments), .. } => {
            called(arguments, variables);
        }
        InlineExpression::TermReference { .. } | InlineExpression::MessageReference { .. } => {}
        InlineExpression::Placeable { expression } => return choices(expression, variables),
    }
    vec![PLACE.to_string()]
}

/// Keys that stand twice in one language, be it in one file or in two.
pub(crate) fn check_unique(texts: &[Text]) -> Vec<String> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for text in texts {
        if let Some(file) = first.insert(&text.name, &text.file) {
            faults.push(format!("{} stands in {file} and in {}", text.name, text.file));
        }
    }
    faults
}

/// What one language has otherwise than another: keys, attributes, the file they stand in, variables.
pub(crate) fn check_same(one: &[Text], other: &[Text]) -> Vec<String> {
    let index = |texts: &[Text]| -> BTreeMap<String, Text> {
        texts.iter().map(|text| (text.name.clone(), text.clone())).collect()
    };
    let (one, other) = (index(one), index(other));
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter_map(|name| difference(name, one.get(name), other.get(name))).collect()
}

fn difference(name: &str, one: Option<&Text>, other: Option<&Text>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one.file != other.file => {
            Some(format!("{name} stands in {} and in {}", one.file, other.file))
        }
        (Some(one), Some(other)) if one.variables != other.variables => {
            Some(format!("{name} takes {:?} and {:?}", one.variables, other.variables))
        }
        (Some(_), None) => Some(format!("{name} is missing from the second")),
        (None, Some(_)) => Some(format!("{name} is missing from the first")),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// The rules of writing that a text of a language breaks.
pub(crate) fn check_typography(language: Language, form: &str) -> Vec<&'static str> {
    let characters: Vec<char> = form.chars().collect();
    let mut faults = Vec::new();
    if form.contains(['!', '！']) {
        faults.push("an exclamation mark");
    }
    let rules: fn(Option<char>, char, &[char]) -> Option<&'static str> = match language {
        Language::ZhCn => chinese,
        Language::FrCa => french,
        Language::EnCa => |_, _, _| None,
    };
    let mut before = None;
    for (position, character) in characters.iter().enumerate() {
        faults.extend(rules(before, *character, &characters[position + 1..]));
        before = Some(*character);
    }
    faults
}

fn no_break(character: Option<char>) -> bool {
    matches!(character, Some('\u{a0}' | '\u{202f}'))
}

/// Between two digits (`10:30`), before `//` (an address) and at the start of a text (a symbol by itself) a mark is no
/// punctuation.
fn french(before: Option<char>, character: char, after: &[char]) -> Option<&'static str> {
    let space = before.is_some_and(char::is_whitespace);
    let between_digits = before.is_some_and(|one| one.is_ascii_digit())
        && after.first().is_some_and(char::is_ascii_digit);
    let address = after.starts_with(&['/', '/']);
    match character {
        '\'' => Some("a straight apostrophe"),
        ';' | '!' | '?' if space => Some("a space before ; ! or ?"),
        ':' if between_digits || address => None,
        ':' | '$' | '%' if before.is_some() && !no_break(before) => {
            Some("no no-break space before : $ or %")
        }
        '«' if !no_break(after.first().copied()) => Some("no no-break space after «"),
        '»' if !no_break(before) => Some("no no-break space before »"),
        _ => None,
    }
}

fn chinese(before: Option<char>, character: char, after: &[char]) -> Option<&'static str> {
    let next = after.iter().copied().find(|one| !one.is_whitespace());
    match character {
        '你' => Some("你 for 您"),
        ',' | '.' | ':' | ';' | '?' if before.is_some_and(han) || next.is_some_and(han) => {
            Some("half-width punctuation beside a Chinese character")
        }
        _ => None,
    }
}

fn han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
