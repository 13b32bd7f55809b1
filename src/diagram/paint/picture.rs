//! A finished picture.

use std::sync::OnceLock;

use super::font::Fonts;
use super::letters::Letters;
use super::mark::Mark;
use super::sheet::Sheet;
use super::typeset::Typeset;
use super::{pdf, png, svg};
use crate::diagram::layout::{Flow, Size, layout};
use crate::diagram::scene::Scene;
use crate::diagram::style::Theme;
use crate::diagram::{Page, graphviz};
use crate::error::Result;

/// Who decides where boxes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayoutEngine {
    /// The layout of this library: needs nothing, the same on every machine.
    #[default]
    Builtin,
    /// The `dot` of an installed Graphviz, which is told sizes and connections, and no words.
    Dot,
}

/// A finished picture: measured and placed, to be had as SVG, PNG and PDF.
///
/// ```
/// use keiretsu::{FactKind, FactRecord, Graph, Role};
/// let mut builder = Graph::builder();
/// let (acme, sony) = (builder.company("acme", "Acme")?, builder.company("sony", "ソニー")?);
/// builder.fact(FactRecord::new(FactKind::Supply).role(Role::Supplier, acme).role(Role::Customer, sony));
/// let graph = builder.build()?;
/// let picture = graph.view().diagram().picture()?;
/// assert!(picture.svg().contains(">Acme</text>"));
/// assert_eq!(picture.uncovered(), "ソニー");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Debug)]
pub struct Picture {
    svg: String,
    size: Size,
    title: String,
    uncovered: String,
    /// Found when they are first needed: fonts of the machine are looked for only then.
    letters: OnceLock<Letters>,
}

impl Picture {
    pub(crate) fn of(scene: &Scene, page: Page, theme: Theme, engine: LayoutEngine) -> Result<Self> {
        let flow = match page {
            Page::Landscape => Flow::Right,
            Page::Portrait => Flow::Down,
        };
        let palette = theme.palette();
        let fonts = Fonts::carried();
        let set = Typeset::of(scene, flow, &fonts, palette);
        let sketch = set.sketch(scene);
        let places = match engine {
            LayoutEngine::Builtin => layout(&sketch, flow),
            LayoutEngine::Dot => graphviz::layout(&sketch, flow)?,
        };
        let sheet = Sheet::of(scene, &set, &places, &fonts, palette);
        Ok(Self {
            svg: svg::write(&sheet, scene, &fonts, palette),
            size: sheet.size,
            title: svg::title(scene),
            uncovered: uncovered(&sheet, &fonts),
            letters: OnceLock::new(),
        })
    }

    /// The picture as SVG, complete in itself; the same bytes on every machine.
    ///
    /// Texts are texts, in the font that this library carries, Noto Sans, or one like it where it is shown. There
    /// is no script, link or image in it, whatever names contain.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as PNG; at a scale of 1 with a pixel for each point.
    ///
    /// # Errors
    /// [`ErrorKind::Drawing`](crate::ErrorKind::Drawing) if the scale is not a positive number, or if there were
    /// more than 16,000 pixels a side or 100 million in all.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>> {
        png::paint(&self.svg, self.letters(), scale)
    }

    /// The largest scale at which [`png`](Self::png) can paint it, in hundredths.
    #[must_use]
    pub fn largest_scale(&self) -> f32 {
        png::largest_scale(self.size.width, self.size.height) as f32
    }

    /// The picture as PDF: one page of its size, with texts that can be selected and searched, and no date.
    ///
    /// # Errors
    /// [`ErrorKind::Drawing`](crate::ErrorKind::Drawing) if it cannot be written, as when a font of the machine
    /// is damaged.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        pdf::paint(&self.svg, self.letters(), &self.title)
    }

    /// The letters that the carried font lacks, each once, in the order of the picture.
    ///
    /// They are shown with other fonts: where the SVG is looked at, or for PNG and PDF those of this machine.
    #[must_use]
    pub fn uncovered(&self) -> &str {
        &self.uncovered
    }

    /// Those of the letters [not covered](Self::uncovered) that no font of this machine has: PNG and PDF show
    /// boxes instead.
    #[must_use]
    pub fn missing(&self) -> String {
        self.letters().missing(&self.uncovered)
    }

    fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::for_text(&self.uncovered))
    }
}

fn uncovered(sheet: &Sheet, fonts: &Fonts) -> String {
    let mut uncovered = String::new();
    let mut known = std::collections::HashSet::new();
    for mark in sheet.groups.iter().flat_map(|group| &group.marks) {
        let Mark::Text(text) = mark else { continue };
        for c in text.spans.iter().flat_map(|span| span.text.chars()) {
            if !fonts.covers(c) && known.insert(c) {
                uncovered.push(c);
            }
        }
    }
    uncovered
}
