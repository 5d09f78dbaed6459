package import AQICore
import HJ212
package import Store

/// What a platform asked for of the past, and how much of it has gone out.
///
/// Source: HJ 212-2017, 6.4 and Annex C: 9011, then the packets under the name of the request, then 9012.
package struct HistoryRequest: Equatable, Sendable {
    package let qn: String
    package let mn: String
    package let station: String
    /// 2061 or 2051.
    package let command: Int
    /// The start of the next interval that is to be looked for.
    package private(set) var next: Instant
    /// The start of the last one.
    package let last: Instant
    private(set) var sent = 0

    /// The longest time that may be asked for at once, seconds: a year of hours, a week of minutes.
    static let longestHours: Int64 = 366 * 86_400
    static let longestMinutes: Int64 = 7 * 86_400

    /// nil for what is not answered: other commands, no times or no order of them, too long a time.
    init?(command: Int, qn: String, mn: String, station: String, from: Instant, through last: Instant) {
        let length: Int64 = command == Command.hours ? 3600 : 60
        let longest = command == Command.hours ? HistoryRequest.longestHours : HistoryRequest.longestMinutes
        guard command == Command.hours || command == Command.minutes, from <= last, last - from <= longest else {
            return nil
        }
        self.qn = qn
        self.mn = mn
        self.station = station
        self.command = command
        self.last = last
        let rest = (from.seconds % length + length) % length
        next = rest == 0 ? from : from + (length - rest)
    }

    package var isDone: Bool { next > last }

    /// Reads on: a hundred hours, or ten minutes, so that nothing else waits long.
    package mutating func read(_ queries: StoreQueries) throws -> [Interval] {
        var found: [Interval] = []
        if command == Command.hours {
            let most = 100
            try queries.forEachHour(
                stations: [station], from: Hour(containing: next), through: Hour(containing: last), limit: most
            ) { found.append(Interval(station: station, start: $0.hour.beginning, row: $0.row)) }
            next = found.count == most ? found[most - 1].start + 3600 : last + 1
        } else {
            let end = min(next + 600, last + 1)
            try queries.forEachMinute(
                stations: [station], from: next.seconds / 60, before: (end.seconds + 59) / 60
            ) { found.append(Interval(station: station, start: $0.beginning, row: $0.row)) }
            next = end
        }
        sent += found.count
        return found
    }
}

extension MinuteSamples {
    /// The means of the minute, by the rule of `HourAccumulator`: valid with three quarters of the samples that came.
    package var row: HourRow {
        var row = HourRow()
        for pollutant in Pollutant.allSix {
            guard let column = columns.first(where: { $0.parameter == pollutant.rawValue }) else { continue }
            var mean = Mean()
            for value in column.values { mean.add(value) }
            row[pollutant] =
                mean.count > 0 && Int(mean.count) * 4 >= column.values.count * 3
                ? Concentration(thousandths: mean.rounded(toStep: 1))
                : column.values.last { $0.isMissing } ?? .missing(.absent)
        }
        return row
    }
}
