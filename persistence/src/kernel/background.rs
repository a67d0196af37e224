//! Work that whoever is answered from memory does not wait for.

use std::{
    cell::Cell,
    thread,
    time::{Duration, Instant},
};

#[cfg(target_os = "linux")]
use rustix::{
    process::{getpriority_process, setpriority_process},
    thread::gettid,
};

/// How far behind: with both busy on one core, such work has a tenth of it.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// For how long at most such work goes on before it lets others go. A thread that asks for it
/// loses what was left of its turn: more often, and it would hardly go on at all.
const AT_A_TIME: Duration = Duration::from_millis(1);

thread_local! {
    static GIVES_WAY: Cell<bool> = const { Cell::new(false) };
    static LAST_LET_GO: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Puts this thread behind those that answer from memory, for as long as it lives: where all
/// cores are busy, what everybody reads comes before what some write. It has an effect on Linux,
/// where threads have a priority each.
pub fn give_way() {
    if !GIVES_WAY.replace(true) {
        lower();
    }
}

#[cfg(target_os = "linux")]
fn lower() {
    let own = Some(gettid());
    // A thread that cannot be put behind others works all the same.
    if getpriority_process(own).is_ok_and(|nice| nice < NICE) {
        let _done = setpriority_process(own, NICE);
    }
}

#[cfg(not(target_os = "linux"))]
const fn lower() {}

/// Lets those go first that wait for this processor, where this thread gives way and has not done
/// so for a millisecond: the scheduler takes a processor from a thread at the end of its turn
/// alone, which is several milliseconds, however far behind others it is. To be called between
/// pieces of work far shorter than a millisecond, and never under a lock that a reader takes.
pub fn let_others_go() {
    if !GIVES_WAY.get() {
        return;
    }
    let now = Instant::now();
    let due = |last: Instant| now.duration_since(last) >= AT_A_TIME;
    if LAST_LET_GO.get().is_none_or(due) {
        thread::yield_now();
        LAST_LET_GO.set(Some(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_go_first_on_a_thread_that_gives_way_alone() {
        let let_go = || {
            let_others_go();
            LAST_LET_GO.get()
        };
        let behind = thread::spawn(move || {
            assert_eq!(let_go(), None);
            give_way();
            let first = let_go();
            assert!(first.is_some());
            while first.unwrap().elapsed() < AT_A_TIME {
                thread::yield_now();
            }
            assert!(let_go() > first);
        });
        behind.join().unwrap();
        assert_eq!(let_go(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_gives_way_alone() {
        let own = || getpriority_process(Some(gettid())).unwrap();
        let before = own();
        let lowered = thread::spawn(move || {
            give_way();
            own()
        });
        assert_eq!(lowered.join().unwrap(), before.max(NICE));
        assert_eq!(own(), before);
    }
}
