//! The states of an offer, and which moves each allows.

use super::OfferKind;
use crate::{clients::Scope, kernel::code_list};

code_list! {
    /// Where an offer is in its life. That its author withdrew it, or that its last day is
    /// behind, are no states: they show in its publication.
    pub OfferStatus, "offer-statuses", "États d'une offre", closed, unordered {
        Draft = "draft", "Brouillon";
        Requested = "requested", "Demande déposée";
        OpinionsRequested = "opinions_requested", "Avis demandés";
        Registered = "registered", "Inscrit";
        StruckOff = "struck_off", "Radié";
        Submitted = "submitted", "Soumise";
        Published = "published", "Publiée";
        Closed = "closed", "Close";
        Suspended = "suspended", "Suspendue";
        Refused = "refused", "Refusée";
    }
}

impl OfferStatus {
    /// The kinds of offers that may be in this state.
    #[must_use]
    pub const fn kinds(self) -> &'static [OfferKind] {
        use OfferKind::{Employment, Tig, Training};
        match self {
            Self::Requested | Self::OpinionsRequested | Self::Registered | Self::StruckOff => {
                &[Tig]
            }
            Self::Submitted | Self::Published | Self::Closed => &[Employment, Training],
            Self::Draft | Self::Suspended | Self::Refused => &[Tig, Employment, Training],
        }
    }

    /// Whether an offer in this state is shown, while nothing else hides it.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Registered | Self::Published)
    }

    /// Whether an offer in this state was decided upon, and holds or is suspended.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Registered | Self::Published | Self::Suspended)
    }
}

/// A move: the last word of the address it is asked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfferVerb {
    /// The author files the offer.
    Submit,
    /// The authority asks for an opinion.
    RequestOpinion,
    /// A magistrate or the préfet gives it.
    GiveOpinion,
    /// The authority registers the post.
    Register,
    /// The authority, or the moderation, refuses.
    Refuse,
    /// The moderation publishes.
    Publish,
    /// The author or the authority suspends.
    Suspend,
    /// The suspension is lifted.
    Resume,
    /// The authority strikes the post off.
    StrikeOff,
    /// The author closes the offer.
    Close,
    /// The author says that the offer still stands.
    Confirm,
    /// The author takes a withdrawal back.
    Revive,
}

impl OfferVerb {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Submit,
        Self::RequestOpinion,
        Self::GiveOpinion,
        Self::Register,
        Self::Refuse,
        Self::Publish,
        Self::Suspend,
        Self::Resume,
        Self::StrikeOff,
        Self::Close,
        Self::Confirm,
        Self::Revive,
    ];

    /// The word, as in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::RequestOpinion => "request-opinion",
            Self::GiveOpinion => "give-opinion",
            Self::Register => "register",
            Self::Refuse => "refuse",
            Self::Publish => "publish",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::StrikeOff => "strike-off",
            Self::Close => "close",
            Self::Confirm => "confirm",
            Self::Revive => "revive",
        }
    }

    /// The scopes of which one is needed for this move, the author's first: of those that suspend,
    /// one acts as the host and the other as the authority.
    #[must_use]
    pub const fn scopes(self, kind: OfferKind) -> &'static [Scope] {
        let tig = matches!(kind, OfferKind::Tig);
        match self {
            Self::Submit | Self::Close | Self::Confirm | Self::Revive => &[Scope::OffersWrite],
            Self::Suspend | Self::Resume if tig => &[Scope::OffersWrite, Scope::OffersInstruct],
            Self::Suspend | Self::Resume => &[Scope::OffersWrite, Scope::OffersModerate],
            Self::GiveOpinion => &[Scope::OffersOpine],
            Self::Refuse if !tig => &[Scope::OffersModerate],
            Self::RequestOpinion | Self::Register | Self::Refuse | Self::StrikeOff => {
                &[Scope::OffersInstruct]
            }
            Self::Publish => &[Scope::OffersModerate],
        }
    }

    /// The states from which an offer of a kind may make this move, when nothing but its state
    /// counts. A pending revision, a suspension and a withdrawal count too: see
    /// [`Offer::allowed`](super::Offer::allowed).
    #[must_use]
    pub const fn from_states(self, kind: OfferKind) -> &'static [OfferStatus] {
        use OfferStatus::{
            Closed, Draft, OpinionsRequested, Published, Refused, Registered, Requested, StruckOff,
            Submitted, Suspended,
        };
        match (kind, self) {
            (OfferKind::Tig, Self::Submit) => &[Draft, Refused, StruckOff],
            (_, Self::Submit) => &[Draft, Refused, Closed],
            (OfferKind::Tig, Self::RequestOpinion) => {
                &[Requested, OpinionsRequested, Registered, Suspended]
            }
            (OfferKind::Tig, Self::GiveOpinion) => &[OpinionsRequested, Registered, Suspended],
            (OfferKind::Tig, Self::Register) => &[OpinionsRequested],
            (OfferKind::Tig, Self::Refuse) => &[Requested, OpinionsRequested],
            (_, Self::Refuse) | (OfferKind::Employment | OfferKind::Training, Self::Publish) => {
                &[Submitted]
            }
            (OfferKind::Tig, Self::Suspend) => &[Registered],
            (_, Self::Suspend) => &[Published],
            (_, Self::Resume) => &[Suspended],
            (OfferKind::Tig, Self::StrikeOff | Self::Confirm) => &[Registered, Suspended],
            (OfferKind::Employment | OfferKind::Training, Self::Close | Self::Confirm) => {
                &[Published, Suspended]
            }
            (
                OfferKind::Employment | OfferKind::Training,
                Self::RequestOpinion | Self::GiveOpinion | Self::Register | Self::StrikeOff,
            )
            | (OfferKind::Tig, Self::Publish | Self::Close)
            | (_, Self::Revive) => &[],
        }
    }
}
