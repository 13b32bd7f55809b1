//! Measures the quality of a layout, with the same figures for ours and for other engines'.

use super::geometry::{Point, Rect, flatten, segments_cross};
use super::{Layout, Sketch};

/// Faults that must not occur, and costs that should be low.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) blocks_on_blocks: usize,
    pub(crate) lines_on_blocks: usize,
    pub(crate) lines_in_own_blocks: usize,
    pub(crate) labels_on_blocks: usize,
    pub(crate) labels_on_labels: usize,
    pub(crate) labels_on_lines: usize,
    pub(crate) labels_on_own_line: usize,
    pub(crate) labels_far: usize,
    pub(crate) outside: usize,
    pub(crate) crossings: usize,
    /// The length along which two lines coincide, in points.
    pub(crate) together: f64,
    /// The total turning of lines, in radians.
    pub(crate) turning: f64,
    /// Joins at which a line has a sharp corner.
    pub(crate) corners: usize,
    pub(crate) area: f64,
    pub(crate) lines: usize,
}

impl Figures {
    pub(crate) const fn faults(&self) -> usize {
        self.blocks_on_blocks
            + self.lines_on_blocks
            + self.lines_in_own_blocks
            + self.labels_on_blocks
            + self.labels_on_labels
            + self.labels_on_lines
            + self.labels_on_own_line
            + self.labels_far
            + self.outside
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.blocks_on_blocks += other.blocks_on_blocks;
        self.lines_on_blocks += other.lines_on_blocks;
        self.lines_in_own_blocks += other.lines_in_own_blocks;
        self.labels_on_blocks += other.labels_on_blocks;
        self.labels_on_labels += other.labels_on_labels;
        self.labels_on_lines += other.labels_on_lines;
        self.labels_on_own_line += other.labels_on_own_line;
        self.labels_far += other.labels_far;
        self.outside += other.outside;
        self.crossings += other.crossings;
        self.together += other.together;
        self.turning += other.turning;
        self.corners += other.corners;
        self.area += other.area;
        self.lines += other.lines;
    }
}

/// A label farther from its line than this counts as far.
const FAR: f64 = 14.0;

pub(crate) fn measure(sketch: &Sketch, layout: &Layout) -> Figures {
    let drawn = Drawn::new(sketch, layout);
    let mut figures = Figures {
        area: layout.size.width * layout.size.height,
        lines: drawn.lines.len(),
        ..Figures::default()
    };
    for (index, block) in drawn.blocks.iter().enumerate() {
        let others = &drawn.blocks[..index];
        figures.blocks_on_blocks += others.iter().filter(|other| block.grown(-0.5).overlaps(**other)).count();
        figures.outside += usize::from(drawn.is_outside(*block));
    }
    for index in 0..drawn.lines.len() {
        figures.corners += corners(&layout.links[index].curve);
        drawn.measure_label(index, &mut figures);
        drawn.measure_line(index, &mut figures);
        for other in 0..index {
            figures.crossings += drawn.crossings(index, other);
            figures.together += drawn.together(index, other);
        }
    }
    figures
}

struct Drawn<'s> {
    sketch: &'s Sketch,
    page: Rect,
    blocks: Vec<Rect>,
    labels: Vec<Option<Rect>>,
    lines: Vec<Vec<Point>>,
    bounds: Vec<Option<Rect>>,
}

impl<'s> Drawn<'s> {
    fn new(sketch: &'s Sketch, layout: &Layout) -> Self {
        let blocks = layout.blocks.iter().zip(&sketch.blocks);
        let labels = layout.links.iter().zip(&sketch.links);
        let lines: Vec<_> = layout.links.iter().map(|route| flatten(&route.curve, 24)).collect();
        Self {
            sketch,
            page: Rect { left: 0.0, top: 0.0, right: layout.size.width, bottom: layout.size.height }
                .grown(0.01),
            blocks: blocks
                .map(|(&at, block)| Rect::centred(at, block.size.width, block.size.height))
                .collect(),
            labels: labels
                .map(|(route, link)| {
                    link.label.and_then(|size| {
                        Some(Rect::centred(route.label?, size.width - 2.0, size.height - 2.0))
                    })
                })
                .collect(),
            bounds: lines.iter().map(|line| Rect::around(line.iter().copied())).collect(),
            lines,
        }
    }

    fn is_outside(&self, rect: Rect) -> bool {
        let page = self.page;
        rect.left < page.left || rect.top < page.top || rect.right > page.right || rect.bottom > page.bottom
    }

