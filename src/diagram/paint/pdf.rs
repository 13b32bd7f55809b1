//! PDF, written by krilla: one page, as large as the picture, with text kept as text.

use krilla::SerializeSettings;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg::Tree;

use super::letters::Letters;
use crate::error::{Error, ErrorKind, Result};

/// The page size limit of PDF readers, in points per side (ISO 32000-1, annex C); larger pictures are scaled down.
const MOST_SIDE: f32 = 14_400.0;

pub(crate) fn paint(svg: &str, letters: &Letters, title: &str) -> Result<Vec<u8>> {
    let failed =
        |what: String| Error::new(ErrorKind::Drawing, format!("cannot write the picture as PDF: {what}"));
    let tree = Tree::from_str(svg, &letters.options()).map_err(|error| failed(error.to_string()))?;
    let (wide, high) = (tree.size().width(), tree.size().height());
    let scale = (MOST_SIDE / wide.max(high)).min(1.0);
    let (width, height) = (wide * scale, high * scale);
    let too_large = || failed(format!("a page of {width} x {height} points"));
    let page_settings = PageSettings::from_wh(width, height).ok_or_else(too_large)?;
    let size = Size::from_wh(width, height).ok_or_else(too_large)?;
    let mut document = krilla::Document::new_with(SerializeSettings::default());
    document.set_metadata(Metadata::new().title(title.to_owned()).language("en".to_owned()));
    let mut page = document.start_page_with(page_settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(too_large)?;
    document.finish().map_err(|error| failed(format!("{error:?}")))
}
