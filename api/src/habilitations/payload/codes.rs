//! The coded values of a dossier, each by a name: the derived document cannot follow the list of
//! a code through its generic type.

use domain::{
    habilitations::{
        DocumentKind, HabilitationAuthority, HabilitationStatus, NotificationRecipient,
        OpinionGiver, OpinionOutcome, RefusalReason, WithdrawalReason,
    },
    partners::HostKind,
};

use crate::kernel::coded::{Bare, Coded};

/// An authority.
pub(super) type CodedAuthority = Coded<HabilitationAuthority>;
/// A document.
pub(super) type CodedDocumentKind = Coded<DocumentKind>;
/// A giver of opinions.
pub(super) type CodedGiver = Coded<OpinionGiver>;
/// As what an organisation hosts.
pub(super) type CodedHostKind = Coded<HostKind>;
/// The sense of an opinion.
pub(super) type CodedOutcome = Coded<OpinionOutcome>;
/// Who is told of a decision.
pub(super) type CodedRecipient = Coded<NotificationRecipient>;
/// Where a dossier is.
pub(super) type CodedStatus = Coded<HabilitationStatus>;
/// A reason to withdraw.
pub(super) type CodedWithdrawalReason = Coded<WithdrawalReason>;

/// An authority, the code alone.
pub(super) type AuthorityCode = Bare<HabilitationAuthority>;
/// A document, the code alone.
pub(super) type DocumentKindCode = Bare<DocumentKind>;
/// A giver of opinions, the code alone.
pub(super) type GiverCode = Bare<OpinionGiver>;
/// As what an organisation hosts, the code alone.
pub(super) type HostKindCode = Bare<HostKind>;
/// The sense of an opinion, the code alone.
pub(super) type OutcomeCode = Bare<OpinionOutcome>;
/// A reason to refuse, the code alone.
pub(super) type RefusalReasonCode = Bare<RefusalReason>;
/// A reason to withdraw, the code alone.
pub(super) type WithdrawalReasonCode = Bare<WithdrawalReason>;
