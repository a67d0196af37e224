//! The servers, each a process of its own that ends with this one.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::Outcome;

/// A process that is killed when it is let go.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Process {
    /// Memory that it holds, in bytes.
    pub(crate) fn resident(&self) -> Outcome<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: u64 = kilobytes.ok_or("no VmRSS in /proc")?.parse()?;
        Ok(kilobytes * 1024)
    }
}

/// The ceiling, with bodies of these sizes at `/0`, `/1`, …
pub(crate) fn ceiling(sizes: &[usize], workers: usize) -> Outcome<(Process, SocketAddr)> {
    let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let mut child = Command::new(std::env::current_exe()?)
        .args(["ceiling", "--sizes", &sizes.join(",")])
        .args(["--workers", &workers.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let told = child.stdout.take().ok_or("the ceiling says nothing")?;
    let process = Process(child);
    let mut line = String::new();
    BufReader::new(told).read_line(&mut line)?;
    Ok((process, line.trim().parse()?))
}

/// Runs a role of the service to its end, and gives what it said.
pub(crate) fn role(database: &str, role: &[&str]) -> Outcome<String> {
    let done = atigip(database)?.args(role).output()?;
    if done.status.success() {
        return Ok(String::from_utf8(done.stdout)?);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(format!("atigip {} failed: {said}", role.join(" ")).into())
}

/// The service on the database at this address, and how long it took to be ready.
pub(crate) fn service(database: &str, workers: usize) -> Outcome<(Process, SocketAddr, Duration)> {
    let begun = Instant::now();
    let mut child = atigip(database)?
        .args(["serve", "--demo", "--bind", "127.0.0.1:0"])
        .args(["--workers", &workers.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let told = child.stdout.take().ok_or("the service says nothing")?;
    let process = Process(child);
    let mut lines = BufReader::new(told).lines();
    let address = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.strip_prefix("Serving")?
                .split_once("//")?
                .1
                .parse()
                .ok()
        })
        .ok_or("the service did not say where it serves")?;
    let ready = begun.elapsed();
    // What it says next has to be read, or it would wait for a reader.
    thread::spawn(move || lines.for_each(drop));
    Ok((process, address, ready))
}

/// What does not depend on who runs it: no limit, no line a request, no measures.
fn atigip(database: &str) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("atigip")
        .env("DATABASE_URL", database)
        .env("ATIGIP_LOG", "warn,r2d2=off")
        .env("ATIGIP_METRICS_BIND", "off")
        .env("ATIGIP_RATE_ADDRESS_PER_MINUTE", "off")
        .env("ATIGIP_RATE_CLIENT_PER_MINUTE", "off")
        .env("ATIGIP_RATE_TOKEN_PER_MINUTE", "off")
        .stderr(Stdio::inherit());
    Ok(command)
}
