import Texts

/// A stage of a size, made ready and run once, and the repetitions that follow.
struct Repetitions {
    /// A run that gave other results than the one before: what was measured is worth nothing.
    struct Differs: Error {
        let stage: String
    }

    let stage: Stage
    let size: Int
    private let trial: Trial
    /// How often a repetition does the work: a few microseconds are not measured singly.
    private var calls = 1
    private var units: Int
    private(set) var outcome = Trial.Outcome()
    /// Seconds a run, of each repetition.
    private(set) var seconds: [Double] = []

    /// Makes the stage ready, and warms it up.
    init(_ stage: Stage, size: Int, _ surroundings: Surroundings, shortest: Double) async throws {
        self.stage = stage
        self.size = size
        trial = try await stage.prepare(size, surroundings)
        units = trial.units
        guard stage.clock == .wall else { return }
        let warmUp = try await time()
        outcome = try await trial.outcome()
        calls = max(1, Int((shortest / max(warmUp, 1e-9)).rounded(.up)))
    }

    /// Runs it once more, and says how many seconds that took.
    @discardableResult
    mutating func next() async throws -> Double {
        var seconds = try await time()
        let before = outcome
        outcome = try await trial.outcome()
        guard before.checksum == nil || before.checksum == outcome.checksum else { throw Differs(stage: stage.name) }
        if let processor = outcome.processorSeconds { seconds = processor }
        units = outcome.units ?? units
        self.seconds.append(seconds)
        return seconds
    }

    private func time() async throws -> Double {
        let clock = ContinuousClock()
        let began = clock.now
        for _ in 0..<calls { try await trial.work() }
        return (clock.now - began) / .seconds(1) / Double(calls)
    }

    func close() async throws { try await trial.close() }

    /// The figures so far, beside those of the limit where it was run in turn.
    func result(limit: Repetitions? = nil) -> BenchResult {
        BenchResult(
            stage: stage, size: size, units: units, seconds: seconds, outcome: outcome,
            limit: limit.map { limit in zip(limit.seconds, seconds).map { $0 / $1 } })
    }

    /// One repetition alone.
    func result(seconds: Double) -> BenchResult {
        BenchResult(stage: stage, size: size, units: units, seconds: [seconds], outcome: outcome, limit: nil)
    }

    /// Runs a stage and its limit in turn, so that what disturbs the machine disturbs both.
    static func measure(
        _ stage: Stage, times: Int, count: Int, _ surroundings: Surroundings, shortest: Double
    ) async throws -> BenchResult {
        let size = stage.size(times: times)
        var own = try await Repetitions(stage, size: size, surroundings, shortest: shortest)
        var limit: Repetitions?
        if let other = stage.limit.flatMap(Stage.named) {
            limit = try await Repetitions(other, size: size, surroundings, shortest: shortest)
        }
        for _ in 0..<(stage.clock == .wall ? count : 1) {
            try await limit?.next()
            try await own.next()
        }
        try await own.close()
        try await limit?.close()
        return own.result(limit: limit)
    }
}
