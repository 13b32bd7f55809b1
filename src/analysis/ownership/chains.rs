//! The chains of stakes that contribute most to a share, for explanations.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::network::{Edge, Network};
use super::number::{Number, Side, Value};
use super::table::Table;
use super::{OwnerRule, OwnerTest, Ownership, ShareRange};
use crate::graph::{Entity, Relation, Right};
use crate::value::Proportion;

/// A chain of stakes from an owner to a company.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Chain<'g> {
    /// The relations of each stake, the owner's first. A stake of several classes has several; a joint one has those of
    /// the holder through whom the chain continues.
    pub stakes: Vec<Vec<Relation<'g>>>,
    /// The product of the shares.
    pub product: ShareRange,
}

/// The chains with the largest products that lead to a company, or from an owner.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Chains<'g> {
    by_end: BTreeMap<Entity<'g>, Vec<Chain<'g>>>,
    by_joint: BTreeMap<Vec<Entity<'g>>, Vec<Chain<'g>>>,
    /// The right whose shares are multiplied.
    pub(crate) right: Right,
    /// Whether chains with more stakes than the limit were left out.
    pub is_cut: bool,
}

impl<'g> Chains<'g> {
    /// The chains of this owner or company, largest product first. No member of a ring occurs twice in one.
    #[must_use]
    pub fn of(&self, end: Entity<'g>) -> &[Chain<'g>] {
        self.by_end.get(&end).map(Vec::as_slice).unwrap_or_default()
    }

    /// The chains of joint holders, given in id order.
    #[must_use]
    pub fn of_joint(&self, owners: &[Entity<'g>]) -> &[Chain<'g>] {
        self.by_joint.get(owners).map(Vec::as_slice).unwrap_or_default()
    }

    /// The chains of everybody, by id, and then those of joint holders.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Option<Entity<'g>>, &[Entity<'g>], &[Chain<'g>])> {
        let alone = self.by_end.iter().map(|(end, chains)| (Some(*end), &[][..], chains.as_slice()));
        alone.chain(self.by_joint.iter().map(|(ends, chains)| (None, ends.as_slice(), chains.as_slice())))
    }
}

impl<'g> Ownership<'g> {
    /// The chains with the largest products for each owner of a company: at most this many, of at most this many
    /// stakes.
    ///
    /// Chains are found best first and never all listed, which could take forever. By the rule [`OwnerRule::Psc`] all
    /// links but the one into the company are majorities.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule};
    /// let graph = Graph::open("graphs/ownership")?;
    /// let (view, ownership) = (graph.view(), graph.view().ownership());
    /// let chains = ownership.chains_to(view.find("Corrigan Docks")?, OwnerRule::Multiply, 3, 32);
    /// let of_xenia = chains.of(view.find("Xenia Holm")?);
    /// assert_eq!((of_xenia.len(), of_xenia[0].product.to_string().as_str()), (2, "12.5%"));
    /// assert_eq!(of_xenia[0].stakes[0][0].to_string(), "Xenia Holm owns 50% of Ashgrove Shipping");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn chains_to(
        &self,
        company: Entity<'g>,
        test: impl Into<OwnerTest>,
        most: usize,
        longest: usize,
    ) -> Chains<'g> {
        self.chains(company, test.into(), true, most, longest)
    }

    /// The chains with the largest products for each company of which an owner has some.
    #[must_use]
    pub fn chains_from(
        &self,
        owner: Entity<'g>,
        test: impl Into<OwnerTest>,
        most: usize,
        longest: usize,
    ) -> Chains<'g> {
        self.chains(owner, test.into(), false, most, longest)
    }

    #[expect(clippy::indexing_slicing, reason = "labels of one search, numbered by itself")]
    fn chains(
        &self,
        start: Entity<'g>,
        test: OwnerTest,
        up: bool,
        most: usize,
        longest: usize,
    ) -> Chains<'g> {
        let mut chains =
            Chains { by_end: BTreeMap::new(), by_joint: BTreeMap::new(), right: test.right(), is_cut: false };
        let Some(node) = self.nodes().place(start) else { return chains };
        let table = self.table(test.right());
        let mut search = BestFirstSearch {
            network: table.network,
            up,
            start: node,
            most,
            longest,
            labels: Vec::new(),
            is_cut: false,
        };
        search.run(|edge| test.rule() != OwnerRule::Psc || !up || edge.company == node || is_majority(edge));
        for n in 0..search.labels.len() {
            let end = search.labels[n].node;
            if search.labels[n].before.is_none() {
                continue;
            }
            let edges = search.edges(n);
            if test.rule() == OwnerRule::Psc && !edges.iter().rev().skip(1).all(|edge| is_majority(edge)) {
                continue;
            }
            let product = product(&edges);
            let chain = Chain { stakes: self.stakes_of(table, &edges), product };
            match self.nodes().single(end) {
                Some(entity) => chains.by_end.entry(entity).or_default().push(chain),
                None if up => chains.by_joint.entry(self.nodes().all(end)).or_default().push(chain),
                None => {}
            }
        }
        chains.is_cut = search.is_cut;
        chains
    }
}

