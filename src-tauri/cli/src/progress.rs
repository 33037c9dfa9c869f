//! Progress: a bar on standard error while long work runs, and Ctrl-C as a polite request to stop.
//!
//! Nothing is drawn when standard error is no terminal. The engine decides where it may stop.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use curio_engine::Watch;
use curio_engine::view::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const KNOWN: &str = "{prefix:<9} {bar:32} {human_pos} of {human_len}, {eta} left";
const UNKNOWN: &str = "{prefix:<9} {spinner} {human_pos}, {per_sec}";

/// Runs work that shows a bar and stops when the person presses Ctrl-C.
pub fn watched<T>(work: impl FnOnce(&Watch) -> T) -> T {
    let stop = stop_on_ctrl_c();
    let bar = Bar::new();
    let answer = work(&Watch {
        progress: &|progress| bar.show(&progress),
        cancelled: &|| stop.load(Ordering::SeqCst),
    });
    bar.drawn.finish_and_clear();
    answer
}

struct Bar {
    drawn: ProgressBar,
    /// What is drawn now, and whether its end is known.
    stage: Mutex<Option<(Stage, bool)>>,
}

impl Bar {
    fn new() -> Self {
        Self {
            drawn: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()),
            stage: Mutex::new(None),
        }
    }

    fn show(&self, progress: &Progress) {
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (progress.stage, progress.total.is_some());
        if *stage != Some(now) {
            *stage = Some(now);
            let template = if now.1 { KNOWN } else { UNKNOWN };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.drawn.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
            }
            self.drawn.reset();
            self.drawn.set_prefix(name(progress.stage));
            self.drawn.enable_steady_tick(Duration::from_millis(120));
        }
        match progress.total {
            Some(total) => self.drawn.set_length(total),
            None => self.drawn.unset_length(),
        }
        self.drawn.set_position(progress.done);
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Store => "storing",
        Stage::Index => "indexing",
        Stage::Encode => "encoding",
        Stage::Train => "learning",
    }
}

/// A flag that the first Ctrl-C sets; the second ends the program, which loses nothing stored.
fn stop_on_ctrl_c() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            return; // Ctrl-C then ends the program at once, as everywhere.
        };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                asked.store(true, Ordering::SeqCst);
                eprintln!("\ncurio: stopping; press Ctrl-C again to stop at once");
                if tokio::signal::ctrl_c().await.is_ok() {
                    process::exit(1);
                }
            }
        });
    });
    stop
}
