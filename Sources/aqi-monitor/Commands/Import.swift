import AQICore
import ArgumentParser
import Ingest
import Store
import Texts

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes a table of hours into a store, with the indices that follow from it.",
        discussion: """
            The table: as for compute. What stands in the store and differs is replaced, and kept as a revision; the same table once
            more changes nothing. An hour that the table does not have stays as it is.

            EXAMPLES
              aqi-monitor import hours.csv --store air.db
              zcat old.csv.gz | aqi-monitor import - --store air.db --missing -999
            """)

    @Argument(help: "The table, or - for standard input.")
    var file: String

    @Option(help: "The store; created where there is none.")
    var store: String

    @Option(help: "Pollutants outside the sites' plan, as co,o3: shown as / and blocking nothing (HJ 633-2026 5.3.2).")
    var notMonitored: String?

    @OptionGroup var table: TableOptions

    @OptionGroup var audit: AuditOptions

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let options = ReportOptions(notMonitored: try PollutantSet(notMonitored: notMonitored))
        let table = try table.read(file)
        let store = try MonitorStore(path: store)
        let words = Session.words
        let progress = ProgressLine()
        let clock = ContinuousClock()
        let begin = clock.now
        let total = table.series.reduce(0) { $0 + $1.rows.count }
        var done = 0
        var changed = 0
        for series in table.series {
            changed += try TableImport(series, store, options).run(at: WallClock.now) { count in
                done += count
                let seconds = (clock.now - begin) / .seconds(1)
                let rate = Double(done) / max(seconds, 0.001)
                progress.show(
                    words.importing(
                        done, of: total, perSecond: Int(rate),
                        left: words.age(seconds: Int64(Double(total - done) / max(rate, 1)))))
            }
        }
        progress.clear()
        var trail = StoreBatch()
        trail.audits = [
            audit.entry(
                "import \(file)", after: "\(total) hours of \(table.series.count) stations, \(changed) new or changed")
        ]
        try store.write(trail)
        try store.close()
        Session.say(words.imported(file, hours: total, changed: changed, stations: table.series.count))
    }
}

/// The hours of one station on their way into a store.
struct TableImport {
    /// Hours of one transaction: a year's.
    private static let bite = 8784

    private let series: HourlySeries
    private let store: MonitorStore
    /// What the store has of the station around the table, where the windows reach.
    private var stored: [Hour: HourlyRecord] = [:]

    private let options: ReportOptions

    init(_ series: HourlySeries, _ store: MonitorStore, _ options: ReportOptions = ReportOptions()) throws {
        self.series = series
        self.store = store
        self.options = options
        var stored: [Hour: HourlyRecord] = [:]
        try store.read { queries in
            try queries.forEachHour(
                stations: [series.station], from: series.first - StationWindows.memory,
                through: series.last + StationWindows.memory
            ) { stored[$0.hour] = $0 }
        }
        self.stored = stored
    }

    /// Writes the hours that the table has and the store has not, or has otherwise, and the indices of all hours.
    ///
    /// - Returns: How many hours changed.
    func run(at now: Instant, _ progress: (Int) -> Void) throws -> Int {
        var windows = StationWindows()
        var batch = newBatch(at: now)
        // Report by report, as they lie in the store.
        var indices = IndicesByReport(options: options)
        var changed = 0
        var pending = 0
        var hour = series.first - StationWindows.memory
        while hour <= series.last + StationWindows.memory {
            let (record, isNew) = record(hour)
            try windows.advance(to: hour, record?.row ?? HourRow())
            if isNew, let record {
                batch.hours.append(record)
                changed += 1
            }
            if hour >= series.first, let record { indices.append(record, windows) }
            if hour >= series.first, hour <= series.last { pending += 1 }
            if pending == TableImport.bite {
                batch.indices = indices.take()
                try store.write(batch)
                progress(pending)
                batch = newBatch(at: now)
                pending = 0
            }
            hour = hour + 1
        }
        batch.indices = indices.take()
        try store.write(batch)
        progress(pending)
        return changed
    }

    private func newBatch(at now: Instant) -> StoreBatch {
        var batch = StoreBatch()
        (batch.time, batch.reason) = (now, .imported)
        return batch
    }

    /// An hour as it will be, and whether that is new.
    private func record(_ hour: Hour) -> (HourlyRecord?, isNew: Bool) {
        let row = series[hour]
        // A table does not tell an hour that it lacks from one without any value.
        guard row != HourRow() else { return (stored[hour], false) }
        guard let before = stored[hour], before.row == row else {
            return (HourlyRecord(station: series.station, hour: hour, row: row), true)
        }
        return (before, false)
    }
}

/// The indices of consecutive hours, report by report: the order of their table, in which a row is put beside the one before.
private struct IndicesByReport {
    private let options: ReportOptions
    private var realtime: [IndexRecord] = []
    private var running24: [IndexRecord] = []
    private var daily: [IndexRecord] = []

    init(options: ReportOptions) { self.options = options }

    mutating func append(_ record: HourlyRecord, _ windows: StationWindows) {
        let hour = record.hour
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        func report(_ kind: ReportKind) -> IndexRecord {
            IndexRecord(
                station: record.station, period: hour,
                report: windows.report(kind, edition: edition, options: options))
        }
        realtime.append(report(.realtime))
        running24.append(report(.running24))
        if hour == hour.day.lastHour { daily.append(report(.daily)) }
    }

    /// All of them; none are left.
    mutating func take() -> [IndexRecord] {
        defer { self = IndicesByReport(options: options) }
        return realtime + running24 + daily
    }
}
