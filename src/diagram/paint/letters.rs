//! The fonts for PNG and PDF: the bundled one, and installed fonts for characters that it lacks.

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style, Weight};
use resvg::usvg::{FontResolver, Options};
use rustybuzz::ttf_parser::Face;

use super::font::{FAMILY, FILES};

/// The fonts, and which of them have the characters that the bundled one lacks.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    database: Arc<Database>,
    /// Best first: for regular text, and for bold text.
    regular: Faces,
    bold: Faces,
}

type Faces = BTreeMap<char, Vec<ID>>;

impl Letters {
    /// The bundled font, plus installed fonts if it lacks any characters of the text.
    pub(crate) fn for_text(uncovered: &str) -> Self {
        let mut database = carried();
        if uncovered.is_empty() {
            return Self { database: Arc::new(database), ..Self::default() };
        }
        database.load_system_fonts();
        let regular = faces_of(&database, uncovered, Weight::NORMAL);
        let bold = faces_of(&database, uncovered, Weight::BOLD);
        Self { database: Arc::new(database), regular, bold }
    }

    /// The characters that no font here has, in order.
    pub(crate) fn missing(&self, uncovered: &str) -> String {
        uncovered.chars().filter(|c| self.regular.get(c).is_none_or(Vec::is_empty)).collect()
    }

    /// Options for reading SVG text with these fonts.
    pub(crate) fn options(&self) -> Options<'_> {
        let select_fallback = move |c: char, used: &[ID], database: &mut Arc<Database>| {
            let base = used.first().and_then(|id| database.face(*id));
            let is_bold = base.is_some_and(|face| face.weight >= Weight::SEMIBOLD);
            let faces = if is_bold { &self.bold } else { &self.regular };
            faces.get(&c)?.iter().copied().find(|id| !used.contains(id))
        };
        Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&self.database),
            font_resolver: FontResolver {
                select_font: FontResolver::default_font_selector(),
                select_fallback: Box::new(select_fallback),
            },
            ..Options::default()
        }
    }
}

fn carried() -> Database {
    let mut database = Database::new();
    for file in FILES {
        database.load_font_data(file.to_vec());
    }
    database.set_sans_serif_family(FAMILY);
    database.set_serif_family(FAMILY);
    database
}

/// The fonts that have each character: those with most of the characters first, then upright ones and those closest
/// to the weight.
fn faces_of(database: &Database, letters: &str, weight: Weight) -> Faces {
    let mut found: Vec<(FaceRank, ID, Vec<char>)> = Vec::new();
    for info in database.faces() {
        let covered = database.with_face_data(info.id, |data, index| covered(data, index, letters));
        let covered = covered.unwrap_or_default();
        if !covered.is_empty() {
            found.push((FaceRank::of(info, covered.len(), weight), info.id, covered));
        }
    }
    found.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    let mut faces = Faces::new();
    for (_, id, covered) in found {
        for c in covered {
            faces.entry(c).or_default().push(id);
        }
    }
    faces
}

fn covered(data: &[u8], index: u32, letters: &str) -> Vec<char> {
    let Ok(face) = Face::parse(data, index) else { return Vec::new() };
    letters.chars().filter(|c| face.glyph_index(*c).is_some()).collect()
}

/// How fonts are ranked, from the most important criterion.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FaceRank {
    lacks: std::cmp::Reverse<usize>,
    is_slanted: bool,
    weight: u16,
    is_monospaced: bool,
    name: String,
}

impl FaceRank {
    fn of(info: &FaceInfo, covered: usize, weight: Weight) -> Self {
        Self {
            lacks: std::cmp::Reverse(covered),
            is_slanted: info.style != Style::Normal,
            weight: info.weight.0.abs_diff(weight.0),
            is_monospaced: info.monospaced,
            name: info.post_script_name.clone(),
        }
    }
}
