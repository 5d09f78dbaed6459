import AQICore
import Foundation
import TestSupport

@testable import Warnings

/// The two months of Beijing with two red alerts (shared/data/beijing-12-stations), read with a few lines of our own: Ingest is
/// not under test here.
struct Beijing: Sendable {
    /// The city, hour by hour: the mean of the stations that have a value, rounded half to even to a thousandth.
    var first: Hour
    var rows: [HourRow] = []
    /// What will have come, issued daily at 08:00.
    var forecasts: [Forecast] = []

    struct Unreadable: Error {
        var line: String
    }

    /// An event as `expected-warnings` has it.
    struct Expected: Equatable, CustomStringConvertible {
        var hour: Hour
        var event: String
        var level: String
        var spell: Int

        init(hour: Hour, event: String, level: String, spell: Int) {
            self.hour = hour
            self.event = event
            self.level = level
            self.spell = spell
        }

        init(_ event: WarningEvent) {
            self.init(
                hour: event.hour, event: event.kind.rawValue, level: event.level.rawValue, spell: event.number)
        }

        var description: String {
            "\(hour.day.date.month)-\(hour.day.date.day) \(hour.numberInDay):00 \(event) \(level) \(spell)"
        }
    }

    /// Nil where the data may be absent.
    static func load() throws -> Beijing? { try loaded.get() }

    /// Read once for all tests.
    private static let loaded = Result { try read() }

    private static func read() throws -> Beijing? {
        guard let observed = try SharedData.path("beijing-12-stations/hourly-2016-12_2017-01.csv"),
            let forecast = try SharedData.path("beijing-12-stations/forecast-perfect.csv")
        else { return nil }
        var hours: [Hour: [Mean]] = [:]
        for fields in try table(observed) {
            let values = try fields[2...].map(concentration)
            var means = hours[try hour(fields[1])] ?? Array(repeating: Mean(), count: 6)
            for place in 0..<6 { means[place].add(values[place]) }
            hours[try hour(fields[1])] = means
        }
        guard let first = hours.keys.min(), let last = hours.keys.max() else { throw Unreadable(line: observed) }
        var city = Beijing(first: first)
        for offset in 0...(last - first) {
            var row = HourRow()
            for (pollutant, mean) in zip(Pollutant.allSix, hours[first + offset] ?? []) where mean.count > 0 {
                row[pollutant] = Concentration(thousandths: mean.rounded(toStep: 1))
            }
            city.rows.append(row)
        }
        for fields in try table(forecast) {
            let issued = try hour(fields[0]).endingLabel
            if city.forecasts.last?.issued != issued {
                city.forecasts.append(Forecast(issued: issued, first: try hour(fields[1]), rows: []))
            }
            var row = HourRow()
            for (pollutant, text) in zip(Pollutant.allSix, fields[2...]) { row[pollutant] = try concentration(text) }
            // The file has every hour, in order.
            city.forecasts[city.forecasts.count - 1].rows.append(row)
        }
        return city
    }

    static func expected(_ name: String) throws -> [Expected]? {
        struct Line: Decodable {
            var time: String
            var event: String
            var level: String
            var spell: Int
        }
        guard let path = try SharedData.path("beijing-12-stations/expected-warnings/\(name).jsonl") else { return nil }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            return Expected(
                hour: try hour(Array(line.time.utf8)[...]), event: line.event, level: line.level, spell: line.spell)
        }
    }

    /// The rows of a table without quotes, its header left out.
    private static func table(_ path: String) throws -> [[ArraySlice<UInt8>]] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return bytes.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
            line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        }
    }

    /// `2016-12-01T08:00:00+08:00`, the hour that ends there.
    private static func hour(_ text: ArraySlice<UInt8>) throws -> Hour {
        func number(_ range: Range<Int>) -> Int32 {
            text.dropFirst(range.lowerBound).prefix(range.count).reduce(0) { $0 * 10 + Int32($1) - 48 }
        }
        guard text.count == 25, text.suffix(12).elementsEqual(":00:00+08:00".utf8),
            let date = CivilDate(year: number(0..<4), month: number(5..<7), day: number(8..<10))
        else { throw Unreadable(line: String(decoding: text, as: UTF8.self)) }
        return NaturalDay(date).firstHour + (number(11..<13) - 1)
    }

    /// A plain decimal with at most three places, or nothing.
    private static func concentration(_ text: ArraySlice<UInt8>) throws -> Concentration {
        if text.isEmpty { return .missing(.absent) }
        var thousandths: Int32 = 0
        var places = -1
        for byte in text {
            if byte == UInt8(ascii: "."), places < 0 {
                places = 0
            } else if (48...57).contains(byte), places < 3 {
                thousandths = thousandths * 10 + Int32(byte) - 48
                if places >= 0 { places += 1 }
            } else {
                throw Unreadable(line: String(decoding: text, as: UTF8.self))
            }
        }
        for _ in max(places, 0)..<3 { thousandths *= 10 }
        return Concentration(thousandths: thousandths)
    }
}

extension Beijing {
    /// Steps an engine through the two months, or a part of them; `observed` is what the stations make of an hour.
    func replay(
        _ engine: inout WarningEngine, forecast: Bool, from: Int = 0, through: Int? = nil,
        observed: (HourRow) -> HourRow = { $0 }
    ) -> [WarningEvent] {
        var events: [WarningEvent] = []
        for offset in from...min(through ?? rows.count - 1, rows.count - 1) {
            let hour = first + Int32(offset)
            if forecast, let issue = forecasts.first(where: { $0.issued == hour.endingLabel }) { engine.take(issue) }
            events += engine.step(observed(rows[offset]), at: hour)
        }
        return events
    }
}
