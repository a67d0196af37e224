//! A measure of justice that is checked against a post, and what the check answers.

use domain::{
    kernel::{Code, RefusalCode, SentenceHours, WeekHours},
    offers::{Checked, CheckedRule, MedicalExamTrigger, Profile},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    codes::{AudienceCode, PenalFrameworkCode},
    moves::Read,
};
use crate::kernel::{
    body::{Node, read_object},
    dates::date,
};

/// A measure, and what of the person bears on it: it is neither kept nor logged.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferCheck {
    /// The framework of the measure.
    #[schema(value_type = PenalFrameworkCode)]
    pub framework: (),
    /// Its hours.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000, example = 105)]
    pub hours: (),
    /// The audience that the person belongs to on the day of the decision.
    #[schema(value_type = AudienceCode)]
    pub audience: (),
    /// Whether the person is in a situation of disability; no, unless it is said.
    #[schema(value_type = Option<bool>, required = false, default = false)]
    pub disability: (),
    /// Whether the person is pregnant; no, unless it is said.
    #[schema(value_type = Option<bool>, required = false, default = false)]
    pub pregnancy: (),
    /// The hours a week of the person's job or studies, when there are some.
    #[schema(value_type = Option<f64>, required = false, minimum = 0, maximum = 168, example = 35)]
    pub weekly_working_hours: (),
    /// The day of the decision, by whose law the hours are judged: today at the latest, and unless
    /// it is said.
    #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
        example = "2026-11-20")]
    pub decided_on: (),
}

/// Whether a measure can be carried out on a post.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferChecked {
    /// Whether every rule is met.
    #[schema(example = true)]
    pub within_bounds: bool,
    /// Whether a medical examination comes before the work.
    #[schema(example = false)]
    pub medical_exam_required: bool,
    /// Why it does; empty when it does not.
    #[schema(max_items = 20)]
    pub triggers: Vec<OfferExamTrigger>,
    /// The last day on which the work may end, where the law sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2028-05-20")]
    pub complete_by: Option<String>,
    /// The rules, in the order of `/v1/code-lists/check-rules`; those that do not bear on the
    /// measure are left out.
    #[schema(max_items = 20)]
    pub rules: Vec<OfferCheckedRule>,
}

/// Why a medical examination comes before the work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferExamTrigger {
    /// The code, of `/v1/code-lists/medical-exam-triggers`.
    #[schema(max_length = 60, pattern = "^[a-z_]+$", example = "night_work")]
    pub code: &'static str,
    /// Its label.
    #[schema(max_length = 300, example = "Travail de nuit")]
    pub label: &'static str,
    /// The article that asks for it.
    #[schema(max_length = 200, example = "CPen R623-14 4°")]
    pub article: &'static str,
}

/// A rule, and whether it is met.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferCheckedRule {
    /// The code, of `/v1/code-lists/check-rules`.
    #[schema(max_length = 60, pattern = "^[a-z_]+$", example = "max_hours")]
    pub code: &'static str,
    /// Its label.
    #[schema(max_length = 300, example = "Nombre d'heures maximal")]
    pub label: &'static str,
    /// Whether it is met.
    #[schema(example = true)]
    pub met: bool,
    /// The article that sets it; absent where the post itself does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, example = "CP 131-8")]
    pub article: Option<String>,
}

/// What is asked about; decided today, unless it says otherwise.
pub(crate) fn profile(body: &Node, today: chrono::NaiveDate) -> Read<Profile> {
    read_object(body, |fields| {
        let framework = fields.required("framework", |value| value.coded());
        let hours = fields.required("hours", |value| value.whole(SentenceHours::new));
        let audience = fields.required("audience", |value| value.coded());
        let disability = fields.optional("disability", |value| value.bool());
        let pregnancy = fields.optional("pregnancy", |value| value.bool());
        let weekly_working_hours = fields.optional("weekly_working_hours", |value| {
            value.decimal(WeekHours::new)
        });
        let decided_on = fields.optional("decided_on", |value| {
            let day = value.date()?;
            if day > today {
                return value.refuse(RefusalCode::Range, "a decision is of today at the latest");
            }
            Some(day)
        });
        Some(Profile {
            framework: framework?,
            hours: hours?,
            audience: audience?,
            disability: disability.unwrap_or(false),
            pregnancy: pregnancy.unwrap_or(false),
            weekly_working_hours,
            decided_on: decided_on.unwrap_or(today),
        })
    })
}

impl From<Checked> for OfferChecked {
    fn from(checked: Checked) -> Self {
        let medical_exam_required = checked.medical_exam_required();
        let Checked {
            within_bounds,
            triggers,
            complete_by,
            rules,
        } = checked;
        Self {
            within_bounds,
            medical_exam_required,
            triggers: triggers.into_iter().map(Into::into).collect(),
            complete_by: complete_by.map(date),
            rules: rules.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<MedicalExamTrigger> for OfferExamTrigger {
    fn from(trigger: MedicalExamTrigger) -> Self {
        Self {
            code: trigger.code(),
            label: trigger.label(),
            article: trigger.article(),
        }
    }
}

impl From<CheckedRule> for OfferCheckedRule {
    fn from(checked: CheckedRule) -> Self {
        let CheckedRule { rule, met, article } = checked;
        Self {
            code: rule.code(),
            label: rule.label(),
            met,
            article,
        }
    }
}
