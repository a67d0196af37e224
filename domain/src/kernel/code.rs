//! Closed and open lists of codes, each with its official French label.

/// One value of a code list.
pub trait Code: Copy + Eq + Ord + std::fmt::Debug + Send + Sync + 'static {
    /// The list, as in `/v1/code-lists/{name}`.
    const LIST: CodeList;

    /// The code, `lower_snake`.
    fn code(self) -> &'static str;

    /// The official French label.
    fn label(self) -> &'static str;

    /// Every value, in the list's order.
    fn all() -> &'static [Self];

    /// The value that has this code.
    #[must_use]
    fn parse(code: &str) -> Option<Self> {
        Self::all()
            .iter()
            .copied()
            .find(|value| value.code() == code)
    }

    /// Every value with its code and label, for a reader that does not know the type.
    #[must_use]
    fn items() -> Vec<CodeItem> {
        Self::all()
            .iter()
            .map(|value| CodeItem {
                code: value.code(),
                label: value.label(),
            })
            .collect()
    }
}

/// What is said of a list as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeList {
    /// Its name in `/v1/code-lists/{name}`.
    pub name: &'static str,
    /// Its French title.
    pub title: &'static str,
    /// Whether codes may be added within `/v1`.
    pub open: bool,
    /// Whether the order of the codes means something.
    pub ordered: bool,
}

/// A code and its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeItem {
    /// The code.
    pub code: &'static str,
    /// The official French label.
    pub label: &'static str,
}

/// Declares an enumeration whose values are codes with labels.
///
/// ```
/// domain::kernel::code_list! {
///     /// How a workshop is lit.
///     pub Lighting, "lightings", "Éclairages", closed, unordered {
///         Natural = "natural", "Naturel";
///         Artificial = "artificial", "Artificiel";
///     }
/// }
/// use domain::kernel::Code;
/// assert_eq!(Lighting::parse("natural"), Some(Lighting::Natural));
/// assert_eq!(Lighting::Artificial.label(), "Artificiel");
/// ```
#[macro_export]
macro_rules! code_list {
    ($(#[$meta:meta])* pub $name:ident, $list:literal, $title:literal, $open:ident, $ordered:ident {
        $($variant:ident = $code:literal, $label:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)+
        }

        impl $crate::kernel::Code for $name {
            const LIST: $crate::kernel::CodeList = $crate::kernel::CodeList {
                name: $list,
                title: $title,
                open: $crate::code_list!(@flag $open),
                ordered: $crate::code_list!(@flag $ordered),
            };

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            fn all() -> &'static [Self] {
                &[$(Self::$variant,)+]
            }
        }
    };
    (@flag open) => { true };
    (@flag closed) => { false };
    (@flag ordered) => { true };
    (@flag unordered) => { false };
}

pub use crate::code_list;
