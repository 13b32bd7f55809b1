//! Writes a scene as DOT text, with graphviz-rust.
//!
//! The crate prints text as given, so everything is escaped by [`label`](super::label) first.

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::Page;
use super::color::Color;
use super::label::{quoted, wrapped};
use super::scene::{Body, Card, Column, Columns, Key, Line, NameBox, Node, Scene, numbers};
use super::standing::Standing;
use super::style::{Dash, LineStyle, Palette, Stroke, Theme};
use super::table::{Align, Rows, Text};
use crate::model::EntityKind;

/// The DOT text of a scene.
pub(crate) fn write(scene: &Scene, page: Page, theme: Theme) -> String {
    let palette = theme.palette();
    let painter = Painter { palette, page };
    let mut inside = painter.inside_attributes(scene);
    for (n, node) in scene.nodes.iter().enumerate() {
        inside.push(painter.node(n, node));
    }
    for line in &scene.lines {
        inside.extend(painter.level(line));
        inside.push(painter.line(line));
    }
    let mut stmts = painter.graph_attributes(scene);
    // A frame without a border: the legend has to stand below the picture and the title above it.
    stmts.push(Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_page".to_owned()), stmts: inside }));
    let graph = Graph::DiGraph { id: Id::Plain("relations".to_owned()), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

/// The shape of a node that is not a table.
struct Shape {
    style: &'static str,
    fill: Color,
    border: Color,
    width: &'static str,
    /// In inches, horizontal and vertical.
    margin: &'static str,
}

struct Painter {
    palette: Palette,
    page: Page,
}

/// The width at which text is wrapped, in characters.
const NAME_WIDTH: usize = 24;
const SUBLINE_WIDTH: usize = 30;
const LINE_WIDTH: usize = 24;
const CARD_WIDTH: usize = 36;
const COLUMN_WIDTH: usize = 22;
const TITLE_WIDTH: usize = 60;
const FOOT_WIDTH: usize = 130;

impl Painter {
    fn graph_attributes(&self, scene: &Scene) -> Vec<Stmt> {
        let (rankdir, nodesep, ranksep) = match self.page {
            Page::Landscape => ("LR", "0.32", "0.7"),
            Page::Portrait => ("TB", "0.35", "0.55"),
        };
        let mut graph = vec![
            string("rankdir", rankdir),
            string("bgcolor", &self.palette.page.to_string()),
            string("fontname", FONT),
            string("splines", "true"),
            string("nodesep", nodesep),
            string("ranksep", ranksep),
            string("pad", "0.3"),
            string("outputorder", "edgesfirst"),
            string("labelloc", "t"),
            string("labeljust", "l"),
        ];
        graph.extend(self.header(scene).map(|header| html("label", header)));
        vec![
            Stmt::GAttribute(GraphAttributes::Graph(graph)),
            Stmt::GAttribute(GraphAttributes::Node(vec![
                string("fontname", FONT),
                string("fontsize", "11"),
                string("fontcolor", &self.palette.ink.to_string()),
            ])),
            Stmt::GAttribute(GraphAttributes::Edge(vec![
                string("fontname", FONT),
                string("fontsize", "9.5"),
                string("arrowsize", "0.75"),
            ])),
        ]
    }

    fn inside_attributes(&self, scene: &Scene) -> Vec<Stmt> {
        let label = self.footer(scene).map_or_else(|| string("label", ""), |footer| html("label", footer));
        let attributes = [
            string("peripheries", "0"),
            string("margin", "0"),
            string("labelloc", "b"),
            string("labeljust", "l"),
            label,
        ];
        attributes.into_iter().map(Stmt::Attribute).collect()
    }

    fn header(&self, scene: &Scene) -> Option<String> {
        let mut rows = Rows::new(Align::Left);
        if let Some(title) = &scene.title {
            rows.text(title, TITLE_WIDTH, &Text::new("24", self.palette.ink).bold());
        }
        rows.text(&scene.subtitle, TITLE_WIDTH * 2, &Text::new("12", self.palette.muted));
        (!rows.is_empty()).then(|| rows.table(r#" CELLPADDING="2""#))
    }

    fn node(&self, n: usize, node: &Node) -> Stmt {
        let attributes = match &node.body {
            Body::Name(name) => self.name_box(name),
            Body::Card(card) => self.card(card),
        };
        Stmt::Node(DotNode::new(node_id(n), attributes))
    }

    fn name_box(&self, name: &NameBox) -> Vec<Attribute> {
        let shape = self.shape(name.kind, name.is_main);
        let is_organisation = name.kind.is_some_and(EntityKind::is_organisation);
        let (ink, soft) = match (name.is_main, name.kind) {
            (true, _) => (self.palette.on_ink, self.palette.on_ink),
            (false, Some(EntityKind::Unspecified) | None) => (self.palette.muted, self.palette.muted),
            (false, Some(_)) => (self.palette.ink, self.palette.muted),
        };
        let size = match (name.is_main, is_organisation) {
            (true, _) => "16",
            (false, true) => "13",
            (false, false) => "11.5",
        };
        let text = Text::new(size, ink);
        let mut rows = Rows::new(Align::Center);
        rows.text(&name.name, NAME_WIDTH, &if name.is_main || is_organisation { text.bold() } else { text });
        for subline in &name.sublines {
            rows.text(subline, SUBLINE_WIDTH, &Text::new("9.5", soft));
        }
        vec![
            string("shape", "box"),
            string("style", shape.style),
            string("fillcolor", &shape.fill.to_string()),
            string("color", &shape.border.to_string()),
            string("penwidth", shape.width),
            string("margin", shape.margin),
            html("label", rows.table(r#" CELLPADDING="1""#)),
        ]
    }

    const fn shape(&self, kind: Option<EntityKind>, is_main: bool) -> Shape {
        let p = self.palette;
        let Some(kind) = kind else {
            return Shape {
                style: "filled",
                fill: p.page,
                border: p.hairline,
                width: "1",
                margin: "0.13,0.06",
            };
        };
        let (style, fill, border, width, margin) = match (is_main, kind) {
            (true, EntityKind::Person) => ("filled,rounded", p.ink, p.ink, "1.6", "0.16,0.16"),
            (true, _) => ("filled", p.ink, p.ink, "1.6", "0.16,0.08"),
            (_, EntityKind::Product) => ("filled,rounded", p.product_fill, p.product, "1", "0.13,0.06"),
            (_, EntityKind::Patent) => ("filled", p.patent_fill, p.patent, "1", "0.13,0.06"),
            (_, EntityKind::Brand) => ("filled", p.brand_fill, p.brand, "1", "0.13,0.06"),
            (_, EntityKind::Person) => ("filled,rounded", p.card, p.ink, "1", "0.13,0.16"),
            (_, EntityKind::Alliance) => ("filled,rounded", p.card, p.partnership, "1.3", "0.16,0.08"),
            (_, EntityKind::Unspecified) => ("filled,dashed", p.page, p.muted, "1", "0.16,0.08"),
            (_, EntityKind::Unit | EntityKind::Body) => ("filled", p.card, p.muted, "1", "0.16,0.08"),
            (_, EntityKind::Company) => ("filled", p.card, p.ink, "1.3", "0.16,0.08"),
        };
        Shape { style, fill, border, width, margin }
    }

    /// A table: a header with the kind of fact and its date, filled if the fact is done, and the text below it.
    fn card(&self, card: &Card) -> Vec<Attribute> {
        let p = self.palette;
        let (color, _) = self.pen(card.style.stroke(p), card.standing);
        let (band, text) = if card.standing == Standing::Done { (color, p.page) } else { (p.card, color) };
        let kind = Text::new("9", text).bold().font(&card.kind.to_uppercase());
        let is_bare = card.amount.is_none() && card.columns.is_none() && card.lines.is_empty();
        let (inside, above) = if is_bare {
            (String::new(), numbers(&card.footnotes))
        } else {
            (numbers(&card.footnotes), String::new())
        };
        let date = Text::new("9", text).font(format!("{} {above}", card.date).trim());
        let dashed = if card.standing >= Standing::Possible { r#" STYLE="DASHED""# } else { "" };
        let mut label = format!(
            concat!(
                r#"<TABLE BORDER="1" COLOR="{color}" BGCOLOR="{card}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"{dashed}>"#,
                r#"<TR><TD BGCOLOR="{band}" SIDES="B" BORDER="1" COLOR="{color}">"#,
                r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4"><TR><TD ALIGN="LEFT">{kind}</TD>"#,
                r#"<TD WIDTH="8"></TD><TD ALIGN="RIGHT">{date}</TD></TR></TABLE></TD></TR>"#
            ),
            color = color,
            card = p.card,
            dashed = dashed,
            band = band,
            kind = kind,
            date = date
        );
        let mut rows = Rows::new(Align::Left);
        if let Some(amount) = &card.amount {
            rows.text(amount, CARD_WIDTH, &Text::new("16", p.ink).bold());
        }
        if let Some(columns) = &card.columns {
            rows.markup(self.columns(columns, color));
        }
        for line in &card.lines {
            rows.text(line, CARD_WIDTH, &Text::new("10", p.muted));
        }
        rows.append(&inside, &Text::new("8", p.muted));
        if !rows.is_empty() {
            let body = rows.table(r#" CELLPADDING="1""#);
            label.push_str(&format!(r#"<TR><TD CELLPADDING="5" ALIGN="LEFT">{body}</TD></TR>"#));
        }
        label.push_str("</TABLE>");
        vec![string("shape", "plain"), html("label", label)]
    }

    /// Two lists, each under its heading, with a word between them at mid height.
    fn columns(&self, columns: &Columns, color: Color) -> String {
        let heading = |column: &Column| Text::new("8.5", color).bold().font(&column.heading.to_uppercase());
        let row = |left: &str, joint: &str, right: &str| {
            format!(r#"<TR><TD ALIGN="LEFT">{left}</TD><TD>{joint}</TD><TD ALIGN="LEFT">{right}</TD></TR>"#)
        };
        let mut table = String::from(r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">"#);
        table.push_str(&row(&heading(&columns.left), "", &heading(&columns.right)));
        let height = columns.left.names.len().max(columns.right.names.len());
        let name = |column: &Column, n: usize| {
            let lines = column.names.get(n).map(|name| wrapped(name, COLUMN_WIDTH)).unwrap_or_default();
            let ink = Text::new("11", self.palette.ink);
            lines.iter().map(|line| ink.font(line)).collect::<Vec<_>>().join("<BR/>")
        };
        for n in 0..height {
            let joint = if n == height.saturating_sub(1) / 2 { columns.joint } else { "" };
            let joint = Text::new("9", color).font(joint);
            table.push_str(&row(&name(&columns.left, n), &joint, &name(&columns.right, n)));
        }
        table.push_str("</TABLE>");
        table
    }

    /// A constraint that puts the ends side by side on the page, if the line asks for it.
    fn level(&self, line: &Line) -> Option<Stmt> {
        if !line.is_level || self.page == Page::Landscape {
            return None;
        }
        let ends = [line.from, line.to].map(|n| Stmt::Node(DotNode::new(node_id(n), Vec::new())));
        let rank = std::iter::once(Stmt::Attribute(string("rank", "same")));
        let id = Id::Plain(format!("level{}_{}", line.from, line.to));
        Some(Stmt::Subgraph(Subgraph { id, stmts: rank.chain(ends).collect() }))
    }

    fn line(&self, line: &Line) -> Stmt {
        let stroke = line.style.stroke(self.palette);
        let (color, dash) = self.pen(stroke, line.standing);
        let is_double = stroke.double && line.standing <= Standing::Ended;
        let color =
            if is_double { format!("{color}:{}:{color}", self.palette.page) } else { color.to_string() };
        let width = if line.standing == Standing::Unreal { 1.2 } else { stroke.width };
        let mut attributes = vec![
            string("color", &color),
            string("penwidth", &width.to_string()),
            string("style", dash.name()),
            string("arrowhead", if line.has_head { stroke.head.name() } else { "none" }),
        ];
        attributes.extend(self.line_label(line, stroke).map(|label| html("label", label)));
        let end = |n: usize| Vertex::N(node_id(n));
        Stmt::Edge(Edge { ty: EdgeTy::Pair(end(line.from), end(line.to)), attributes })
    }

    /// Verb, terms, date, amount, sources.
    fn line_label(&self, line: &Line, stroke: Stroke) -> Option<String> {
        let (color, _) = self.pen(stroke, line.standing);
        let text = if line.style == LineStyle::Comparison { self.palette.muted } else { color };
        let mut rows = Rows::new(Align::Left);
        rows.text(&line.label.strong, LINE_WIDTH, &Text::new("9.5", text).bold());
        for detail in &line.label.details {
            rows.text(detail, LINE_WIDTH, &Text::new("9", self.palette.muted));
        }
        if let Some(amount) = &line.label.amount {
            rows.text(amount, LINE_WIDTH, &Text::new("9", self.palette.ink).bold());
        }
        rows.append(&numbers(&line.label.footnotes), &Text::new("8", self.palette.muted));
        let table = rows.table(r#" CELLPADDING="0""#);
        let padded = format!(
            r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5"><TR><TD>{table}</TD></TR></TABLE>"#
        );
        (!rows.is_empty()).then_some(padded)
    }

    /// Colour and dash: grey and dotted if only sought or called off, dashed if hearsay.
    const fn pen(&self, stroke: Stroke, standing: Standing) -> (Color, Dash) {
        match standing {
            Standing::Done | Standing::Planned => (stroke.color, stroke.dash),
            Standing::Ended => (self.palette.comparison, stroke.dash),
            Standing::Unstated => (self.palette.muted, Dash::Dashed),
            Standing::Possible | Standing::Rumoured => (stroke.color, Dash::Dashed),
            Standing::Disputed => (stroke.color, Dash::Dotted),
            Standing::Unreal => (self.palette.muted, Dash::Dotted),
        }
    }

    fn footer(&self, scene: &Scene) -> Option<String> {
        let small = Text::new("8.5", self.palette.muted);
        let mut rows = Rows::new(Align::Left);
        if let Some(legend) = self.legend(scene) {
            rows.markup(legend);
        }
        for note in &scene.notes {
            rows.text(note, FOOT_WIDTH, &small.clone().bold());
        }
        if let Some(unconnected) = &scene.unconnected {
            rows.text(unconnected, FOOT_WIDTH, &small);
        }
        for (n, source) in scene.sources.iter().enumerate() {
            rows.text(&format!("[{}] {source}", n + 1), FOOT_WIDTH, &small);
        }
        let foot = format!(
            concat!(
                r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4"><TR><TD HEIGHT="8"></TD></TR>"#,
                r#"<TR><TD SIDES="T" BORDER="1" COLOR="{}" ALIGN="LEFT">{}</TD></TR></TABLE>"#
            ),
            self.palette.hairline,
            rows.table(r#" CELLPADDING="2""#)
        );
        (!rows.is_empty()).then_some(foot)
    }

    /// A sample of each line style in use with its meaning, five to a row.
    fn legend(&self, scene: &Scene) -> Option<String> {
        let other = LineStyle::Other.stroke(self.palette);
        let muted = |dash: Dash| Stroke { color: self.palette.muted, dash, double: false, ..other };
        let entry = |key: &Key| match *key {
            Key::LineStyle(style) => Some((style.stroke(self.palette), style.legend())),
            Key::Standing(standing) => Some((muted(self.pen(other, standing).1), standing.legend()?)),
            Key::Unnamed => Some((muted(Dash::Dashed), "border: not named")),
        };
        let entries: Vec<(Stroke, &str)> = scene.legend.iter().filter_map(entry).collect();
        if entries.is_empty() {
            return None;
        }
        let mut table = String::from(r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">"#);
        for row in entries.chunks(LEGEND_COLUMNS) {
            table.push_str("<TR>");
            for (stroke, words) in row {
                table.push_str(&self.legend_entry(*stroke, words));
            }
            table.push_str("</TR>");
        }
        table.push_str("</TABLE>");
        Some(table)
    }

    fn legend_entry(&self, stroke: Stroke, words: &str) -> String {
        let words = Text::new("9", self.palette.muted).font(words);
        let sample = sample(stroke);
        format!(r#"<TD ALIGN="LEFT">{sample}</TD><TD ALIGN="LEFT">{words}</TD><TD WIDTH="18"></TD>"#)
    }
}

const FONT: &str = "Arial";
const LEGEND_COLUMNS: usize = 5;

/// A short piece of the line, made of table cells: HTML-like labels offer nothing else to draw one with.
fn sample(stroke: Stroke) -> String {
    let Stroke { color, dash, width, double, .. } = stroke;
    let border = if width >= 1.8 { 2 } else { 1 };
    let style = dash.name().to_uppercase();
    let cell = |height: u32, sides: &str| {
        format!(r#"<TR><TD WIDTH="26" HEIGHT="{height}" FIXEDSIZE="TRUE" {sides}COLOR="{color}"></TD></TR>"#)
    };
    let drawn = format!(r#"SIDES="B" BORDER="{border}" STYLE="{style}" "#);
    let rows = if double {
        cell(4, &drawn) + &cell(3, &drawn) + &cell(4, "")
    } else {
        cell(6, &drawn) + &cell(5, "")
    };
    format!(r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{rows}</TABLE>"#)
}

fn node_id(n: usize) -> NodeId {
    NodeId(Id::Plain(format!("n{n}")), None)
}

/// An attribute with a text value.
fn string(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(quoted(value)))
}

/// An attribute with an HTML-like label as its value; its text is already escaped.
fn html(name: &str, value: String) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Html(format!("<{value}>")))
}
