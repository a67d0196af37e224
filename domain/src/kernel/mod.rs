//! What every resource shares: codes, ids, texts, positions, quantities, time, periods.

mod clock;
mod code;
mod code_set;
mod fold;
mod id;
mod mailbox;
mod period;
mod position;
mod quantity;
mod record;
mod refusal;
mod telephone;
mod text;
mod weekly_hours;

pub use clock::{Clock, FixedClock, IdSource, civil_date};
pub use code::{Code, CodeItem, CodeList, code_list};
pub use code_set::CodeSet;
pub use fold::folded_words;
pub use id::Id;
pub use mailbox::{Mailbox, MailboxError};
pub use period::{Period, PeriodError, Term, Validity};
pub use position::{GeoPrecision, Point, PointError, Position};
pub use quantity::{
    AreaM2, CapacityPlaces, Count, FloorLoadKgM2, HeightCm, HeightM, OutOfRange, Percent, PowerKva,
    RadiusKm, SentenceHours, TransportM, WeekHours, Weight, Workforce,
};
pub use record::{Part, Record};
pub use refusal::{Refusal, RefusalCode};
pub use telephone::{Telephone, TelephoneError};
pub(crate) use text::holds_social_security_number;
pub use text::{Text, TextError};
pub use weekly_hours::{Day, Opening, WeeklyHours, WeeklyHoursError};
