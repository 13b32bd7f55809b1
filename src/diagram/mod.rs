//! Pictures: what is drawn (the scene), how it looks (the style), and DOT text of it.

mod aggregate;
mod calendar;
mod caption;
mod card;
mod color;
mod compose;
mod dot;
mod drawing;
mod fold;
#[cfg(test)]
mod generated;
#[cfg(feature = "render")]
mod graphviz;
mod label;
#[cfg(all(test, feature = "render"))]
mod laid_out;
#[cfg(feature = "render")]
mod layout;
#[cfg(feature = "render")]
mod paint;
mod plan;
mod rest;
mod said;
mod scene;
mod select;
mod standing;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use color::Color;
#[cfg(feature = "render")]
pub use paint::{LayoutEngine, Picture};
pub use style::{Palette, Theme};

use crate::error::Result;
use crate::graph::{Entity, Fact, Relation, View};
use crate::query::{Outcome, Path, RelationKinds, Selection};
use drawing::Drawing;
use scene::Scene;
use select::Chosen;

/// The reading direction of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Page {
    /// From left to right, for screens.
    #[default]
    Landscape,
    /// From top to bottom, for print.
    Portrait,
}

/// How many leaves of a hub keep boxes of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    /// The largest, if there is not enough room for all.
    Usual,
    /// This many of the largest.
    Beyond(usize),
    /// All.
    Never,
}

/// A picture of a view or of an answer. Build it up, then write it.
///
/// Every fact is drawn with its date, its amount and its source numbers, which are listed at the foot. Who makes a
/// product, and what a product line consists of, is left out unless [`kinds`](Self::kinds) asks for it. Entities
/// without any drawn relation are named in one line below the picture.
///
/// Up to 60 boxes are drawn in full, with deals as cards. In larger pictures parallel lines are merged into one, with
/// their count and total. If an entity has many neighbors with no other connection, the five largest by stake or
/// amount keep their names, and one box stands for the rest, with their count and sum. Of the remaining entities, up
/// to 300 are all drawn; of up to 2,000, the 60 most connected are drawn; above that, one box is drawn for each
/// group, country or kind. The picture states what it leaves out.
///
/// ```
/// use keiretsu::{Graph, Page, Theme};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "acme": (name: "Acme"), "bolt": (name: "Bolt \"& Sons\"") },
///     facts: [ Partnership(between: ["acme", "bolt"], announced: "2015", unsourced: true) ],
/// )"#)?;
/// let acme = graph.view().find("Acme")?;
/// let dot = graph.view().diagram().around(acme, 1).page(Page::Portrait).theme(Theme::Dark).dot()?;
/// assert!(dot.starts_with("digraph"));
/// assert!(dot.contains("announced 2015"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a diagram does nothing until it is written"]
pub struct Diagram<'g> {
    /// None if there is nothing to draw.
    view: Option<View<'g>>,
    /// The id of a handle of another graph that it was given.
    stranger: Option<&'g str>,
    entities: Option<Vec<Entity<'g>>>,
    around: Vec<(Entity<'g>, usize)>,
    steps: Option<Vec<Relation<'g>>>,
    facts: Option<Vec<Fact<'g>>>,
    owned: Vec<Entity<'g>>,
    kinds: Option<RelationKinds>,
    main: Vec<Entity<'g>>,
    page: Page,
    theme: Theme,
    fold: Fold,
    #[cfg(feature = "render")]
    engine: LayoutEngine,
    title: Option<String>,
    subtitle: Option<String>,
    notes: Vec<String>,
}

impl<'g> View<'g> {
    /// A picture of the whole view, unless the diagram is then limited to a part of it.
    pub fn diagram(self) -> Diagram<'g> {
        Diagram::new(Some(self))
    }
}

impl<'g> Selection<'g> {
    /// A picture of the selected entities and all relations among them.
    ///
    /// ```no_run
    /// # let graph = keiretsu::Graph::open("graphs")?;
    /// let near = graph.view().find("Xiaomi")?.traverse().max_hops(2).run();
    /// std::fs::write("near-xiaomi.dot", near.diagram().dot()?).unwrap();
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn diagram(&self) -> Diagram<'g> {
        let entities: Vec<_> = self.entities().collect();
        let view = self.view();
        let mut diagram = Diagram::new(view);
        // A union may have entities of several views.
        let seen = |entity: Entity<'g>| view.and_then(|view| view.adopt(entity));
        let entities: Vec<_> = entities.into_iter().filter_map(seen).collect();
        diagram.main = entities.iter().copied().filter(|entity| self.hops(*entity) == Some(0)).collect();
        if let Outcome::Stopped(limit) = self.outcome() {
            diagram.notes.push(format!("Incomplete: the limit on {} was reached.", limit.name()));
        }
        diagram.entities = Some(entities);
        diagram
    }
}

