/// One thing that is measured; entered once, in ``all``.
struct Stage: Sendable {
    /// What a repetition is measured by.
    enum Clock: Sendable {
        /// How long it takes, again and again.
        case wall
        /// How long it takes, once, without a warm-up.
        case once
        /// It goes by the clock itself, as instruments do, and is measured by the time of the processor that it takes: once, without
        /// a warm-up.
        case processor
    }

    /// As `core.batch.running24`.
    let name: String
    /// What is counted, as `station-hours`.
    let unit: String
    /// How large it is when it is measured, in ``sizeUnit``; its growth is seen at a thousandth of it, a hundredth and a tenth.
    let size: Int
    /// What it grows by.
    let sizeUnit: String
    /// The stage that does, of the same size, only what nothing on this machine can do without.
    var limit: String?
    var clock = Clock.wall
    /// Whether it is measured only where it is asked for by its whole name.
    var isOptional = false
    /// Makes everything ready for work of a size.
    let prepare: @Sendable (_ size: Int, Surroundings) async throws -> Trial

    /// The sizes of ``Stage/growth``: 1000 is the whole.
    static let times = [1, 10, 100, 1000]

    func size(times: Int) -> Int { max(1, size * times / 1000) }

    /// Whether it is asked for by its name, or by the beginning of it where that is nobody's name.
    func isAsked(for text: String) -> Bool {
        name == text || (Stage.named(text) == nil && name.hasPrefix(text + ".") && !isOptional)
    }
}

/// What a stage finds on the machine.
struct Surroundings: Sendable {
    /// Where files are made: what is measured is also this disk.
    var folder: String
    /// The port of a Modbus server on the loopback interface; without, one of our own.
    var modbusServer: Int?
    /// How long stages go on that go by the clock.
    var seconds = 10
}

/// A stage that is ready to be run, again and again.
struct Trial {
    /// What one run came to, beside its time.
    struct Outcome {
        /// The results in 64 bits: the same in every run, and in every other program that does the same work.
        var checksum: UInt64?
        /// Further figures, as `("bytesPerChannel", 108)`.
        var details: [(name: String, value: Int64)] = []
        /// The time of the processor, where that is measured.
        var processorSeconds: Double?
        /// The units of this run, where that is not known before.
        var units: Int?
    }

    /// Units of one run.
    let units: Int
    /// What is timed.
    let work: () async throws -> Void
    /// What the latest run came to. Not timed.
    let outcome: () async throws -> Outcome
    /// Lets go of everything.
    let close: () async throws -> Void

    init(
        units: Int, work: @escaping () async throws -> Void,
        outcome: @escaping () async throws -> Outcome = { Outcome() }, close: @escaping () async throws -> Void = {}
    ) {
        self.units = units
        self.work = work
        self.outcome = outcome
        self.close = close
    }
}
