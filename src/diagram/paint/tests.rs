//! Pictures of scenes made by hand.

use super::fixture::{article, sampler};
use super::picture::{LayoutEngine, Picture};
use crate::diagram::Page;
use crate::diagram::scene::Scene;
use crate::diagram::style::Theme;

fn picture(scene: &Scene, page: Page, theme: Theme) -> Picture {
    Picture::of(scene, page, theme, LayoutEngine::Builtin).unwrap()
}

/// Writes them for somebody to look at: `KEIRETSU_LOOK=folder cargo test --lib paint`.
#[test]
fn pictures_to_look_at() {
    let Some(folder) = std::env::var_os("KEIRETSU_LOOK").map(std::path::PathBuf::from) else { return };
    for (name, scene) in [("article", article()), ("sampler", sampler())] {
        for (side, page) in [("landscape", Page::Landscape), ("portrait", Page::Portrait)] {
            for (tone, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
                let picture = picture(&scene, page, theme);
                let file = folder.join(format!("{name}-{side}-{tone}"));
                std::fs::write(file.with_extension("svg"), picture.svg()).unwrap();
                std::fs::write(file.with_extension("png"), picture.png(2.0).unwrap()).unwrap();
                std::fs::write(file.with_extension("pdf"), picture.pdf().unwrap()).unwrap();
            }
        }
    }
}

#[test]
fn dot_places_what_is_painted() {
    for page in [Page::Landscape, Page::Portrait] {
        for scene in [article(), sampler()] {
            let picture = match Picture::of(&scene, page, Theme::Light, LayoutEngine::Dot) {
                Ok(picture) => picture,
                Err(error) => {
                    assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "{error}");
                    eprintln!("skipped: {error}");
                    return;
                }
            };
            if let Some(folder) = std::env::var_os("KEIRETSU_LOOK").map(std::path::PathBuf::from) {
                let file = folder.join(format!("dot-{page:?}-{}.png", scene.nodes.len()));
                std::fs::write(file, picture.png(2.0).unwrap()).unwrap();
            }
            assert_eq!(picture.svg().matches("class=\"line ").count(), scene.lines.len());
        }
    }
}
