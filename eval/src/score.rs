//! Counting: precision and recall, the area under the curve, correlation.

/// Right and wrong calls about a yes-or-no question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    pub hits: usize,
    pub false_alarms: usize,
    pub misses: usize,
    pub quiet: usize,
}

impl Calls {
    pub fn add(&mut self, said: bool, so: bool) {
        match (said, so) {
            (true, true) => self.hits += 1,
            (true, false) => self.false_alarms += 1,
            (false, true) => self.misses += 1,
            (false, false) => self.quiet += 1,
        }
    }
    pub fn count(&self) -> usize {
        self.hits + self.false_alarms + self.misses + self.quiet
    }
    pub fn precision(&self) -> f64 {
        share(self.hits, self.hits + self.false_alarms)
    }
    pub fn recall(&self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }
    pub fn f1(&self) -> f64 {
        share(
            2 * self.hits,
            2 * self.hits + self.false_alarms + self.misses,
        )
    }
    /// Share of what is not so that was called so.
    pub fn false_alarm_rate(&self) -> f64 {
        share(self.false_alarms, self.false_alarms + self.quiet)
    }
}

pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// The chance that one that is so scores higher than one that is not; ties count half.
pub fn auc(mut scored: Vec<(f64, bool)>) -> f64 {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let so = scored.iter().filter(|(_, so)| *so).count();
    let not = scored.len() - so;
    if so == 0 || not == 0 {
        return 0.5;
    }
    let mut rank_sum = 0.0;
    let mut at = 0;
    while at < scored.len() {
        let tied = scored[at..]
            .iter()
            .take_while(|(score, _)| *score == scored[at].0)
            .count();
        let rank = at as f64 + (tied as f64 + 1.0) / 2.0;
        let so_here = scored[at..at + tied].iter().filter(|(_, so)| *so).count();
        rank_sum += rank * so_here as f64;
        at += tied;
    }
    (rank_sum - (so * (so + 1)) as f64 / 2.0) / (so as f64 * not as f64)
}

/// Pearson's correlation.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = pairs
        .iter()
        .fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    if xx == 0.0 || yy == 0.0 {
        return 0.0;
    }
    xy / (xx * yy).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_counts_ties_half() {
        assert_eq!(auc(vec![(0.0, false), (1.0, true)]), 1.0);
        assert_eq!(auc(vec![(1.0, false), (1.0, true)]), 0.5);
        assert_eq!(
            auc(vec![(0.0, false), (1.0, true), (1.0, false), (2.0, true)]),
            0.875
        );
    }

    #[test]
    fn a_line_correlates_with_itself() {
        let r = correlation(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]);
        assert!((r - 1.0).abs() < 1e-9);
    }

    #[test]
    fn calls_give_precision_and_recall() {
        let mut calls = Calls::default();
        for (said, so) in [(true, true), (true, false), (false, true), (false, false)] {
            calls.add(said, so);
        }
        assert_eq!(
            (calls.precision(), calls.recall(), calls.f1()),
            (0.5, 0.5, 0.5)
        );
    }
}
