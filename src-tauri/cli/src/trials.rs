//! Trials on a terminal: evaluation and training on files, and their pages.

use std::fmt::Write as _;

use console::style;
use curio_engine::Engine;
use curio_engine::trial::Trial;
use curio_engine::view::{Band, Calibration, Evaluation, Gain, Scored, Training, Turn, TurnStep};

use crate::args::{Evaluate, Files, Train};
use crate::baskets;
use crate::columns::{counted, grouped, left, plain, right, row};
use crate::curve;
use crate::failure::Failure;
use crate::print::answer;
use crate::progress::watched;

const NAME_WIDTH: usize = 30;
const NUMBER_WIDTH: usize = 9;

/// Evaluates the rankers on files, or on a profile's own log.
pub fn evaluate(engine: &Engine, asked: Evaluate, json: bool) -> Result<(), Failure> {
    let files = match (asked.profile, trial(asked.files)) {
        (None, Some(files)) => files,
        (Some(name), None) => {
            let own = engine.evaluate_profile(engine.find_profile(&name)?)?;
            let seen = engine.status().trained;
            return answer(json, &own, |own| match own.choices {
                0 => {
                    "There is no choice to measure yet: like, rate, finish or buy something first."
                        .to_owned()
                }
                _ => format!("{}{}", evaluated(own), verdict(own, seen)),
            });
        }
        _ => {
            return Err(Failure::user(
                "name a profile, or the files to evaluate on".to_owned(),
            ));
        }
    };
    let (turn, lists, intervals) = (asked.turn, asked.lists, asked.intervals);
    let trial = Trial {
        prior: asked.prior,
        limit: asked.limit,
        ablate: asked.ablate,
        choices: asked.choices,
        ..files
    };
    if asked.baskets {
        let held = watched(|watch| engine.evaluate_baskets(&trial, watch))?;
        return answer(json, &held, baskets::page);
    }
    match turn {
        None if lists => {
            let curve = watched(|watch| engine.evaluate_lists(&trial, watch))?;
            answer(json, &curve, curve::page)
        }
        None if intervals => {
            let found = watched(|watch| engine.evaluate_intervals(&trial, watch))?;
            answer(json, &found, calibrated)
        }
        None => answer(
            json,
            &watched(|watch| engine.evaluate(&trial, watch))?,
            evaluated,
        ),
        Some(after) => {
            let turn = watched(|watch| engine.evaluate_turn(&trial, after, watch))?;
            answer(json, &turn, turned)
        }
    }
}

/// How often intervals hold what they claim, a line for each scope and length of history.
fn calibrated(found: &Calibration) -> String {
    let mut page = format!(
        "{} simulated over {}; 80% and 95% are honest, and an error of 1\n\n",
        counted(found.profiles as u64, "profile"),
        counted(found.items as u64, "item")
    );
    let head = ["choices", "within 80%", "within 95%", "error"].map(str::to_owned);
    let _ = writeln!(page, "{}", style(table_row("", &head)).dim());
    for scope in &found.scopes {
        for held in &scope.steps {
            let numbers = [
                held.choices.to_string(),
                format!("{:.1}%", 100.0 * held.within_80),
                format!("{:.1}%", 100.0 * held.within_95),
                format!("{:.2}", held.off),
            ];
            let _ = writeln!(page, "{}", table_row(scope.scope.label(), &numbers));
        }
    }
    page
}

/// Whether the profile's own weights are worth having, in a sentence; and whether training has `seen` its log.
fn verdict(own: &Evaluation, seen: bool) -> String {
    let gains = own.rankers.iter().filter_map(|ranker| ranker.gain.as_ref());
    let surely = |gain: &Gain| gain.ndcg_10_interval.is_some_and(|[low, _]| low > 0.0);
    let sentence = match gains.map(surely).collect::<Vec<_>>()[..] {
        [true, true] => {
            "Curio ranks better than popularity, and better since it learns from this profile."
        }
        [true, false] => {
            "Curio ranks better than popularity; learning this profile's own weights is not winning yet."
        }
        [false, true] => {
            "Learning this profile's own weights helps; Curio is not winning over popularity yet."
        }
        _ => {
            "Personal ranking is not winning over popularity yet: any difference so far may be chance."
        }
    };
    let seen = if seen {
        "The weights that it starts with were learned from logs here, perhaps this one among them: \
         all but popularity may look better than they would on a new log.\n"
    } else {
        ""
    };
    format!("\n{sentence}\n{seen}")
}

