import AQICore
import Ingest

extension TOMLSection {
    /// The `[bus.device.calibration]` of a device with some channels; one that is as usual where there is none.
    func calibration(of channels: [ValueRule]) throws -> CalibrationPlan {
        guard let section = try section("calibration") else { return CalibrationPlan() }
        // No gas has a temperature to be checked by.
        let gases = channels.filter { $0.channel.parameter.isConcentration }
        return try CalibrationPlan(section, channels: gases.map { ($0.channel.parameter, $0.unit) })
    }
}

extension CalibrationPlan {
    /// Kinds that have a gas whose concentration can be named.
    private static let gases: [CalibrationKind] = [.zero, .span, .precision]

    /// Reads a `[bus.device.calibration]`; `channels` are the parameters of the device, with the units that its numbers are in,
    /// nil for a parameter's own.
    fileprivate init(_ section: TOMLSection, channels: [(parameter: Parameter, unit: MeasuringUnit?)]) throws {
        self.init()
        let references = CalibrationPlan.gases.filter { $0 != .zero }.map { "\($0.name)_reference" }
        let limits = CalibrationPlan.gases.map { "\($0.name)_limit" }
        try section.allow(["check", "recovery_minutes", "longest_minutes", "schedule"] + references + limits)
        isCheck = try section.bool("check") ?? isCheck
        recoveryMinutes = try section.integer("recovery_minutes", in: 0...120) ?? recoveryMinutes
        longestMinutes = try section.integer("longest_minutes", in: 1...1440) ?? longestMinutes
        schedule = CalibrationSchedule(
            try section.sections("schedule").map { try CalibrationSchedule.Entry($0) })
        for kind in CalibrationPlan.gases {
            let references = try section.amounts("\(kind.name)_reference", channels)
            let limits = try section.amounts("\(kind.name)_limit", channels)
            targets += channels.map(\.parameter).compactMap { parameter in
                guard references[parameter] != nil || limits[parameter] != nil else { return nil }
                return Target(kind, parameter, reference: references[parameter], limit: limits[parameter])
            }
        }
    }
}

extension CalibrationSchedule.Entry {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("at", "every_days", "first_day", "zero_minutes", "span_minutes", "precision_minutes")
        let at = try section.required("at", section.string)
        guard let minute = Self.minuteOfDay(at) else {
            throw section.error("at", .wrongType(key: "at", wanted: "\"00:45\""))
        }
        var phases: [Phase] = []
        for kind in [CalibrationKind.zero, .span, .precision] {
            guard let minutes = try section.integer("\(kind.name)_minutes", in: 1...240) else { continue }
            phases.append(Phase(kind, minutes: minutes))
        }
        guard !phases.isEmpty else { throw section.error("", .missingKey("zero_minutes")) }
        self.init(
            minuteOfDay: minute, everyDays: try section.integer("every_days", in: 1...366) ?? 1, phases: phases)
        if let text = try section.string("first_day") {
            guard let day = TimeText.parseDate(Array(text.utf8).span, 0..<text.utf8.count) else {
                throw section.error("first_day", .wrongType(key: "first_day", wanted: "\"2026-11-02\""))
            }
            firstDay = day
        }
    }

    /// The minutes of a `00:45`.
    private static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}

extension TOMLSection {
    /// Amounts in the units of channels: one number for all of them, or a table of numbers by parameter.
    fileprivate func amounts(
        _ key: String, _ channels: [(parameter: Parameter, unit: MeasuringUnit?)]
    ) throws -> [Parameter: CalibrationPlan.Amount] {
        guard has(key) else { return [:] }
        guard let table = try? section(key) else {
            guard let number = try decimal(key) else { return [:] }
            return Dictionary(
                uniqueKeysWithValues: try channels.map {
                    ($0.parameter, try amount(key, number, of: $0.parameter, unit: $0.unit))
                })
        }
        try table.allow(channels.map(\.parameter.name))
        var amounts: [Parameter: CalibrationPlan.Amount] = [:]
        for (parameter, unit) in channels {
            guard let number = try table.decimal(parameter.name) else { continue }
            amounts[parameter] = try table.amount(parameter.name, number, of: parameter, unit: unit)
        }
        return amounts
    }

    private func amount(
        _ key: String, _ number: ExactDecimal, of parameter: Parameter, unit: MeasuringUnit?
    ) throws -> CalibrationPlan.Amount {
        guard let amount = CalibrationPlan.Amount(number, of: parameter, in: unit), amount.thousandths >= 0 else {
            throw error(key, .wrongType(key: key, wanted: "80 (not below 0)"))
        }
        return amount
    }
}
