/// Decides when a device that does not answer is asked: pure, time is an argument.
///
/// ```
///            failures in a row            the wait is over
///  closed ─────────────────────> open ───────────────────────> half open
///    ^                            ^                                │
///    │                            └── no answer: wait twice as long ┤
///    └─────────────────────────── an answer ───────────────────────┘
/// ```
///
/// Each wait is drawn between half of it and the whole: devices that fell silent together are not asked together.
struct Breaker: Sendable {
    /// When it opens, and how long it waits.
    struct Limits: Equatable, Sendable {
        /// Failures in a row that open it.
        var failures = 3
        /// The first wait.
        var firstWaitMs: Int64 = 1000
        /// No wait is longer.
        var longestWaitMs: Int64 = 60_000
    }

    /// What a device may be asked.
    enum Permission: Equatable {
        /// Everything.
        case ask
        /// The cheapest request there is; if it is answered, everything.
        case probe
        /// Nothing.
        case wait
    }

    private enum State: Equatable {
        case closed(failures: Int)
        case open(since: Int64, until: Int64, waitMs: Int64)
        case halfOpen(waitMs: Int64)
    }

    let limits: Limits
    private var state = State.closed(failures: 0)
    private var random: SplitMix

    /// A closed breaker; the same seed gives the same waits.
    init(limits: Limits = Limits(), seed: UInt64) {
        self.limits = limits
        random = SplitMix(seed: seed)
    }

    /// Whether the device is asked like any other.
    var isClosed: Bool { if case .closed = state { true } else { false } }

    /// What the device may be asked at `now`, in milliseconds of any clock.
    mutating func permission(at now: Int64) -> Permission {
        switch state {
        case .closed: return .ask
        case .halfOpen: return .probe
        case .open(let since, let until, let waitMs):
            // A clock that was set back must not keep a device out for years.
            guard now >= until || now < since else { return .wait }
            state = .halfOpen(waitMs: waitMs)
            return .probe
        }
    }

    /// The device answered.
    mutating func succeeded() { state = .closed(failures: 0) }

    /// The device did not answer.
    ///
    /// - Returns: Whether that opened a breaker that was closed.
    mutating func failed(at now: Int64) -> Bool {
        switch state {
        case .closed(let failures):
            guard failures + 1 >= limits.failures else {
                state = .closed(failures: failures + 1)
                return false
            }
            open(at: now, waitMs: limits.firstWaitMs)
            return true
        case .halfOpen(let waitMs), .open(_, _, let waitMs):
            open(at: now, waitMs: min(waitMs * 2, limits.longestWaitMs))
            return false
        }
    }

    private mutating func open(at now: Int64, waitMs: Int64) {
        let drawn = waitMs / 2 + Int64(random.next(Int(waitMs - waitMs / 2) + 1))
        state = .open(since: now, until: now + drawn, waitMs: waitMs)
    }
}
