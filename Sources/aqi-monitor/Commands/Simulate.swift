import ArgumentParser
import Ingest
import ServiceLifecycle
import Texts

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A device on the other end of the wire.",
        discussion: """
            EXAMPLES
              aqi-monitor simulate modbus --tcp 1502 --profile thermo-49iq
              aqi-monitor simulate serial --protocol c-link --address 49 --set o3=41.7
              aqi-monitor simulate hj212 --port 9212 --stations 100
            """,
        subcommands: [SimulateModbus.self, SimulateSerial.self, SimulateHJ212.self])
}

/// What every simulated device has.
struct SimulatorOptions: ParsableArguments {
    @Option(name: .customLong("misbehave"), help: "KIND[:PARAMETER][@WHEN], as late:1500@10.")
    var misbehaviours: [String] = []

    @Option(help: "Of what is drawn: noise, misbehaviour by percent, the episode.")
    var seed: UInt64 = 1

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m, 2h.")
    var duration: DurationOption?

    @Flag(help: "The first line as JSON.")
    var json = false

    func validate() throws { _ = try conduct() }

    func conduct() throws -> [Misbehaviour] {
        try misbehaviours.map { text in
            guard let misbehaviour = Misbehaviour(text: text) else {
                throw ValidationError(
                    Session.words.writeLike(
                        "--misbehave \(text)", ["KIND[:PARAMETER][@WHEN]", "late:1500@10"],
                        of: Misbehaviour.Kind.allCases.map(\.rawValue)))
            }
            return misbehaviour
        }
    }

    /// Prints where the device is, plays each second until the time is over or the user stops it, and says what was asked of it.
    func serve(
        at address: String, _ object: JSON, counts: () -> (requests: Int, misbehaved: Int),
        _ play: @escaping @Sendable (Int) -> Void
    ) async throws {
        var output = try Output(path: nil)
        try output.line(json ? object.line : address)
        try output.flush()
        let player = SecondPlayer(deadline: duration.map { .now + $0.duration }, play: play)
        try await Session.serve([player], hasScreen: false)
        let counts = counts()
        Session.say(Session.words.simulatorEnded(requests: counts.requests, misbehaved: counts.misbehaved))
        try output.finish()
    }
}

/// Does something every second, until the time is over or the user stops it.
private struct SecondPlayer: Service {
    let deadline: ContinuousClock.Instant?
    let play: @Sendable (Int) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var second = 0
            let clock = ContinuousClock()
            var due = clock.now
            while !Task.isCancelled {
                play(second)
                second += 1
                due += .seconds(1)
                if let deadline, deadline <= due {
                    try? await clock.sleep(until: deadline)
                    return
                }
                try? await clock.sleep(until: due)
            }
        }
    }
}
