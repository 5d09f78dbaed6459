import AQICore
import Ingest

extension ModbusDevice {
    /// Reads a `[[bus.device]]`; what it does not say, its profile does.
    init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        try section.allow(
            "name", "station", "unit", "max_registers", "profile", "parameters", "status", "channel", "calibration")
        let name = try section.required("name", section.string)
        let unit = try section.integer("unit", in: 1...247) ?? 1
        let profile = try DeviceProfile(namedIn: section)
        let channels = try section.channels(
            \.rule, overriding: profile?.channels.map(\.source) ?? [], stations: stations, taken: &taken
        ) { own, known in try ChannelSource(own, overriding: known) }
        let statuses =
            section.has("status")
            ? try section.sectionOrSections("status").map { try StatusSource($0) } : profile?.statuses ?? []
        self.init(name: name, unit: unit, channels: channels, statuses: statuses)
        maxRegisters = try section.integer("max_registers", in: 1...125) ?? maxRegisters
        calibration = try section.calibration(of: channels.map(\.rule))
    }
}

extension TOMLSection {
    /// The channels of a device: those of its profile that it wants, changed by its own, and its own. `taken` are those that
    /// somebody measures already.
    func channels<Source>(
        _ rule: WritableKeyPath<Source, ValueRule>, overriding profile: [Source],
        stations: [Configuration.Station], taken: inout Set<Channel>,
        _ read: (TOMLSection, [Source]) throws -> Source
    ) throws -> [Source] {
        let key = try string("station") ?? stations[0].key
        guard let station = stations.firstIndex(where: { $0.key == key }) else {
            throw error("station", .unknownName(key: "station", value: key, known: stations.map(\.key)))
        }
        var channels = try chosen(profile, rule)
        var sites: [Parameter: TOMLSection] = [:]
        for own in try sections("channel") {
            let source = try read(own, profile)
            let parameter = source[keyPath: rule].channel.parameter
            guard sites.updateValue(own, forKey: parameter) == nil else {
                throw own.error("parameter", .repeated("\(key) \(parameter.name)"))
            }
            if let place = channels.firstIndex(where: { $0[keyPath: rule].channel.parameter == parameter }) {
                channels[place] = source
            } else {
                channels.append(source)
            }
        }
        guard !channels.isEmpty else { throw error("", .nothingToDo("[[bus.device.channel]]")) }
        for place in channels.indices {
            channels[place][keyPath: rule].channel.station = Int32(station)
            let channel = channels[place][keyPath: rule].channel
            guard taken.insert(channel).inserted else {
                let kind = ConfigurationError.Kind.repeated("\(key) \(channel.parameter.name)")
                throw sites[channel.parameter]?.error("parameter", kind) ?? error("profile", kind)
            }
        }
        return channels
    }

    /// The channels of a profile that a device wants: all, or its `parameters`.
    private func chosen<Source>(
        _ profile: [Source], _ rule: WritableKeyPath<Source, ValueRule>
    ) throws -> [Source] {
        guard has("parameters") else { return profile }
        let known = profile.map { $0[keyPath: rule].channel.parameter.name }
        let wanted = try strings("parameters")
        for name in wanted where !known.contains(name) {
            throw error("parameters", .unknownName(key: "parameters", value: name, known: known))
        }
        return profile.filter { wanted.contains($0[keyPath: rule].channel.parameter.name) }
    }
}

extension ChannelSource {
    /// Reads a channel of the first station. What it does not say, the one of the same parameter among `channels` does,
    /// those of a profile; `others` are further keys that may be there.
    init(_ section: TOMLSection, overriding channels: [ChannelSource] = [], allowing others: [String] = []) throws {
        try section.allow(ValueRule.keys + ["table", "address", "register", "type", "order", "step"] + others)
        let parameter = try ValueRule.parameter(section)
        let base = channels.first { $0.channel.parameter == parameter }
        let register = try Register(
            section, tables: RegisterTable.ofNumbers, types: RegisterType.allCases, type: .f32,
            overriding: base?.register)
        let isInteger = register.type != .f32 && register.type != .f64
        self.init(
            register: register,
            rule: try ValueRule(section, of: parameter, overriding: base?.rule, isInteger: isInteger))
    }
}

