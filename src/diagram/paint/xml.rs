//! Writes XML: elements are nested by closures, and all outside text is escaped here.

use std::fmt::Write;

use crate::diagram::label::is_unprintable;

/// XML text under construction.
#[derive(Default)]
pub(crate) struct Xml {
    text: String,
}

impl Xml {
    /// An element with its content; an empty element if there is none.
    pub(crate) fn element<V: AsRef<str>>(
        &mut self,
        name: &str,
        attributes: &[(&str, V)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            // Writing to a string cannot fail.
            let _ = write!(self.text, " {name}=\"{}\"", escaped(value.as_ref()));
        }
        let start = self.text.len();
        self.text.push('>');
        inside(self);
        if self.text.len() == start + 1 {
            self.text.truncate(start);
            self.text.push_str("/>");
        } else {
            let _ = write!(self.text, "</{name}>");
        }
    }

    pub(crate) fn empty<V: AsRef<str>>(&mut self, name: &str, attributes: &[(&str, V)]) {
        self.element(name, attributes, |_| {});
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.text.push_str(&escaped(text));
    }

    /// A line break between elements, where it is insignificant.
    pub(crate) fn line(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// Text for inside an element or a quoted attribute, without tags, entities, or characters that XML forbids.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if is_unprintable(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A number with at most two decimals, without trailing zeros.
pub(crate) fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round();
    // Adding zero turns minus zero into zero.
    let text = format!("{}", hundredths / 100.0 + 0.0);
    if text == "NaN" || text.contains("inf") { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, expected) in
            [(1.0, "1"), (0.125, "0.13"), (-0.001, "0"), (-1.5, "-1.5"), (1e6, "1000000"), (f64::NAN, "0")]
        {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn nothing_of_a_text_becomes_markup() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", "\"><c/>\n'&")], |xml| xml.text("</a>\u{1b}]]>\u{FFFE}&#27;"));
        let expected = "<a b=\"&quot;&gt;&lt;c/&gt; &#39;&amp;\">&lt;/a&gt; ]]&gt; &amp;#27;</a>";
        assert_eq!(xml.finish(), expected);
    }

    #[test]
    fn an_element_without_anything_is_empty() {
        let mut xml = Xml::default();
        xml.element::<&str>("a", &[], |xml| xml.empty("b", &[("c", "1")]));
        assert_eq!(xml.finish(), "<a><b c=\"1\"/></a>");
    }
}
