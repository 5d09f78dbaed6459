package import AQICore

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