extension ValueRule {
    static let keys = ["parameter", "scale", "offset", "unit", "missing", "valid", "deadband"]

    static func parameter(_ section: TOMLSection) throws -> Parameter {
        try section.required("parameter") { key in
            try section.choice(key, of: Parameter.all, named: \.name)
        }
    }

    /// Reads what becomes of a number; what the section does not say, `base` does.
    init(_ section: TOMLSection, of parameter: Parameter, overriding base: ValueRule?, isInteger: Bool) throws {
        self.init(channel: Channel(station: 0, parameter: parameter))
        scale = try ValueRule.scale(section, isInteger: isInteger) ?? base?.scale ?? .one
        offset = try section.decimal("offset") ?? base?.offset ?? .zero
        let units = MeasuringUnit.all(for: parameter)
        unit = try section.choice("unit", of: units, named: \.rawValue) ?? base?.unit
        sentinels =
            try section.decimals("missing")?.map { number in
                guard number.billionths % 1_000_000 == 0 else {
                    throw section.error("missing", .wrongType(key: "missing", wanted: "-999.999"))
                }
                return number.billionths / 1_000_000
            } ?? base?.sentinels ?? []
        valid =
            try section.decimals("valid").map { ends in
                guard ends.count == 2, ends[0] < ends[1] else {
                    throw section.error("valid", .wrongType(key: "valid", wanted: "[0, 500]"))
                }
                return ends[0]...ends[1]
            } ?? base?.valid
        deadband = try section.decimal("deadband") ?? base?.deadband ?? .zero
        guard deadband >= .zero else {
            throw section.error("deadband", .wrongType(key: "deadband", wanted: "0.5 (not below 0)"))
        }
    }

    /// `scale`, or `step`, which is the scale of an integer. A scale of 0 would read as clean air.
    private static func scale(_ section: TOMLSection, isInteger: Bool) throws -> ExactDecimal? {
        if let step = try section.decimal("step") {
            guard !section.has("scale") else { throw section.error("step", .notTogether("step", "scale")) }
            guard step > .zero, isInteger else {
                throw section.error("step", .wrongType(key: "step", wanted: "0.1 (u16, i16, u32, i32)"))
            }
            return step
        }
        let scale = try section.decimal("scale")
        guard scale.map({ $0 > .zero }) ?? true else {
            throw section.error("scale", .wrongType(key: "scale", wanted: "0.1 (above 0)"))
        }
        return scale
    }
}

extension StatusSource {
    /// Reads one way in which a device says how it is doing.
    init(_ section: TOMLSection) throws {
        let (table, address) = try Register.place(section, tables: RegisterTable.allCases)
        if table.isOfBits {
            try section.allow("table", "address", "register", "bits", "cleared_bits")
            guard section.has("bits") || section.has("cleared_bits") else {
                throw section.error("", .missingKey("bits"))
            }
            let first = address ?? 0
            let bits = try StatusRule.bits(section, count: 65_536 - first)
            self.init(register: Register(bit: first, in: table), meaning: .bits(bits))
            return
        }
        try section.allow(
            ["table", "address", "register", "type", "order"] + StatusRule.keys)
        let register = try Register(
            section, tables: RegisterTable.ofNumbers, types: [.u16, .u32], type: .u16, overriding: nil)
        self.init(
            register: register, rule: try StatusRule(section, width: register.type == .u16 ? 16 : 32))
    }
}

extension StatusRule {
    static let keys = ["mask", "shift", "normal", "meanings", "bits", "cleared_bits"]

