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

/// The program that lays out pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayoutEngine {
    /// The built-in layout: needs no other program, and gives the same result on every machine.
    #[default]
    Builtin,
    /// The `dot` of an installed Graphviz, which gets sizes and connections, but no text.
    Dot,
}

/// A finished picture, measured and laid out, available as SVG, PNG and PDF.
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
    /// Filled on first use, so that installed fonts are searched only if needed.
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

    /// The picture as self-contained SVG, with the same bytes on every machine.
    ///
    /// Text stays text, in the bundled font, Noto Sans, or a similar font of the viewer. There are no scripts, links
    /// or images in it, whatever names contain.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as PNG; a scale of 1 is one pixel per point.
    ///
    /// # Errors
    /// [`ErrorKind::Drawing`](crate::ErrorKind::Drawing) if the scale is not a positive number, or if the result
    /// would have more than 16,000 pixels per side or 100 million in total.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>> {
        png::paint(&self.svg, self.letters(), scale)
    }

    /// The largest scale at which [`png`](Self::png) can paint it, in steps of a hundredth.
    #[must_use]
    pub fn largest_scale(&self) -> f32 {
        png::largest_scale(self.size.width, self.size.height) as f32
    }

    /// The picture as PDF: one page, as large as the picture, with text that can be selected and searched, and no
    /// date.
    ///
    /// # Errors
    /// [`ErrorKind::Drawing`](crate::ErrorKind::Drawing) if it cannot be written, for example because an installed
    /// font is damaged.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        pdf::paint(&self.svg, self.letters(), &self.title)
    }

    /// The characters that the bundled font lacks, each once, in order of appearance.
    ///
    /// They are shown in other fonts: those of the viewer for SVG, those installed on this machine for PNG and PDF.
    #[must_use]
    pub fn uncovered(&self) -> &str {
        &self.uncovered
    }

    /// The [uncovered](Self::uncovered) characters that no font on this machine has: PNG and PDF show boxes instead.
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
        for c in text.runs.iter().flat_map(|run| run.text.chars()) {
            if !fonts.covers(c) && known.insert(c) {
                uncovered.push(c);
            }
        }
    }
    uncovered
}
