import AQICore
import Ingest
import Store

/// Brings to the store what the monitor makes, and holds it in bounded memory while the disk does not take it.
///
/// Hours, indices, warnings and what is remembered are written at once; samples wait for the next of them, or for the commit
/// interval: those of minutes under way go to the store's journal, the others into it. After a failure the store is let go of and opened anew, ever less often, a minute apart at last. Meanwhile samples are
/// kept up to ``sampleCapacity`` (a centre's: ``sampleCapacityAStation``) and then dropped, the oldest first; a month of hours is kept, and longer than any sample.
struct StoreKeeper {
    /// What there is to tell.
    enum News {
        /// From now on nothing is written.
        case failed(StoreError)
        /// All that waited is written; so many samples were dropped before that, and so many rows.
        case back(droppedSamples: Int, droppedRows: Int)
        /// A store that could not be opened at the start is open: what it remembers is to be taken up.
        case opened(MonitorStore)
    }

    /// Bytes of samples that wait: at least six hours of twenty channels at 1 Hz, a day of them at one a minute.
    static let sampleCapacity = 6_000_000
    /// In a centre: for each station two minutes of a dozen channels at 1 Hz.
    static let sampleCapacityAStation = 16_000
    private static let longestPause: Int64 = 60_000

    let path: String
    private let policy: StorePolicy
    /// Milliseconds of a clock that nobody sets.
    private let milliseconds: () -> Int64
    private var store: MonitorStore?
    /// Whether this run knows what is in the store.
    private var isTakenUp: Bool
    private(set) var trouble: StoreError?
    private var pause: Int64 = 1000
    private var nextTry: Int64 = 0
    private var lastCommit: Int64 = 0
    /// When samples went to the tables last, and how long stragglers of minutes that are over may wait for the next time: of a
    /// thousand stations there are some in every second.
    private var lastTables: Int64 = .min / 2
    private static let longestStraggle: Int64 = 10_000

    private var waiting = StoreBatch()
    /// What the tables of the store do not have.
    private var samples: SampleBuffer
    /// What its journal does not have either.
    private var fresh: SampleBuffer
    private let rowCapacity: Int
    private var droppedSamples = 0
    private var droppedRows = 0
    private var written = WrittenBytes()
    private var isPurging = false
    /// Why the last round of purging failed: told once, until one succeeds.
    private var purgeTrouble: StoreError?
    private var lastPurge: Int64 = 0

    /// A store that is open, or why it is not.
    init(
        _ store: Result<MonitorStore, StoreError>, path: String, stations: [String],
        policy: StorePolicy = StorePolicy(),
        milliseconds: @escaping () -> Int64 = WallClock.forBuses.milliseconds
    ) {
        self.path = path
        self.policy = policy
        self.milliseconds = milliseconds
        samples = SampleBuffer(
            stations: stations,
            capacity: max(StoreKeeper.sampleCapacity, stations.count * StoreKeeper.sampleCapacityAStation))
        fresh = samples
        // A month; an hour makes itself and two or three indices.
        rowCapacity = max(1, stations.count) * 31 * 24 * 4
        switch store {
        case .success(let store):
            self.store = store
            isTakenUp = true
        case .failure(let error):
            isTakenUp = false
            trouble = error
        }
        lastCommit = milliseconds()
        nextTry = lastCommit
    }

    /// The open store.
    var opened: MonitorStore? { store }

    /// Whether everything that came is written, as far as it is to be.
    var isAllWritten: Bool { waiting.isEmpty && (trouble == nil ? fresh : samples).isEmpty }

    mutating func add(_ readings: [Reading]) {
        guard policy.keepsSamples else { return }
        // Samples are what was measured while somebody asked: the instrument has its records, and is asked again for them.
        for reading in readings where !reading.isBackfilled {
            samples.add(reading)
            if trouble == nil { fresh.add(reading) }
        }
    }

    mutating func add(_ batch: StoreBatch) {
        waiting.hours += batch.hours
        waiting.indices += batch.indices
        waiting.events += batch.events
        waiting.calibrations += batch.calibrations
        waiting.audits += batch.audits
        waiting.ledger += batch.ledger
        waiting.state.merge(batch.state) { $1 }
        waiting.deviceCounters += batch.deviceCounters
        bound()
    }

    /// Writes what is due, or all there is. Nothing is thrown: what is not written waits.
    mutating func commit(at now: Instant, isAllDue: Bool = false) -> [News] {
        let time = milliseconds()
        if trouble != nil {
            guard time >= nextTry else { return [] }
        } else {
            let isDue = isAllDue || time - lastCommit >= policy.commitMilliseconds
            guard !waiting.isEmpty || (isDue && !fresh.isEmpty) else { return [] }
        }
        var news: [News] = []
        do throws(StoreError) {
            let store = try open()
            if try !journal(to: store, at: now) { try write(to: store, at: now) }
            lastCommit = milliseconds()
            if trouble != nil {
                news.append(.back(droppedSamples: droppedSamples, droppedRows: droppedRows))
                (trouble, pause, droppedSamples, droppedRows) = (nil, 1000, 0, 0)
            }
            if !isTakenUp {
                isTakenUp = true
                news.append(.opened(store))
            }
        } catch {
            if trouble == nil { news.append(.failed(error)) }
            trouble = error
            fresh.removeAll()
            // Opened anew the next time: the disk may be another one by then.
            store = nil
            nextTry = milliseconds() + pause
            pause = min(2 * pause, StoreKeeper.longestPause)
        }
        return news
    }

