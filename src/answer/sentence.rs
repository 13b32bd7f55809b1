//! The sentences of answers, with their names, notes and footnote marks still apart, so that each form shows these in its way.

use std::fmt::Write;

use super::footnotes::{Footnotes, Mark};
use crate::graph::{Entity, Fact, Relation, Right, Wording};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece {
    /// Words.
    Text(String),
    /// The name of an entity.
    Name(String),
    /// A remark on the date, or on how certain it is.
    Note(String),
    /// Marks that lead to footnotes.
    Marks(Vec<Mark>),
}

/// A sentence in its parts; `Display` is the sentence without footnote marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    pieces: Vec<Piece>,
}

impl Sentence {
    /// The parts, in order. The space before marks is not in them.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(&text),
            _ => self.pieces.push(Piece::Text(text)),
        }
        self
    }

    pub(crate) fn name(mut self, name: impl Into<String>) -> Self {
        self.pieces.push(Piece::Name(name.into()));
        self
    }

    /// " (since 2015)", or nothing.
    fn note(self, note: &str) -> Self {
        if note.is_empty() {
            return self;
        }
        let mut with_space = self.text(" ");
        with_space.pieces.push(Piece::Note(format!("({note})")));
        with_space
    }

    pub(crate) fn marks(mut self, marks: Vec<Mark>) -> Self {
        if !marks.is_empty() {
            self.pieces.push(Piece::Marks(marks));
        }
        self
    }

    /// "A, B and C".
    fn list<'g>(mut self, relation: Relation<'g>, parties: &[Entity<'g>]) -> Self {
        for (n, party) in parties.iter().enumerate() {
            let joint = match parties.len() - n {
                _ if n == 0 => "",
                1 => " and ",
                _ => ", ",
            };
            self = self.text(joint).name(relation.told_name(*party));
        }
        self
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) | Piece::Name(text) | Piece::Note(text) => f.write_str(text)?,
                Piece::Marks(_) => {}
            }
        }
        Ok(())
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self::default().text(text)
    }
}

/// A relation as a sentence, with its details.
pub(crate) fn relation<'g>(relation: Relation<'g>, notes: &mut Footnotes<'g>) -> Sentence {
    relations(&[relation], notes)
}

/// The relations of one fact, kind and subject as one sentence, with their details.
pub(crate) fn relations<'g>(relations: &[Relation<'g>], notes: &mut Footnotes<'g>) -> Sentence {
    let relations: Vec<_> = relations.iter().map(|relation| relation.told()).collect();
    let Some(first) = relations.first().copied() else { return Sentence::default() };
    let objects: Vec<_> = relations.iter().map(|relation| relation.object()).collect();
    let wording = first.wording();
    let cited = notes.marks(&first.evidence());
    let by_some = amount_by_some(&wording, notes);
    let details = match by_some {
        None => wording.details(&objects),
        Some(_) => wording.details_without_amount(&objects),
    };
    let mut sentence = Sentence::default().name(first.told_name(first.subject()));
    sentence = sentence.text(format!(" {} ", wording.verb())).list(first, &objects);
    let about = wording.about();
    if !about.is_empty() {
        sentence = sentence.text(": ").list(first, &about);
    }
    sentence = sentence.note(&wording.note()).text(details).marks(cited);
    if let Some((amount, marks)) = by_some {
        sentence = sentence.text(amount).marks(marks);
    }
    share_by_some(sentence, first, notes)
}

/// A relation as a sentence with only its date, its sources and a remark.
pub(crate) fn plain<'g>(relation: Relation<'g>, said: &str, notes: &mut Footnotes<'g>) -> Sentence {
    let relation = relation.told();
    let cited = notes.marks(&relation.evidence());
    let wording = relation.wording();
    let sentence = Sentence::default()
        .name(relation.told_name(relation.subject()))
        .text(format!(" {} ", wording.verb()))
        .name(relation.told_name(relation.object()))
        .text(said)
        .note(&wording.note())
        .marks(cited);
    share_by_some(sentence, relation, notes)
}

/// What a stake's share of a right is, if it differs from that of the capital: ", 20% of votes".
pub(crate) fn share_of(stake: Relation<'_>, right: Right) -> String {
    let mut words = String::new();
    if let Some(share) = stake.share_of(right).filter(|share| stake.share() != Some(*share)) {
        // Text takes any writing.
        let _ = write!(words, ", {} of {}", share.words(), right.name());
    }
    words
}

/// A fact as a sentence; for an event without a kind, its note says what happened, where that is not told elsewhere.
pub(crate) fn fact<'g>(fact: Fact<'g>, tells_note: bool, notes: &mut Footnotes<'g>) -> Sentence {
    let evidence: Vec<_> = fact.evidence().collect();
    let cited = notes.marks(&evidence);
    let note = (tells_note && fact.is_told_by_its_note()).then(|| fact.record().note).flatten();
    let note = note.map_or_else(String::new, |note| format!(": {note}"));
    Sentence::from(format!("{}{note}", fact.sentence())).marks(cited)
}

/// " for about USD 30 million" and its own sources, if other claims do not state the amount.
fn amount_by_some<'g>(wording: &Wording<'g>, notes: &mut Footnotes<'g>) -> Option<(String, Vec<Mark>)> {
    let telling = wording.relation().amount_evidence();
    let amount = wording.amount();
    if telling.is_empty() || amount.is_empty() {
        return None;
    }
    let marks = notes.marks(&telling);
    Some((amount, marks))
}

/// ", 30% by [2]": who states the share in the verb, if other claims do not.
fn share_by_some<'g>(sentence: Sentence, relation: Relation<'g>, notes: &mut Footnotes<'g>) -> Sentence {
    let telling = relation.share_evidence();
    match relation.share().filter(|_| !telling.is_empty()) {
        Some(share) => sentence.text(format!(", {} by", share.words())).marks(notes.marks(&telling)),
        None => sentence,
    }
}
