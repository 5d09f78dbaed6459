import ArgumentParser
import Ingest
import Texts

struct Modbus: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at a real Modbus device.",
        discussion: """
            EXAMPLES
              aqi-monitor modbus scan 192.168.1.20 --units 1-10
              aqi-monitor modbus read /dev/ttyUSB0 0 --count 20
            """,
        subcommands: [ModbusRead.self, ModbusScan.self])
}

/// Where a device is, and how it is spoken to.
struct LineOptions: ParsableArguments {
    @Argument(help: "HOST, HOST:PORT (502 without) or a serial port, as /dev/ttyUSB0.")
    var target: String

    @Option(help: "Serial: bits a second.")
    var baud = 9600

    @Option(help: "Serial: data bits, parity (N, E, O) and stop bits.")
    var framing = "8N1"

    @Flag(help: "HOST:PORT is a serial server: RTU frames over TCP.")
    var rtu = false

    @Option(help: "How long a device may take to begin its answer, in milliseconds.")
    var timeout: Int?

    func validate() throws {
        try WrongUsage.check("--baud", baud, in: 50...4_000_000)
        try WrongUsage.check("--timeout", timeout, in: 1...60_000)
        _ = try line()
    }

    /// The line that the options describe.
    func line() throws -> ModbusLine {
        if target.contains("/") {
            let framing = try Framing(framing, dataBits: 5...8)
            // A port speaks RTU, whether or not one says so.
            return .rtu(
                path: target, baud: baud, parity: framing.parity, dataBits: framing.dataBits,
                stopBits: framing.stopBits)
        }
        // [::1]:502 is an IPv6 address with its port.
        guard let colon = target.lastIndex(of: ":"), !target.hasSuffix("]") else {
            guard !rtu else {
                throw ValidationError(Session.words.writeLike("\(target) --rtu", ["HOST:PORT"]))
            }
            return .tcp(host: LineOptions.bare(target), port: 502)
        }
        guard let port = Int(target[target.index(after: colon)...]), (1...65_535).contains(port),
            colon > target.startIndex
        else { throw ValidationError(Session.words.writeLike(target, ["HOST", "HOST:PORT", "/dev/ttyUSB0"])) }
        let host = LineOptions.bare(String(target[..<colon]))
        return rtu ? .rtuOverTCP(host: host, port: port) : .tcp(host: host, port: port)
    }

    private static func bare(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}

/// A range as `5`, `1-247`.
struct RangeOption: ExpressibleByArgument {
    let range: ClosedRange<Int>

    init(_ range: ClosedRange<Int>) {
        self.range = range
    }

    init?(argument: String) {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], 0 <= first,
            first <= last
        else { return nil }
        range = first...last
    }

    var text: String { range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)" }
    var defaultValueDescription: String { text }
}

extension RegisterTable: ExpressibleByArgument {
    /// The name on the command line.
    public init?(argument: String) {
        guard let table = RegisterTable.allCases.first(where: { $0.name == argument }) else { return nil }
        self = table
    }

    /// The names, for the help, in the order of their functions.
    public static var allValueStrings: [String] { allCases.sorted { $0.rawValue < $1.rawValue }.map(\.name) }
    /// The name, for the help.
    public var defaultValueDescription: String { name }
}
