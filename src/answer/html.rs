//! Answers as pages of HTML: one table, its remarks, and the cited sources. Without scripts.

use std::fmt::Write;

use super::footnotes::{Mark, published};
use super::markdown::is_linked;
use super::sentence::{Piece, Sentence};
use super::table::{Cell, Grid, RowsBy};
use super::{Answer, Content, escape};
use crate::graph::Source;

const STYLE: &str = "\
body { font-family: sans-serif; line-height: 1.4; margin: 2em auto; max-width: 75em; padding: 0 1em; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #ccc; padding: 0.3em 0.8em 0.3em 0; text-align: left; vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.note, sup { color: #555; }
";

/// A whole page.
pub(super) fn render<'g, C: Content<'g>>(answer: &Answer<'g, C>) -> String {
    let table = answer.table(RowsBy::Results);
    let command = answer.content.command();
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>keiretsu {command}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{command}</h1>\n"
    );
    let asked = answer.asked.words();
    let leads = Some(&asked).filter(|asked| !asked.is_empty()).into_iter().chain(table.leads());
    paragraphs(leads, &mut page);
    let grid = table.read();
    let mut marks = Marks::default();
    if !grid.rows.is_empty() {
        write_grid(grid, &mut marks, &mut page);
    }
    paragraphs(table.remarks().iter().chain(answer.notes()), &mut page);
    let stopped = answer.stopped_by();
    let stopped =
        stopped.map(|by| format!("The answer is incomplete: the limit on {} was reached.", by.name()));
    paragraphs(&stopped, &mut page);
    write_sources(table.sources(), &marks, &mut page);
    page.push_str("</body>\n</html>\n");
    page
}

fn paragraphs<'t>(texts: impl IntoIterator<Item = &'t String>, page: &mut String) {
    for text in texts {
        // Writing to memory does not fail.
        let _ = writeln!(page, "<p>{}</p>", escaped(text));
    }
}

/// Which footnotes have been marked: the first mark of each is where the footnote leads back to.
#[derive(Default)]
struct Marks(Vec<usize>);

impl Marks {
    fn write(&mut self, mark: Mark) -> String {
        let Mark { number, against } = mark;
        let id = if self.0.contains(&number) { String::new() } else { format!(" id=\"mark-{number}\"") };
        if !id.is_empty() {
            self.0.push(number);
        }
        let against = if against { " against" } else { "" };
        format!("<a{id} href=\"#source-{number}\">[{number}{against}]</a>")
    }
}

fn write_grid(grid: &Grid, marks: &mut Marks, page: &mut String) {
    page.push_str("<table>\n<thead>\n<tr>");
    for name in &grid.columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(name));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &grid.rows {
        page.push_str("<tr>");
        row.iter().for_each(|cell| write_cell(cell, marks, page));
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

fn write_cell(cell: &Cell, marks: &mut Marks, page: &mut String) {
    let _ = match cell {
        Cell::Sentence(sentence) => write!(page, "<td>{}</td>", of_sentence(sentence, marks)),
        Cell::Number(text) | Cell::Share(text) => write!(page, "<td class=\"number\">{}</td>", escaped(text)),
        Cell::Day(day) => write!(page, "<td><time>{day}</time></td>"),
        other => write!(page, "<td>{}</td>", escaped(&other.to_string())),
    };
}

fn of_sentence(sentence: &Sentence, marks: &mut Marks) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => escaped(text),
        Piece::Name(name) => format!("<b>{}</b>", escaped(name)),
        Piece::Note(note) => format!("<span class=\"note\">{}</span>", escaped(note)),
        Piece::Marks(all) => {
            format!("<sup>{}</sup>", all.iter().map(|mark| marks.write(*mark)).collect::<String>())
        }
    };
    sentence.pieces().iter().map(piece).collect()
}

fn write_sources(sources: &[Source<'_>], marks: &Marks, page: &mut String) {
    if sources.is_empty() {
        return;
    }
    page.push_str("<h2>Sources</h2>\n<ol>\n");
    for (number, source) in (1..).zip(sources) {
        let said = escaped(&format!("{}{}", source.title(), published(*source)));
        let url = match &source.record().url {
            Some(url) if is_linked(url) => format!(" <a href=\"{0}\">{0}</a>", escaped(url)),
            Some(url) => format!(" {}", escaped(url)),
            None => String::new(),
        };
        let back = match marks.0.contains(&number) {
            true => format!(" <a href=\"#mark-{number}\" aria-label=\"back to the answer\">↑</a>"),
            false => String::new(),
        };
        let _ = writeln!(page, "<li id=\"source-{number}\">{said}{url}{back}</li>");
    }
    page.push_str("</ol>\n");
}

/// Text as the content of an element or attribute; line breaks stay.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (n, line) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
        if n > 0 {
            safe.push_str("<br/>");
        }
        for c in escape::line(line).chars() {
            match c {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&#39;"),
                c => safe.push(c),
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_only_itself() {
        for (text, expected) in [
            ("a & <b> \"c\" 'd'", "a &amp; &lt;b&gt; &quot;c&quot; &#39;d&#39;"),
            ("a\nb\r\nc\rd", "a<br/>b<br/>c<br/>d"),
            ("\u{1b}[2J\u{202e}", "\\u{1b}[2J\\u{202e}"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }
}
