//! The backlog: documents on their way to the thread that indexes them, so many bytes of text and hardly more.
//!
//! tantivy lets 10,000 documents wait, whatever they hold: cut into words they take more memory than all that it
//! writes with.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// How much text may wait; cut into words it takes some fifteen times as much.
const WAITING_BYTES: usize = 256 << 10;
/// How long a document is held back at most: a thread that failed takes no more, and the writer will say so.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many bytes of text wait.
#[derive(Debug, Default)]
pub struct Backlog {
    waiting: Mutex<usize>,
    room: Condvar,
}

/// A document that waits until it is indexed.
#[derive(Debug)]
pub struct Waiting {
    document: TantivyDocument,
    bytes: usize,
    backlog: Arc<Backlog>,
}

impl Backlog {
    /// Has a document of so many bytes of text wait, once there is room for it.
    pub fn queue(self: &Arc<Self>, document: TantivyDocument, bytes: usize) -> Waiting {
        self.queue_within(PATIENCE, document, bytes)
    }

    fn queue_within(
        self: &Arc<Self>,
        patience: Duration,
        document: TantivyDocument,
        bytes: usize,
    ) -> Waiting {
        let full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > WAITING_BYTES;
        let (mut waiting, _) = self
            .room
            .wait_timeout_while(self.lock(), patience, full)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Waiting {
            document,
            bytes,
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
        let before = *waiting;
        *waiting -= self.bytes;
        // Not for every one, or both sides would wake each other all the time.
        let half = WAITING_BYTES / 2;
        if *waiting == 0 || before > half && *waiting <= half {
            self.backlog.room.notify_one();
        }
    }
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    /// A wake-up that is lost leaves it waiting.
    #[test]
    fn what_is_full_has_room_again_once_half_is_indexed() {
        let backlog = Arc::new(Backlog::default());
        let (sender, receiver) = channel();
        let queue = || backlog.queue_within(HOUR, TantivyDocument::new(), WAITING_BYTES / 4);
        thread::scope(|scope| {
            scope.spawn(move || (0..12).for_each(|_| sender.send(queue()).unwrap()));
            let next = |_| receiver.recv().unwrap();
            let mut waiting: Vec<Waiting> = (0..4).map(next).collect();
            for _ in 0..4 {
                assert_eq!(*backlog.lock(), WAITING_BYTES);
                assert!(receiver.try_recv().is_err());
                waiting.truncate(2);
                waiting.extend((0..2).map(next));
            }
        });
        assert_eq!(*backlog.lock(), 0);
    }

    #[test]
    fn one_that_is_longer_than_all_may_be_waits_alone_and_nobody_waits_for_ever() {
        let backlog = Arc::new(Backlog::default());
        let long = backlog.queue_within(HOUR, TantivyDocument::new(), 2 * WAITING_BYTES);
        let moment = Duration::from_millis(1);
        let next = backlog.queue_within(moment, TantivyDocument::new(), 1);
        assert_eq!(*backlog.lock(), 2 * WAITING_BYTES + 1);
        drop(long);
        drop(next);
        assert_eq!(*backlog.lock(), 0);
    }
}
