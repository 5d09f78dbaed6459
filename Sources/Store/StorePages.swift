package import AQICore

/// Reading much at once, page by page: each page is a read of its own, so that a reader that is slow, or has stopped, does not keep
/// the write-ahead log from being emptied. A page takes some milliseconds; what is written meanwhile may be on the next one.
extension StoreReader {
    private static let pageRows = 2000
    /// Minutes of samples on a page.
    private static let pageMinutes: Int64 = 360

    package func forEachHour(
        stations: [String]? = nil, from: Hour? = nil, through: Hour? = nil, _ body: (HourlyRecord) throws -> Void
    ) throws {
        for station in try stations ?? read({ try $0.stations() }) {
            var next = from
            while true {
                var page: [HourlyRecord] = []
                try read {
                    try $0.forEachHour(stations: [station], from: next, through: through, limit: StoreReader.pageRows) {
                        page.append($0)
                    }
                }
                try page.forEach(body)
                guard page.count == StoreReader.pageRows, let last = page.last else { break }
                next = last.hour + 1
            }
        }
    }

    package func forEachIndex(
        _ kind: ReportKind, stations: [String]? = nil, from: Hour? = nil, through: Hour? = nil,
        _ body: (IndexRecord) throws -> Void
    ) throws {
        for station in try stations ?? read({ try $0.stations() }) {
            var next = from
            while true {
                var page: [IndexRecord] = []
                try read {
                    try $0.forEachIndex(
                        kind, stations: [station], from: next, through: through, limit: StoreReader.pageRows
                    ) { page.append($0) }
                }
                try page.forEach(body)
                guard page.count == StoreReader.pageRows, let last = page.last else { break }
                next = last.period + 1
            }
        }
    }

    /// Minutes in order of time, from one until before another.
    package func forEachMinute(
        stations: [String]? = nil, from: Int64 = SampleRows.firstMinute, before: Int64 = SampleRows.lastMinute,
        _ body: (MinuteSamples) throws -> Void
    ) throws {
        var next = from
        while let first = try read({ try $0.firstMinute(from: next, before: before) }) {
            next = min(first + StoreReader.pageMinutes, before)
            var page: [MinuteSamples] = []
            try read { try $0.forEachMinute(stations: stations, from: first, before: next) { page.append($0) } }
            try page.forEach(body)
        }
    }
}