impl<'g> Ownership<'g> {
    /// The relations of each stake of a chain. A part in a joint holding is represented by the joint stake.
    fn stakes_of(&self, table: Table<'_, 'g>, edges: &[&Edge]) -> Vec<Vec<Relation<'g>>> {
        let mut stakes = Vec::new();
        let mut holder = None;
        for edge in edges {
            if self.nodes().is_joint(edge.company) {
                holder = self.nodes().single(edge.holder);
                continue;
            }
            let relations = table.relations(edge);
            let by = holder.take().or_else(|| relations.clone().next().map(Relation::from));
            stakes.push(relations.filter(|relation| Some(relation.from()) == by).collect());
        }
        stakes
    }
}

fn is_majority(edge: &Edge) -> bool {
    Number::from(edge.high) > Number::half()
}

fn product(edges: &[&Edge]) -> ShareRange {
    let at = |side| {
        let share = |edge: &&Edge| Number::from(if side == Side::Low { edge.low } else { edge.high });
        let product = |value: Value, edge| Value::zero().plus_product(&share(edge), &value, side);
        let value = edges.iter().fold(Value::one(), product);
        let open = match side {
            // If another link may be nothing, so may the product.
            Side::Low => {
                edges.iter().all(|edge| edge.low_is_open || edge.low > Proportion::ZERO)
                    && edges.iter().any(|edge| edge.low_is_open)
            }
            Side::High => edges.iter().any(|edge| edge.high_is_open),
        };
        super::flow::Share { value, open }
    };
    ShareRange::new(&at(Side::Low), &at(Side::High))
}

/// A chain found: its end, and the label that it extends.
struct Label {
    node: u32,
    /// The position of the edge in the network with the edge, and the previous label.
    before: Option<(usize, Edge)>,
}

struct BestFirstSearch<'n> {
    network: &'n Network,
    up: bool,
    start: u32,
    most: usize,
    longest: usize,
    labels: Vec<Label>,
    is_cut: bool,
}

/// A chain that may come next: larger products first, then fewer stakes, then in order of discovery.
struct Next {
    product: f64,
    hops: usize,
    order: usize,
    node: u32,
    before: Option<(usize, Edge)>,
}

impl BestFirstSearch<'_> {
    /// Best-first search: the n-th visit of a node is its n-th largest product.
    #[expect(clippy::indexing_slicing, reason = "labels of one search, numbered by itself")]
    fn run(&mut self, allows: impl Fn(&Edge) -> bool) {
        let mut times = vec![0_usize; self.network.len()];
        let mut open = BinaryHeap::new();
        let mut order = 0;
        open.push(Next { product: 1.0, hops: 0, order, node: self.start, before: None });
        while let Some(next) = open.pop() {
            let time = &mut times[next.node as usize];
            if *time >= self.most {
                continue;
            }
            *time += 1;
            let label = self.labels.len();
            self.labels.push(Label { node: next.node, before: next.before });
            let edges: Vec<Edge> = match self.up {
                true => self.network.holders(next.node).to_vec(),
                false => self.network.holdings(next.node).copied().collect(),
            };
            for edge in edges.into_iter().filter(|edge| edge.may_be() && allows(edge)) {
                let node = if self.up { edge.holder } else { edge.company };
                if times[node as usize] >= self.most || self.is_on(label, node) {
                    continue;
                }
                if next.hops >= self.longest {
                    self.is_cut = true;
                    continue;
                }
                order += 1;
                let share = Number::from(edge.high).rounded(Side::Low);
                let product = next.product * share;
                let hops = next.hops + usize::from(!self.network.column(edge.company).joint);
                open.push(Next { product, hops, order, node, before: Some((label, edge)) });
            }
        }
    }

    /// Whether a node is on the path to a label.
    #[expect(clippy::indexing_slicing, reason = "labels of one search, numbered by itself")]
    fn is_on(&self, mut label: usize, node: u32) -> bool {
        loop {
            let Label { node: own, before, .. } = &self.labels[label];
            if *own == node {
                return true;
            }
            match before {
                Some((earlier, _)) => label = *earlier,
                None => return false,
            }
        }
    }

    /// The edges of a chain, the owner's first.
    #[expect(clippy::indexing_slicing, reason = "labels of one search, numbered by itself")]
    fn edges(&self, mut label: usize) -> Vec<&Edge> {
        let mut edges = Vec::new();
        while let Some((earlier, edge)) = &self.labels[label].before {
            edges.push(edge);
            label = *earlier;
        }
        if !self.up {
            edges.reverse();
        }
        edges
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Next {}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |next: &Self| (std::cmp::Reverse(next.hops), std::cmp::Reverse(next.order));
        self.product.total_cmp(&other.product).then_with(|| key(self).cmp(&key(other)))
    }
}
