import ArgumentParser
import Foundation
import Terminal
import Texts
import Warnings

struct AlarmsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms",
        abstract: "What somebody should look at: lists alarms of a running monitor, acknowledges and shelves them.",
        discussion: """
            An alarm goes when its condition is over and somebody has acknowledged it. Each step goes into the trail of changes.

            EXAMPLES
              aqi-monitor alarms list
              aqi-monitor alarms acknowledge 3 4 --as Li
            """,
        subcommands: [AlarmsList.self, AlarmsAcknowledge.self, AlarmsShelve.self, AlarmsUnshelve.self])
}

struct AlarmsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The alarms that are not back to normal.",
        discussion: """
            EXAMPLES
              aqi-monitor alarms list --store /var/lib/aqi-monitor/air.db
              aqi-monitor alarms list --json | jq '.[] | select(.state == "unacknowledged")'
            """)

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "One line of JSON: an array, its objects as in watch --json.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        try await StatusClient.forEachMessage(try monitor.sockets().status) { message, _ in
            try AlarmsList.write(message.alarms ?? [], asJSON: json)
            return false
        }
    }

    private static func write(_ alarms: [StatusMessage.AlarmLine], asJSON: Bool) throws {
        let words = Session.words
        var output = try Output(path: nil)
        if asJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try output.line(String(decoding: try encoder.encode(alarms), as: UTF8.self))
        } else {
            let known = alarms.compactMap(\.alarm)
            if known.isEmpty { try output.line(words.noAlarms) }
            for alarm in known {
                let state = words.alarmState(alarm.state)
                try output.line("\(state)  \(alarm.since.dateAndClock)  \(words.text(alarm))".harmless)
            }
        }
        try output.finish()
    }
}

/// Who acts on an alarm, and of which monitor.
struct AlarmOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Who acts.")
    var person: String

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var common: CommonOptions

    func ask(_ command: AlarmCommand) async throws {
        _ = try await ControlClient(path: try monitor.sockets().control).ask(.alarm(command), as: person)
    }
}

struct AlarmsAcknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Says that somebody knows.",
        discussion: """
            EXAMPLE
              aqi-monitor alarms acknowledge 3 4 --as Li
            """)

    @Argument(help: "Numbers of alarms.")
    var numbers: [Int]

    @OptionGroup var alarm: AlarmOptions

    mutating func run() async throws {
        for number in numbers { try await alarm.ask(.acknowledge(number)) }
    }
}

struct AlarmsShelve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelve",
        abstract: "Keeps an alarm from calling for a time, a week at most.",
        discussion: """
            EXAMPLE
              aqi-monitor alarms shelve 3 --for 8h --as Li --reason "spare pump comes tomorrow"
            """)

    @Argument(help: "The number of an alarm.")
    var number: Int

    @Option(name: .customLong("for"), help: "For how long, as 30m, 8h.")
    var duration: DurationOption

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var alarm: AlarmOptions

    mutating func run() async throws {
        try await alarm.ask(.shelve(number, seconds: duration.duration.components.seconds, reason: reason))
    }
}

struct AlarmsUnshelve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unshelve",
        abstract: "Takes an alarm from the shelf before its time.",
        discussion: """
            EXAMPLE
              aqi-monitor alarms unshelve 3 --as Li
            """)

    @Argument(help: "The number of an alarm.")
    var number: Int

    @OptionGroup var alarm: AlarmOptions

    mutating func run() async throws { try await alarm.ask(.unshelve(number)) }
}
