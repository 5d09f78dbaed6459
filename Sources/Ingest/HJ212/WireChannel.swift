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
        case 100_000: 4
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
            do throws(Fault) {
                guard let value = try channel.value(of: packet, in: data, kind: kind, at: time)?.value else { continue }
                readings.append(
                    Reading(channel: Channel(station: station, parameter: channel.parameter), time: time, value: value))
            } catch {
                readings.removeSubrange(count...)
                throw error
            }
        }
    }

    /// The value in a packet, or the flag that says why there is none, and its text; nil where the factor is not in it.
    ///
    /// - Throws: ``Fault/value`` for a text that is no number.
    func value(
        of packet: borrowing Packet, in data: Span<UInt8>, kind: Code, at time: Instant
    ) throws(Fault) -> (value: Concentration, text: TextRange)? {
        var found: (value: Concentration, text: TextRange)?
        var mark = DataFlag.normal
        for item in packet.items where item.factor.packed == factor.packed {
            if item.kind.packed == WireChannel.flag.packed {
                mark = DataFlag(wire: item.value, in: data)
            } else if item.kind.packed == kind.packed {
                guard let value = value(item.value, in: data, at: time) else { throw .value }
                found = (value, item.value)
            }
        }
        if !mark.isValid { found?.value = .missing(mark) }
        return found
    }

    /// What the last digit of a text is worth, thousandths; one at least.
    func lastDigit(of text: TextRange, in data: Span<UInt8>, at time: Instant) -> Int32 {
        var decimals = 0
        var isBehindPoint = false
        for place in text.range {
            if isBehindPoint { decimals += 1 }
            if data[place] == UInt8(ascii: ".") { isBehindPoint = true }
        }
        var step: Int64 = 1
        for _ in 0..<max(0, unit.places(of: parameter) - decimals) { step *= 10 }
        var value = Concentration(measured: step)
        if unit.isMixingRatio { value = value.fromMixingRatio(of: parameter, at: ReferenceState(at: time)) }
        return max(1, value.thousandths ?? 1)
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
