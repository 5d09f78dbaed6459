import AQICore
import Foundation
import Ingest
import Texts
import Warnings

/// Something that becomes known to the warning engine at a moment: a forecast, an order, dust.
struct TimedInput {
    var time: Instant
    var apply: (inout WarningEngine) -> Void

    /// The forecasts of a table.
    static func forecasts(_ path: String) throws -> [TimedInput] {
        let table: ForecastTable
        do {
            table = try ForecastJSON.read(try TableFile.read(path))
        } catch let error as TableError {
            throw TableProblem(path: path, error: error)
        }
        switch table {
        case .hourly(let issues):
            return issues.map { issue in
                let forecast = Forecast(issued: issue.issued, first: issue.series.first, rows: issue.series.rows)
                return TimedInput(time: issue.issued) { $0.take(forecast) }
            }
        case .daily(let values):
            return values.map { value in
                let forecast = DailyForecast(issued: value.issued, day: value.day, index: value.index)
                return TimedInput(time: value.issued) { $0.take(forecast) }
            }
        }
    }

    /// The events of a file of JSON lines.
    static func events(_ path: String) throws -> [TimedInput] {
        let bytes = try TableFile.read(path)
        var inputs: [TimedInput] = []
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > 32 }) else { continue }
            do throws(BadEvent) {
                inputs.append(try event(Data(line)))
            } catch {
                throw Failure(
                    .badData,
                    Session.words.inTable(path, line: place + 1, Session.words.badEvent(error.problem)))
            }
        }
        return inputs
    }

    private struct BadEvent: Error {
        let problem: String
    }

    private struct Record: Decodable {
        var time: String
        var type: String
        var from: String?
        var to: String?
        var level: String?
        var role: String?
    }

    private static func event(_ line: Data) throws(BadEvent) -> TimedInput {
        let record: Record
        do {
            record = try JSONDecoder().decode(Record.self, from: line)
        } catch {
            throw BadEvent(problem: "not a JSON object with \"time\" and \"type\"")
        }
        guard let time = TimeText.parse(record.time) else { throw BadEvent(problem: "time \"\(record.time)\"") }
        switch record.type {
        case "order":
            guard let from = record.from else { throw BadEvent(problem: "an order needs \"from\"") }
            let level = record.level == "none" ? nil : try level(record)
            return TimedInput(time: time) { $0.order(level, from: from) }
        case "consent":
            guard let from = record.from else { throw BadEvent(problem: "a consent needs \"from\"") }
            let level = try level(record)
            return TimedInput(time: time) { $0.consent(to: level, from: from) }
        case "dust":
            let hours = try dustHours(record)
            return TimedInput(time: time) { $0.setDust(hours) }
        case "sign":
            guard let role = record.role, Role(rawValue: role) != nil else {
                throw BadEvent(
                    problem: "role \"\(record.role ?? "")\"; the roles are deputyDirector, deputyCommander, commander")
            }
            // With --sign auto every step is signed at once, with none nothing is: a signature changes neither.
            return TimedInput(time: time) { _ in }
        default:
            throw BadEvent(problem: "type \"\(record.type)\"; the types are order, consent, sign, dust")
        }
    }

    private static func level(_ record: Record) throws(BadEvent) -> WarningLevel {
        guard let level = record.level.flatMap(WarningLevel.init(rawValue:)) else {
            throw BadEvent(problem: "level \"\(record.level ?? "")\"; the levels are yellow, orange, red")
        }
        return level
    }

    /// Hour-ending labels, both included.
    private static func dustHours(_ record: Record) throws(BadEvent) -> ClosedRange<Hour> {
        guard let from = record.from.flatMap(TimeText.parse), let to = record.to.flatMap(TimeText.parse),
            from.secondsIntoHour == 0, to.secondsIntoHour == 0, from <= to
        else { throw BadEvent(problem: "dust needs \"from\" and \"to\", full hours, in this order") }
        return Hour(endingAtLabel: from)...Hour(endingAtLabel: to)
    }
}
