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
        if let store { memories = try CalibrationDesk.memories(in: store) }
    }

    private static func memories(in store: MonitorStore) throws -> [String: [String: CalibrationMemory]] {
        guard let text = try store.read({ try $0.state(name) }) else { return [:] }
        guard
            let memories = try? JSONDecoder().decode([String: [String: CalibrationMemory]].self, from: Data(text.utf8))
        else { throw Failure(.badData, Session.words.storeFailed(store.path, "state \"\(name)\"")) }
        return memories
    }

    /// What an earlier run left in a store that could not be opened before; what happened since goes before it.
    mutating func takeUp(_ store: MonitorStore) throws {
        for (bus, devices) in try CalibrationDesk.memories(in: store) {
            memories[bus, default: [:]].merge(devices) { own, _ in own }
        }
        hasChanged = true
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
        return [CalibrationDesk.name: try stateText(memories)]
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
        return try await bus.follow(CalibrationDesk.safe(command), of: device, at: now)
    }

    /// A command with the text that a person gave made harmless.
    private static func safe(_ command: CalibrationCommand) -> CalibrationCommand {
        guard case .begin(let kind, let person) = command else { return command }
        return .begin(kind, CalibrationPerson(name: oneLine(person.name), reason: oneLine(person.reason)))
    }

    /// The device that is meant by a name that only one has, or by `bus: device`.
    ///
    /// - Throws: ``CalibrationCommand/Refusal``.
    func place(
        of name: String, in statistics: [String: [DeviceStatistics]]
    ) throws -> (bus: String, device: String) {
        let all = statistics.sorted { $0.key < $1.key }.flatMap { bus, devices in devices.map { (bus, $0.device) } }
        func whole(_ place: (bus: String, device: String)) -> String { "\(place.bus): \(place.device)" }
        let found = all.filter { $0.1 == name || whole($0) == name }
        guard found.count == 1 else { throw CalibrationCommand.Refusal.unknownDevice(known: all.map(whole)) }
        return found[0]
    }

    /// At most 200 characters that go on one line and steer no terminal.
    static func oneLine(_ text: String) -> String {
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
