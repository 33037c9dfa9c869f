//! φ: what a profile has shown, kept up to date one interaction at a time.
//!
//! [`Taste::add`] folds one interaction in; [`Taste::evidence`] gives e_k(u, i) = φ_k(u)·ψ_k(i) for
//! every signal. It is the only place where evidence is computed: scores, explanations and learning
//! all read it. Weights do not appear here.

mod world;

use ndarray::Axis;

use crate::behaviour::{Action, CHOICE, Trait};
use crate::catalogue::ItemId;
use crate::features::{Field, dot};
use crate::neighbours::Neighbours;
use crate::signal::{K, Signal};
pub use world::World;

/// e_k(u, i), in the signals' order.
pub type Evidence = [f64; K];

/// How much evidence is needed before a sum is believed half: q = 1 / (κ + Σ|a|).
const KAPPA: f32 = 2.0;
/// How much agreement with another profile is believed half, and how much all of them need.
const AGREEMENT_SHRINK: f32 = 10.0;
const KINDRED_SHRINK: f32 = 0.1;
/// Widths of the bells over years.
const ERA_YEARS: f32 = 6.0;
const ERA_LATELY_YEARS: f32 = 4.0;
const ERA_NOW_YEARS: f32 = 1.5;
/// The age at which an item is a third as fresh as a new one.
const FRESH_YEARS: f32 = 2.0;

/// The state that the evidence of a profile is computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Taste {
    /// Interactions so far.
    count: f32,
    weight: f32,
    weight_lately: f32,
    era_weight: f32,
    /// Running means of the popularity and the quality of what was chosen.
    popularity: Option<f32>,
    quality: Option<f32>,
    meaning: Vec<f32>,
    meaning_lately: Vec<f32>,
    theme: Vec<f32>,
    pub(crate) genre: Vec<f32>,
    /// The same less the usual genres of what people choose.
    pub(crate) genre_beyond: Vec<f32>,
    pub(crate) genre_lately: Vec<f32>,
    pub(crate) people: Vec<f32>,
    pub(crate) people_lately: Vec<f32>,
    pub(crate) creator: Vec<f32>,
    pub(crate) keyword: Vec<f32>,
    pub(crate) title_lately: Vec<f32>,
    pub(crate) language: Vec<f32>,
    nearest_liked: Nearest,
    nearest_lately: Nearest,
    nearest_disliked: Nearest,
    era: Vec<f32>,
    era_lately: Vec<f32>,
    era_now: Vec<f32>,
    company_item: Vec<f32>,
    company_item_lately: Vec<f32>,
    company_ease: Vec<f32>,
    company_ease_lately: Vec<f32>,
    company_seen_lately: Vec<f32>,
    company_follows: Vec<f32>,
    company_next: Vec<f32>,
    company_beside: Vec<f32>,
    /// Σ a_j · r_v(j): how far each other profile v agrees.
    agreement: Vec<f32>,
    /// The share of the kindred profiles, by the square of their agreement, that like an item.
    company_kindred: Vec<f32>,
}

/// Per item, the largest trusted cosine to anything shown, and whose it is.
#[derive(Debug, Clone, PartialEq)]
struct Nearest {
    cosine: Vec<f32>,
    to: Vec<Option<ItemId>>,
}

impl Nearest {
    fn new(n: usize) -> Self {
        Self {
            cosine: vec![0.0; n],
            to: vec![None; n],
        }
    }

    fn add(&mut self, item: ItemId, trusted: &[f32]) {
        for (row, cosine) in trusted.iter().enumerate() {
            if *cosine > self.cosine[row] {
                self.cosine[row] = *cosine;
                self.to[row] = Some(item);
            }
        }
    }
}

