//! The scene: what is drawn, in words, before anybody decides where.
//!
//! It is plain text and a few closed lists, so that layouts and painters need to know nothing of graphs. Texts
//! are as long as they are in the graph: whoever paints them wraps them.

use super::standing::Standing;
use super::style::Look;
use crate::model::EntityKind;

/// All that is in the picture.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub(crate) title: Option<String>,
    /// What part of the graph is shown, and as of when.
    pub(crate) subtitle: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) lines: Vec<Line>,
    /// What the foot explains: only what occurs.
    pub(crate) legend: Vec<Key>,
    /// What the reader has to know about the picture itself, such as what it leaves out.
    pub(crate) notes: Vec<String>,
    /// What was asked for, but takes part in nothing that is drawn, as a sentence.
    pub(crate) unconnected: Option<String>,
    /// The sources in the order of their numbers: the first is `[1]`.
    pub(crate) sources: Vec<String>,
}

/// Something in a box.
#[derive(Debug)]
pub(crate) struct Node {
    /// Unique in the scene and the same in every picture of the graph: it decides ties in layouts.
    pub(crate) key: String,
    pub(crate) body: Body,
    /// What a screen reader says.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "DOT text has no place for it"))]
    pub(crate) told: String,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a scene has some hundred nodes at most")]
pub(crate) enum Body {
    Name(NameBox),
    Card(Card),
}

/// A name and what it is.
#[derive(Debug)]
pub(crate) struct NameBox {
    /// None where it stands for several entities.
    pub(crate) kind: Option<EntityKind>,
    /// One of those that the picture is about.
    pub(crate) is_main: bool,
    pub(crate) name: String,
    pub(crate) sublines: Vec<String>,
}

/// A deal, or another fact of several parties: its lines meet here.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) look: Look,
    pub(crate) standing: Standing,
    /// "Patent sale"; painters may write it in capitals.
    pub(crate) kind: String,
    /// "announced 31 May 2016".
    pub(crate) date: String,
    /// Money, or how many pieces: what is read first.
    pub(crate) amount: Option<String>,
    pub(crate) columns: Option<Columns>,
    pub(crate) lines: Vec<String>,
    /// What others say, which becomes lines when sources have their last numbers.
    pub(crate) cited: Vec<Cited>,
    pub(crate) footnotes: Vec<usize>,
}

/// Words, each followed by the numbers of sources.
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
    /// The word between them.
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
    /// Unique in the scene, as the keys of nodes.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "only layouts need it"))]
    pub(crate) key: String,
    /// Positions in [`Scene::nodes`].
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) look: Look,
    pub(crate) standing: Standing,
    /// Whether an arrowhead points to `to`.
    pub(crate) has_head: bool,
    pub(crate) label: Label,
    /// Whether its ends would rather stand side by side than one over the other.
    pub(crate) is_level: bool,
    /// What a screen reader says.
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "DOT text has no place for it"))]
    pub(crate) told: String,
}

/// What stands on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The first line, which stands out.
    pub(crate) strong: String,
    /// Terms, date.
    pub(crate) details: Vec<String>,
    /// What others say, which becomes details when sources have their last numbers.
    pub(crate) cited: Vec<Cited>,
    /// Money.
    pub(crate) amount: Option<String>,
    /// The numbers of its sources.
    pub(crate) footnotes: Vec<usize>,
}

impl Label {
    /// Just a word.
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
    /// A kind of line.
    Look(Look),
    /// How firmly it stands.
    Standing(Standing),
    /// A party that is known to exist but not named.
    Unnamed,
}

/// "[1] [3]"; nothing without a source.
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

    /// Every list of numbers of sources.
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

    /// Puts what others say with its numbers where it is read.
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

    /// Says in the legend what occurs, in the legend's order.
    pub(crate) fn explain(&mut self) {
        // What is only wished for looks like nothing else, whatever it is.
        let is_real = |standing: Standing| standing < Standing::Unreal;
        let lines = self.lines.iter().filter(|line| is_real(line.standing)).map(|line| line.look);
        let looks = lines.chain(self.cards().filter(|card| is_real(card.standing)).map(|card| card.look));
        let standings =
            self.lines.iter().map(|line| line.standing).chain(self.cards().map(|card| card.standing));
        let planned = self.cards().any(|card| card.standing == Standing::Planned);
        // Of a line without a card nothing shows that it is only planned but its words.
        let is_shown =
            |standing: &Standing| *standing > Standing::Planned || planned && *standing == Standing::Planned;
        let unnamed = self
            .nodes
            .iter()
            .any(|node| matches!(&node.body, Body::Name(name) if name.kind == Some(EntityKind::Unspecified)));
        let mut legend: Vec<_> =
            looks.map(Key::Look).chain(standings.filter(is_shown).map(Key::Standing)).collect();
        legend.extend(unnamed.then_some(Key::Unnamed));
        legend.sort_unstable();
        legend.dedup();
        self.legend = legend;
    }
}