    fn hits(&self, line: usize, rect: Rect) -> bool {
        let is_near = self.bounds[line].is_some_and(|bounds| bounds.grown(0.1).overlaps(rect));
        is_near && self.lines[line].windows(2).any(|part| rect.cuts(part[0], part[1]))
    }

    fn measure_label(&self, index: usize, figures: &mut Figures) {
        let Some(label) = self.labels[index] else {
            figures.labels_far += usize::from(self.sketch.links[index].label.is_some());
            return;
        };
        let inside = label.grown(-0.5);
        figures.outside += usize::from(self.is_outside(label));
        figures.labels_on_blocks += self.blocks.iter().filter(|block| inside.overlaps(**block)).count();
        figures.labels_on_labels +=
            self.labels[..index].iter().flatten().filter(|other| inside.overlaps(**other)).count();
        for line in 0..self.lines.len() {
            if self.hits(line, label.grown(-1.0)) {
                if line == index {
                    figures.labels_on_own_line += 1;
                } else {
                    figures.labels_on_lines += 1;
                }
            }
        }
        let distance = self.lines[index].iter().map(|&at| label.distance(at)).fold(f64::MAX, f64::min);
        figures.labels_far += usize::from(distance > FAR);
    }

    fn measure_line(&self, index: usize, figures: &mut Figures) {
        let link = &self.sketch.links[index];
        for (number, block) in self.blocks.iter().enumerate() {
            if self.hits(index, block.grown(-1.5)) {
                if number == link.from || number == link.to {
                    figures.lines_in_own_blocks += 1;
                } else {
                    figures.lines_on_blocks += 1;
                }
            }
        }
        let line = &self.lines[index];
        figures.outside +=
            usize::from(Rect::around(line.iter().copied()).is_none_or(|line| self.is_outside(line)));
        for part in line.windows(3) {
            let (before, after) = (part[1] - part[0], part[2] - part[1]);
            if before.length() > 0.05 && after.length() > 0.05 {
                let cosine = before.dot(after) / (before.length() * after.length());
                figures.turning += cosine.clamp(-1.0, 1.0).acos();
            }
        }
    }

    /// The blocks at which both lines end.
    fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = Rect> + Clone {
        let (a, b) = (&self.sketch.links[a], &self.sketch.links[b]);
        let mut ends = vec![a.from, a.to];
        ends.retain(|end| *end == b.from || *end == b.to);
        ends.into_iter().map(|end| self.blocks[end]).collect::<Vec<_>>().into_iter()
    }

    /// Whether the bounding boxes of the lines come within 4 points of each other.
    fn are_near(&self, a: usize, b: usize) -> bool {
        match (self.bounds[a], self.bounds[b]) {
            (Some(first), Some(second)) => first.grown(4.0).overlaps(second),
            _ => false,
        }
    }

    fn crossings(&self, a: usize, b: usize) -> usize {
        if !self.are_near(a, b) {
            return 0;
        }
        let shared = self.shared(a, b);
        let mut crossings = 0;
        for part in self.lines[a].windows(2) {
            for with in self.lines[b].windows(2) {
                if segments_cross([part[0], part[1]], [with[0], with[1]]) {
                    let middle = part[0].toward(part[1], 0.5);
                    crossings += usize::from(!shared.clone().any(|block| block.grown(6.0).contains(middle)));
                }
            }
        }
        crossings
    }

    fn together(&self, a: usize, b: usize) -> f64 {
        if !self.are_near(a, b) {
            return 0.0;
        }
        let shared = self.shared(a, b);
        let mut run = 0.0;
        for part in self.lines[a].windows(2) {
            let middle = part[0].toward(part[1], 0.5);
            if !shared.clone().any(|block| block.grown(14.0).contains(middle))
                && self.lines[b].windows(2).any(|with| middle.distance_to_segment(with[0], with[1]) < 3.0)
            {
                run += (part[1] - part[0]).length();
            }
        }
        if run > 12.0 { run } else { 0.0 }
    }
}

/// Joins where the direction changes by more than about 8 degrees.
fn corners(curve: &[Point]) -> usize {
    let direction = |from: Point, to: Point| (to - from).unit();
    let joins = (3..curve.len().saturating_sub(1)).step_by(3);
    joins
        .filter(|&at| direction(curve[at - 1], curve[at]).dot(direction(curve[at], curve[at + 1])) < 0.99)
        .count()
}
