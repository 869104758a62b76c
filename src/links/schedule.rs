//! Who is asked when: each host one request at a time with a pause between, hosts in parallel, second chances after a while.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::target::Target;
use super::verdict::{Cause, Judgement, Verdict};
use super::web::{Answer, Fault, Fetch, Method};

/// After how many time-outs in a row the rest of a host's addresses is left for another day: two addresses, each asked twice.
const SILENCES: u32 = 4;

/// Manners.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many hosts are asked at once; at least 1.
    pub jobs: usize,
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Pause before a second chance.
    pub second_chance: Duration,
    /// The longest wait that a host may ask for (`Retry-After`).
    pub patience: Duration,
    /// Time for everything; what is not judged by then is postponed.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            jobs: 8,
            pause: Duration::from_millis(500),
            second_chance: Duration::from_secs(3),
            patience: Duration::from_secs(30),
            deadline: Duration::from_secs(30 * 60),
        }
    }
}

/// Judges every target, in their order. `progress` is told how many are judged.
pub fn ask_all(
    targets: &[&Target],
    fetch: &dyn Fetch,
    options: &Options,
    progress: &(dyn Fn(usize) + Sync),
) -> Vec<Judgement> {
    let start = Instant::now();
    let mut lanes: BTreeMap<_, Lane> = BTreeMap::new();
    for (index, target) in targets.iter().enumerate() {
        let host = (target.url.host_str(), target.url.port());
        let lane =
            lanes.entry(host).or_insert_with(|| Lane { jobs: VecDeque::new(), due: start, silences: 0 });
        lane.jobs.push_back(Job { index, method: Method::Head, second: false });
    }
    let workers = options.jobs.clamp(1, lanes.len().max(1));
    let state = State { lanes: lanes.into_values().collect(), busy: 0, judged: vec![None; targets.len()] };
    let board = Board {
        targets,
        fetch,
        options,
        progress,
        end: start + options.deadline,
        state: Mutex::new(state),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| board.work());
        }
    });
    let late = Judgement::new(Verdict::Postponed, Cause::OutOfTime);
    let state = board.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.judged.into_iter().map(|j| j.unwrap_or(late)).collect()
}

/// One address waiting to be asked.
#[derive(Debug, Clone, Copy)]
struct Job {
    index: usize,
    method: Method,
    /// It has had its second chance.
    second: bool,
}

/// The addresses of one host.
#[derive(Debug)]
struct Lane {
    jobs: VecDeque<Job>,
    /// When the host may be asked again.
    due: Instant,
    /// Time-outs in a row.
    silences: u32,
}

struct State {
    /// Hosts that nobody is asking now.
    lanes: Vec<Lane>,
    /// How many hosts are being asked.
    busy: usize,
    judged: Vec<Option<Judgement>>,
}

struct Board<'a> {
    targets: &'a [&'a Target],
    fetch: &'a dyn Fetch,
    options: &'a Options,
    progress: &'a (dyn Fn(usize) + Sync),
    end: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

/// A host being asked; it is given back even if asking panics, so that the others never wait for it.
struct Busy<'a, 'b>(&'a Board<'b>);

impl Drop for Busy<'_, '_> {
    fn drop(&mut self) {
        self.0.lock().busy -= 1;
        self.0.changed.notify_all();
    }
}

impl<'b> Board<'b> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some((mut lane, job, _busy)) = self.take() {
            let target = self.targets[job.index];
            let answer = self.fetch.ask(job.method, &target.url, &target.on_behalf_of);
            self.settle(&mut lane, job, answer);
            if !lane.jobs.is_empty() {
                self.lock().lanes.push(lane);
            }
        }
    }

    /// The host that has waited longest, as soon as it may be asked (of those that may, the one with most addresses); `None`
    /// when all is judged or time is over.
    fn take(&self) -> Option<(Lane, Job, Busy<'_, 'b>)> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            if now >= self.end {
                return None;
            }
            let next =
                state.lanes.iter().enumerate().min_by_key(|(_, l)| (l.due.max(now), Reverse(l.jobs.len())));
            let wait = match next {
                None if state.busy == 0 => return None,
                None => self.end - now,
                Some((_, lane)) if lane.due > now => lane.due.min(self.end) - now,
                Some((n, _)) => {
                    let mut lane = state.lanes.swap_remove(n);
                    let Some(job) = lane.jobs.pop_front() else { continue };
                    state.busy += 1;
                    return Some((lane, job, Busy(self)));
                }
            };
            state = self.changed.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Judges the address, or puts it back for another try; what is true of its host is true of the host's other addresses.
    fn settle(&self, lane: &mut Lane, job: Job, answer: Result<Answer, Fault>) {
        lane.silences = if answer == Err(Fault::Timeout) { lane.silences + 1 } else { 0 };
        let after = match next(job, answer, self.options) {
            Next::Again(job, after) => {
                // Before the others: what is wrong with a host is learnt with few requests.
                lane.jobs.push_front(job);
                after
            }
            Next::Judged(judgement) => {
                let mut judged = vec![(job.index, judgement)];
                let rest = match answer {
                    Err(fault) if fault.is_of_host() => Some(judgement),
                    _ if lane.silences >= SILENCES => {
                        Some(Judgement::new(Verdict::Postponed, Cause::SilentHost))
                    }
                    _ => None,
                };
                if let Some(rest) = rest {
                    judged.extend(lane.jobs.drain(..).map(|j| (j.index, rest)));
                }
                self.note(&judged);
                Duration::ZERO
            }
        };
        lane.due = Instant::now() + self.options.pause.max(after);
    }

    fn note(&self, judged: &[(usize, Judgement)]) {
        let mut state = self.lock();
        for (index, judgement) in judged {
            state.judged[*index] = Some(*judgement);
        }
        let done = state.judged.iter().flatten().count();
        drop(state);
        (self.progress)(done);
    }
}

/// What follows from an answer.
#[derive(Debug, Clone, Copy)]
enum Next {
    Judged(Judgement),
    /// To be asked again, not before a while.
    Again(Job, Duration),
}

/// The rules. `HEAD` is believed when it brings good news; anything else is confirmed with `GET`, since many services answer
/// `HEAD` badly. An error that may pass gets one second chance.
fn next(job: Job, answer: Result<Answer, Fault>, options: &Options) -> Next {
    let again = |after| Next::Again(Job { method: Method::Get, second: true, ..job }, after);
    let Answer { status, retry_after } = match answer {
        Ok(answer) => answer,
        Err(fault) if fault.is_passing() && !job.second => return again(options.second_chance),
        Err(fault) => return Next::Judged(Judgement::new(Verdict::Unreachable, Cause::Fault(fault))),
    };
    let verdict = match status {
        200..=399 => Verdict::Alive,
        // 999 is what a large social network answers to whatever is not a browser.
        401 | 999 => Verdict::Refused,
        429 | 503 if status == 429 || retry_after.is_some() => {
            let wait = retry_after.unwrap_or(options.second_chance);
            if !job.second && wait <= options.patience {
                return Next::Again(Job { second: true, ..job }, wait);
            }
            Verdict::Postponed
        }
        400..=499 | 501 if job.method == Method::Head => {
            return Next::Again(Job { method: Method::Get, ..job }, Duration::ZERO);
        }
        500.. if !job.second => return again(options.second_chance),
        403 => Verdict::Refused,
        404 | 410 => Verdict::Gone,
        _ => Verdict::Failing,
    };
    Next::Judged(Judgement::new(verdict, Cause::Status(status)))
}
