//! The backlog: documents on their way to the threads that index them, so many at once and no more.
//!
//! tantivy lets 10,000 of them wait, whatever they hold: cut into words they take more memory than all that the
//! threads write with.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// How many documents may wait.
const WAITING: usize = 512;
/// How long one is held back at most: a thread that failed takes no more, and the writer will say why.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many documents wait.
#[derive(Debug, Default)]
pub struct Backlog {
    waiting: Mutex<usize>,
    taken: Condvar,
}

/// A document that waits until a thread takes it.
#[derive(Debug)]
pub struct Waiting {
    document: TantivyDocument,
    backlog: Arc<Backlog>,
}

impl Backlog {
    /// Has a document wait, once there is room for it.
    pub fn queue(self: &Arc<Self>, document: TantivyDocument) -> Waiting {
        let (mut waiting, _) = self
            .taken
            .wait_timeout_while(self.lock(), PATIENCE, |waiting| *waiting >= WAITING)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += 1;
        Waiting {
            document,
            backlog: self.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waiting = self.backlog.lock();
        *waiting -= 1;
        // Not for every one, or both sides would wake each other all the time.
        if *waiting == WAITING / 2 {
            self.backlog.taken.notify_all();
        }
    }
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(mut self) -> TantivyDocument {
        std::mem::take(&mut self.document)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn no_more_wait_than_may_and_all_get_through() {
        let backlog = Arc::new(Backlog::default());
        let (sender, receiver) = std::sync::mpsc::channel();
        let (seen, most) = thread::scope(|scope| {
            let taker = scope.spawn(|| {
                let (mut seen, mut most) = (0, 0);
                for waiting in receiver {
                    most = most.max(*backlog.lock());
                    drop::<Waiting>(waiting);
                    seen += 1;
                }
                (seen, most)
            });
            for _ in 0..3 * WAITING {
                sender.send(backlog.queue(TantivyDocument::new())).unwrap();
            }
            drop(sender);
            taker.join().unwrap()
        });
        assert_eq!((seen, *backlog.lock()), (3 * WAITING, 0));
        assert!(most <= WAITING, "{most}");
    }
}
