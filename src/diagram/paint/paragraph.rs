//! Breaks text into rows by its measured width.

use unicode_segmentation::UnicodeSegmentation;

use super::font::{Font, Fonts};
use super::mark::Run;
use crate::diagram::label::{is_unprintable, shortened};

/// A row of text and its width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f64,
}

/// Words, each measured once.
pub(crate) struct Paragraph<'f> {
    fonts: &'f Fonts,
    words: Vec<Word>,
}

struct Word {
    run: Run,
    width: f64,
    /// The width of the space before it; 0 inside a word that had to be broken.
    space: f64,
}

impl<'f> Paragraph<'f> {
    /// Joins text runs with spaces. A word wider than the rows will be is broken between grapheme clusters; very long
    /// text is shortened, with a note.
    pub(crate) fn new(fonts: &'f Fonts, runs: &[Run], width: f64) -> Self {
        let mut words = Vec::new();
        for Run { text, font, color } in runs {
            let space = fonts.advance(' ', *font);
            let text: String =
                shortened(text).chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
            for word in text.split_whitespace() {
                for (n, piece) in pieces(fonts, word, *font, width).into_iter().enumerate() {
                    let width = fonts.width(&piece, *font);
                    let space = if n == 0 { space } else { 0.0 };
                    words.push(Word { run: Run::new(piece, *font, *color), width, space });
                }
            }
        }
        Self { fonts, words }
    }

    /// Rows up to this wide.
    pub(crate) fn rows(&self, width: f64) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut rest = self.words.as_slice();
        while !rest.is_empty() {
            let (row, after) = rest.split_at(fitting(rest, width));
            rows.push(self.row(row));
            rest = after;
        }
        rows
    }

    /// The same number of rows, with their widths as even as possible.
    pub(crate) fn even_rows(&self, width: f64) -> Vec<Row> {
        let count = self.count(width);
        if count < 2 {
            return self.rows(width);
        }
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..6 {
            let middle = f64::midpoint(narrow, wide);
            if self.count(middle) > count { narrow = middle } else { wide = middle }
        }
        self.rows(wide)
    }

    fn count(&self, width: f64) -> usize {
        let mut count = 0;
        let mut rest = self.words.as_slice();
        while !rest.is_empty() {
            (_, rest) = rest.split_at(fitting(rest, width));
            count += 1;
        }
        count
    }

    fn row(&self, words: &[Word]) -> Row {
        let mut runs: Vec<Run> = Vec::new();
        for word in words {
            let space = if runs.is_empty() || word.space == 0.0 { "" } else { " " };
            match runs.last_mut() {
                Some(last) if last.font == word.run.font && last.color == word.run.color => {
                    last.text.push_str(space);
                    last.text.push_str(&word.run.text);
                }
                _ => {
                    // At a change of font, a plain space would be taken for indentation of the file.
                    let space = if space.is_empty() { "" } else { "\u{A0}" };
                    runs.push(Run { text: format!("{space}{}", word.run.text), ..word.run.clone() });
                }
            }
        }
        let width = runs.iter().map(|run| self.fonts.width(&run.text, run.font)).sum();
        Row { runs, width }
    }
}

/// How many of the words fit on a row; at least one.
fn fitting(words: &[Word], width: f64) -> usize {
    let mut used = 0.0;
    let fits = |(n, word): &(usize, &Word)| {
        used += word.width + if *n == 0 { 0.0 } else { word.space };
        *n == 0 || used <= width
    };
    words.iter().enumerate().take_while(fits).count()
}

/// A word in pieces that fit, each of as many whole grapheme clusters as possible.
fn pieces(fonts: &Fonts, word: &str, font: Font, width: f64) -> Vec<String> {
    let about = |text: &str| text.chars().map(|c| fonts.advance(c, font)).sum::<f64>();
    if about(word) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut used = 0.0;
    for letter in word.graphemes(true) {
        let wide = about(letter);
        if used + wide > width && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            used = 0.0;
        }
        piece.push_str(letter);
        used += wide;
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::font::{bold, regular};
    use super::*;
    use crate::diagram::color::Color;

    fn rows(text: &str, width: f64) -> Vec<String> {
        let fonts = Fonts::carried();
        let paragraph = Paragraph::new(&fonts, &[Run::new(text, regular(10.0), Color::new(0, 0, 0))], width);
        let rows = paragraph.rows(width);
        assert!(rows.iter().all(|row| row.width <= width + 0.01), "{rows:?}");
        rows.iter().map(|row| row.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn rows_break_at_spaces_and_lose_nothing() {
        assert_eq!(rows("one  two\nthree", 45.0), ["one two", "three"]);
        assert_eq!(rows("wwwwwwwwww", 40.0).concat(), "wwwwwwwwww");
        assert_eq!(rows("電子書籍の会社", 30.0), ["電子書", "籍の会", "社"]);
        assert!(rows(" \u{1}\n ", 30.0).is_empty());
    }

    #[test]
    fn letters_as_people_see_them_are_not_broken() {
        let family = "👨\u{200D}👩\u{200D}👧".repeat(5);
        assert!(
            rows(&family, 31.0).iter().all(|row| !row.starts_with('\u{200D}') && !row.ends_with('\u{200D}'))
        );
        assert!(rows(&"e\u{301}".repeat(30), 20.0).iter().all(|row| row.starts_with('e')));
    }

    #[test]
    fn a_note_may_follow_in_other_letters() {
        let fonts = Fonts::carried();
        let runs = [
            Run::new("price not disclosed", regular(10.0), Color::new(0, 0, 0)),
            Run::new("[1]", bold(8.0), Color::new(0, 0, 0)),
        ];
        let rows = Paragraph::new(&fonts, &runs, 200.0).rows(200.0);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].runs[1].text, "\u{A0}[1]");
    }

    #[test]
    fn even_rows_are_as_many_and_narrower() {
        let fonts = Fonts::carried();
        let runs = [Run::new("Consolidated Holdings of the West", bold(13.0), Color::new(0, 0, 0))];
        let paragraph = Paragraph::new(&fonts, &runs, 200.0);
        let (greedy, even) = (paragraph.rows(200.0), paragraph.even_rows(200.0));
        assert_eq!(greedy.len(), even.len());
        assert!(even[0].width < greedy[0].width);
    }

    #[test]
    fn a_shortened_text_says_so() {
        assert!(rows(&"é".repeat(3000), 300.0).join(" ").ends_with("[shortened: 2048 of 3000 characters]"));
    }
}
