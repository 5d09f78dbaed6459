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
        do {
            let reader = try self.reader ?? StoreReader(path: path)
            self.reader = reader
            var rows = [HourRow](repeating: HourRow(), count: Int(max(0, last - first + 1)))
            try reader.read { queries in
                try queries.forEachHour(stations: [station], from: first, through: last) { record in
                    rows[Int(record.hour - first)] = record.row
                }
            }
            return rows
        } catch {
            // Opened anew the next time: it may be another file by then.
            reader = nil
            return []
        }
    }
}
