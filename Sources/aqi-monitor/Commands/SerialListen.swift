import ArgumentParser

struct SerialListen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Bytes, frames and checksums as they come.",
        discussion: """
            Each line: seconds since the beginning, < for what came in and > for what was sent, the bytes in hexadecimal
            digits and as text; below, each frame with its protocol and verdict. Nobody else may use the port meanwhile.

            EXAMPLES
              aqi-monitor serial listen /dev/ttyUSB0
              aqi-monitor serial listen /dev/ttyUSB0 --baud 19200 --framing 7E1 --protocol bayern-hessen --for 30s
              aqi-monitor serial listen 192.168.1.30:4001 --json
            """)

    @OptionGroup var options: SerialLineOptions

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m; else with the line, or by ^C.")
    var duration: DurationOption?

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        var watch = try SerialWatch(options)
        try watch.listen(for: duration?.duration)
    }
}