impl Taste {
    /// Nothing shown yet: every personal term is zero.
    pub fn new(world: World) -> Self {
        let f = world.features;
        let per_item = || vec![0.0; f.len()];
        let per_word = |field: &Field| vec![0.0; field.names.len()];
        Self {
            count: 0.0,
            weight: 0.0,
            weight_lately: 0.0,
            era_weight: 0.0,
            popularity: None,
            quality: None,
            meaning: vec![0.0; f.meaning.ncols()],
            meaning_lately: vec![0.0; f.meaning.ncols()],
            theme: vec![0.0; f.theme.ncols()],
            genre: per_word(&f.genre),
            genre_beyond: per_word(&f.genre),
            genre_lately: per_word(&f.genre),
            people: per_word(&f.people),
            people_lately: per_word(&f.people),
            creator: per_word(&f.creator),
            keyword: per_word(&f.keyword),
            title_lately: per_word(&f.title),
            language: per_word(&f.language),
            nearest_liked: Nearest::new(f.len()),
            nearest_lately: Nearest::new(f.len()),
            nearest_disliked: Nearest::new(f.len()),
            era: per_item(),
            era_lately: per_item(),
            era_now: per_item(),
            company_item: per_item(),
            company_item_lately: per_item(),
            company_ease: per_item(),
            company_ease_lately: per_item(),
            company_seen_lately: per_item(),
            company_follows: per_item(),
            company_next: per_item(),
            company_beside: per_item(),
            agreement: vec![0.0; world.neighbours.verdicts().len()],
            company_kindred: per_item(),
        }
    }

    /// Folds in an interaction.
    pub fn add(&mut self, world: World, item: ItemId, action: Action) {
        let (f, scales) = (world.features, world.scales);
        let a = scales.reward(action) as f32;
        self.count += 1.0;
        self.weight += a.abs();
        self.weight_lately = scales.meaning * self.weight_lately + a.abs();
        self.add_text(world, item, a);
        for (field, sum) in [
            (&f.genre, &mut self.genre),
            (&f.people, &mut self.people),
            (&f.creator, &mut self.creator),
            (&f.keyword, &mut self.keyword),
            (&f.language, &mut self.language),
        ] {
            field.add_to(item, a, sum);
        }
        f.genre.add_to(item, a, &mut self.genre_beyond);
        if a > 0.0 {
            let usual = &world.neighbours.usual_genre;
            for (sum, usual) in self.genre_beyond.iter_mut().zip(usual) {
                *sum -= a * usual;
            }
        }
        for (field, sum) in [
            (&f.genre, &mut self.genre_lately),
            (&f.people, &mut self.people_lately),
            (&f.title, &mut self.title_lately),
        ] {
            fade(sum, scales.meaning);
            field.add_to(item, a, sum);
        }
        self.add_era(world, item.row(), a);
        if !world.neighbours.is_empty() {
            self.add_company(world, item, a);
            self.add_kindred(world.neighbours, item, a);
        }
        let n = world.neighbours;
        let running = |mean: Option<f32>, decay: f32, value: f32| {
            Some(mean.map_or(value, |mean| decay * mean + (1.0 - decay) * value))
        };
        let (popularity, quality) = (n.popularity[item.row()], n.quality[item.row()]);
        self.popularity = running(self.popularity, scales.popularity, popularity);
        self.quality = running(self.quality, scales.quality, quality);
    }

    /// Takes a wish for less of something: from now on it counts half of what was shown of it, less one
    /// dislike. What no item has is passed over.
    pub fn less(&mut self, world: World, of: &Trait) {
        let f = world.features;
        let (name, sums): (_, Vec<(&Field, &mut Vec<f32>)>) = match of {
            Trait::Genre { name } => (
                name,
                vec![
                    (&f.genre, &mut self.genre),
                    (&f.genre, &mut self.genre_beyond),
                    (&f.genre, &mut self.genre_lately),
                ],
            ),
            Trait::Person { name } => (
                name,
                vec![
                    (&f.people, &mut self.people),
                    (&f.people, &mut self.people_lately),
                    (&f.creator, &mut self.creator),
                ],
            ),
            Trait::Tag { name } => (name, vec![(&f.keyword, &mut self.keyword)]),
        };
        for (field, sum) in sums {
            if let Some(word) = field.word(name) {
                sum[word] = sum[word].max(0.0) / 2.0 + sum[word].min(0.0) - 1.0;
            }
        }
    }

