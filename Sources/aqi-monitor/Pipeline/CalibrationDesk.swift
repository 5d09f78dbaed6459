import AQICore
import Foundation
import Ingest
import Store
import Texts

/// What the pipeline knows of calibrations: what a restart needs, and the way from a person to a device.
struct CalibrationDesk {
    private static let name = "calibrations"

    var buses: [any Bus] = []
    /// By bus, then by device; only those that do not simply measure.
    private(set) var memories: [String: [String: CalibrationMemory]] = [:]
    private var hasChanged = false

    /// What an earlier run left in a store.
    init(from store: MonitorStore?) throws {
        guard let store, let text = try store.read({ try $0.state(CalibrationDesk.name) }) else { return }
        guard let memories = try? JSONDecoder().decode(type(of: memories), from: Data(text.utf8)) else {
            throw Failure(.badData, Session.words.storeFailed(store.path, "state \"\(CalibrationDesk.name)\""))
        }
        self.memories = memories
    }

    mutating func take(_ changes: [CalibrationChange]) {
        for change in changes {
            memories[change.bus, default: [:]][change.device] = change.memory
            hasChanged = true
        }
    }

    /// What has to be written to the store; nothing where nothing changed since it was asked for last.
    mutating func state() throws -> [String: String] {
        guard hasChanged else { return [:] }
        hasChanged = false
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return [CalibrationDesk.name: String(decoding: try encoder.encode(memories), as: UTF8.self)]
    }

    /// Follows what a person wants, with the text that the person gave made harmless.
    ///
    /// - Throws: ``CalibrationCommand/Refusal``.
    func follow(
        _ command: CalibrationCommand, bus name: String, device: String, at now: Instant
    ) async throws -> BusReport {
        guard let bus = buses.first(where: { $0.name == name }) else {
            throw CalibrationCommand.Refusal.unknownDevice(known: buses.map(\.name))
        }
        guard case .begin(let kind, let person) = command else {
            return try await bus.follow(command, of: device, at: now)
        }
        let safe = CalibrationPerson(name: oneLine(person.name), reason: oneLine(person.reason))
        return try await bus.follow(.begin(kind, safe), of: device, at: now)
    }

    /// At most 200 characters that go on one line and steer no terminal.
    private func oneLine(_ text: String) -> String {
        String(text.harmless.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200))
    }
}

extension Words {
    /// A device that went over to something else.
    func text(_ state: CalibrationState, bus: String, device: String) -> String {
        switch state {
        case .measuring: calibrationIsOver(bus: bus, device: device)
        case .recovering(let until): calibrationRecovers(bus: bus, device: device, until: until.clock)
        case .phase(let flag, let source, _, let until):
            calibrationBegan(
                bus: bus, device: device, CalibrationKind(flag) ?? .calibration, source, flag: flag.text,
                until: until?.clock)
        }
    }

    /// A device that does not come back.
    func overdue(_ state: CalibrationState, bus: String, device: String) -> String {
        guard case .phase(let flag, _, let since, _) = state else { return text(state, bus: bus, device: device) }
        return calibrationIsOverdue(
            bus: bus, device: device, CalibrationKind(flag) ?? .calibration, since: since.dateAndClock)
    }

    /// Why a device's records are not used.
    func reason(_ trouble: RecordTrouble) -> String {
        switch trouble {
        case .noAnswer: recordsNotTold
        case .period: recordsTooLong
        case .clock(let seconds): recordsByOtherClock(seconds: seconds)
        }
    }

    /// What a phase gave.
    func text(_ row: CalibrationRow, station: String) -> String {
        let result = row.result
        func number(_ value: Int32) -> String { DecimalWriting.shortest(thousandths: value) }
        return calibrationResult(
            station: station, device: row.device, parameter: result.channel.parameter.name,
            CalibrationKind(result.flag) ?? .calibration, mean: result.mean.map(number) ?? "-",
            reference: result.reference.map(number), limit: result.limit.map(number), result.verdict)
    }

    /// Why a command is not followed.
    func problem(_ refusal: CalibrationCommand.Refusal, device: String) -> String {
        switch refusal {
        case .unknownDevice(let known): deviceIsUnknown(device, known: known)
        case .nothingToEnd: nothingToEnd(device: device)
        case .nameless: personIsNameless
        }
    }
}
