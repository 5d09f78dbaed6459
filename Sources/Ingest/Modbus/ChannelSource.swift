package import AQICore

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