impl<'g> Path<'g> {
    /// A picture of the path: only its steps.
    pub fn diagram(&self) -> Diagram<'g> {
        Diagram::new(Some(self.start().view())).path(self)
    }
}

impl<'g> Diagram<'g> {
    const fn new(view: Option<View<'g>>) -> Self {
        Self {
            view,
            stranger: None,
            entities: None,
            around: Vec::new(),
            steps: None,
            facts: None,
            owned: Vec::new(),
            kinds: None,
            main: Vec::new(),
            page: Page::Landscape,
            theme: Theme::Light,
            fold: Fold::Usual,
            #[cfg(feature = "render")]
            engine: LayoutEngine::Builtin,
            title: None,
            subtitle: None,
            notes: Vec::new(),
        }
    }

    /// Draws only what is within this many relations of the entity, which becomes a main one. Calls add up.
    ///
    /// Sought and cancelled deals count as relations here, because they are drawn.
    pub fn around(mut self, entity: Entity<'g>, hops: usize) -> Self {
        if let Some(own) = self.own(entity) {
            self.around.push((own, hops));
            self.main.push(own);
        }
        self
    }

    /// Draws only the steps of this path, whose ends become main entities. Calls add up.
    ///
    /// Of a path of another view, those of its steps that this one shows.
    pub fn path(mut self, path: &Path<'g>) -> Self {
        for end in [path.start(), path.end()] {
            let own = self.own(end);
            self.main.extend(own);
        }
        let view = path.start().view();
        let view = self.view.unwrap_or(view);
        let steps = path.steps().iter().filter_map(|step| view.adopt_relation(*step));
        let steps = steps.filter(|step| view.shows(step.index())).map(|step| step.read_from(step.from()));
        self.steps.get_or_insert_default().extend(steps);
        self
    }

    /// Draws only relations of these facts, such as the deals between two parties. Calls add up.
    pub fn facts(mut self, facts: impl IntoIterator<Item = Fact<'g>>) -> Self {
        for fact in facts {
            let own = self.view.map_or(Some(fact), |view| view.adopt_fact(fact));
            if own.is_none() {
                self.stranger = self.stranger.or(Some(fact.id()));
            }
            self.facts.get_or_insert_default().extend(own);
        }
        self.facts.get_or_insert_default();
        self
    }

    /// Draws only who owns or controls the entity, directly or through others, and what it owns or controls itself.
    /// Calls add up.
    ///
    /// Lines of stakes show the share, and owners stand above what they own, or to the left of it. Only stated
    /// relations are drawn: shares are not multiplied.
    pub fn ownership(mut self, entity: Entity<'g>) -> Self {
        if let Some(own) = self.own(entity) {
            self.owned.push(own);
            self.main.push(own);
        }
        self
    }

    /// Marks an entity as a main one, if it is drawn. Calls add up.
    pub fn mark(mut self, entity: Entity<'g>) -> Self {
        let own = self.own(entity);
        self.main.extend(own);
        self
    }

    /// Draws only relations of these kinds, including those left out by default.
    pub const fn kinds(mut self, kinds: RelationKinds) -> Self {
        self.kinds = Some(kinds);
        self
    }

    /// Sets the reading direction.
    pub const fn page(mut self, page: Page) -> Self {
        self.page = page;
        self
    }

