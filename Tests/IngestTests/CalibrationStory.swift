import AQICore
import Foundation
import Ingest

/// What happens to one device, minute by minute, from 2026-11-22T00:44 +08:00 on.
struct CalibrationStory {
    static let start = Instant(seconds: 1_795_279_440)

    var plan = CalibrationPlan()
    /// What the status says; nil where the device does not answer.
    var statuses: [DataFlag?] = []
    /// What a person wants before the round of a minute.
    var commands: [Int: CalibrationCommand] = [:]

    /// One minute's flag and what was over with it.
    struct Minute: Equatable {
        var flag: DataFlag
        var records: [CalibrationRecord] = []
        var isOverdue = false
    }

    var device: SupervisedDevice {
        SupervisedDevice(name: "a", channels: [channel(.so2)], calibration: plan)
    }

    static func value(_ minute: Int) -> Int32 { Int32(minute * minute * 1000 - 12_345) }

    /// As the program has it. Before the minutes in `restarts` the program is stopped and started.
    func run(restarts: Set<Int> = []) throws -> [Minute] {
        var calibration = Calibration(device)
        var uptime: Int64 = 0
        var minutes: [Minute] = []
        for (place, status) in statuses.enumerated() {
            let now = CalibrationStory.start + Int64(place) * 60
            if restarts.contains(place) {
                let memory = try calibration.memory.map { try JSONEncoder().encode($0) }
                calibration = Calibration(
                    device, remembering: try memory.map { try JSONDecoder().decode(CalibrationMemory.self, from: $0) })
                // The clock that nobody sets begins anew.
                uptime = 0
            }
            if let command = commands[place] { try calibration.follow(command, at: now) }
            let outcome = calibration.step(status: status, at: now, milliseconds: uptime)
            if let status {
                let reading = Reading(
                    channel: channel(.so2), time: now,
                    value: Concentration(thousandths: CalibrationStory.value(place)))
                calibration.add([reading], status: status)
            }
            minutes.append(.init(flag: calibration.flag, records: outcome.records, isOverdue: outcome.isOverdue))
            uptime += 60_000
        }
        return minutes
    }
}

/// The same, slowly, from the whole story at every minute.
extension CalibrationStory {
    private struct Claim: Equatable {
        var flag: DataFlag
        var source: CalibrationSource
        /// The minute in which the schedule or the command began it, and in which the schedule ends it.
        var from: Int?
        var until: Int?
    }

    /// What the status last said of phases.
    private func told(_ minute: Int) -> DataFlag? {
        for status in statuses[...minute].reversed() {
            guard let status else { continue }
            if CalibrationKind(status) != nil { return status }
            if status.isValid || status == .recovering { return nil }
        }
        return nil
    }

    private func commanded(_ minute: Int) -> Claim? {
        for place in stride(from: minute, through: 0, by: -1) {
            switch commands[place] {
            case .begin(let kind, _): return Claim(flag: kind.flag(isCheck: plan.isCheck), source: .person, from: place)
            case .end: return nil
            case nil: continue
            }
        }
        return nil
    }

    private func scheduled(_ minute: Int) -> Claim? {
        for entry in plan.schedule.entries {
            var from = entry.minuteOfDay - 44
            for phase in entry.phases {
                if (from..<from + phase.minutes).contains(minute) {
                    return Claim(
                        flag: phase.kind.flag(isCheck: plan.isCheck), source: .schedule, from: from,
                        until: from + phase.minutes)
                }
                from += phase.minutes
            }
        }
        return nil
    }

    func slowly() -> [Minute] {
        var claims: [Claim?] = []
        var known: Set<Int> = []
        for minute in statuses.indices {
            let status = told(minute).map { Claim(flag: $0, source: .status) }
            let schedule = scheduled(minute)
            let rank: [(Claim?, Bool)] = [
                (status, status?.flag != .maintenance && status?.flag != .calibration),
                (commanded(minute), true), (status, status?.flag == .maintenance),
                (schedule, !known.contains(schedule?.from ?? -1000)), (status, true),
            ]
            let claim = rank.first { $0.0 != nil && $0.1 }?.0
            if let from = schedule?.from, let claim, claim.source != .schedule,
                ![.calibration, .maintenance].contains(claim.flag)
            {
                known.insert(from)
            }
            claims.append(claim)
        }
        return claims.indices.map { minute in
            var result = Minute(flag: claims[minute]?.flag ?? .normal)
            if claims[minute] == nil, isRecovering(minute, claims) { result.flag = .recovering }
            if minute > 0, let over = claims[minute - 1], over != claims[minute] {
                let wasNothing = over.source == .schedule && known.contains(over.from ?? -1000)
                if !wasNothing { result.records = [record(endedAt: minute, claims)] }
            }
            if claims[minute] != nil {
                let length = minute - begin(of: minute, claims)
                result.isOverdue = length == plan.longestMinutes + 1
            }
            return result
        }
    }

    /// Where the run of equal claims began to which a minute belongs.
    private func begin(of minute: Int, _ claims: [Claim?]) -> Int {
        var first = minute
        while first > 0, claims[first - 1] == claims[minute] { first -= 1 }
        return first
    }

    private func isRecovering(_ minute: Int, _ claims: [Claim?]) -> Bool {
        guard let last = claims[..<minute].lastIndex(where: { $0 != nil }) else { return false }
        let end = min(last + 1, claims[last]?.until ?? .max)
        return minute - end < plan.recoveryMinutes
    }

    private func record(endedAt minute: Int, _ claims: [Claim?]) -> CalibrationRecord {
        let claim = claims[minute - 1] ?? Claim(flag: .normal, source: .status)
        let first = begin(of: minute - 1, claims)
        let values = (first..<minute).filter { place in
            guard let status = statuses[place], claim.flag != .maintenance else { return false }
            return status.isValid || CalibrationKind(status) != nil
        }.map(CalibrationStory.value)
        let isLong = minute - 1 - first > plan.longestMinutes
        let end = min(minute, claim.until ?? .max)
        var person: CalibrationPerson?
        if claim.source == .person, case .begin(_, let who)? = commands[claim.from ?? 0] { person = who }
        let kind = CalibrationKind(claim.flag)
        return CalibrationRecord(
            device: "a", person: person,
            result: CalibrationResult(
                isLong ? [] : values, channel: channel(.so2), flag: claim.flag, source: claim.source,
                begun: CalibrationStory.start + Int64(first) * 60, ended: CalibrationStory.start + Int64(end) * 60,
                reference: kind == .zero ? 0 : nil))
    }
}
