//! What the document says of the bodies that clients write; the readers are in `input` and
//! `moves`, and refuse every field that is not told here.

use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{
    AuthorityCode, DocumentKindCode, GiverCode, HostKindCode, OutcomeCode, RefusalReasonCode,
    WithdrawalReasonCode,
};
use crate::kernel::{body::written::written, patterns::DepartementText};

written! {
    /// A dossier as its host writes it.
    HabilitationInput, HabilitationPatch {
        required {
            /// The host, by its id as a partner; it stays who it is.
            #[schema(format = "uuid", min_length = 36, max_length = 36)]
            partner: String,
            /// The authority that decides: of adults in a département, of minors, or the minister
            /// for a body that acts on the whole territory.
            authority: AuthorityCode,
            /// As what the organisation hosts; as its partner record says, where it says so.
            host_kind: HostKindCode,
        }
        optional {
            /// The département where the work would be done; none before the minister.
            departement: DepartementText,
            /// What it does and what work it means to offer; never a person's data.
            #[schema(min_length = 1, max_length = 4000,
                example = "Entretien de jardins partagés, encadré par deux salariés.")]
            presentation: String,
            /// What is known of its documents, each kind once; a patch replaces the whole list.
            #[schema(max_items = 50)]
            documents: Vec<DocumentInput>,
        }
    }
}

/// What a host says of a document; the file stays with it, at the authority's disposal.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HabilitationDocumentInput)]
pub struct DocumentInput {
    /// What it is.
    #[schema(value_type = DocumentKindCode)]
    pub kind: (),
    /// How it is found: a registration number, a number of the Journal officiel; never a person.
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 200,
        example = "JO du 12 mars 2019, annonce 845")]
    pub reference: (),
    /// The day it bears, today at the latest.
    #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
        example = "2026-01-05")]
    pub issued_on: (),
}

/// Declares the facts of a move.
macro_rules! facts {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* #[schema(value_type = $type)] pub $field: (),)*
        }
    };
}

facts! {
    /// A move that states nothing: an object without fields.
    MoveInput {}
}

facts! {
    /// What a filed dossier lacks: documents, a statement, or both.
    IncompletenessInput {
        /// The documents that are missing, each once.
        #[schema(required = false, max_items = 50)]
        missing_documents: Option<Vec<DocumentKindCode>>,
        /// What is asked for, in words.
        #[schema(required = false, min_length = 1, max_length = 4000)]
        statement: Option<String>,
        /// The last day to answer, after today.
        #[schema(required = false, format = Date, max_length = 10, example = "2026-12-31")]
        answer_by: Option<String>,
    }
}

facts! {
    /// A request for an opinion.
    OpinionRequestInput {
        /// Whose.
        giver: GiverCode,
        /// The day it was made, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2026-01-20")]
        requested_on: String,
    }
}

facts! {
    /// An opinion.
    OpinionInput {
        /// Whose it is: your own.
        giver: GiverCode,
        /// Its sense; `not_given` is said by nobody, it is found once the delay has run.
        outcome: OutcomeCode,
        /// The day it was given, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2026-02-10")]
        given_on: String,
        /// Why.
        #[schema(required = false, min_length = 1, max_length = 4000)]
        statement: Option<String>,
    }
}

facts! {
    /// Who takes a decision, and signs it.
    SignatoryInput {
        /// First name.
        #[schema(min_length = 1, max_length = 100, example = "Camille")]
        first_name: String,
        /// Name.
        #[schema(min_length = 1, max_length = 100, example = "Exemple")]
        last_name: String,
        /// In what capacity.
        #[schema(min_length = 1, max_length = 200, example = "Directrice du SPIP")]
        capacity: String,
    }
}

facts! {
    /// A decision to habilitate.
    GrantingInput {
        /// The day it was taken, today at the latest: the period begins with it.
        #[schema(format = Date, max_length = 10, example = "2026-03-02")]
        decided_on: String,
        /// Who took it.
        signatory: SignatoryInput,
        /// The reference of the minister's order, of a national decision, and of no other.
        #[schema(required = false, min_length = 1, max_length = 200, example = "JUST2600001A")]
        order_reference: Option<String>,
    }
}

facts! {
    /// A decision to maintain a habilitation.
    DecisionInput {
        /// The day it was taken, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2027-04-01")]
        decided_on: String,
        /// Who took it.
        signatory: SignatoryInput,
        /// The reference of the minister's order, where there is one.
        #[schema(required = false, min_length = 1, max_length = 200, example = "JUST2600001A")]
        order_reference: Option<String>,
    }
}

facts! {
    /// A decision to refuse, with its reasons.
    RefusalInput {
        /// The day it was taken, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2026-03-02")]
        decided_on: String,
        /// Who took it.
        signatory: SignatoryInput,
        /// Why, one to five codes.
        #[schema(min_items = 1, max_items = 5)]
        reasons: Vec<RefusalReasonCode>,
        /// The same, in words.
        #[schema(min_length = 20, max_length = 4000,
            example = "L'encadrement prévu ne suffit pas à la sécurité des personnes.")]
        statement: String,
        /// The reference of the minister's order, where there is one.
        #[schema(required = false, min_length = 1, max_length = 200, example = "JUST2600001A")]
        order_reference: Option<String>,
    }
}

facts! {
    /// A decision to withdraw, with its reasons.
    WithdrawalDecisionInput {
        /// The day it was taken, today at the latest: the habilitation ends on its eve.
        #[schema(format = Date, max_length = 10, example = "2027-04-01")]
        decided_on: String,
        /// Who took it.
        signatory: SignatoryInput,
        /// Why, one to five codes.
        #[schema(min_items = 1, max_items = 5)]
        reasons: Vec<WithdrawalReasonCode>,
        /// The same, in words.
        #[schema(min_length = 20, max_length = 4000,
            example = "Les conditions de l'habilitation ne sont plus remplies.")]
        statement: String,
        /// The reference of the minister's order, of a national decision, and of no other.
        #[schema(required = false, min_length = 1, max_length = 200, example = "JUST2600001A")]
        order_reference: Option<String>,
    }
}

facts! {
    /// Why a withdrawal is meant, and since when the host may answer.
    WithdrawalInput {
        /// Why, one to five codes.
        #[schema(min_items = 1, max_items = 5)]
        reasons: Vec<WithdrawalReasonCode>,
        /// The same, in words.
        #[schema(min_length = 20, max_length = 4000,
            example = "Les conditions de l'habilitation ne sont plus remplies.")]
        statement: String,
        /// The day the host was invited to answer, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2027-03-01")]
        observations_invited_on: String,
    }
}

facts! {
    /// What the host answers. An authority that states nothing records that it was invited and
    /// that nothing came.
    ObservationsInput {
        /// The day they came, today at the latest.
        #[schema(required = false, format = Date, max_length = 10, example = "2027-03-10")]
        received_on: Option<String>,
        /// What they say.
        #[schema(required = false, min_length = 1, max_length = 4000)]
        statement: Option<String>,
    }
}

facts! {
    /// A change of what was filed: documents, a statement, or both.
    ChangeInput {
        /// The day it took effect, today at the latest.
        #[schema(format = Date, max_length = 10, example = "2027-02-20")]
        changed_on: String,
        /// The documents as they are now, each kind once.
        #[schema(required = false, max_items = 50)]
        documents: Option<Vec<DocumentInput>>,
        /// What changed, in words.
        #[schema(required = false, min_length = 1, max_length = 4000)]
        statement: Option<String>,
    }
}
