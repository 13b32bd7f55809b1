//! What is drawn, in words only: the boxes, cards and lines of a picture before anybody measures them.
#![cfg_attr(not(test), expect(dead_code, reason = "the scene of today says less than can be painted"))]

use super::super::style::Look;
use crate::model::EntityKind;

/// All that is in the picture.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) title: Option<String>,
    pub(crate) subtitle: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) lines: Vec<Line>,
    pub(crate) legend: Vec<Key>,
    /// What the reader has to know about the picture itself.
    pub(crate) notes: Vec<String>,
    /// Who is named without any line: a whole sentence.
    pub(crate) unconnected: Option<String>,
    /// The sources in the order of their numbers: the first is `[1]`.
    pub(crate) sources: Vec<String>,
}

/// A box or a card.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) key: String,
    pub(crate) body: Body,
    /// For those who do not see it.
    pub(crate) told: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Name(NameBox),
    Card(Card),
}

/// An entity, or several folded into one.
#[derive(Clone, Debug)]
pub(crate) struct NameBox {
    /// None stands for several in one: "and 37 more".
    pub(crate) kind: Option<EntityKind>,
    pub(crate) is_main: bool,
    pub(crate) name: String,
    pub(crate) sublines: Vec<String>,
}

/// A deal.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) look: Look,
    pub(crate) standing: Standing,
    /// "Patent sale"; painted in capitals.
    pub(crate) kind: String,
    pub(crate) date: String,
    /// In large type.
    pub(crate) amount: Option<String>,
    pub(crate) columns: Option<Columns>,
    pub(crate) lines: Vec<String>,
    /// They stand after the last line, or in the heading of the second column.
    pub(crate) footnotes: Vec<usize>,
}

/// Apps on devices.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) left: Column,
    /// "on": between the two, at mid height.
    pub(crate) joint: &'static str,
    pub(crate) right: Column,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) names: Vec<String>,
}

/// A line from one node to another.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) key: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) look: Look,
    pub(crate) standing: Standing,
    pub(crate) has_head: bool,
    pub(crate) label: Label,
    pub(crate) is_level: bool,
    pub(crate) told: String,
}

/// What is written on a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    /// The first row, in the colour of the line; may be empty.
    pub(crate) strong: String,
    pub(crate) details: Vec<String>,
    pub(crate) amount: Option<String>,
    pub(crate) footnotes: Vec<usize>,
}

/// How firmly a fact stands, as far as it changes the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Done,
    Planned,
    Possible,
    Rumoured,
    Disputed,
    Unreal,
}

/// An entry of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Look(Look),
    Standing(Standing),
    Unnamed,
}
