//! A scene as DOT text, through graphviz-rust.
//!
//! The crate prints what it is given: whatever is said here is escaped by [`label`](super::label) before.

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::Page;
use super::caption::{Caption, list};
use super::label::quoted;
use super::scene::{Junction, Line, Node, Scene, Standing};
use super::style::{Dash, Look, Palette, Stroke, Theme};
use super::table::{Align, Rows, Text};
use super::words;
use crate::graph::Entity;
use crate::model::EntityKind;

/// The DOT text of a scene.
pub(crate) fn write(scene: &Scene<'_>, page: Page, theme: Theme) -> String {
    let palette = theme.palette();
    let painter = Painter { palette, page };
    let mut inside = painter.inside_attributes(scene);
    for (n, node) in scene.nodes.iter().enumerate() {
        inside.push(painter.node(n, node));
    }
    inside.extend(scene.lines.iter().map(|line| painter.line(line)));
    let mut stmts = painter.graph_attributes(scene);
    // A frame without a border, because the legend has to stand under the picture and the title over it.
    stmts.push(Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_page".to_owned()), stmts: inside }));
    let graph = Graph::DiGraph { id: Id::Plain("relations".to_owned()), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

/// The shape of a node, where it is not a table.
struct Shape<'p> {
    style: &'static str,
    fill: &'p str,
    border: &'p str,
    width: &'static str,
    /// In inches, across and down.
    margin: &'static str,
}

struct Painter {
    palette: &'static Palette,
    page: Page,
}

/// How wide texts get before they are wrapped, in letters.
const NAME_WIDTH: usize = 24;
const SUBLINE_WIDTH: usize = 30;
const LINE_WIDTH: usize = 24;
const JUNCTION_WIDTH: usize = 32;
const TITLE_WIDTH: usize = 60;
const FOOT_WIDTH: usize = 130;

impl Painter {
    fn graph_attributes(&self, scene: &Scene<'_>) -> Vec<Stmt> {
        let (rankdir, nodesep, ranksep) = match self.page {
            Page::Landscape => ("LR", "0.32", "0.7"),
            Page::Portrait => ("TB", "0.35", "0.55"),
        };
        let mut graph = vec![
            string("rankdir", rankdir),
            string("bgcolor", self.palette.page),
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
                string("fontcolor", self.palette.ink),
            ])),
            Stmt::GAttribute(GraphAttributes::Edge(vec![
                string("fontname", FONT),
                string("fontsize", "9.5"),
                string("arrowsize", "0.75"),
            ])),
        ]
    }

    fn inside_attributes(&self, scene: &Scene<'_>) -> Vec<Stmt> {
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

    fn header(&self, scene: &Scene<'_>) -> Option<String> {
        let mut rows = Rows::new(Align::Left);
        if let Some(title) = &scene.title {
            rows.text(title, TITLE_WIDTH, &Text::new("24", self.palette.ink).bold());
        }
        rows.text(&scene.subtitle, TITLE_WIDTH * 2, &Text::new("12", self.palette.muted));
        (!rows.is_empty()).then(|| rows.table(r#" CELLPADDING="2""#))
    }

    fn node(&self, n: usize, node: &Node<'_>) -> Stmt {
        let attributes = match node {
            Node::Entity { entity, is_main } => self.entity(*entity, *is_main),
            Node::Junction(junction) => self.junction(junction),
        };
        Stmt::Node(DotNode::new(node_id(n), attributes))
    }

    fn entity(&self, entity: Entity<'_>, is_main: bool) -> Vec<Attribute> {
        let shape = self.shape(entity.kind(), is_main);
        let (ink, soft) = match (is_main, entity.kind()) {
            (true, _) => (self.palette.on_ink, self.palette.on_ink),
            (false, EntityKind::Unspecified) => (self.palette.muted, self.palette.muted),
            (false, _) => (self.palette.ink, self.palette.muted),
        };
        let size = match (is_main, entity.kind()) {
            (true, _) => "16",
            (false, kind) if kind.is_organisation() => "13",
            (false, _) => "11.5",
        };
        let name = Text::new(size, ink);
        let is_bold = is_main || entity.kind().is_organisation();
        let mut rows = Rows::new(Align::Center);
        rows.text(entity.name(), NAME_WIDTH, &if is_bold { name.bold() } else { name });
        for subline in words::sublines(entity) {
            rows.text(&subline, SUBLINE_WIDTH, &Text::new("9.5", soft));
        }
        vec![
            string("shape", "box"),
            string("style", shape.style),
            string("fillcolor", shape.fill),
            string("color", shape.border),
            string("penwidth", shape.width),
            string("margin", shape.margin),
            html("label", rows.table(r#" CELLPADDING="1""#)),
        ]
    }

    const fn shape(&self, kind: EntityKind, is_main: bool) -> Shape<'static> {
        let p = self.palette;
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

    /// A small table: a band with the kind of fact, filled if it is done, and its words under it.
    fn junction(&self, junction: &Junction<'_>) -> Vec<Attribute> {
        let p = self.palette;
        let (color, _) = self.pen(junction.look.stroke(p), junction.standing);
        let is_done = junction.standing == Standing::Done;
        let (band, text) = if is_done { (color, p.page) } else { (p.card, color) };
        let kind = words::kind(junction.fact.kind()).to_uppercase();
        let header = Text::new("9", text).bold().font(&kind);
        let mut rows = Rows::new(Align::Left);
        let caption = &junction.caption;
        rows.text(&caption.verb, JUNCTION_WIDTH, &Text::new("10", p.ink).bold());
        for (role, entities) in &junction.folded {
            let lead = words::lead(*role);
            rows.text(&format!("{lead}{}", list(entities)), JUNCTION_WIDTH, &Text::new("10", p.ink));
        }
        self.details(&mut rows, caption, JUNCTION_WIDTH, "10", p.muted);
        let dashed = if junction.standing >= Standing::Rumoured { r#" STYLE="DASHED""# } else { "" };
        let label = format!(
            concat!(
                r#"<TABLE BORDER="1" COLOR="{}" BGCOLOR="{}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"{}>"#,
                r#"<TR><TD BGCOLOR="{}" CELLPADDING="3" ALIGN="LEFT" SIDES="B" BORDER="1" COLOR="{}">{}</TD></TR>"#,
                r#"<TR><TD CELLPADDING="4" ALIGN="LEFT">{}</TD></TR></TABLE>"#
            ),
            color,
            p.card,
            dashed,
            band,
            color,
            header,
            rows.table(r#" CELLPADDING="1""#)
        );
        vec![string("shape", "plain"), html("label", label)]
    }

    /// Terms, date, amount, sources.
    fn details(&self, rows: &mut Rows, caption: &Caption, width: usize, size: &'static str, color: &str) {
        for detail in &caption.details {
            rows.text(detail, width, &Text::new(size, color));
        }
        if let Some(amount) = &caption.amount {
            rows.text(amount, width, &Text::new(size, self.palette.ink).bold());
        }
        rows.append(&caption.numbers(), &Text::new("8", self.palette.muted));
    }

    fn line(&self, line: &Line) -> Stmt {
        let look = Look::of(line.kind);
        let stroke = look.stroke(self.palette);
        let (color, dash) = self.pen(stroke, line.standing);
        let is_double = stroke.double && line.standing <= Standing::Planned;
        let color =
            if is_double { format!("{color}:{}:{color}", self.palette.page) } else { color.to_owned() };
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

    fn line_label(&self, line: &Line, stroke: Stroke) -> Option<String> {
        let (color, _) = self.pen(stroke, line.standing);
        let text = if Look::of(line.kind) == Look::Comparison { self.palette.muted } else { color };
        let mut rows = Rows::new(Align::Left);
        rows.text(&line.caption.verb, LINE_WIDTH, &Text::new("9.5", text).bold());
        self.details(&mut rows, &line.caption, LINE_WIDTH, "9", self.palette.muted);
        let table = rows.table(r#" CELLPADDING="0""#);
        let padded = format!(
            r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5"><TR><TD>{table}</TD></TR></TABLE>"#
        );
        (!rows.is_empty()).then_some(padded)
    }

    /// Colour and dash: what is only wished for or called off is grey and dotted, hearsay dashed.
    const fn pen(&self, stroke: Stroke, standing: Standing) -> (&'static str, Dash) {
        match standing {
            Standing::Done | Standing::Planned => (stroke.color, stroke.dash),
            Standing::Rumoured => (stroke.color, Dash::Dashed),
            Standing::Disputed => (stroke.color, Dash::Dotted),
            Standing::Unreal => (self.palette.muted, Dash::Dotted),
        }
    }

    fn footer(&self, scene: &Scene<'_>) -> Option<String> {
        let small = Text::new("8.5", self.palette.muted);
        let mut rows = Rows::new(Align::Left);
        if let Some(legend) = self.legend(scene) {
            rows.markup(legend);
        }
        for note in &scene.notes {
            rows.text(note, FOOT_WIDTH, &small.clone().bold());
        }
        if !scene.unconnected.is_empty() {
            let names = words::unconnected(&scene.unconnected);
            rows.text(&format!("Also named, with no relation drawn: {names}."), FOOT_WIDTH, &small);
        }
        for (n, source) in scene.sources.iter().enumerate() {
            rows.text(&format!("[{}] {}", n + 1, words::cited(*source)), FOOT_WIDTH, &small);
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

    /// A sample of each line that occurs, three to a row, and its words.
    fn legend(&self, scene: &Scene<'_>) -> Option<String> {
        let mut entries: Vec<(Stroke, &str)> =
            scene.looks().into_iter().map(|look| (look.stroke(self.palette), look.legend())).collect();
        let other = Look::Other.stroke(self.palette);
        for (standing, dash, words) in STANDINGS {
            if scene.has(*standing) {
                let stroke = Stroke { color: self.palette.muted, dash: *dash, double: false, ..other };
                entries.push((stroke, words));
            }
        }
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

/// What lines look like whose facts do not stand firm, and the legend's words for it.
const STANDINGS: &[(Standing, Dash, &str)] = &[
    (Standing::Rumoured, Dash::Dashed, "rumoured"),
    (Standing::Disputed, Dash::Dotted, "disputed"),
    (Standing::Unreal, Dash::Dotted, "sought, or called off"),
];

/// A short piece of the line, as cells of a table: HTML-like labels have no other way to draw one.
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

/// An attribute whose value is text.
fn string(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(quoted(value)))
}

/// An attribute whose value is an HTML-like label; its texts are escaped already.
fn html(name: &str, value: String) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Html(format!("<{value}>")))
}
