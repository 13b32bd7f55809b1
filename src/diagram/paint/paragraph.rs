//! Text broken into rows by its measured width.

use unicode_segmentation::UnicodeSegmentation;

use super::font::{Font, Fonts};
use super::mark::Span;
use crate::diagram::label::{is_unprintable, shortened};

/// A row of text and how wide it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) spans: Vec<Span>,
    pub(crate) width: f64,
}

/// Words, measured once.
pub(crate) struct Paragraph<'f> {
    fonts: &'f Fonts,
    words: Vec<Word>,
}

struct Word {
    span: Span,
    width: f64,
    /// Of the space before it; nothing in the middle of a word that had to be broken.
    space: f64,
}

impl<'f> Paragraph<'f> {
    /// Texts one after another, with a space between. A word that is wider than the rows will be is broken between
    /// letters as people see them; very long texts are shortened, and say so.
    pub(crate) fn new(fonts: &'f Fonts, spans: &[Span], width: f64) -> Self {
        let mut words = Vec::new();
        for Span { text, font, color } in spans {
            let space = fonts.advance(' ', *font);
            let text: String =
                shortened(text).chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
            for word in text.split_whitespace() {
                for (n, piece) in pieces(fonts, word, *font, width).into_iter().enumerate() {
                    let width = fonts.width(&piece, *font);
                    let space = if n == 0 { space } else { 0.0 };
                    words.push(Word { span: Span::new(piece, *font, color), width, space });
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

    /// The same number of rows, as even as they get.
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
        let mut spans: Vec<Span> = Vec::new();
        for word in words {
            let space = if spans.is_empty() || word.space == 0.0 { "" } else { " " };
            match spans.last_mut() {
                Some(last) if last.font == word.span.font && last.color == word.span.color => {
                    last.text.push_str(space);
                    last.text.push_str(&word.span.text);
                }
                _ => {
                    // Where letters change, a plain space would be taken for the indentation of the file.
                    let space = if space.is_empty() { "" } else { "\u{A0}" };
                    spans.push(Span { text: format!("{space}{}", word.span.text), ..word.span.clone() });
                }
            }
        }
        let width = spans.iter().map(|span| self.fonts.width(&span.text, span.font)).sum();
        Row { spans, width }
    }
}

/// How many of the words go on a row; at least one.
fn fitting(words: &[Word], width: f64) -> usize {
    let mut used = 0.0;
    let fits = |(n, word): &(usize, &Word)| {
        used += word.width + if *n == 0 { 0.0 } else { word.space };
        *n == 0 || used <= width
    };
    words.iter().enumerate().take_while(fits).count()
}

/// A word in pieces that fit, each as many whole letters as go on a row.
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

    fn rows(text: &str, width: f64) -> Vec<String> {
        let fonts = Fonts::carried();
        let paragraph = Paragraph::new(&fonts, &[Span::new(text, regular(10.0), "#000000")], width);
        let rows = paragraph.rows(width);
        assert!(rows.iter().all(|row| row.width <= width + 0.01), "{rows:?}");
        rows.iter().map(|row| row.spans.iter().map(|span| span.text.as_str()).collect()).collect()
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
        let spans = [
            Span::new("price not disclosed", regular(10.0), "#000000"),
            Span::new("[1]", bold(8.0), "#000000"),
        ];
        let rows = Paragraph::new(&fonts, &spans, 200.0).rows(200.0);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].spans[1].text, "\u{A0}[1]");
    }

    #[test]
    fn even_rows_are_as_many_and_narrower() {
        let fonts = Fonts::carried();
        let spans = [Span::new("Consolidated Holdings of the West", bold(13.0), "#000000")];
        let paragraph = Paragraph::new(&fonts, &spans, 200.0);
        let (greedy, even) = (paragraph.rows(200.0), paragraph.even_rows(200.0));
        assert_eq!(greedy.len(), even.len());
        assert!(even[0].width < greedy[0].width);
    }

    #[test]
    fn a_shortened_text_says_so() {
        assert!(rows(&"é".repeat(3000), 300.0).join(" ").ends_with("[shortened: 2048 of 3000 characters]"));
    }
}
