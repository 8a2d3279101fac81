//! The document's structure for screen readers: which marks are title, paragraph, table, figure.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use crate::layout::{Label, Role};

/// Collects what was drawn under each role, in reading order.
#[derive(Default)]
pub(crate) struct Structure {
    elements: Vec<(Role, Vec<Identifier>)>,
}

impl Structure {
    /// Notes that something was drawn under a role; equal roles are one element, be it on two pages.
    pub(crate) fn note(&mut self, role: &Role, identifier: Identifier) {
        match self.elements.iter_mut().find(|(known, _)| known == role) {
            Some((_, identifiers)) => identifiers.push(identifier),
            None => self.elements.push((role.clone(), vec![identifier])),
        }
    }

    /// The tree of the document in its language. `title` names it, `code` describes the QR code.
    pub(crate) fn tree(self, language: &str, title: &str, code: &str) -> TagTree {
        let mut elements: Vec<Element> = Vec::new();
        for (role, identifiers) in self.elements {
            let group = TagGroup::with_children(
                kind(&role, title, code),
                children(&role, identifiers, code),
            );
            let Role::Cell { table, row, .. } = role else {
                elements.push(Element::Single(group));
                continue;
            };
            match elements.last_mut() {
                Some(Element::Table(number, rows)) if *number == table => match rows.last_mut() {
                    Some((number, cells)) if *number == row => cells.push(group),
                    _ => rows.push((row, vec![group])),
                },
                _ => elements.push(Element::Table(table, vec![(row, vec![group])])),
            }
        }
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for element in elements {
            match element {
                Element::Single(group) => tree.push(group),
                Element::Table(_, rows) => {
                    let rows = rows.into_iter().map(|(_, cells)| {
                        let cells = cells.into_iter().map(Node::from).collect();
                        Node::from(TagGroup::with_children(Tag::TR, cells))
                    });
                    tree.push(TagGroup::with_children(Tag::Table, rows.collect()));
                }
            }
        }
        tree
    }
}

/// An element of the document, or a table with its rows of cells by number.
enum Element {
    Single(TagGroup),
    Table(usize, Vec<(usize, Vec<TagGroup>)>),
}

fn kind(role: &Role, title: &str, code: &str) -> TagKind {
    match role {
        Role::Title => Tag::Hn(NonZeroU16::MIN, Some(title.to_owned())).into(),
        Role::Heading(_, words) => {
            Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(words.clone())).into()
        }
        Role::Cell { label: Label::Yes, .. } => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell { label: Label::No, .. } => Tag::TD.into(),
        Role::Code => Tag::Link.with_alt_text(Some(code.to_owned())).into(),
        Role::Artifact | Role::Paragraph(_) => Tag::P.into(),
    }
}

/// The link of the code holds the figure first and the link's own area after it.
fn children(role: &Role, identifiers: Vec<Identifier>, code: &str) -> Vec<Node> {
    let mut nodes: Vec<Node> = identifiers.into_iter().map(Node::from).collect();
    if *role == Role::Code && !nodes.is_empty() {
        let drawn = nodes.remove(0);
        let figure = TagGroup::with_children(Tag::Figure(Some(code.to_owned())), vec![drawn]);
        nodes.insert(0, figure.into());
    }
    nodes
}