    /// Writes what must be kept before anybody is told of it, with all that waits.
    ///
    /// - Throws: ``StoreError``; the batch is not kept then, and what waited waits on.
    mutating func write(_ batch: StoreBatch, at now: Instant) throws(StoreError) {
        let before = waiting
        add(batch)
        do throws(StoreError) {
            if let trouble { throw trouble }
            try write(to: try open(), at: now)
            lastCommit = milliseconds()
        } catch {
            waiting = before
            throw error
        }
    }

    /// Writes everything and lets go of the store.
    ///
    /// - Throws: ``StoreError``; what waited is lost then.
    mutating func close(at now: Instant) throws(StoreError) {
        let store = try open()
        try write(to: store, at: now)
        try store.close()
        self.store = nil
    }

    private mutating func open() throws(StoreError) -> MonitorStore {
        if let store { return store }
        let opened = try MonitorStore(path: path)
        store = opened
        return opened
    }

    /// Puts the samples of minutes under way into the journal, where there is nothing else to be written; false elsewhere.
    private mutating func journal(to store: MonitorStore, at now: Instant) throws(StoreError) -> Bool {
        let isTableDue =
            samples.isHalfFull
            || (samples.hasMinute(overAt: now) && milliseconds() - lastTables >= StoreKeeper.longestStraggle)
        guard trouble == nil, waiting.isEmpty, !isTableDue,
            try store.journal(fresh.waiting)
        else { return false }
        fresh.removeAll()
        return true
    }

    private mutating func write(to store: MonitorStore, at now: Instant) throws(StoreError) {
        var batch = waiting
        batch.samples = samples.waiting
        batch.time = now
        // What was decided without knowing the store does not replace what it remembers.
        if !isTakenUp { batch.state = [:] }
        if !batch.hours.isEmpty { batch.written = written.since(now) }
        try store.write(batch)
        if !batch.samples.isEmpty { lastTables = milliseconds() }
        if batch.written != nil { written.take() }
        droppedSamples += samples.dropped
        waiting = StoreBatch()
        samples.removeAll()
        fresh.removeAll()
    }

    /// How many rows wait, samples aside.
    var waitingRows: Int {
        waiting.hours.count + waiting.indices.count + waiting.events.count + waiting.calibrations.count
            + waiting.audits.count + waiting.ledger.count + waiting.deviceCounters.count
    }

    /// Samples go before hours; of all the oldest.
    private mutating func bound() {
        if waiting.hours.count + waiting.indices.count > rowCapacity {
            droppedSamples += samples.count + samples.dropped
            samples.removeAll()
            droppedRows += StoreKeeper.drop(waiting.hours.count / 8, of: &waiting.hours)
            droppedRows += StoreKeeper.drop(waiting.indices.count / 8, of: &waiting.indices)
        }
        // Of an hour there are a few of these, of most hours none.
        droppedRows += StoreKeeper.drop(waiting.events.count - rowCapacity, of: &waiting.events)
        droppedRows += StoreKeeper.drop(waiting.calibrations.count - rowCapacity, of: &waiting.calibrations)
        droppedRows += StoreKeeper.drop(waiting.audits.count - rowCapacity, of: &waiting.audits)
        droppedRows += StoreKeeper.drop(waiting.ledger.count - rowCapacity, of: &waiting.ledger)
        // Each is the sum since the program started: an earlier one is no loss.
        _ = StoreKeeper.drop(waiting.deviceCounters.count - rowCapacity, of: &waiting.deviceCounters)
    }

    private static func drop<Row>(_ count: Int, of rows: inout [Row]) -> Int {
        guard count > 0 else { return 0 }
        rows.removeFirst(count)
        return count
    }

    // MARK: - Retention

    /// Purges a little of what is past its time, while there is nothing else to do: a round an hour, a bite a call.
    mutating func purge(at now: Instant) -> [News] {
        let time = milliseconds()
        guard let store, trouble == nil, isPurging || time - lastPurge >= 3_600_000 else { return [] }
        do throws(StoreError) {
            isPurging = try store.purge(policy.retention, at: now) > 0
            lastPurge = time
            purgeTrouble = nil
            return []
        } catch {
            isPurging = false
            lastPurge = time
            defer { purgeTrouble = error }
            return purgeTrouble == error ? [] : [.failed(error)]
        }
    }
}
