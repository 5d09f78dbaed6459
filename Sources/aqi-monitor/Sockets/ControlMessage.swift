import AQICore
import Foundation
import Ingest
import Response
import Warnings

/// What another process asks of a running monitor: one line of JSON, answered by one.
struct ControlRequest: Codable {
    static let version = 1

    var version = Self.version
    /// Who asks, by the name in the configuration.
    var person: String?
    var command: ControlCommand
}

/// The commands, by the part of the monitor that they are for.
enum ControlCommand: Codable, Equatable {
    case warnings(WarningCommand)
    case calibration(CalibrationRequest)
    case response(ResponseCommand)
    case alarm(AlarmCommand)
    case station(StationRequest)
}

/// What can be asked of an alarm, by its number.
enum AlarmCommand: Codable, Equatable {
    case acknowledge(Int)
    /// For so many seconds.
    case shelve(Int, seconds: Int64, reason: String)
    case unshelve(Int)
}

// On this socket, as its plain number.
extension CalibrationKind: Codable {}

/// What can be asked of a device: that it reads something else than air from now on, or air again.
struct CalibrationRequest: Codable, Equatable {
    /// nil where only one bus has the device.
    var bus: String?
    var device: String
    /// nil ends what a person began.
    var kind: CalibrationKind?
    var reason: String

    func command(by person: String) -> CalibrationCommand {
        kind.map { .begin($0, CalibrationPerson(name: person, reason: reason)) } ?? .end
    }
}

/// What can be asked of the warnings.
enum WarningCommand: Codable, Equatable {
    /// How they stand; changes nothing, and needs nobody.
    case status
    case sign(proposal: Int)
    case decline(proposal: Int, reason: String)
    /// Nil ends the order.
    case order(from: Authority, level: WarningLevel?, isRegional: Bool, reason: String)
    /// Nil: it stands no more.
    case advice(from: Authority, level: WarningLevel?, reason: String)
    case consent(from: Authority, level: WarningLevel, reason: String)
    /// Both ends included.
    case dust(first: Hour, last: Hour, isDust: Bool, reason: String)
    case lift(reason: String)
    /// Nil: the city's level again.
    case area(name: String, level: WarningLevel?, reason: String)
    case consultation(Consultations.Record)
    /// The text of a table.
    case forecast(issuer: String, table: String)
}

/// What can be recorded of what follows from a warning. Areas, departments and channels by id or name.
enum ResponseCommand: Codable, Equatable {
    case acknowledge(task: Int, party: String)
    case report(task: Int, party: String, text: String)
    case handOver(notice: Int)
    case sent(notice: Int, channel: String)
    case acknowledged(notice: Int, channel: String)
}

/// The answer.
struct ControlReply: Codable {
    enum Problem: Codable, Equatable {
        case refused(Refusal)
        case alarm(AlarmBoard.Refusal)
        case noSuchDevice(known: [String])
        case nothingToEnd
        case nameless
        case noSuchStation
        case noSuchFactor(dialect: String, known: [String])
        case badRequest
        /// The table of a forecast cannot be read; the client has the words, because it reads it first.
        case badTable
        /// Another version, or no request at all.
        case notUnderstood
        /// It could not be kept.
        case notKept(String)
    }

    var version = ControlRequest.version
    var problem: Problem?
    /// The monitor's time: a demo has its own.
    var time: Instant?
    /// How the warnings stand now.
    var warnings: WarningStatus?
    /// What became of a request to a station.
    var station: StationAnswer?

    var isDone: Bool { problem == nil }
}

/// How the warnings stand: what `warnings list` shows, from the monitor or from the store.
struct WarningStatus: Codable, Equatable {
    var plan: String
    var rules: WarningEngine.State
    var office: WarningOffice.State
    /// Nil in a store of a version that had none.
    var response: ResponseDesk.State?
    /// What decides which measures run now; only a running monitor knows.
    var situation: Situation?
    /// Only where no hour is over yet: an order is decided with the first.
    var awaitsFirstHour: Bool?

    init(
        plan: String, rules: WarningEngine.State, office: WarningOffice.State, response: ResponseDesk.State? = nil
    ) {
        self.plan = plan
        self.rules = rules
        self.office = office
        self.response = response
    }

    /// The consent without which the proposal is not issued, or the warning stands above a regional one.
    var missingConsent: (authority: String, level: WarningLevel)? {
        guard let draft = office.draft, draft.event.proposal == .issued || draft.event.proposal == .upgraded else {
            return rules.inForce.flatMap { missingConsent(to: $0.level) }
        }
        return missingConsent(to: draft.event.level)
    }

    private func missingConsent(to level: WarningLevel) -> (authority: String, level: WarningLevel)? {
        office.missingConsent(to: level, orders: rules.orders).map { ($0, level) }
    }

    init(_ office: WarningOffice, _ response: ResponseDesk, at now: Instant) {
        self.init(
            plan: office.engine.plan.name, rules: office.engine.state, office: office.state, response: response.state)
        situation = Situation(office.engine, at: now)
        awaitsFirstHour = office.engine.now == nil ? true : nil
    }
}

extension ControlReply.Problem {
    init(_ refusal: StationDesk.Refusal) {
        switch refusal {
        case .unknownStation: self = .noSuchStation
        case .badRequest: self = .badRequest
        case .unknownFactor(let dialect, let known): self = .noSuchFactor(dialect: dialect, known: known)
        case .nameless: self = .nameless
        }
    }

    init(_ refusal: CalibrationCommand.Refusal) {
        switch refusal {
        case .unknownDevice(let known): self = .noSuchDevice(known: known)
        case .nothingToEnd: self = .nothingToEnd
        case .nameless: self = .nameless
        }
    }
}
