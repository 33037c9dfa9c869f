//! A field: what a column of a file becomes.

macro_rules! fields {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a column becomes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field { $($variant),+ }

        impl Field {
            /// Every field, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The field's name as it is typed in `field=Column`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

fields! {
    Key "key",
    Id "id",
    Kind "kind",
    Title "title",
    Year "year",
    Creators "creators",
    People "people",
    Genres "genres",
    Tags "tags",
    Languages "languages",
    Countries "countries",
    Description "description",
    Popularity "popularity",
    Rating "rating",
    Price "price",
    Stock "stock",
    Identifiers "identifiers",
    Isbn "isbn",
    Imdb "imdb",
    Tmdb "tmdb",
    Mbid "mbid",
    Ean "ean",
    Series "series",
    Number "number",
    Same "same",
    Apart "apart",
    Edited "edited",
    Profile "profile",
    Item "item",
    Action "action",
    Stars "stars",
    At "at",
    Finishes "finishes",
    Note "note",
    Quantity "quantity",
    Basket "basket",
    Of "of",
    Surface "surface",
    Again "again",
    Extra "extra",
    // Known and left out: it says nothing of the item.
    Ignored "ignored",
}

impl Field {
    /// The fields that a column can be told to become, with [`Self::Ignored`] to leave it out and
    /// [`KEPT`] to keep it as it is. What only Curio's own exports have is not among them.
    pub fn offered() -> impl Iterator<Item = Self> {
        let own = |f: &Self| {
            matches!(
                f,
                Self::Key
                    | Self::Same
                    | Self::Apart
                    | Self::Edited
                    | Self::Of
                    | Self::Surface
                    | Self::Again
                    | Self::Extra
                    | Self::Ignored
            )
        };
        Self::ALL.iter().copied().filter(move |f| !own(f))
    }

    /// Finds a field by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Whether it says what was done rather than what a thing is.
    pub fn is_behaviour(self) -> bool {
        matches!(
            self,
            Self::Profile
                | Self::Item
                | Self::Action
                | Self::Stars
                | Self::Finishes
                | Self::Quantity
                | Self::Basket
        )
    }
}

/// What stands for no field in `field=Column`: the column is kept as it is.
pub const KEPT: &str = "kept";

/// Whether the name of a column begins so to a person.
pub(crate) fn begins(name: &str, begin: &str) -> bool {
    let start = name.trim().get(..begin.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(begin))
}

/// Whether two column names are the same to a person. A cell of any size may be asked about: it is read as
/// far as it agrees.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b) || letters(a).eq(letters(b))
}

/// What of a column's name makes a difference.
pub(crate) fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
}