    /// Sets the theme: light, dark, or colours of your own.
    pub const fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// Keeps boxes for this many of the largest neighbors that have no other connection, however much room there is;
    /// one box stands for the rest, with their count and sum.
    ///
    /// Shares of one company are summed, and amounts of one currency; sought, cancelled, rumoured and denied facts
    /// are not. A single neighbor is never folded. The last call of this and [`unfolded`](Self::unfolded) wins.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let stake = |n: usize, share: &str| {
    ///     format!(r#"Ownership(owner: "h{n}", owned: "t", share: "{share}", unsourced: true),"#)
    /// };
    /// let holders: String = (1..=4).map(|n| format!(r#""h{n}": (name: "Holder {n}"),"#)).collect();
    /// let stakes = [stake(1, "0.5%"), stake(2, "0.5%"), stake(3, "1%"), stake(4, "35%")].concat();
    /// let text = format!(r#"Graph(companies: {{ "t": (name: "Target"), {holders} }}, facts: [{stakes}])"#);
    /// let dot = Graph::from_ron(&text)?.view().diagram().top(2).dot()?;
    /// assert!(dot.contains("Holder 4") && dot.contains("Holder 3") && !dot.contains("Holder 2"));
    /// assert!(dot.contains("and 2 more") && dot.contains("1% together"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub const fn top(mut self, most: usize) -> Self {
        self.fold = Fold::Beyond(most);
        self
    }

    /// Draws everything, each entity with its own box, up to 500 boxes and 1,000 lines; larger pictures are an error.
    pub const fn unfolded(mut self) -> Self {
        self.fold = Fold::Never;
        self
    }

    /// Sets the title, instead of the graph's own.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the line under the title, such as the date of the view. Dates in it are written out.
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = Some(subtitle.into());
        self
    }

    /// Adds a sentence at the foot, for what the reader has to know about the picture. Calls add up.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Whether sources disagree about anything drawn.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        Chosen::of(self).relations.iter().any(|relation| relation.is_disputed())
    }

    /// The relations that the picture shows, in the order of the selection.
    #[must_use]
    pub fn relations(&self) -> Vec<Relation<'g>> {
        let left_out: std::collections::HashSet<Fact<'g>> = self.left_out().into_iter().collect();
        let is_shown = |own: &Relation<'g>| own.fact().is_none_or(|fact| !left_out.contains(&fact));
        Chosen::of(self).relations.into_iter().filter(is_shown).collect()
    }

    /// The facts in the selection that the picture leaves out, in the order of the selection.
    ///
    /// These are the facts about who makes a product, unless [`kinds`](Self::kinds) asks for them, and facts without
    /// any relation, such as events. The foot of the picture counts them.
    #[must_use]
    pub fn left_out(&self) -> Vec<Fact<'g>> {
        Drawing::of(self).left_out
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let drawing = Drawing::of(self);
        drawing.scene.nodes.is_empty() && drawing.too_many.is_none()
    }

    /// Writes the picture as DOT text for any Graphviz; the same graph gives the same bytes.
    ///
    /// Names appear only in labels, escaped: nothing in a graph can become an attribute, a link or a tag.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if there is too much to draw [`unfolded`](Self::unfolded);
    /// [`ErrorKind::OtherGraph`](crate::ErrorKind::OtherGraph) if it was given an entity, a fact or a path of another graph.
    pub fn dot(&self) -> Result<String> {
        Ok(dot::write(&self.scene()?, self.page, self.theme))
    }

    fn scene(&self) -> Result<Scene> {
        match self.stranger {
            Some(id) => Err(View::other_graph(id)),
            None => Drawing::of(self).scene(),
        }
    }

    /// An entity as the diagram's view sees it; one of another graph is noted.
    fn own(&mut self, entity: Entity<'g>) -> Option<Entity<'g>> {
        let own = self.view.map_or(Some(entity), |view| view.adopt(entity));
        if own.is_none() {
            self.stranger = self.stranger.or(Some(entity.id()));
        }
        own
    }
}

#[cfg(feature = "render")]
impl Diagram<'_> {
    /// Selects the layout engine for SVG, PNG and PDF; DOT text is laid out by the program that reads it.
    pub const fn engine(mut self, engine: LayoutEngine) -> Self {
        self.engine = engine;
        self
    }

    /// Lays out the picture once, to be written in several formats.
    ///
    /// # Errors
    /// [`ErrorKind::Drawing`](crate::ErrorKind::Drawing) with [`LayoutEngine::Dot`], if Graphviz is not installed or
    /// fails. The built-in layout cannot fail. [`ErrorKind::Limit`](crate::ErrorKind::Limit) if there is too much to
    /// draw [`unfolded`](Self::unfolded). [`ErrorKind::OtherGraph`](crate::ErrorKind::OtherGraph) as for [`dot`](Self::dot).
    pub fn picture(&self) -> Result<Picture> {
        Picture::of(&self.scene()?, self.page, self.theme, self.engine)
    }

    /// The picture as self-contained SVG text; the same graph gives the same bytes on every machine.
    ///
    /// ```
    /// # let graph = keiretsu::Graph::open("graphs/xiaomi-microsoft-2016.ron")?;
    /// let svg = graph.view().diagram().svg()?;
    /// assert!(svg.starts_with("<svg ") && svg.contains(">Xiaomi</text>"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`picture`](Self::picture).
    pub fn svg(&self) -> Result<String> {
        Ok(self.picture()?.svg().to_owned())
    }

    /// The picture as PNG, with `scale` pixels per point.
    ///
    /// ```
    /// # let graph = keiretsu::Graph::open("graphs/xiaomi-microsoft-2016.ron")?;
    /// let xiaomi = graph.view().find("Xiaomi")?;
    /// let png = graph.view().diagram().around(xiaomi, 1).png(2.0)?;
    /// assert!(png.starts_with(b"\x89PNG"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`picture`](Self::picture) and [`Picture::png`].
    pub fn png(&self, scale: f32) -> Result<Vec<u8>> {
        self.picture()?.png(scale)
    }

    /// The picture as PDF: one page, as large as the picture.
    ///
    /// ```
    /// # let graph = keiretsu::Graph::open("graphs/xiaomi-microsoft-2016.ron")?;
    /// let pdf = graph.view().diagram().pdf()?;
    /// assert!(pdf.starts_with(b"%PDF"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`picture`](Self::picture) and [`Picture::pdf`].
    pub fn pdf(&self) -> Result<Vec<u8>> {
        self.picture()?.pdf()
    }
}
