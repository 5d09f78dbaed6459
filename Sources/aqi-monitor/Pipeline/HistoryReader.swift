import AQICore
import Ingest
import Store
import Terminal

/// Reads the hours of a station from the store, beside whoever writes it: no reading waits for that.
actor HistoryReader {
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let executor = BlockingExecutor(label: "history")
    private let path: String
    private var reader: StoreReader?

    init(path: String) {
        self.path = path
    }

    /// The stored hours from one until another, both included; absent where there are none. Empty where the store cannot be read:
    /// what is in memory is shown then.
    func rows(of station: String, from first: Hour, through last: Hour) -> [HourRow] {
        read { queries in
            var rows = [HourRow](repeating: HourRow(), count: Int(max(0, last - first + 1)))
            try queries.forEachHour(stations: [station], from: first, through: last) { record in
                rows[Int(record.hour - first)] = record.row
            }
            return rows
        } ?? []
    }

    /// The hours of a channel, made of its samples as those of a pollutant are. nil where the store cannot be read.
    ///
    /// Read a day at a time, so that no reader holds the store's log for long.
    func hours(
        of parameter: Parameter, at station: String, from first: Hour, through last: Hour
    ) -> [Concentration]? {
        var hours = ChannelHours(parameter, first: first, count: Int(max(0, last - first + 1)))
        var day = first
        while day <= last {
            let end = min(day + 24, last + 1)
            let part = read { queries in
                var part = hours
                try queries.forEachMinute(
                    of: station, parameter: parameter.rawValue, from: day.beginning.seconds / 60,
                    before: end.beginning.seconds / 60
                ) { part.add($0) }
                return part
            }
            guard let part else { return nil }
            hours = part
            day = end
        }
        return hours.values
    }

    private func read<Value>(_ body: (StoreQueries) throws -> Value) -> Value? {
        do {
            let reader = try self.reader ?? StoreReader(path: path)
            self.reader = reader
            return try reader.read(body)
        } catch {
            // Opened anew the next time: it may be another file by then.
            reader = nil
            return nil
        }
    }
}
