package import AQICore
package import HJ212

/// A factor of a station, and how its values become those of a channel. The unit is what somebody configured: packets do not
/// carry it, and stations do not keep to the standard's.
package struct WireChannel: Equatable, Sendable {
    package var factor: Code
    package var parameter: Parameter
    package var unit: MeasuringUnit

    package init(factor: Code, parameter: Parameter, unit: MeasuringUnit) {
        self.factor = factor
        self.parameter = parameter
        self.unit = unit
    }

}

extension MeasuringUnit {
    /// The place after the point that is a thousandth of the unit in which the parameter is computed: `0.0523` mg/m³ is read
    /// with six, and is 52,300 thousandths of a µg/m³.
    package func places(of parameter: Parameter) -> Int {
        switch billionthsInThousandth(of: parameter) {
        case 1000: 6
        case 1_000_000: 3
        default: 0
        }
    }
}

extension WireChannel {
    private static let flag = Code("Flag")

    /// Appends the readings of a packet: of each channel that is in it a value, or the flag that says why there is none.
    ///
    /// `kind` is `Rtd` of 2011 and `Avg` of the others, `time` that of the packet.
    ///
    /// - Throws: ``Fault/value`` for a text that is no number; then nothing was appended.
    package static func read(
        _ packet: borrowing Packet, in data: Span<UInt8>, _ channels: [WireChannel], kind: Code, station: Int32,
        at time: Instant, into readings: inout [Reading]
    ) throws(Fault) {
        let count = readings.count
        for channel in channels {
            var value: Concentration?
            var mark = DataFlag.normal
            for item in packet.items where item.factor.packed == channel.factor.packed {
                if item.kind.packed == flag.packed {
                    mark = DataFlag(wire: item.value, in: data)
                } else if item.kind.packed == kind.packed {
                    value = channel.value(item.value, in: data, at: time)
                    if value == nil {
                        readings.removeSubrange(count...)
                        throw .value
                    }
                }
            }
            guard var value else { continue }
            if !mark.isValid { value = .missing(mark) }
            readings.append(
                Reading(channel: Channel(station: station, parameter: channel.parameter), time: time, value: value))
        }
    }

    /// The value of a text; missing where there is none, nil for what is no number.
    private func value(_ text: TextRange, in data: Span<UInt8>, at time: Instant) -> Concentration? {
        if text.isEmpty { return .missing(.absent) }
        switch DecimalText.parse(data, text.range, decimals: unit.places(of: parameter)) {
        case .thousandths(let number, _):
            let value = Concentration(measured: number)
            return unit.isMixingRatio
                ? value.fromMixingRatio(of: parameter, at: ReferenceState(at: time)) : value
        case .tooLarge: return .missing(.fault)
        case .malformed: return nil
        }
    }
}

extension DataFlag {
    /// The mark of a value on the wire: one letter for most, else a national one; whatever its case.
    fileprivate init(wire text: TextRange, in data: Span<UInt8>) {
        guard text.range.count == 1 else {
            self = text.isEmpty ? .unknown : DataFlag(text: text.text(in: data))
            return
        }
        switch data[Int(text.start)] {
        case UInt8(ascii: "N"), UInt8(ascii: "n"): self = .normal
        case UInt8(ascii: "T"), UInt8(ascii: "t"): self = .overRange
        default: self = DataFlag(text: text.text(in: data))
        }
    }
}
