//! The scene: what is drawn, as text, before layout.
//!
//! It is plain text and a few enums, so that layouts and painters need not know about graphs. Text has its full
//! length; painters wrap it.

use super::standing::Standing;
use super::style::LineStyle;
use crate::model::EntityKind;

/// Everything in the picture.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub(crate) title: Option<String>,
    /// Which part of the graph is shown, and as of when.
    pub(crate) subtitle: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) lines: Vec<Line>,
    /// The entries of the legend: only what occurs.
    pub(crate) legend: Vec<Key>,
    /// What the reader has to know about the picture itself, such as what it leaves out.
    pub(crate) notes: Vec<String>,
    /// A sentence naming what was asked for but takes part in nothing drawn.
    pub(crate) unconnected: Option<String>,
    /// The sources by number: the first is `[1]`.
    pub(crate) sources: Vec<String>,
}

/// A box or a card.
#[derive(Debug)]
pub(crate) struct Node {
    /// Unique in the scene and the same in every picture of the graph: layouts use it to break ties.
    pub(crate) key: String,
    pub(crate) body: Body,
    /// Alternative text, for screen readers.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "DOT text has no place for it"))]
    pub(crate) alt_text: String,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a scene has some hundred nodes at most")]
pub(crate) enum Body {
    Name(NameBox),
    Card(Card),
}

/// A name, and below it what kind of thing it is.
#[derive(Debug)]
pub(crate) struct NameBox {
    /// None if it stands for several entities.
    pub(crate) kind: Option<EntityKind>,
    /// Whether the picture is about this entity.
    pub(crate) is_main: bool,
    pub(crate) name: String,
    pub(crate) sublines: Vec<String>,
}

/// A deal, or another fact with several parties: its lines meet here.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) style: LineStyle,
    pub(crate) standing: Standing,
    /// "Patent sale"; painters may capitalize it.
    pub(crate) kind: String,
    /// "announced 31 May 2016".
    pub(crate) date: String,
    /// An amount of money or a number of items, shown most prominently.
    pub(crate) amount: Option<String>,
    pub(crate) columns: Option<Columns>,
    pub(crate) lines: Vec<String>,
    /// Other claims, which become lines of text once sources have their final numbers.
    pub(crate) cited: Vec<Cited>,
    pub(crate) footnotes: Vec<usize>,
}

/// Pieces of text, each followed by source numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cited(pub(crate) Vec<(String, Vec<usize>)>);

impl Cited {
    /// "or done Feb 2017 [2]".
    fn words(&self) -> String {
        let parts = self.0.iter().flat_map(|(text, footnotes)| [text.clone(), numbers(footnotes)]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Two lists side by side: apps on devices.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) left: Column,
    /// The word between the columns.
    pub(crate) joint: &'static str,
    pub(crate) right: Column,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) names: Vec<String>,
}

/// A line between two nodes.
#[derive(Debug)]
pub(crate) struct Line {
    /// Unique in the scene, like the keys of nodes.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "only layouts need it"))]
    pub(crate) key: String,
    /// Indices into [`Scene::nodes`].
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) style: LineStyle,
    pub(crate) standing: Standing,
    /// Whether an arrowhead points to `to`.
    pub(crate) has_head: bool,
    pub(crate) label: Label,
    /// Whether its ends should stand side by side rather than one above the other.
    pub(crate) is_level: bool,
    /// Alternative text, for screen readers.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "DOT text has no place for it"))]
    pub(crate) alt_text: String,
}

/// The text on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The first line, emphasized.
    pub(crate) strong: String,
    /// Terms and date.
    pub(crate) details: Vec<String>,
    /// Other claims, which become details once sources have their final numbers.
    pub(crate) cited: Vec<Cited>,
    /// Money.
    pub(crate) amount: Option<String>,
    /// Source numbers.
    pub(crate) footnotes: Vec<usize>,
}

impl Label {
    /// A label of a single word.
    pub(crate) fn word(word: &str) -> Self {
        Self { details: vec![word.to_owned()], ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.strong.is_empty()
            && self.details.is_empty()
            && self.cited.is_empty()
            && self.amount.is_none()
            && self.footnotes.is_empty()
    }
}

/// An entry of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A line style.
    LineStyle(LineStyle),
    /// A standing.
    Standing(Standing),
    /// A party known to exist but not named.
    Unnamed,
}

/// "[1] [3]"; empty without sources.
pub(crate) fn numbers(footnotes: &[usize]) -> String {
    let numbers: Vec<_> = footnotes.iter().map(|n| format!("[{n}]")).collect();
    numbers.join("\u{A0}")
}

impl Scene {
    pub(crate) fn cards(&self) -> impl Iterator<Item = &Card> {
        self.nodes.iter().filter_map(|node| match &node.body {
            Body::Card(card) => Some(card),
            Body::Name(_) => None,
        })
    }

    /// Every list of source numbers.
    pub(crate) fn footnotes(&mut self) -> Vec<&mut Vec<usize>> {
        let mut all: Vec<&mut Vec<usize>> = Vec::new();
        for line in &mut self.lines {
            all.push(&mut line.label.footnotes);
            all.extend(
                line.label.cited.iter_mut().flat_map(|cited| &mut cited.0).map(|(_, numbers)| numbers),
            );
        }
        for node in &mut self.nodes {
            if let Body::Card(card) = &mut node.body {
                all.push(&mut card.footnotes);
                all.extend(card.cited.iter_mut().flat_map(|cited| &mut cited.0).map(|(_, numbers)| numbers));
            }
        }
        all
    }

    /// Turns other claims into text, with the final source numbers.
    pub(crate) fn settle(&mut self) {
        for line in &mut self.lines {
            let cited = std::mem::take(&mut line.label.cited);
            line.label.details.extend(cited.iter().map(Cited::words));
        }
        for node in &mut self.nodes {
            if let Body::Card(card) = &mut node.body {
                let cited = std::mem::take(&mut card.cited);
                card.lines.extend(cited.iter().map(Cited::words));
            }
        }
    }

    /// Fills the legend with what occurs, in the legend's order.
    pub(crate) fn explain(&mut self) {
        // What is only sought looks the same whatever it is.
        let is_real = |standing: Standing| standing < Standing::Unreal;
        let lines = self.lines.iter().filter(|line| is_real(line.standing)).map(|line| line.style);
        let styles = lines.chain(self.cards().filter(|card| is_real(card.standing)).map(|card| card.style));
        let standings =
            self.lines.iter().map(|line| line.standing).chain(self.cards().map(|card| card.standing));
        let planned = self.cards().any(|card| card.standing == Standing::Planned);
        // Without a card, only its words show that a line is planned.
        let is_shown =
            |standing: &Standing| *standing > Standing::Planned || planned && *standing == Standing::Planned;
        let unnamed = self
            .nodes
            .iter()
            .any(|node| matches!(&node.body, Body::Name(name) if name.kind == Some(EntityKind::Unspecified)));
        let mut legend: Vec<_> =
            styles.map(Key::LineStyle).chain(standings.filter(is_shown).map(Key::Standing)).collect();
        legend.extend(unnamed.then_some(Key::Unnamed));
        legend.sort_unstable();
        legend.dedup();
        self.legend = legend;
    }
}
