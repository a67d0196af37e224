//! Calendar arithmetic at the ends of months and in leap years.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
    for (from, months, to) in [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-04-30", 1, "2026-05-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-08-08", 60, "2031-08-08"),
        ("2026-08-08", 0, "2026-08-08"),
        ("2096-02-29", 48, "2100-02-28"),
    ] {
        let found = Term::Months(months).after(day(from));
        assert_eq!(found, day(to), "{from} and {months} months");
    }
}

#[test]
fn days_are_counted_one_by_one() {
    for (from, days, to) in [
        ("2026-02-20", 10, "2026-03-02"),
        ("2028-02-20", 10, "2028-03-01"),
        ("2026-12-31", 1, "2027-01-01"),
    ] {
        assert_eq!(Term::Days(days).after(day(from)), day(to));
    }
    assert_eq!(Term::Days(9).after(NaiveDate::MAX), NaiveDate::MAX);
    assert_eq!(Term::Months(9).after(NaiveDate::MAX), NaiveDate::MAX);
}

#[test]
fn a_period_ends_on_the_eve_of_its_anniversary() {
    for (first, length, last) in [
        ("2026-03-10", Term::Months(60), "2031-03-09"),
        ("2026-01-01", Term::Months(60), "2030-12-31"),
        ("2026-03-01", Term::Months(24), "2028-02-29"),
        ("2027-03-01", Term::Months(60), "2032-02-29"),
        ("2026-03-01", Term::Months(60), "2031-02-28"),
        ("2028-02-29", Term::Months(60), "2033-02-28"),
        ("2028-02-29", Term::Months(48), "2032-02-28"),
        ("2026-01-31", Term::Months(1), "2026-02-28"),
        ("2026-01-29", Term::Months(1), "2026-02-28"),
        ("2026-01-28", Term::Months(1), "2026-02-27"),
        ("2026-05-01", Term::Days(10), "2026-05-10"),
        ("2026-05-01", Term::Days(0), "2026-05-01"),
    ] {
        let period = Period::lasting(day(first), length);
        assert_eq!(period.last(), day(last), "{first} for {length}");
        assert_eq!(period.first(), day(first));
    }
}

#[test]
fn a_period_holds_its_first_and_its_last_day() {
    let period = Period::new(day("2026-03-10"), day("2031-03-09")).unwrap();
    for (asked, expected) in [
        ("2026-03-09", false),
        ("2026-03-10", true),
        ("2031-03-09", true),
        ("2031-03-10", false),
    ] {
        assert_eq!(period.holds(day(asked)), expected, "{asked}");
    }
    let reversed = Period::new(day("2026-03-10"), day("2026-03-09"));
    assert_eq!(reversed, Err(PeriodError));
}

#[test]
fn what_is_in_force_may_have_no_bound() {
    let validity = |from: &str, until: &str| {
        let bound = |text: &str| (!text.is_empty()).then(|| day(text));
        Validity::new(bound(from), bound(until))
    };
    let since = validity("2025-01-01", "").unwrap();
    assert!(since.holds(day("2025-01-01")) && !since.holds(day("2024-12-31")));
    let until = validity("", "2024-12-31").unwrap();
    assert!(until.holds(day("2024-12-31")) && !until.holds(day("2025-01-01")));
    assert!(Validity::default().holds(day("1900-01-01")));
    assert!(!since.overlaps(until) && !until.overlaps(since));
    assert!(since.overlaps(Validity::default()));
    assert!(validity("2025-01-02", "2025-01-01").is_err());
}

proptest! {
    #[test]
    fn a_later_day_never_comes_to_its_term_earlier(
        start in 0..80_000_u64, later in 0..400_u64, months in 0..240_u16,
    ) {
        let epoch = day("1950-01-01");
        let first = epoch + Days::new(start);
        let second = first + Days::new(later);
        let term = Term::Months(months);
        prop_assert!(term.after(first) <= term.after(second));
    }

    #[test]
    fn a_month_is_never_longer_than_a_month(start in 0..80_000_u64) {
        let first = day("1950-01-01") + Days::new(start);
        let length = (Term::Months(1).after(first) - first).num_days();
        prop_assert!((28..=31).contains(&length), "{length}");
    }

    #[test]
    fn the_day_after_a_period_is_its_anniversary_or_the_first_of_the_next_month(
        start in 0..80_000_u64, months in 1..240_u16,
    ) {
        let first = day("1950-01-01") + Days::new(start);
        let period = Period::lasting(first, Term::Months(months));
        let next = period.last().succ_opt().unwrap();
        prop_assert!(next.day() == first.day() || next.day() == 1);
        prop_assert!(period.holds(first) && !period.holds(next));
        let anniversary = Term::Months(months).after(first);
        prop_assert!(next == anniversary || period.last() == anniversary);
    }
}
