import AQICore
import ArgumentParser
import Ingest
import Terminal
import Texts

struct CalibrationDeskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "What a running monitor reads of gases instead of air, and a person's word that it does.",
        discussion: """
            EXAMPLES
              aqi-monitor calibration list
              aqi-monitor calibration begin zero "SO2 analyser" --as Li --reason "weekly check"
              aqi-monitor calibration end "SO2 analyser" --as Li --reason "done"
            """,
        subcommands: [CalibrationList.self, CalibrationBegin.self, CalibrationEnd.self])
}

/// What a person says that a device reads.
struct CalibrationKindOption: ExpressibleByArgument {
    let kind: CalibrationKind

    init?(argument: String) {
        guard let kind = CalibrationKind(name: argument) else { return nil }
        self.kind = kind
    }

    static var allValueStrings: [String] { CalibrationKind.allKinds.map(\.name) }
}

struct CalibrationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The devices of a running monitor and what they read.",
        discussion: """
            EXAMPLE
              aqi-monitor calibration list --store /var/lib/aqi-monitor/air.db
            """)

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let words = Session.words
        try await StatusClient.forEachMessage(try monitor.sockets().status) { message, _ in
            var output = try Output(path: nil)
            for device in message.snapshot.devices {
                // Of one that does not answer it is known only what a person said that it reads.
                let silence = words.silence(device)
                let states = device.phase == nil ? [silence ?? words.phase(nil)] : [words.phase(device.phase), silence]
                let line = ["\(device.bus): \(device.name)"] + states.compactMap(\.self)
                try output.line(line.joined(separator: ": ").harmless)
            }
            try output.finish()
            return false
        }
    }
}

struct CalibrationBegin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "begin",
        abstract: "From now on the device reads a gas, or is worked on: its values do not count, its result is kept.",
        discussion: """
            Nothing is written to the device: switch its valves yourself. Survives a restart; goes into the trail of changes.

            EXAMPLES
              aqi-monitor calibration begin zero "SO2 analyser" --as Li --reason "weekly check"
              aqi-monitor calibration begin maintenance "NOx analyser" --bus "gas rack" --as Li --reason "pump"
            """)

    @Argument(help: "zero, span, precision, calibration or maintenance.")
    var kind: CalibrationKindOption

    @OptionGroup var device: CalibrationDeviceOptions

    mutating func run() async throws { try await device.ask(kind.kind) }
}

struct CalibrationEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "The device reads air again, and its values count once it has recovered.",
        discussion: """
            EXAMPLE
              aqi-monitor calibration end "SO2 analyser" --as Li --reason "done"
            """)

    @OptionGroup var device: CalibrationDeviceOptions

    mutating func run() async throws { try await device.ask(nil) }
}

/// Which device, who asks, and why.
struct CalibrationDeviceOptions: ParsableArguments {
    @Argument(help: "The device, by its name in the configuration, or as BUS: DEVICE.")
    var device: String

    @Option(help: "Its bus, where two have a device of this name.")
    var bus: String?

    @Option(name: .customLong("as"), help: "Who asks.")
    var person: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var common: CommonOptions

    func ask(_ kind: CalibrationKind?) async throws {
        let request = CalibrationRequest(bus: bus, device: device, kind: kind, reason: reason)
        _ = try await ControlClient(path: try monitor.sockets().control).ask(.calibration(request), as: person)
    }
}
