import AQICore
import ArgumentParser
import Ingest
import Texts

struct SimulateSerial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serial",
        abstract: "An instrument with a serial protocol of its own, on a pseudo-terminal.",
        discussion: """
            Prints the name of the pseudo-terminal on the first line, and answers, or sends by itself, until it is stopped.
            Items are those of a configuration: 211 and 211.status (bayern-hessen), o3 and flags (c-link), AKON.1 (ak), 50
            (serinus-advanced), pm25.atm (pmsx003), pm25 (sds011, sps30), any name (line: NAME=NUMBER ... CR LF).
            Misbehaviour is that of `simulate modbus`: silence, late, wrong-id, wrong-length, exception, crc-error, split,
            noise, reset, half-open, slow-bytes.

            EXAMPLES
              aqi-monitor simulate serial --protocol c-link --address 49 --set o3=41.7
              aqi-monitor simulate serial /tmp/analyser --protocol bayern-hessen --address 97 --set 211=25 --set 211.status=4
              aqi-monitor simulate serial --protocol pmsx003 --profile plantower-pms5003 --episode --misbehave crc-error@5%
            """)

    @Argument(help: "A name by which the pseudo-terminal can be opened.")
    var link: String?

    @Option(
        name: .customLong("protocol"),
        help: "One of \(SerialProtocol.allCases.map(\.name).joined(separator: ", ")); that of --profile without.")
    var kind: SerialProtocol?

    @Option(help: "The items of this profile; `aqi-monitor profiles` lists them.")
    var profile: String?

    @Option(help: "The instrument's number on the line.")
    var address: Int?

    @Option(name: .customLong("set"), help: "ITEM=NUMBER, as o3=41.7.")
    var values: [String] = []

    @Option(help: "c-link: the word behind a value.")
    var unit = "ppb"

    @Flag(help: "c-link: answer without sums.")
    var noSums = false

    @Flag(help: "Play a made-up pollution episode through the channels of the profile, an hour a second.")
    var episode = false

    @Flag(help: "Send back what is received, as a two-wire adapter does.")
    var echo = false

    @OptionGroup var simulator: SimulatorOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let (kind, _) = try chosen()
        if let address, !(kind.dialect.addresses?.contains(address) ?? false) {
            throw ValidationError(Session.words.notInProtocol("--address \(address)", kind.name))
        }
        if episode, profile == nil { throw ValidationError(Session.words.goesWith("--episode", "--profile")) }
        _ = try instrument()
    }

    mutating func run() async throws {
        let (kind, profile) = try chosen()
        let device = try SerialSimulator(
            kind, [try instrument()], link: link, misbehaviours: try simulator.conduct(), seed: simulator.seed,
            echoes: echo)
        defer { device.stop() }
        let object: JSON = .object([
            ("line", .string("serial")), ("protocol", .string(kind.name)), ("path", .string(device.path)),
        ])
        let (channels, played) = (profile?.channels ?? [], episode ? Episode(seed: simulator.seed) : nil)
        try await simulator.serve(at: device.path, object, counts: { device.counts }) { second in
            if let played { SimulateSerial.play(played.row(second), through: channels, of: device) }
        }
    }

    /// Concentrations are given as numbers, whatever the unit.
    private static func play(_ row: HourRow, through channels: [SerialChannel], of device: SerialSimulator) {
        var values: [String: Int64] = [:]
        for channel in channels {
            guard let pollutant = channel.rule.channel.parameter.pollutant else { continue }
            values[channel.item.text] = Int64(row[pollutant].thousandths ?? 0)
        }
        device.set(values)
    }

    private func chosen() throws -> (SerialProtocol, SerialProfile?) {
        guard let profile else {
            guard let kind else { throw ValidationError(Session.words.either(["--protocol", "--profile"])) }
            return (kind, nil)
        }
        let known = try ShippedProfile.all.map { try DeviceProfile($0) }.filter { $0.serial != nil }
        guard let found = known.first(where: { $0.name == profile })?.serial else {
            throw ValidationError(Session.words.oneOf("--profile \(profile)", known.map(\.name)))
        }
        if let kind, kind != found.kind {
            throw ValidationError(Session.words.notInProtocol("--profile \(profile)", kind.name))
        }
        return (found.kind, found)
    }

    private func instrument() throws -> SerialInstrument {
        let (kind, profile) = try chosen()
        var instrument = SerialInstrument(address: address)
        instrument.unit = unit
        instrument.sendsSums = !noSums
        for channel in profile?.channels ?? [] { instrument.values[channel.item.text] = 0 }
        for status in profile?.statuses ?? [] { instrument.values[status.item.text] = 0 }
        for text in values {
            let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, kind.dialect.item(sides[0]) != nil, let number = ExactDecimal(sides[1]) else {
                throw ValidationError(Session.words.writeLike("--set \(text)", ["\(kind.dialect.itemExample)=NUMBER"]))
            }
            // Bits and error numbers are as they are, values in thousandths.
            let isBits = sides[0].contains(".status") || sides[0].contains(".failure") || sides[0] == "flags"
            let isError = sides[0].hasSuffix(".error")
            instrument.values[sides[0]] = number.billionths / (isBits || isError ? 1_000_000_000 : 1_000_000)
        }
        return instrument
    }
}
