import AQICore
import ArgumentParser
import Ingest
import ServiceLifecycle
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

    @Option(name: .customLong("misbehave"), help: "KIND[:PARAMETER][@WHEN], as late:1500@10.")
    var misbehaviours: [String] = []

    @Option(help: "Of what is drawn: noise, misbehaviour by percent, the episode.")
    var seed: UInt64 = 1

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m, 2h.")
    var duration: DurationOption?

    @Flag(help: "The first line as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let (kind, _) = try chosen()
        if let address, !(kind.dialect.addresses?.contains(address) ?? false) {
            throw ValidationError(Session.words.notInProtocol("--address \(address)", kind.name))
        }
        if episode, profile == nil { throw ValidationError(Session.words.goesWith("--episode", "--profile")) }
        _ = try instrument()
        _ = try conduct()
    }

    mutating func run() async throws {
        let (kind, profile) = try chosen()
        let (instrument, conduct) = (try instrument(), try conduct())
        let simulator = try SerialSimulator(
            kind, [instrument], link: link, misbehaviours: conduct, seed: seed, echoes: echo)
        defer { simulator.stop() }
        var output = try Output(path: nil)
        let members: [(String, JSON)] = [
            ("line", .string("serial")), ("protocol", .string(kind.name)), ("path", .string(simulator.path)),
        ]
        try output.line(json ? JSON.object(members).line : simulator.path)
        try output.flush()
        let player = SerialEpisode(
            simulator: simulator, channels: profile?.channels ?? [], episode: episode ? Episode(seed: seed) : nil,
            deadline: duration.map { .now + $0.duration })
        try await Session.serve([player], hasScreen: false)
        let counts = simulator.counts
        Session.say(Session.words.simulatorEnded(requests: counts.requests, misbehaved: counts.misbehaved))
        try output.finish()
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

    private func conduct() throws -> [Misbehaviour] {
        try misbehaviours.map { text in
            guard let misbehaviour = Misbehaviour(text: text) else {
                throw ValidationError(
                    Session.words.writeLike(
                        "--misbehave \(text)",
                        ["KIND[:PARAMETER][@WHEN]", "late:1500@10"], of: Misbehaviour.Kind.allCases.map(\.rawValue)))
            }
            return misbehaviour
        }
    }
}

/// Puts the hours of an episode into an instrument, one a second, until the time is over or the user stops it. Concentrations are
/// given as numbers, whatever the unit.
private struct SerialEpisode: Service {
    let simulator: SerialSimulator
    let channels: [SerialChannel]
    let episode: Episode?
    let deadline: ContinuousClock.Instant?

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var hour = 0
            let clock = ContinuousClock()
            var due = clock.now
            while !Task.isCancelled {
                if let episode { play(episode.row(hour)) }
                hour += 1
                due += .seconds(1)
                if let deadline, deadline <= due {
                    try? await clock.sleep(until: deadline)
                    return
                }
                try? await clock.sleep(until: due)
            }
        }
    }

    private func play(_ row: HourRow) {
        var values: [String: Int64] = [:]
        for channel in channels {
            guard let pollutant = channel.rule.channel.parameter.pollutant else { continue }
            values[channel.item.text] = Int64(row[pollutant].thousandths ?? 0)
        }
        simulator.set(values)
    }
}