/// Fits a prior on files and writes it, or on the profiles here and adopts it if it is better.
pub fn train(engine: &Engine, asked: Train, json: bool) -> Result<(), Failure> {
    if asked.forget {
        engine.forget_training()?;
        return answer(json, &(), |()| {
            "every profile starts with the weights that ship with Curio\n".to_owned()
        });
    }
    let training = match (trial(asked.files), asked.out) {
        (Some(files), Some(out)) => {
            let trial = Trial {
                seed: asked.seed,
                ..files
            };
            watched(|watch| engine.train_files(&trial, &out, watch))?
        }
        (None, None) => watched(|watch| engine.train(asked.seed, watch))?,
        _ => {
            return Err(Failure::user(
                "say with --out where the prior is written".to_owned(),
            ));
        }
    };
    answer(json, &training, page)
}

/// A trial over files; nothing where none are named.
fn trial(files: Files) -> Option<Trial> {
    Some(Trial {
        catalog: files.catalog?,
        interactions: files.interactions?,
        neighbours: files.neighbours,
        prior: None,
        limit: usize::MAX,
        seed: 0,
        ablate: false,
        choices: None,
    })
}

fn page(training: &Training) -> String {
    let mut page = format!(
        "{} to fit, {} to choose, {} to report\n\n",
        counted(training.train as u64, "choice"),
        grouped(training.validation as u64),
        grouped(training.test as u64)
    );
    let head = ["ridge", "choosing", "saved", "reporting", "saved"].map(str::to_owned);
    let _ = writeln!(page, "{}", style(table_row("", &head)).dim());
    for scope in &training.scopes {
        let numbers = [
            format!("{:.4}", scope.ridge),
            format!("{:.4}", scope.validation_loss),
            format!("{:+.4}", scope.saved),
            format!("{:.4}", scope.test_loss),
            format!("{:+.4}", scope.test_saved),
        ];
        let sure = match scope.saved_interval {
            Some([low, high]) => format!("{low:+.4} to {high:+.4}"),
            None => "too few choices to tell".to_owned(),
        };
        let row = table_row(scope.scope.label(), &numbers);
        let _ = writeln!(page, "{row}  ({sure})");
    }
    for scale in training
        .scales
        .iter()
        .filter(|s| s.before.to_bits() != s.after.to_bits())
    {
        let (before, after) = (scale.before, scale.after);
        let _ = writeln!(
            page,
            "\n{}: {before:.3} before, now {after:.3}",
            scale.scale
        );
    }
    let than = "the weights that profiles start with now";
    let _ = match (&training.path, training.adopted, training.better) {
        (Some(path), _, better) => {
            let worth = if better {
                "better"
            } else {
                "not better by more than noise"
            };
            writeln!(page, "\nwrote {}: {worth} than {than}", plain(path))
        }
        (None, true, _) => writeln!(page, "\nadopted: it predicts better than {than}"),
        (None, false, _) => {
            writeln!(
                page,
                "\nrefused: it does not predict better than {than} by more than noise"
            )
        }
    };
    page
}

/// What a trial went without, each if there is any.
pub fn left_out(page: &mut String, what: [(u64, &str, &str); 2]) {
    for (number, noun, so) in what {
        if number > 0 {
            let _ = writeln!(page, "{} {so}", counted(number, noun));
        }
    }
}

/// One ranker a line, then its NDCG@10 by length of history.
fn evaluated(evaluation: &Evaluation) -> String {
    let mut page = format!(
        "{} of {} among {}\n\n",
        counted(evaluation.choices as u64, "choice"),
        counted(evaluation.users as u64, "profile"),
        counted(evaluation.items as u64, "item")
    );
    left_out(
        &mut page,
        [
            (evaluation.skipped as u64, "row", "of the logs not used"),
            (evaluation.unencoded, "text", "without a vector"),
        ],
    );
    let names = ["NDCG@10", "HR@10", "MRR", "HR@50", "recall@50", "coverage"];
    let head = table_row("", &names.map(str::to_owned));
    let _ = writeln!(page, "{}", style(head).dim());
    for ranker in &evaluation.rankers {
        let numbers = [
            ranker.ndcg_10,
            ranker.hr_10,
            ranker.mrr,
            ranker.hr_50,
            ranker.recall_50,
            ranker.coverage,
        ];
        let numbers = numbers.map(|number| format!("{number:.4}"));
        let _ = writeln!(page, "{}", table_row(&ranker.name, &numbers));
    }
    page.push_str(&gained(evaluation));
    let Some(first) = evaluation.rankers.first() else {
        return page;
    };
    let bands: Vec<String> = first
        .by_history
        .iter()
        .map(|band| format!("{}+", band.from))
        .collect();
    let _ = writeln!(
        page,
        "\n{}",
        style(table_row("NDCG@10 by history", &bands)).dim()
    );
    for ranker in &evaluation.rankers {
        let bands = ranker
            .by_history
            .iter()
            .map(|band| format!("{:.4}", band.ndcg_10));
        let _ = writeln!(
            page,
            "{}",
            table_row(&ranker.name, &bands.collect::<Vec<_>>())
        );
    }
    let choices = first
        .by_history
        .iter()
        .map(|band| grouped(band.choices as u64));
    let _ = writeln!(
        page,
        "{}",
        style(table_row("choices", &choices.collect::<Vec<_>>())).dim()
    );
    page.push_str(&likelier(evaluation, &bands));
    page
}

