import AQICore
import Testing

/// Two natural days of one station, written hour by hour: what the report tests set out from.
struct StationDay {
    /// A day long past, or one under HJ 633-2026; the windows do not care.
    static let day = NaturalDay(number: 17_151)

    /// By number of the hour: 1...24 are the labels of the day, -23...0 those of the day before.
    var rows: [Int: HourRow] = [:]

    /// The same value in every one of the given hours.
    func with(_ pollutant: Pollutant, _ thousandths: Int32, hours: some Sequence<Int> = 1...24) -> StationDay {
        var copy = self
        for hour in hours {
            copy.rows[hour, default: HourRow()][pollutant] = Concentration(thousandths: thousandths)
        }
        return copy
    }

    /// A clean day with all six pollutants: every sub-index at most 50.
    static let clean = StationDay()
        .with(.pm25, 10_000).with(.pm10, 20_000).with(.so2, 10_000).with(.no2, 20_000).with(.co, 500)
        .with(.o3, 60_000)

    /// The day with one pollutant gone for good.
    func without(_ pollutant: Pollutant) -> StationDay {
        var copy = self
        for hour in copy.rows.keys { copy.rows[hour]?[pollutant] = .missing(.absent) }
        return copy
    }

    /// The windows at the end of the day.
    func windows() throws -> StationWindows {
        var windows = StationWindows()
        for number in -23...24 {
            try windows.advance(to: StationDay.day.firstHour + Int32(number - 1), rows[number] ?? HourRow())
        }
        return windows
    }

    func report(
        _ kind: ReportKind, _ edition: Edition, ozone: Bool = true, notMonitored: [Pollutant] = []
    ) throws -> IndexReport {
        var set = PollutantSet()
        for pollutant in notMonitored { set.insert(pollutant) }
        return try windows().report(
            kind, edition: edition, options: ReportOptions(includesOzone: ozone, notMonitored: set))
    }
}

/// The three reports under both editions, for tests of what holds in all of them.
struct ReportCase: CustomTestStringConvertible, Sendable {
    let kind: ReportKind
    let edition: Edition

    var testDescription: String { "\(kind.name) \(edition.name)" }

    static let all: [ReportCase] = [Edition.hj633Of2012, .hj633Of2026].flatMap { edition in
        [ReportKind.realtime, .running24, .daily].map { ReportCase(kind: $0, edition: edition) }
    }
}
