//! The strongly connected components of a network.

use super::network::Network;

impl Network {
    /// The strongly connected components reachable from some nodes, in topological order: holders before what they
    /// hold.
    ///
    /// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972) without recursion. Leaves out edges
    /// into `cut` and edges without a share. Takes time and memory linear in what is reached.
    pub(crate) fn components(
        &self,
        starts: impl IntoIterator<Item = u32>,
        cut: Option<u32>,
    ) -> Vec<Vec<u32>> {
        let mut search = TarjanSearch {
            numbers: Numbers::new(self.len()),
            lowest: Vec::new(),
            done: Vec::new(),
            stack: Vec::new(),
            found: Vec::new(),
        };
        for start in starts {
            if search.numbers.get(start).is_none() {
                search.run(self, start, cut);
            }
        }
        search.found.reverse();
        search.found
    }
}

/// Numbers assigned to nodes in visit order: in a table for small networks, else in a map.
enum Numbers {
    Table(Vec<u32>, u32),
    Map(std::collections::HashMap<u32, u32>),
}

impl Numbers {
    const LARGE: usize = 1 << 14;
    const NONE: u32 = u32::MAX;

    fn new(nodes: usize) -> Self {
        match nodes {
            0..Self::LARGE => Self::Table(vec![Self::NONE; nodes], 0),
            _ => Self::Map(std::collections::HashMap::new()),
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "nodes of one network, and the numbers that the search gives them"
    )]
    fn get(&self, node: u32) -> Option<u32> {
        match self {
            Self::Table(numbers, _) => Some(numbers[node as usize]).filter(|number| *number != Self::NONE),
            Self::Map(numbers) => numbers.get(&node).copied(),
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "nodes of one network, and the numbers that the search gives them"
    )]
    fn give(&mut self, node: u32) -> u32 {
        match self {
            Self::Table(numbers, given) => {
                let number = *given;
                numbers[node as usize] = number;
                *given += 1;
                number
            }
            Self::Map(numbers) => {
                let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                numbers.insert(node, number);
                number
            }
        }
    }
}

struct TarjanSearch {
    numbers: Numbers,
    /// By number: the lowest open number that it reaches.
    lowest: Vec<u32>,
    done: Vec<bool>,
    /// Nodes of unfinished components.
    stack: Vec<u32>,
    found: Vec<Vec<u32>>,
}

impl TarjanSearch {
    #[expect(
        clippy::indexing_slicing,
        reason = "nodes of one network, and the numbers that the search gives them"
    )]
    fn run(&mut self, network: &Network, start: u32, cut: Option<u32>) {
        let range = |node: u32| network.range_held(node);
        let mut open: Vec<(u32, std::ops::Range<usize>)> = vec![(self.enter(start), range(start))];
        let mut path = vec![start];
        while let Some((number, left)) = open.last_mut() {
            let number = *number;
            let Some(next) = left.next() else {
                open.pop();
                let node = path.pop().unwrap_or(start);
                self.leave(number, node);
                if let Some((above, _)) = open.last() {
                    let low = self.lowest[number as usize];
                    let own = &mut self.lowest[*above as usize];
                    *own = (*own).min(low);
                }
                continue;
            };
            let edge = network.edge_held(next);
            if !edge.may_be() || Some(edge.company) == cut {
                continue;
            }
            match self.numbers.get(edge.company) {
                None => {
                    open.push((self.enter(edge.company), range(edge.company)));
                    path.push(edge.company);
                }
                Some(other) if !self.done[other as usize] => {
                    let own = &mut self.lowest[number as usize];
                    *own = (*own).min(other);
                }
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, node: u32) -> u32 {
        let number = self.numbers.give(node);
        self.lowest.push(number);
        self.done.push(false);
        self.stack.push(node);
        number
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "nodes of one network, and the numbers that the search gives them"
    )]
    fn leave(&mut self, number: u32, node: u32) {
        if self.lowest[number as usize] != number {
            // Its number stays below, so the node above takes it over.
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            if let Some(number) = self.numbers.get(member) {
                self.done[number as usize] = true;
            }
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}