    fn add_text(&mut self, world: World, item: ItemId, a: f32) {
        let (f, scales) = (world.features, world.scales);
        let (x, t) = (f.meaning.row(item.row()), f.theme.row(item.row()));
        for (sum, x) in self.meaning.iter_mut().zip(x) {
            *sum += a * x;
        }
        for (sum, x) in self.meaning_lately.iter_mut().zip(x) {
            *sum = scales.meaning * *sum + a * x;
        }
        for (sum, t) in self.theme.iter_mut().zip(t) {
            *sum += a * t;
        }
        fade(&mut self.nearest_lately.cosine, scales.nearest);
        let Some(x) = x.to_slice() else { return };
        let trust = if a > 0.0 { (a + 0.5).min(1.0) } else { 1.0 };
        let rows = f.meaning.axis_iter(Axis(0));
        let trusted: Vec<f32> = rows.map(|y| trust * dot(y, x)).collect();
        if a > 0.0 {
            self.nearest_liked.add(item, &trusted);
            self.nearest_lately.add(item, &trusted);
        } else {
            self.nearest_disliked.add(item, &trusted);
        }
    }

    fn add_era(&mut self, world: World, row: usize, a: f32) {
        let (f, scales) = (world.features, world.scales);
        fade(&mut self.era_lately, scales.era);
        fade(&mut self.era_now, scales.era_now);
        self.era_weight = scales.era * self.era_weight + 1.0;
        if !f.year.known[row] {
            return;
        }
        let year = f.year.values[row];
        for (i, other) in f.year.values.iter().enumerate() {
            if !f.year.known[i] {
                continue;
            }
            let gap = (other - year) as f32;
            if a > 0.0 {
                self.era[i] += a * (-(gap / ERA_YEARS).powi(2)).exp();
            }
            self.era_lately[i] += (-(gap / ERA_LATELY_YEARS).powi(2)).exp();
            self.era_now[i] += (-(gap / ERA_NOW_YEARS).powi(2)).exp();
        }
    }

    fn add_company(&mut self, world: World, item: ItemId, a: f32) {
        let (n, scales) = (world.neighbours, world.scales);
        fade(&mut self.company_item_lately, scales.company);
        fade(&mut self.company_ease_lately, scales.company);
        fade(&mut self.company_seen_lately, scales.seen);
        fade(&mut self.company_follows, scales.follows);
        fade(&mut self.company_next, scales.follows);
        fade(&mut self.company_beside, scales.follows);
        if a > 0.0 {
            n.each_together(item, |other, s| {
                self.company_item[other] += a * s;
                self.company_item_lately[other] += a * s;
            });
        }
        if a >= CHOICE as f32 {
            n.each_ease(item, |other, b| {
                self.company_ease[other] += b;
                self.company_ease_lately[other] += b;
            });
        }
        n.each_seen(item, |other, b| self.company_seen_lately[other] += b);
        n.each_next(item, |other, share| self.company_next[other] += share);
        n.each_follow(item, |other, share| self.company_follows[other] += share);
        n.each_beside(item, |other, share| self.company_beside[other] += share);
    }

    /// Weighs the other profiles anew by how far they agree: s_v = max(0, Σ a_j r_v(j) /
    /// (√(|v| · Σ|a|) + 10))², and an item by the share of them that like it, Σ_v s_v / (0.1 + Σ s).
    fn add_kindred(&mut self, n: &Neighbours, item: ItemId, a: f32) {
        for (profile, reward) in n.voters(item) {
            self.agreement[*profile as usize] += a * reward;
        }
        self.company_kindred.fill(0.0);
        let mut total = KINDRED_SHRINK;
        for (verdicts, agreement) in n.verdicts().iter().zip(&self.agreement) {
            if *agreement <= 0.0 {
                continue;
            }
            let size = (verdicts.len() as f32 * self.weight).sqrt();
            let kindred = (agreement / (size + AGREEMENT_SHRINK)).powi(2);
            total += kindred;
            for (other, reward) in verdicts {
                if *reward >= CHOICE as f32 {
                    self.company_kindred[*other as usize] += kindred;
                }
            }
        }
        fade(&mut self.company_kindred, 1.0 / total);
    }

    /// What a profile liked whose text is nearest to an item's, as [`Signal::NearestLiked`] counts
    /// it.
    pub fn nearest_liked(&self, item: ItemId) -> Option<ItemId> {
        self.nearest_liked.to[item.row()]
    }