/// By how many nats each makes choices likelier than the one it is compared with, by history.
fn likelier(evaluation: &Evaluation, bands: &[String]) -> String {
    let gains = |ranker: &Scored| -> Option<Vec<f64>> {
        let of = |band: &Band| band.gain.as_ref()?.log_likelihood;
        ranker.by_history.iter().map(of).collect()
    };
    let head = table_row("log-likelihood gained, nats", bands);
    let mut page = format!("\n{}\n", style(head).dim());
    for ranker in &evaluation.rankers {
        if let Some(gains) = gains(ranker) {
            let numbers: Vec<String> = gains.iter().map(|gain| format!("{gain:+.4}")).collect();
            let _ = writeln!(page, "{}", table_row(&ranker.name, &numbers));
        }
    }
    page
}

/// What each ranker gains on another, and whether that is more than noise.
fn gained(evaluation: &Evaluation) -> String {
    let mut page = format!("\n{}\n", style("NDCG@10 gained, with 95% intervals").dim());
    for ranker in &evaluation.rankers {
        if let Some(gain) = &ranker.gain {
            let _ = writeln!(page, "{}", gain_row(&ranker.name, gain));
        }
    }
    page
}

fn gain_row(name: &str, gain: &Gain) -> String {
    let sure = match gain.ndcg_10_interval {
        None => "too few profiles to tell".to_owned(),
        Some([low, high]) => {
            let verdict = match (low > 0.0, high < 0.0) {
                (true, _) => "",
                (_, true) => ": it loses",
                _ => ": no more than noise",
            };
            format!("{low:+.4} to {high:+.4}{verdict}")
        }
    };
    let nats = match (gain.log_likelihood, gain.log_likelihood_interval) {
        (Some(nats), Some([low, high])) => format!("; {nats:+.4} nats ({low:+.4} to {high:+.4})"),
        (Some(nats), None) => format!("; {nats:+.4} nats"),
        _ => String::new(),
    };
    format!(
        "{} {} over {} ({sure}){nats}",
        left(name, NAME_WIDTH),
        right(&format!("{:+.4}", gain.ndcg_10), NUMBER_WIDTH),
        gain.over
    )
}

/// How each scope recovers, one step a column.
fn turned(turn: &Turn) -> String {
    let mut page = format!(
        "{} that go on as another after {}\n",
        counted(turn.users as u64, "profile"),
        counted(turn.after as u64, "interaction")
    );
    for scope in &turn.scopes {
        let head: Vec<String> = scope
            .steps
            .iter()
            .map(|step| format!("{}-{}", step.from, step.until - 1))
            .chain(["all".to_owned()])
            .collect();
        let title = format!("{}: since the turn", scope.scope.label());
        let _ = writeln!(page, "\n{}", style(table_row(&title, &head)).dim());
        let mut row = |name: &str, figure: &dyn Fn(&TurnStep) -> String| {
            let steps = scope.steps.iter().chain([&scope.all]);
            let cells: Vec<String> = steps.map(figure).collect();
            let _ = writeln!(page, "{}", table_row(name, &cells));
        };
        row("fixed prior", &|step| format!("{:.4}", step.fixed));
        row("online weights", &|step| format!("{:.4}", step.online));
        row("only the second taste", &|step| {
            format!("{:.4}", step.fresh)
        });
        row("choices", &|step| grouped(step.choices as u64));
        for gain in [&scope.all.over_fixed, &scope.all.over_fresh] {
            let _ = writeln!(page, "{}", gain_row("online weights", gain));
        }
    }
    page
}

fn table_row(name: &str, cells: &[String]) -> String {
    row((name, NAME_WIDTH), (cells, NUMBER_WIDTH))
}
