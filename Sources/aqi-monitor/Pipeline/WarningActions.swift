import AQICore
import Foundation
import Ingest
import Response
import Store
import Texts
import Warnings

extension Pipeline {
    /// Does what a person asks of the warnings.
    ///
    /// - Throws: ``Refusal``; ``TableProblem`` for a forecast that cannot be read; ``StoreError``.
    func act(on command: WarningCommand, by person: String, user: String, at now: Instant) throws {
        switch command {
        case .status: return
        case .sign(let number):
            try act(user: user, at: now) { office throws(Refusal) in try office.sign(number, by: person, at: now) }
        case .decline(let number, let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.decline(number, by: person, reason: reason, at: now)
            }
        case .order(let authority, let level, let isRegional, let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.order(
                    level, from: authority, isRegional: isRegional, by: person, reason: reason, at: now)
            }
        case .advice(let authority, let level, let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.advise(level, from: authority, by: person, reason: reason, at: now)
            }
        case .consent(let authority, let level, let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.consent(to: level, from: authority, by: person, reason: reason, at: now)
            }
        case .dust(let first, let last, let isDust, let reason):
            guard first <= last else { throw Refusal.badHours }
            try act(user: user, at: now) { office throws(Refusal) in
                try office.setDust(first...last, isDust, by: person, reason: reason, at: now)
            }
        case .lift(let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.lift(by: person, reason: reason, at: now)
            }
        case .area(let name, let level, let reason):
            try act(user: user, at: now) { office throws(Refusal) in
                try office.setArea(name, to: level, by: person, reason: reason, at: now)
            }
        case .consultation(let record):
            try act(user: user, at: now) { office throws(Refusal) in try office.record(record, by: person, at: now) }
        case .forecast(let issuer, let table):
            let forecast = try IssuedForecast(table: Array(table.utf8), path: issuer)
            try act(user: user, at: now) { office throws(Refusal) in
                try office.take(forecast, from: issuer, by: person, at: now)
            }
        }
    }
}

extension Pipeline {
    /// Records what a person says of tasks and of the way of a notice.
    ///
    /// - Throws: ``Refusal``; ``StoreError``.
    func act(on command: ResponseCommand, by person: String, user: String, at now: Instant) throws {
        try respond(user: user, at: now) { desk throws(Refusal) in
            switch command {
            case .acknowledge(let task, let party):
                try desk.acknowledge(task: task, for: party, by: person, at: now)
            case .report(let task, let party, let text):
                try desk.report(task: task, for: party, text: text, by: person, at: now)
            case .handOver(let notice): try desk.handOver(notice, by: person, at: now)
            case .sent(let notice, let channel): try desk.send(notice, by: channel, by: person, at: now)
            case .acknowledged(let notice, let channel):
                try desk.acknowledge(notice, by: channel, by: person, at: now)
            }
        }
    }
}

extension IssuedForecast {
    /// The newest issue of a forecast table, CSV or JSON.
    ///
    /// - Throws: ``TableProblem`` with the line.
    init(table bytes: [UInt8], path: String) throws {
        do {
            switch try ForecastJSON.read(bytes) {
            case .hourly(let issues):
                guard let newest = issues.last else { throw TableError(.empty, line: 0) }
                self = .hourly(Forecast(issued: newest.issued, first: newest.series.first, rows: newest.series.rows))
            case .daily(let values):
                guard let newest = values.last?.issued else { throw TableError(.empty, line: 0) }
                self = .daily(
                    values.filter { $0.issued == newest }.map {
                        DailyForecast(issued: $0.issued, day: $0.day, index: $0.index)
                    })
            }
        } catch let error as TableError {
            throw TableProblem(path: path, error: error)
        }
    }
}

extension LedgerEntry {
    /// A line of the ledger with who the system says it was.
    init(_ line: LedgerLine, user: String?) {
        var members = line.details.map { ($0.name, JSON.string($0.value)) }
        if let role = line.role { members.append(("role", .string(role.rawValue))) }
        if let user { members.append(("user", .string(user))) }
        self.init(
            time: line.time, kind: line.kind.rawValue, person: line.person ?? "", reason: line.reason ?? "",
            body: JSON.object(members).line)
    }
}
