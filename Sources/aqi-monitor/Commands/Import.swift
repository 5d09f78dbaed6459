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

    @OptionGroup var table: TableOptions

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
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
            changed += try TableImport(series, store).run(at: WallClock.now) { count in
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
        try store.close()
        Session.say(words.imported(file, hours: total, changed: changed, stations: table.series.count))
    }
}

/// The hours of one station on their way into a store.
struct TableImport {
    /// Hours of one transaction.
    private static let bite = 2000

    private let series: HourlySeries
    private let store: MonitorStore
    /// What the store has of the station around the table, where the windows reach.
    private var stored: [Hour: HourlyRecord] = [:]

    init(_ series: HourlySeries, _ store: MonitorStore) throws {
        self.series = series
        self.store = store
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
            if hour >= series.first, let record { batch.indices += reports(record, windows) }
            if hour >= series.first, hour <= series.last { pending += 1 }
            if pending == TableImport.bite {
                try store.write(batch)
                progress(pending)
                batch = newBatch(at: now)
                pending = 0
            }
            hour = hour + 1
        }
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

    private func reports(_ record: HourlyRecord, _ windows: StationWindows) -> [IndexRecord] {
        let hour = record.hour
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let kinds: [ReportKind] =
            hour == hour.day.lastHour ? [.realtime, .running24, .daily] : [.realtime, .running24]
        return kinds.map {
            IndexRecord(
                station: record.station, period: hour,
                report: windows.report($0, edition: edition, options: ReportOptions()))
        }
    }
}
