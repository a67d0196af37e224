//! The states of a dossier, and the moves from one to another.

use crate::kernel::code_list;

code_list! {
    /// Where a dossier is (Code pénitentiaire, art. R623-3 to R623-6).
    pub HabilitationStatus, "habilitation-statuses", "États d'une habilitation", closed, unordered {
        Draft = "draft", "Brouillon";
        Filed = "filed", "Déposée";
        Incomplete = "incomplete", "Incomplète";
        UnderInstruction = "under_instruction", "En instruction";
        Granted = "granted", "Accordée";
        Refused = "refused", "Refusée";
        RenewalRequested = "renewal_requested", "Renouvellement demandé";
        WithdrawalOpen = "withdrawal_open", "Retrait engagé";
        Withdrawn = "withdrawn", "Retirée";
        Expired = "expired", "Expirée";
    }
}

/// A move that somebody makes; time makes the last one, to `expired`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// The host files the dossier.
    File,
    /// The authority says what is missing.
    DeclareIncomplete,
    /// The authority begins its instruction.
    StartInstruction,
    /// The authority asks for an opinion.
    RequestOpinion,
    /// The one who was asked gives it.
    GiveOpinion,
    /// The authority habilitates.
    Grant,
    /// The authority refuses to.
    Refuse,
    /// The host tells of a change (art. R623-4).
    DeclareChange,
    /// The host asks for a new period.
    RequestRenewal,
    /// The authority means to withdraw the habilitation (art. R623-5).
    OpenWithdrawal,
    /// What the host's representative answers to that, or that nothing came.
    RecordObservations,
    /// The authority withdraws.
    Withdraw,
    /// The authority maintains.
    Maintain,
}

impl Verb {
    /// Every move, in the order of a dossier's life.
    pub const ALL: [Self; 13] = [
        Self::File,
        Self::DeclareIncomplete,
        Self::StartInstruction,
        Self::RequestOpinion,
        Self::GiveOpinion,
        Self::Grant,
        Self::Refuse,
        Self::DeclareChange,
        Self::RequestRenewal,
        Self::OpenWithdrawal,
        Self::RecordObservations,
        Self::Withdraw,
        Self::Maintain,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::DeclareIncomplete => "declare-incomplete",
            Self::StartInstruction => "start-instruction",
            Self::RequestOpinion => "request-opinion",
            Self::GiveOpinion => "give-opinion",
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::DeclareChange => "declare-change",
            Self::RequestRenewal => "request-renewal",
            Self::OpenWithdrawal => "open-withdrawal",
            Self::RecordObservations => "record-observations",
            Self::Withdraw => "withdraw",
            Self::Maintain => "maintain",
        }
    }
}

impl HabilitationStatus {
    /// The state that a move leads to; `None` where it is not allowed. A renewal that is refused
    /// leaves the habilitation as it is, until time ends it.
    #[must_use]
    pub const fn after(self, verb: Verb) -> Option<Self> {
        Some(match (verb, self) {
            (Verb::File, Self::Draft | Self::Incomplete) => Self::Filed,
            (Verb::DeclareIncomplete, Self::Filed) => Self::Incomplete,
            (Verb::StartInstruction, Self::Filed) => Self::UnderInstruction,
            (
                Verb::RequestOpinion | Verb::GiveOpinion,
                Self::UnderInstruction | Self::RenewalRequested | Self::WithdrawalOpen,
            )
            | (Verb::DeclareChange, Self::Granted | Self::RenewalRequested)
            | (Verb::RecordObservations, Self::WithdrawalOpen) => self,
            (Verb::Grant, Self::UnderInstruction | Self::RenewalRequested)
            | (Verb::Refuse, Self::RenewalRequested)
            | (Verb::Maintain, Self::WithdrawalOpen) => Self::Granted,
            (Verb::Refuse, Self::UnderInstruction) => Self::Refused,
            (Verb::RequestRenewal, Self::Granted) => Self::RenewalRequested,
            (Verb::OpenWithdrawal, Self::Granted | Self::RenewalRequested) => Self::WithdrawalOpen,
            (Verb::Withdraw, Self::WithdrawalOpen) => Self::Withdrawn,
            _ => return None,
        })
    }

    /// The state once the granted period is over: a withdrawal that is under way goes on to its
    /// decision.
    #[must_use]
    pub const fn after_the_period(self) -> Self {
        match self {
            Self::Granted | Self::RenewalRequested => Self::Expired,
            other => other,
        }
    }

    /// Whether the facts of the dossier may still be written.
    #[must_use]
    pub const fn is_in_preparation(self) -> bool {
        matches!(self, Self::Draft | Self::Incomplete)
    }

    /// Whether nothing more happens to the dossier, so that another may be opened.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Expired)
    }
}
