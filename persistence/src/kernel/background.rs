//! Work that whoever is answered from memory does not wait for.

use std::cell::Cell;

#[cfg(target_os = "linux")]
use rustix::{
    process::{getpriority_process, setpriority_process},
    thread::gettid,
};

/// How far behind: with both busy on one core, such work has a tenth of it.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

thread_local! {
    static GIVES_WAY: Cell<bool> = const { Cell::new(false) };
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::thread;

    use super::*;

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