    /// Reads what a number of so many bits tells.
    init(_ section: TOMLSection, width: Int) throws {
        let mask = try section.integer("mask", in: 1...(1 << width - 1)) ?? Int(UInt32.max)
        let shift = try section.integer("shift", in: 0...(width - 1)) ?? 0
        let meaning: Meaning
        if let other = ["bits", "cleared_bits"].first(where: section.has) {
            for key in ["meanings", "normal"] where section.has(key) {
                throw section.error(key, .notTogether(key, other))
            }
            meaning = .bits(try Self.bits(section, count: width))
        } else {
            let normal = try section.integer("normal", in: 0...Int(UInt32.max)) ?? 0
            let flags = try Self.flags(section, "meanings", below: Int(UInt32.max) + 1)
            meaning = .number(
                Dictionary(uniqueKeysWithValues: flags.map { (UInt32($0.number), $0.flag) }), normal: UInt32(normal))
        }
        self.init(mask: UInt32(mask), shift: shift, meaning: meaning)
    }

    static func bits(_ section: TOMLSection, count: Int) throws -> [Bit] {
        try flags(section, "bits", below: count).map { Bit($0.number, $0.flag) }
            + flags(section, "cleared_bits", below: count).map { Bit($0.number, $0.flag, whenClear: true) }
    }

    /// A table of numbers and marks, the numbers in order.
    private static func flags(
        _ section: TOMLSection, _ key: String, below limit: Int
    ) throws -> [(number: Int, flag: DataFlag)] {
        guard let words = try section.section(key) else { return [] }
        var flags: [(number: Int, flag: DataFlag)] = []
        for key in words.keys {
            let flag = DataFlag(text: try words.required(key, words.string))
            guard let number = Int(key), flag != .unknown else {
                throw words.error(key, .wrongType(key: key, wanted: "number = \"HJ 212 flag\""))
            }
            guard (0..<limit).contains(number) else {
                throw words.error(key, .outOfRange(key: key, value: number, lowest: 0, highest: limit - 1))
            }
            guard !flags.contains(where: { $0.number == number }) else { throw words.error(key, .repeated(key)) }
            flags.append((number, flag))
        }
        return flags.sorted { $0.number < $1.number }
    }
}

extension Register {
    /// Reads where a number is and how it lies there.
    fileprivate init(
        _ section: TOMLSection, tables: [RegisterTable], types: [RegisterType], type: RegisterType,
        overriding base: Register?
    ) throws {
        let (table, address) = try Register.place(section, tables: tables, overriding: base)
        guard let address else { throw section.error("", .missingKey("address")) }
        self.init(
            table: table, address: address,
            type: try section.choice("type", of: types, named: \.rawValue) ?? base?.type ?? type,
            order: try section.choice("order", of: ByteOrder.allCases, named: \.rawValue) ?? base?.order ?? .abcd)
        guard range.upperBound <= 65_536 else {
            throw section.error(
                section.has("register") ? "register" : "address",
                .outOfRange(
                    key: "address", value: address, lowest: 0, highest: 65_536 - self.type.registerCount))
        }
    }

    /// Reads `table` and `address`, or `register`, which says both as manuals do.
    fileprivate static func place(
        _ section: TOMLSection, tables: [RegisterTable], overriding base: Register? = nil
    ) throws -> (table: RegisterTable, address: Int?) {
        guard let number = try section.integer("register", in: 1...465_536) else {
            let table = try section.choice("table", of: tables, named: \.name) ?? base?.table ?? .holding
            return (table, try section.integer("address", in: 0...65_535) ?? base?.address)
        }
        for other in ["address", "table"] where section.has(other) {
            throw section.error("register", .notTogether("register", other))
        }
        guard let place = ReferenceNotation.place(of: number), tables.contains(place.table) else {
            let wanted = tables.contains(.discreteInputs) ? "40019, 30019 or 10019" : "40019 or 30019"
            throw section.error("register", .wrongType(key: "register", wanted: wanted))
        }
        return place
    }
}

extension RegisterTable {
    /// The name in configurations and on the command line.
    var name: String {
        switch self {
        case .holding: "holding"
        case .input: "input"
        case .coils: "coils"
        case .discreteInputs: "discrete"
        }
    }
}
