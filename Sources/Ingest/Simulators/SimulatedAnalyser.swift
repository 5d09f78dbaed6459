package import AQICore

/// A device as its profile describes it, seen from the other end of the wire: what its registers hold, in the course of time.
///
/// Where the other end reads it by the same profile it gets the values that are shown here, as far as the types of the
/// registers can carry them. The same seed gives the same course.
package struct SimulatedAnalyser: Sendable {
    package let device: ModbusDevice
    private let seed: UInt64
    private let episode: Episode
    /// Seconds of each phase of a cycle of ``cycle``; nil for a device that always measures.
    private let phaseSeconds: Int?
    /// Seconds that an hour of the episode takes.
    private let secondsAnHour: Int

    /// What flows, phase by phase, again and again; nil is air.
    package static let cycle: [CalibrationKind?] = [nil, .zero, .span, nil]

    package init(
        _ device: ModbusDevice, seed: UInt64 = 1, calibratingEvery phaseSeconds: Int? = nil, secondsAnHour: Int = 3600
    ) {
        self.device = device
        self.seed = seed
        self.phaseSeconds = phaseSeconds
        self.secondsAnHour = secondsAnHour
        episode = Episode(seed: seed)
    }

    /// Its registers at a second.
    package func simulated(at second: Int) -> SimulatedDevice {
        simulated(values(at: second), flag: gas(at: second).map(flag) ?? .normal)
    }

    // MARK: - Registers

    /// The registers that hold values, and what says how the device is doing. There is a value a channel, in thousandths of µg/m³
    /// or ppb, for carbon monoxide mg/m³ or ppm.
    package func simulated(_ values: [Int32], flag: DataFlag) -> SimulatedDevice {
        var simulated = SimulatedDevice(unit: device.unit)
        simulated.values = zip(device.channels, values).map { source, value in
            let asWritten = Int64(value) * source.rule.divisor - source.rule.offset.billionths
            return .init(source.register, Double(asWritten) / Double(source.rule.scale.billionths))
        }
        for status in device.statuses { status.show(flag, in: &simulated) }
        return simulated
    }

    /// The mark by which the device tells that a gas flows; normal where its status cannot.
    package func flag(of kind: CalibrationKind) -> DataFlag {
        [kind.flag(isCheck: false), kind.flag(isCheck: true), .calibration].first { flag in
            device.statuses.contains { $0.canTell(flag) }
        } ?? .normal
    }

    // MARK: - Values

    /// What flows at a second; nil is air.
    package func gas(at second: Int) -> CalibrationKind? {
        phaseSeconds.flatMap { SimulatedAnalyser.cycle[second / $0 % SimulatedAnalyser.cycle.count] }
    }

    /// What each channel shows at a second: thousandths, as ``simulated(_:flag:)`` takes them.
    package func values(at second: Int) -> [Int32] {
        device.channels.enumerated().map { place, source in
            Int32(truncatingIfNeeded: value(of: source, place, at: second))
        }
    }

    private func value(of source: ChannelSource, _ place: Int, at second: Int) -> Int {
        var random = SplitMix(seed: seed &+ UInt64(second) &* 0x9E37 &+ UInt64(place) << 40)
        let noise = random.next(101) - 50
        guard let phaseSeconds else { return max(0, air(source, at: second) + noise) }
        // An analyser follows a change of gas by and by: what is left of the gas before halves sixteen times a phase.
        let now = level(gas(at: second), source, place, at: second)
        let before = level(gas(at: max(0, second - phaseSeconds)), source, place, at: second)
        let left = (before - now) >> (second % phaseSeconds * 16 / phaseSeconds)
        return max(-5000, now + left + noise)
    }

    /// What the analyser shows of a gas at last: its zero has drifted a little, and so has its span.
    private func level(_ gas: CalibrationKind?, _ source: ChannelSource, _ place: Int, at second: Int) -> Int {
        var random = SplitMix(seed: seed &+ UInt64(place))
        let drift = random.next(1001) - 500
        switch gas {
        case nil: return air(source, at: second)
        case .zero: return drift
        default: return (source.rule.channel.parameter == .co ? 40_000 : 400_000) + drift * 8
        }
    }

    /// The air of an episode, from hour to hour along a straight line.
    private func air(_ source: ChannelSource, at second: Int) -> Int {
        let (hour, rest) = second.quotientAndRemainder(dividingBy: secondsAnHour)
        let from = hourly(source, hour)
        return from + (hourly(source, hour + 1) - from) * rest / secondsAnHour
    }

    private func hourly(_ source: ChannelSource, _ hour: Int) -> Int {
        let parameter = source.rule.channel.parameter
        let isOxides = parameter == .nox || parameter == .no
        guard let pollutant = isOxides ? .no2 : parameter.pollutant else { return weather(parameter, hour) }
        var hour = hour
        while hour > 0, episode.row(hour)[pollutant].isMissing { hour -= 1 }
        let value = Int(episode.row(hour)[pollutant].thousandths ?? 0)
        // About what a mass is in ppb; and some nitrogen oxides are no NO2.
        let amount = source.rule.unit?.isMixingRatio == true ? value / 2 : value
        return isOxides ? amount * 3 / 2 : amount
    }

    /// The weather of an hour: thousandths that go up and down with the day.
    private func weather(_ parameter: Parameter, _ hour: Int) -> Int {
        let afternoon = 12 - abs(hour % 24 - 14)
        switch parameter {
        case .temperature: return 2000 + 700 * afternoon
        case .humidity: return 70_000 - 3000 * afternoon
        case .pressure: return 1_013_000 + 500 * (hour / 24 % 7)
        case .windSpeed: return 1500 + 200 * max(afternoon, 0)
        default: return (hour * 17_000 + 225_000) % 360_000
        }
    }
}

extension StatusSource {
    /// Whether it has a number or a bit for a mark.
    fileprivate func canTell(_ flag: DataFlag) -> Bool {
        switch rule.meaning {
        case .number(let flags, _): flags.values.contains(flag)
        case .bits(let bits): bits.contains { $0.flag == flag }
        }
    }

    /// Lays its register or bits out so that it tells a mark, or that all is well where it has nothing for the mark.
    fileprivate func show(_ flag: DataFlag, in device: inout SimulatedDevice) {
        switch rule.meaning {
        case .number(let flags, let normal):
            let number = flags.filter { $0.value == flag }.keys.min() ?? normal
            put(number, owning: .max, in: &device)
        case .bits(let bits):
            // Set where it tells something else than what has to be told.
            let set = bits.filter { ($0.flag == flag) != $0.isWhenClear }.map(\.number)
            if register.table.isOfBits {
                device.bits += bits.map { bit in
                    .init(register.table, address: register.address + bit.number, isOn: set.contains(bit.number))
                }
            } else {
                func word(_ bits: [Int]) -> UInt32 { bits.reduce(0) { $0 | 1 << UInt32($1) } }
                put(word(set), owning: word(bits.map(\.number)) << UInt32(rule.shift), in: &device)
            }
        }
    }

    /// A number beside those that others have in the same register.
    private func put(_ number: UInt32, owning own: UInt32, in device: inout SimulatedDevice) {
        let mask = rule.mask & own
        let bits = number << UInt32(rule.shift) & mask
        if let place = device.values.firstIndex(where: { $0.register == register }) {
            let old = UInt32(device.values[place].number)
            device.values[place].number = Double(old & ~mask | bits)
        } else {
            device.values.append(.init(register, Double(bits)))
        }
    }
}
