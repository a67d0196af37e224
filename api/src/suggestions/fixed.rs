//! What is suggested of the reference tables, made ready once.

use std::sync::OnceLock;

use data::Reference;
use domain::{activities::ActivityDetails, kernel::Code, territories::Commune};
use search::{Completions, Entry};

/// The communes and the activities, completed as somebody types.
#[derive(Debug)]
pub(super) struct Fixed {
    /// Communes, the most populous first.
    pub(super) communes: Completions<&'static Commune>,
    /// Activities, by label.
    pub(super) activities: Completions<&'static ActivityDetails>,
}

/// Made in some tens of milliseconds.
static FIXED: OnceLock<Fixed> = OnceLock::new();

/// Those of the tables, which are compiled in.
pub(super) fn fixed(reference: &'static Reference) -> &'static Fixed {
    FIXED.get_or_init(|| Fixed {
        communes: reference
            .territories()
            .communes()
            .iter()
            .map(commune)
            .collect(),
        activities: reference.activities().all().iter().map(activity).collect(),
    })
}

fn commune(commune: &'static Commune) -> Entry<&'static Commune> {
    Entry {
        label: commune.name.clone(),
        weight: commune.population.unwrap_or(0),
        value: commune,
    }
}

fn activity(activity: &'static ActivityDetails) -> Entry<&'static ActivityDetails> {
    Entry {
        label: activity.activity.label().to_owned(),
        weight: 0,
        value: activity,
    }
}
