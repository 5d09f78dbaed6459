import AQICore
import Foundation
import Ingest
import Store
import Terminal
import Texts
import Warnings

/// What the pipeline knows of alarms: the board, the conditions that events begin and end, and what a restart needs.
struct AlarmDesk {
    static let name = "alarms"
    /// Seconds after a start in which no alarm is taken as over: nobody has asked every device yet.
    static let settling: Int64 = 120

    private(set) var board = AlarmBoard()
    private var told: Set<Alarm.Condition> = []
    /// The time of the first step, and of the latest.
    private(set) var began: Instant?
    private var latest: Instant?
    private var hasChanged = false

    /// What an earlier run left in a store.
    init(from store: MonitorStore?) throws {
        if let store { board = try AlarmDesk.board(in: store) ?? board }
    }

    private static func board(in store: MonitorStore) throws -> AlarmBoard? {
        guard let text = try store.read({ try $0.state(name) }) else { return nil }
        guard let board = try? JSONDecoder().decode(AlarmBoard.self, from: Data(text.utf8)) else {
            throw Failure(.badData, Session.words.storeFailed(store.path, "state \"\(name)\""))
        }
        return board
    }

    /// What an earlier run left in a store that could not be opened before; what holds now follows with the next step.
    mutating func takeUp(_ store: MonitorStore) throws {
        guard let kept = try AlarmDesk.board(in: store) else { return }
        board = kept
        latest = nil
    }

    /// What has to be written to the store; nothing where nothing changed since it was asked for last.
    mutating func state() throws -> [String: String] {
        guard hasChanged else { return [:] }
        hasChanged = false
        return [AlarmDesk.name: try stateText(board)]
    }

    mutating func take(_ event: BusEvent) {
        func named(_ kind: Alarm.Kind, _ bus: String, _ device: String) -> Alarm.Condition {
            Alarm.Condition(kind, "\(bus): \(device)".harmless)
        }
        switch event {
        case .deviceLost(let bus, let device, _), .devicePaused(let bus, let device):
            told.insert(named(.deviceSilent, bus, device))
            told.remove(named(.deviceIncomplete, bus, device))
        case .deviceIncomplete(let bus, let device, _):
            told.insert(named(.deviceIncomplete, bus, device))
            told.remove(named(.deviceSilent, bus, device))
        case .deviceBack(let bus, let device):
            told.remove(named(.deviceSilent, bus, device))
            told.remove(named(.deviceIncomplete, bus, device))
        case .calibrationOverdue(let bus, let device, _): told.insert(named(.calibrationOverdue, bus, device))
        case .calibration(let bus, let device, _): told.remove(named(.calibrationOverdue, bus, device))
        case .recordsUnused: break
        }
    }

    /// Whether time has moved on since the latest step: what holds is looked at once a second, not with every reading.
    func isDue(at now: Instant) -> Bool { latest.map { now != $0 } ?? true }

    /// Takes in what holds now besides what events told.
    mutating func step(_ others: Set<Alarm.Condition>, at now: Instant) -> [AlarmBoard.News] {
        // A clock that is set back begins anew.
        if began.map({ now < $0 }) ?? true { began = now }
        latest = now
        let isComplete = began.map { now - $0 >= AlarmDesk.settling } ?? false
        let before = board
        let news = board.step(told.union(others), at: now, isComplete: isComplete)
        if board != before { hasChanged = true }
        return news
    }

    /// Follows what a person wants, with the text that the person gave made harmless.
    ///
    /// - Returns: What goes into the trail of changes, and the step for the log.
    /// - Throws: ``AlarmBoard/Refusal``; nothing changes then.
    mutating func follow(
        _ command: AlarmCommand, by person: String, user: String, at now: Instant
    ) throws(AlarmBoard.Refusal) -> (entry: AuditEntry, alarm: Alarm, step: AlarmStep) {
        let person = CalibrationDesk.oneLine(person)
        let before: Alarm
        let step: AlarmStep
        var (after, why) = ("acknowledged", "")
        switch command {
        case .acknowledge(let number):
            before = try board.acknowledge(number, by: person, at: now)
            step = .acknowledged
        case .shelve(let number, let seconds, let reason):
            // What is added cannot overflow: the board takes a week at most.
            let until = now + min(max(seconds, 0), AlarmBoard.shelfTimes.upperBound + 1)
            why = CalibrationDesk.oneLine(reason)
            before = try board.shelve(number, until: until, by: person, reason: why, at: now)
            after = "shelved until \(until.iso8601)"
            step = .shelved(until: until.dateAndClock)
        case .unshelve(let number):
            before = try board.unshelve(number, by: person)
            after = "taken from the shelf"
            step = .unshelved
        }
        hasChanged = true
        let condition = before.condition
        let entry = AuditEntry(
            time: now, person: CalibrationDesk.oneLine("\(person) (\(user))"),
            subject: "alarm \(before.number) \(condition.kind.rawValue) \(condition.subject)",
            before: before.state.rawValue, after: after, reason: why)
        return (entry, before, step)
    }
}

extension Monitor {
    /// What holds of the stations and the warnings' people at a time. A station that was never heard counts from `began`.
    func conditions(at now: Instant, since began: Instant) -> Set<Alarm.Condition> {
        var holding: Set<Alarm.Condition> = []
        // By place: a station is eight kilobytes, and a centre has thousands.
        for place in stations.indices {
            let newest = stations[place].lastValid.compactMap { $0 }.max() ?? began
            if now - max(newest, began) > Snapshot.staleAfter {
                holding.insert(.init(.stationStale, stations[place].key))
            }
            let marks = stations[place].marks
            guard !marks.isEmpty else { continue }
            for pollutant in Pollutant.allSix where !marks[pollutant].suspicions.isEmpty {
                holding.insert(.init(.suspectValue, "\(stations[place].key) \(pollutant.name)"))
            }
        }
        if let draft = office.state.draft, draft.declined == nil { holding.insert(.init(.signatureWanted)) }
        if office.state.consultations.isOverdue(at: now) { holding.insert(.init(.consultationOverdue)) }
        return holding
    }
}

extension Words {
    /// An alarm on one line.
    func text(_ alarm: Alarm) -> String {
        let subject = alarm.condition.subject
        let kind = alarmKind(alarm.condition.kind)
        return "\(alarm.number) " + (subject.isEmpty ? kind : "\(subject): \(kind)")
    }
}