    /// The same as [`Signal::NearestLately`] counts it.
    pub fn nearest_lately(&self, item: ItemId) -> Option<ItemId> {
        self.nearest_lately.to[item.row()]
    }

    /// e_k(u, i) for one item, in the signals' order.
    pub fn evidence(&self, world: World, item: ItemId) -> Evidence {
        let (f, n) = (world.features, world.neighbours);
        let row = item.row();
        let q = 1.0 / (KAPPA + self.weight);
        let q_lately = 1.0 / (KAPPA + self.weight_lately);
        let (r, r_lately) = (q.sqrt(), q_lately.sqrt());
        let sure_of_era = 1.0 / (1.0 + self.era_weight);
        let popularity = n.popularity[row];
        let off_usual = self.popularity.map_or(0.0, |mean| popularity - mean);
        let off_quality = self.quality.map_or(0.0, |mean| n.quality[row] - mean);
        let x = f.meaning.row(row);
        let age = world.age(row);
        let newcomer = 2.0 / (2.0 + self.count);
        Signal::ALL.map(|signal| {
            f64::from(match signal {
                Signal::Meaning => dot(x, &self.meaning) * q,
                Signal::MeaningLately => dot(x, &self.meaning_lately) * q_lately,
                Signal::NearestLiked => self.nearest_liked.cosine[row],
                Signal::NearestLately => self.nearest_lately.cosine[row],
                Signal::NearestDisliked => self.nearest_disliked.cosine[row],
                Signal::Theme => dot(f.theme.row(row), &self.theme) * q,
                Signal::Genre => f.genre.dot(item, &self.genre) * q,
                Signal::GenreBeyond => f.genre.dot(item, &self.genre_beyond) * q,
                Signal::GenreLately => f.genre.dot(item, &self.genre_lately) * q_lately,
                Signal::People => f.people.dot(item, &self.people) * r,
                Signal::PeopleLately => f.people.dot(item, &self.people_lately) * r_lately,
                Signal::Creator => f.creator.dot(item, &self.creator) * r,
                Signal::Keyword => f.keyword.dot(item, &self.keyword) * r,
                Signal::TitleLately => f.title.dot(item, &self.title_lately) * r_lately,
                Signal::Language => f.language.dot(item, &self.language) * q,
                Signal::Era => self.era[row] * q,
                Signal::EraLately => self.era_lately[row] * sure_of_era,
                Signal::EraNow => self.era_now[row],
                Signal::Popularity => popularity,
                Signal::PopularityNewcomer => popularity * newcomer,
                Signal::PopularityLately => {
                    -(off_usual * off_usual) * self.era_weight * sure_of_era
                }
                Signal::Quality => n.quality[row],
                Signal::QualityNewcomer => n.quality[row] * newcomer,
                Signal::QualityLately => {
                    -(off_quality * off_quality) * self.era_weight * sure_of_era
                }
                // Age says something only beside how many chose the item in that time.
                Signal::Newness if !n.counted => 0.0,
                // It balances the years chosen lately, of which an empty log says nothing.
                Signal::Newness => f.newness[row] * (1.0 - newcomer),
                Signal::Fresh => match age {
                    Some(age) if age >= 0.0 => (-age / FRESH_YEARS).exp(),
                    _ => 0.0,
                },
                Signal::Upcoming => f32::from(u8::from(age.is_some_and(|age| age < 0.0))),
                Signal::CompanyItem => self.company_item[row] * r,
                Signal::CompanyEase => self.company_ease[row],
                Signal::CompanyKindred => self.company_kindred[row],
                Signal::CompanyFollows => self.company_follows[row].sqrt(),
                Signal::CompanyNext => self.company_next[row].sqrt(),
                Signal::CompanyBeside => self.company_beside[row].sqrt(),
                Signal::CompanyItemLately => self.company_item_lately[row],
                Signal::CompanyEaseLately => self.company_ease_lately[row],
                Signal::CompanySeenLately => self.company_seen_lately[row],
            })
        })
    }
}

fn fade(sum: &mut [f32], by: f32) {
    sum.iter_mut().for_each(|x| *x *= by);
}
