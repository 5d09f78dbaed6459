package import AQICore
import GRDB

/// The index of one station for one period.
package struct IndexRecord: Equatable, Sendable {
    package var station: String
    /// The last hour of the period.
    package var period: Hour
    package var report: IndexReport

    package init(station: String, period: Hour, report: IndexReport) {
        self.station = station
        self.period = period
        self.report = report
    }
}

extension IndexRecord {
    static let columns = """
        edition, aqi, pm25, pm10, so2, no2, co, o3, o3_8h, \
        iaqi_pm25, iaqi_pm10, iaqi_so2, iaqi_no2, iaqi_co, iaqi_o3, iaqi_o3_8h, state
        """

    static let insert = """
        INSERT OR REPLACE INTO air_index (station, report, start, length, \(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Binds station, report, start, for an insertion length, and the values of ``columns``.
    func bind(to statement: inout RowStatement, station: Int64, withLength: Bool) {
        statement.bind(station)
        statement.bind(report.kind.name)
        statement.bind(start)
        if withLength { statement.bind(Int64(report.kind.hours) * 3600) }
        statement.bind(report.edition.name)
        statement.bind(report.index)
        let results = report.results
        for place in results.indices { statement.bind(results[place].concentration) }
        for place in results.indices { statement.bind(results[place].subIndex) }
        var states = ""
        for place in results.indices {
            if place > 0 { states += "," }
            states += IndexRecord.state(results[place])
        }
        statement.bind(states)
    }

    var start: Int64 { (period - (report.kind.hours - 1)).beginning.seconds }

    /// Reads a report whose columns begin at `first`.
    static func report(_ row: Row, kind: ReportKind, from first: Int) throws -> IndexReport {
        let editionName: String = row[first]
        guard let edition = Edition(name: editionName) else {
            throw DatabaseError(message: "air_index.edition: \"\(editionName)\"")
        }
        let stateText: String = row[first + 16]
        let states = stateText.split(separator: ",", omittingEmptySubsequences: false)
        var results = InlineArray<7, IndicatorResult>(repeating: .notReported)
        for indicator in Indicator.allSeven {
            let place = indicator.index
            if let concentration: Int32 = row[first + 2 + place] {
                results[place] = .value(concentration: concentration, subIndex: row[first + 9 + place])
            } else {
                results[place] = try result(place < states.count ? states[place] : "")
            }
        }
        return IndexReport(kind: kind, edition: edition, results: results, index: row[first + 1])
    }

    /// How an indicator without a value is written: empty where it has one, `x` not part of the report, `/` not monitored,
    /// `f` and its mark, `h17of20` too few hours, `w3of14` too few 8 h means.
    private static func state(_ result: IndicatorResult) -> String {
        switch result {
        case .value: ""
        case .notReported: "x"
        case .notMonitored: "/"
        case .missing(.flagged(let flag)): "f" + flag.text
        case .missing(.tooFewHours(let have, let need)): "h\(have)of\(need)"
        case .missing(.tooFewWindows(let have, let need)): "w\(have)of\(need)"
        }
    }

    private static func result(_ state: Substring) throws -> IndicatorResult {
        let rest = state.dropFirst()
        switch state.first {
        case "x": return .notReported
        case "/": return .notMonitored
        case "f": return .missing(.flagged(rest.isEmpty ? .absent : DataFlag(text: String(rest))))
        case "h", "w":
            let numbers = rest.split(separator: "o").compactMap { Int32($0.drop { $0 == "f" }) }
            guard numbers.count == 2 else { break }
            return .missing(
                state.first == "h"
                    ? .tooFewHours(have: numbers[0], need: numbers[1])
                    : .tooFewWindows(have: numbers[0], need: numbers[1]))
        default: break
        }
        throw DatabaseError(message: "air_index.state: \"\(state)\"")
    }
}

extension ReportKind {
    /// How many hours the period has.
    package var hours: Int32 { self == .realtime ? 1 : 24 }
}
