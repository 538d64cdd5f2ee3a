//! How many drivers of a crew can drive in each hour, all hours at once.

use super::rules::Sizes;

/// By number of drivers, the hours in which at least so many can drive: the first mask has those with one or more.
///
/// It counts up to the greatest size that a crew may have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover([u64; Sizes::MOST]);

impl Cover {
    pub(super) fn of(masks: impl Iterator<Item = u64>) -> Self {
        let mut cover = Self::default();
        masks.for_each(|mask| cover.add(mask));
        cover
    }

    /// Adds a driver who can drive in these hours.
    pub(super) fn add(&mut self, mut mask: u64) {
        for level in &mut self.0 {
            // What was there already moves one level up.
            let again = *level & mask;
            *level |= mask;
            if again == 0 {
                return;
            }
            mask = again;
        }
    }

    /// The hours in which fewer than `needed` can drive, of `hours`.
    pub(super) fn lacking(&self, needed: usize, hours: u64) -> u64 {
        match needed.checked_sub(1) {
            None => 0,
            Some(level) => hours & !self.0.get(level).copied().unwrap_or_default(),
        }
    }

    /// How many drivers are missing over all of these hours, where each needs so many.
    pub(super) fn missing(&self, needed: usize, hours: u64) -> u32 {
        let counted = self.0.iter().take(needed).map(|level| (hours & !level).count_ones());
        let beyond = u32::try_from(needed.saturating_sub(self.0.len())).unwrap_or(u32::MAX);
        counted.sum::<u32>().saturating_add(beyond.saturating_mul(hours.count_ones()))
    }

    /// How many can drive in the hour where the fewest can.
    pub(super) fn thinnest(&self, hours: u64) -> usize {
        self.0.iter().take_while(|level| hours & !**level == 0).count()
    }
}
