//! A watch over long work: how it reports, and how it is stopped.

use crate::view::Progress;

/// How long work reports and is stopped.
pub struct Watch<'a> {
    /// Called now and then, from the thread that does the work.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Asked often; once it says true the work stops at the next consistent point.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl Watch<'static> {
    /// Reports to nobody and is never stopped.
    pub const NONE: Self = Self {
        progress: &|_| (),
        cancelled: &|| false,
    };
}
