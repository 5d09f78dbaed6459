import AQICore
import ArgumentParser
import Ingest
import Texts

struct SimulateModbus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modbus",
        abstract: "A Modbus device: registers, and misbehaviour by name.",
        discussion: """
            Listens on the loopback interface, or on a pseudo-terminal, until it is stopped; prints where on the first line.
            Without --set and --episode it has 256 holding and 256 input registers, all 0; with --set it has those that
            are set and refuses others. --episode plays a made-up pollution episode, an hour a second: PM2.5, PM10, SO2,
            NO2, CO, O3 as f32 ABCD in holding and input registers 0, 2, 4, 6, 8, 10.
            --profile makes it an analyser of the program's profiles, which measures such air hour by hour of real time (with
            --episode, an hour a second); --calibrate lets it go through air, zero gas, span gas, air, again and again, with
            the status that it has for them: zero near 0, span near 400 ppb or µg/m³ (CO 40).

            Misbehaviour, KIND[:PARAMETER][@WHEN]:
              silence            no answer
              late:2000          the answer, so many milliseconds too late
              wrong-id           the answer to another transaction (RTU: of another unit)
              wrong-length:-1    so many registers more than were asked for
              exception:4        a refusal with this code
              crc-error          a checksum that is wrong (TCP: a protocol identifier)
              split:20           in three pieces, so many milliseconds apart
              noise:5            so many stray bytes first
              reset              the connection is reset (RTU: breaks off in the middle)
              half-open          the connection stays and is never answered again (RTU: silence)
              slow-bytes:5       so many milliseconds between two bytes
            WHEN is 5 (every fifth request), 4-6 (requests 4 to 6) or 10% (drawn from --seed); always without.

            EXAMPLES
              aqi-monitor simulate modbus --tcp 1502 --set input:18:f32:ABCD=41.7 --set holding:4:u16=3
              aqi-monitor simulate modbus --rtu /tmp/analyser --unit 5 --episode
              aqi-monitor simulate modbus --tcp 1502 --profile thermo-49iq --profile 7/saimosen-co --calibrate 10m
              aqi-monitor simulate modbus --tcp 0 --episode --misbehave late:1500@10 --misbehave crc-error@5% --for 30s
            """)

    @Option(help: "Modbus TCP on this port; 0 takes any free one.")
    var tcp: Int?

    @Flag(help: "Modbus RTU on a pseudo-terminal; a name given after it is linked to the pseudo-terminal.")
    var rtu = false

    @Argument(help: "With --rtu: the name by which the pseudo-terminal can be opened.")
    var link: String?

    @Option(help: "TCP: the address to listen on; 0.0.0.0 lets everybody in.")
    var bind = "127.0.0.1"

    @Option(help: "The device's address on the line, 1 ... 247.")
    var unit = 1

    @Option(
        name: .customLong("set"),
        help: """
            TABLE:ADDRESS:TYPE[:ORDER]=NUMBER, as holding:0:f32:CDAB=12.5, or coils:4=1, discrete:15=0; before it UNIT/ for \
            further units (TCP).
            """)
    var values: [String] = []

    @Option(
        name: .customLong("profile"),
        help: """
            An analyser as aqi-monitor profiles lists them; before it UNIT/, else --unit, and one more for each that follows.
            """)
    var profiles: [String] = []

    @Option(help: "With --profile: each phase of air, zero gas, span gas, air lasts so long, as 30s, 10m.")
    var calibrate: DurationOption?

    @Flag(help: "Play a made-up pollution episode through the registers.")
    var episode = false

    @OptionGroup var simulator: SimulatorOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (tcp != nil) != rtu else { throw ValidationError(Session.words.either(["--tcp PORT", "--rtu"])) }
        try WrongUsage.check("--tcp", tcp, in: 0...65_535)
        if tcp != nil, let link { throw ValidationError(Session.words.goesWith(link, "--rtu")) }
        try WrongUsage.check("--unit", unit, in: 1...247)
        if calibrate != nil, profiles.isEmpty {
            throw ValidationError(Session.words.goesWith("--calibrate", "--profile"))
        }
        _ = try devices()
        _ = try analysers()
    }

    mutating func run() async throws {
        let (devices, analysers) = (try devices(), try analysers())
        let bank = bank(devices, analysers)
        let device: ModbusSimulator
        do {
            let (conduct, seed) = (try simulator.conduct(), simulator.seed)
            device =
                if let tcp {
                    try ModbusSimulator(tcpPort: tcp, host: bind, bank: bank, misbehaviours: conduct, seed: seed)
                } else {
                    try ModbusSimulator(rtuUnit: unit, link: link, bank: bank, misbehaviours: conduct, seed: seed)
                }
        } catch ModbusSimulator.Failed.cannotListen(let port, let number) {
            throw Failure(.unavailable, Session.words.cannotListen("\(bind):\(port)", systemMessage(number)))
        }
        defer { device.stop() }
        let played = episode && analysers.isEmpty ? Episode(seed: simulator.seed) : nil
        let unit = unit
        try await simulator.serve(
            at: SimulateModbus.address(device.line), SimulateModbus.json(device.line), counts: { device.counts }
        ) { second in
            if let played { SimulateModbus.play(played.row(second), in: bank, of: unit) }
            // Registers that are set stay as they are.
            if !analysers.isEmpty { bank.set(analysers.map { $0.simulated(at: second) } + devices) }
        }
    }

    private static func play(_ row: HourRow, in bank: RegisterBank, of unit: Int) {
        bank.set(
            Pollutant.allSix.enumerated().flatMap { place, pollutant in
                let registers = RegisterBank.registers(thousandths: row[pollutant].thousandths ?? 0, order: .abcd)
                return [RegisterTable.holding, .input].map {
                    (unit: unit, table: $0, address: 2 * place, registers: registers)
                }
            })
    }

    /// What is set goes before what an analyser would show there.
    private func bank(_ devices: [SimulatedDevice], _ analysers: [SimulatedAnalyser]) -> RegisterBank {
        let all = analysers.map { $0.simulated(at: 0) } + devices
        return all.isEmpty ? RegisterBank(units: [unit]) : RegisterBank(all)
    }

    /// The analysers that `--profile` names, each with a unit of its own.
    private func analysers() throws -> [SimulatedAnalyser] {
        var analysers: [SimulatedAnalyser] = []
        for (place, text) in profiles.enumerated() {
            let parts = text.split(separator: "/", maxSplits: 1)
            let unit = parts.count == 2 ? Int(parts[0]) : self.unit + place
            guard let unit, (1...247).contains(unit), let name = parts.last,
                let shipped = ShippedProfile.all.first(where: { $0.name == name })
            else {
                throw ValidationError(
                    Session.words.writeLike(
                        "--profile \(text)", ["NAME", "UNIT/NAME"], of: ShippedProfile.all.map(\.name)))
            }
            guard tcp != nil || unit == self.unit else {
                throw ValidationError(Session.words.lineHasOneUnit("--profile \(text)", self.unit))
            }
            guard !analysers.contains(where: { $0.device.unit == unit }) else {
                throw ValidationError(Session.words.unitIsTaken("--profile \(text)", unit))
            }
            let profile = try DeviceProfile(shipped)
            analysers.append(
                SimulatedAnalyser(
                    ModbusDevice(
                        name: profile.name, unit: unit, channels: profile.channels.map(\.source),
                        statuses: profile.statuses),
                    seed: simulator.seed,
                    calibratingEvery: calibrate.map { max(1, Int($0.duration.components.seconds)) },
                    secondsAnHour: episode ? 1 : 3600))
        }
        return analysers
    }

    /// The devices that `--set` describes, by unit; with an episode its registers are there, too.
    private func devices() throws -> [SimulatedDevice] {
        var byUnit: [Int: SimulatedDevice] = [:]
        for text in values {
            guard let (unit, setting) = SimulateModbus.setting(text, unit: unit) else {
                throw ValidationError(
                    Session.words.writeLike(
                        "--set \(text)",
                        ["coils:4=1", "discrete:15=0", "TABLE:ADDRESS:TYPE[:ORDER]=NUMBER", "holding:0:f32:CDAB=12.5"],
                        of: RegisterType.allCases.map(\.rawValue) + ByteOrder.allCases.map(\.rawValue)))
            }
            guard unit == self.unit || tcp != nil else {
                throw ValidationError(Session.words.lineHasOneUnit("--set \(text)", self.unit))
            }
            switch setting {
            case .value(let value): byUnit[unit, default: SimulatedDevice(unit: unit)].values.append(value)
            case .bit(let bit): byUnit[unit, default: SimulatedDevice(unit: unit)].bits.append(bit)
            }
        }
        return byUnit.values.sorted { $0.unit < $1.unit }
    }

    private enum Setting {
        case value(SimulatedDevice.Value)
        case bit(SimulatedDevice.Bit)
    }

    /// Reads `[UNIT/]TABLE:ADDRESS:TYPE[:ORDER]=NUMBER` or `[UNIT/]TABLE:ADDRESS=BIT`.
    private static func setting(_ text: String, unit: Int) -> (unit: Int, Setting)? {
        var unit = unit
        var rest = Substring(text)
        if let slash = rest.firstIndex(of: "/") {
            guard let named = Int(rest[..<slash]), (0...255).contains(named) else { return nil }
            unit = named
            rest = rest[rest.index(after: slash)...]
        }
        let sides = rest.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let number = Double(sides[1]), number.isFinite else { return nil }
        let parts = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, let table = RegisterTable(argument: parts[0]), table.isOfBits {
            guard let address = Int(parts[1]), (0...65_535).contains(address), number == 0 || number == 1 else {
                return nil
            }
            return (unit, .bit(SimulatedDevice.Bit(table, address: address, isOn: number == 1)))
        }
        guard parts.count == 3 || parts.count == 4,
            let table = RegisterTable.allCases.first(where: { "\($0)" == parts[0] }),
            let address = Int(parts[1]), let type = RegisterType(rawValue: parts[2]),
            let order = parts.count == 4 ? ByteOrder(rawValue: parts[3].uppercased()) : .abcd,
            address >= 0, address + type.registerCount <= 65_536
        else { return nil }
        let value = SimulatedDevice.Value(
            Register(table: table, address: address, type: type, order: order), number)
        return value.words == nil ? nil : (unit, .value(value))
    }

    private static func address(_ line: ModbusLine) -> String {
        switch line {
        case .tcp(let host, let port), .rtuOverTCP(let host, let port), .rtuListening(let host, let port, _):
            "\(host):\(port)"
        case .rtu(let path, _, _, _, _): path
        }
    }

    private static func json(_ line: ModbusLine) -> JSON {
        switch line {
        case .tcp(let host, let port), .rtuOverTCP(let host, let port), .rtuListening(let host, let port, _):
            .object([("line", .string("tcp")), ("host", .string(host)), ("port", .integer(Int64(port)))])
        case .rtu(let path, _, _, _, _): .object([("line", .string("rtu")), ("path", .string(path))])
        }
    }
}
