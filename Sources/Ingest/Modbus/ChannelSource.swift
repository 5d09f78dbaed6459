package import AQICore

/// In what a device gives a value.
package enum MeasuringUnit: String, CaseIterable, Sendable {
    case microgramsPerCubicMetre = "ug/m3"
    case milligramsPerCubicMetre = "mg/m3"
    case partsPerBillion = "ppb"
    case partsPerMillion = "ppm"

    /// Whether it counts molecules, so that the concentration by mass depends on a reference state.
    package var isMixingRatio: Bool { self == .partsPerBillion || self == .partsPerMillion }

    /// The units in which a parameter can be given, its own first. None for what is no concentration.
    package static func all(for parameter: Parameter) -> [MeasuringUnit] {
        switch parameter {
        case .pm25, .pm10: [.microgramsPerCubicMetre, .milligramsPerCubicMetre]
        case .co: [.milligramsPerCubicMetre, .microgramsPerCubicMetre, .partsPerMillion, .partsPerBillion]
        case .so2, .no2, .o3, .no, .nox:
            [.microgramsPerCubicMetre, .milligramsPerCubicMetre, .partsPerBillion, .partsPerMillion]
        case .temperature, .humidity, .pressure, .windSpeed, .windDirection: []
        }
    }

    /// The unit in which a parameter is computed; where it is no concentration, thousandths of its unit all the same.
    static func own(of parameter: Parameter) -> MeasuringUnit {
        parameter == .co ? .milligramsPerCubicMetre : .microgramsPerCubicMetre
    }

    /// How many billionths of this unit make a thousandth of that in which a parameter is computed: µg/m³ or ppb, for
    /// carbon monoxide mg/m³ or ppm.
    func billionthsInThousandth(of parameter: Parameter) -> Int64 {
        let isLarge = self == .milligramsPerCubicMetre || self == .partsPerMillion
        return parameter == .co ? (isLarge ? 1_000_000 : 1_000_000_000) : (isLarge ? 1000 : 1_000_000)
    }
}

/// How a number of a device becomes the value of a channel of a station; docs/devices.md has the order.
package struct ValueRule: Equatable, Sendable {
    package var channel: Channel
    /// What the number is multiplied by, and what is then added, to give a value in ``unit``.
    package var scale: ExactDecimal
    package var offset: ExactDecimal
    /// The unit of the device; nil for the parameter's own.
    package var unit: MeasuringUnit?
    /// The numbers that stand for a missing value, as the device gives them, before the scale; in thousandths.
    package var sentinels: [Int64]
    /// The values that count, in ``unit``, both ends included; beyond them the device is taken as faulty.
    package var valid: ClosedRange<ExactDecimal>?
    /// Values nearer to zero than this read as 0, in ``unit``.
    package var deadband: ExactDecimal

    package init(
        channel: Channel, scale: ExactDecimal = .one, offset: ExactDecimal = .zero, unit: MeasuringUnit? = nil,
        sentinels: [Int64] = [], valid: ClosedRange<ExactDecimal>? = nil, deadband: ExactDecimal = .zero
    ) {
        self.channel = channel
        self.scale = scale
        self.offset = offset
        self.unit = unit
        self.sentinels = sentinels
        self.valid = valid
        self.deadband = deadband
    }

    /// How many billionths of its unit make a thousandth of that in which its parameter is computed.
    var divisor: Int64 {
        (unit ?? .own(of: channel.parameter)).billionthsInThousandth(of: channel.parameter)
    }

    /// The value of a measured one: valid range → deadband → mixing ratio.
    func finished(_ value: Concentration, at state: ReferenceState) -> Concentration {
        guard let thousandths = value.thousandths else { return value }
        // At most 2e9 * 1e9 < 2^63.
        let asWritten = ExactDecimal(billionths: Int64(thousandths) * divisor)
        if let valid, !valid.contains(asWritten) { return .missing(.fault) }
        if asWritten.billionths.magnitude < deadband.billionths { return Concentration(thousandths: 0) }
        return unit?.isMixingRatio == true ? value.fromMixingRatio(of: channel.parameter, at: state) : value
    }
}

/// A register of a device that is a channel of a station.
@dynamicMemberLookup
package struct ChannelSource: Equatable, Sendable {
    package var register: Register
    package var rule: ValueRule

    package init(register: Register, rule: ValueRule) {
        self.register = register
        self.rule = rule
    }

    package init(
        channel: Channel, register: Register, scale: ExactDecimal = .one, offset: ExactDecimal = .zero,
        unit: MeasuringUnit? = nil, sentinels: [Int64] = [], valid: ClosedRange<ExactDecimal>? = nil,
        deadband: ExactDecimal = .zero
    ) {
        self.init(
            register: register,
            rule: ValueRule(
                channel: channel, scale: scale, offset: offset, unit: unit, sentinels: sentinels, valid: valid,
                deadband: deadband))
    }

    /// A number in the unit of its parameter, with one sentinel, in thousandths.
    package init(channel: Channel, register: Register, sentinel: Int32?) {
        self.init(channel: channel, register: register, sentinels: sentinel.map { [Int64($0)] } ?? [])
    }

    /// The parts of the rule are parts of the source.
    package subscript<Part>(dynamicMember part: WritableKeyPath<ValueRule, Part>) -> Part {
        get { rule[keyPath: part] }
        set { rule[keyPath: part] = newValue }
    }
}
