import AQICore
import Terminal
import Testing
import Texts
import Warnings

/// Fixed snapshots, as the pipeline makes them.
enum Screens {
    /// 2017-01-01 08:20 in UTC+8.
    static let time = Instant(seconds: 17_167 * 86_400 + 1200)
    /// The hour 07:00-08:00.
    static let hour = Hour(start: 17_167 * 24 - 1)

    static func line(_ pollutant: Pollutant, now: Int32, age: Int64, soFar: Int32, hour: Int32, day: Int32, iaqi: Int32)
        -> Snapshot.Line
    {
        var line = Snapshot.Line(pollutant: pollutant)
        line.latest = Concentration(thousandths: now)
        line.measured = time + -age
        line.hourSoFar = soFar
        line.hour = Concentration(thousandths: hour)
        line.day = day
        line.subIndex = iaqi
        return line
    }

    /// A severe hour in which everything is measured.
    static func severe(_ name: String) -> Snapshot.Station {
        var station = Snapshot.Station(
            key: name, name: name,
            lines: [
                line(.pm25, now: 412_300, age: 2, soFar: 405_250, hour: 398_000, day: 351_000, iaqi: 432),
                line(.pm10, now: 501_000, age: 2, soFar: 498_760, hour: 482_000, day: 420_500, iaqi: 366),
                line(.so2, now: 24_000, age: 119, soFar: 23_949, hour: 22_000, day: 21_050, iaqi: 8),
                line(.no2, now: 106_000, age: 120, soFar: 105_350, hour: 101_000, day: 98_000, iaqi: 51),
                line(.co, now: 4100, age: 7200, soFar: 4055, hour: 3945, day: 3500, iaqi: 40),
                line(.o3, now: 14_000, age: 172_800, soFar: 14_050, hour: 16_000, day: 21_000, iaqi: 5),
            ])
        station.hour = hour
        station.realtime = report(.realtime, [.pm25: 432, .pm10: 366], index: 432)
        station.running24 = report(.running24, [.pm25: 401, .pm10: 401], index: 401)
        return station
    }

    /// What breaks in the field: an analyser in calibration, one that does not answer, one that never did.
    static func broken(_ name: String) -> Snapshot.Station {
        var station = severe(name)
        station.lines[2].latest = .missing(.calibration)
        station.lines[2].hour = .missing(.insufficient)
        station.lines[2].subIndex = nil
        station.lines[2].day = nil
        station.lines[3].latest = .missing(.communication)
        station.lines[3].hourSoFar = nil
        station.lines[3].hour = .missing(.communication)
        station.lines[3].subIndex = nil
        station.lines[4] = Snapshot.Line(pollutant: .co)
        station.lines[4].hour = .missing(.absent)
        station.lines[5].latest = Concentration(thousandths: -3000)
        station.lines[5].hour = Concentration(thousandths: -500)
        station.lines[5].subIndex = 0
        station.realtime?.index = nil
        station.running24 = report(.running24, [.no2: 42], index: 42)
        return station
    }

    static func report(_ kind: ReportKind, _ subIndices: [Indicator: Int32], index: Int32?) -> Snapshot.Index {
        var results = InlineArray<7, IndicatorResult>(repeating: .notReported)
        for (indicator, subIndex) in subIndices {
            results[indicator.index] = .value(concentration: 1000, subIndex: subIndex)
        }
        return .init(IndexReport(kind: kind, edition: .hj633Of2012, results: results, index: index))
    }

    static func log(_ count: Int) -> [Snapshot.LogLine] {
        (0..<count).map {
            Snapshot.LogLine(
                time: time + Int64($0 * 60 - 3600), text: "line \($0) of the log", isWarning: $0 % 3 == 0)
        }
    }
}
