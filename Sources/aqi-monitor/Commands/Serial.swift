import ArgumentParser
import Ingest
import Texts

struct Serial: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What an instrument on a serial line says.",
        discussion: """
            EXAMPLES
              aqi-monitor serial listen /dev/ttyUSB0
              aqi-monitor serial send /dev/ttyUSB0 DA097 --protocol bayern-hessen
            """,
        subcommands: [SerialListen.self, SerialSend.self])
}

/// Where a serial line is, how it is set, and what is looked for on it.
struct SerialLineOptions: ParsableArguments {
    @Argument(help: "A serial port, as /dev/serial/by-id/..., or HOST:PORT of a serial server.")
    var target: String

    @Option(help: "Bits a second.")
    var baud = 9600

    @Option(help: "Data bits, parity (N, E, O) and stop bits.")
    var framing = "8N1"

    @Option(
        name: .customLong("protocol"),
        help: "Show the frames of this protocol, good and bad; without, the good ones of any that has checksums.")
    var kind: SerialProtocol?

    @Flag(help: "One line of JSON for each arrival and each frame.")
    var json = false

    func validate() throws {
        if !ModbusOptions.bauds.contains(baud) {
            throw ValidationError(Session.words.oneOf("--baud \(baud)", ModbusOptions.bauds.map { "\($0)" }))
        }
        _ = try line()
    }

    func line() throws -> SerialLine {
        guard target.contains("/") else {
            guard let colon = target.lastIndex(of: ":"), colon > target.startIndex,
                let port = Int(target[target.index(after: colon)...]), (1...65_535).contains(port)
            else { throw ValidationError(Session.words.writeLike(target, ["/dev/ttyUSB0", "HOST:PORT"])) }
            return .tcp(host: String(target[..<colon]), port: port)
        }
        let framing = try Framing(framing, dataBits: 7...8)
        return .port(
            path: target, baud: baud, parity: framing.parity, dataBits: framing.dataBits,
            stopBits: framing.stopBits, direction: .automatic)
    }
}

extension SerialProtocol: ExpressibleByArgument {}
