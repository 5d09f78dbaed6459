import ArgumentParser
import Glibc
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
            let letters = Array(framing.uppercased().utf8)
            guard letters.count == 3, (UInt8(ascii: "5")...UInt8(ascii: "8")).contains(letters[0]),
                "NEO".utf8.contains(letters[1]), (UInt8(ascii: "1")...UInt8(ascii: "2")).contains(letters[2])
            else { throw ValidationError(Session.words.writeLike("--framing \(framing)", ["8N1", "8E1", "7E2"])) }
            // A port speaks RTU, whether or not one says so.
            return .rtu(
                path: target, baud: baud, parity: String(UnicodeScalar(letters[1])), dataBits: Int(letters[0] - 48),
                stopBits: Int(letters[2] - 48))
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

struct ModbusRead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Registers as they are, and as the numbers that they could be in each word order.",
        discussion: """
            Addresses are those of the protocol, from 0: a manual's "register 40001" is mostly address 0. Two registers at
            a time are shown as f32, u32 and i32 in the orders ABCD, CDAB, BADC and DCBA side by side; what looks like a
            concentration has a star. Where every f32 has its star in the same column, that is the word order.

            EXAMPLES
              aqi-monitor modbus read 192.168.1.20 0 --count 20
              aqi-monitor modbus read 127.0.0.1:1502 18 --count 4 --table input --unit 3
              aqi-monitor modbus read 192.168.1.30:4001 0 --rtu
              aqi-monitor modbus read /dev/ttyUSB0 2100 --baud 19200 --framing 8E1 --json
            """)

    @OptionGroup var line: LineOptions

    @Argument(help: "The first register, 0 ... 65535.")
    var address: Int

    @Option(help: "How many registers.")
    var count = 2

    @Option(help: "holding, input, coils or discrete.")
    var table = RegisterTable.holding

    @Option(help: "The device's address on the line.")
    var unit = 1

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("ADDRESS", address, in: 0...65_535)
        if count < 1 || address + count > 65_536 {
            throw ValidationError(Session.words.within("--count \(count)", 1...65_536 - address))
        }
        try WrongUsage.check("--unit", unit, in: 0...255)
    }

    mutating func run() throws {
        let words = try read()
        var output = try Output(path: nil)
        if json {
            try output.line(RegisterText.json(words, table: table, unit: unit, address: address).line)
        } else if table.isOfBits {
            for (place, bit) in words.enumerated() { try output.line("\(pad("\(address + place)", 5)) \(bit)") }
        } else {
            let text = RegisterText(isColoured: isTerminal(STDOUT_FILENO))
            for line in text.lines(words, from: address) { try output.line(line) }
        }
        try output.finish()
    }

    /// What is asked for, in as many requests as it takes.
    private func read() throws -> [UInt16] {
        let modbusLine = try line.line()
        do throws(ExchangeError) {
            let link = try RawRead(modbusLine, responseTimeoutMs: line.timeout ?? 1000)
            var words: [UInt16] = []
            while words.count < count {
                words += try link.read(
                    table, unit: unit, address: address + words.count, count: min(count - words.count, table.longest))
            }
            return words
        } catch {
            throw Failure(
                .unavailable,
                Session.words.onUnit(modbusLine.text, unit: unit, Session.words.problem(error)))
        }
    }
}

struct ModbusScan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Which units answer on a line, and which registers they have.",
        discussion: """
            Asks every unit for one register; whoever answers, be it with a refusal, is there. Then halves the range of
            registers where a device refuses, until each one is known. It only reads. On a serial line each unit that is
            not there costs --timeout.

            EXAMPLES
              aqi-monitor modbus scan 192.168.1.20 --units 1-10
              aqi-monitor modbus scan /dev/ttyUSB0 --baud 19200 --registers 0-2200
              aqi-monitor modbus scan 127.0.0.1:1502 --units 1 --json
            """)

    @OptionGroup var line: LineOptions

    @Option(help: "The units to ask, as 1-247 or 5.")
    var units = RangeOption(1...247)

    @Option(help: "The registers to look for, as 0-200.")
    var registers = RangeOption(0...200)

    @Flag(help: "One line of JSON a unit.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if units.range.upperBound > 255 {
            throw ValidationError(Session.words.within("--units \(units.text)", 0...255))
        }
        if registers.range.upperBound > 65_535 {
            throw ValidationError(Session.words.within("--registers \(registers.text)", 0...65_535))
        }
    }

    mutating func run() throws {
        let words = Session.words
        let modbusLine = try line.line()
        let isSerial = if case .rtu = modbusLine { true } else { false }
        let timeoutMs = line.timeout ?? (isSerial ? 300 : 1000)
        var output = try Output(path: nil)
        let progress = ProgressLine()
        var found = 0
        do {
            let range = registers.range.lowerBound..<registers.range.upperBound + 1
            var scan = DeviceScan(try RawRead(modbusLine, responseTimeoutMs: timeoutMs), registers: range)
            let clock = ContinuousClock()
            let began = clock.now
            for (place, unit) in units.range.enumerated() {
                let rate = Double(place) / max((clock.now - began) / .seconds(1), 0.001)
                progress.show(
                    words.scanningUnits(
                        unit, of: units.range.upperBound, found: found, perSecond: "\((rate * 10).rounded() / 10)",
                        left: words.age(
                            seconds: place == 0
                                ? Int64(units.range.count * timeoutMs / 1000)
                                : Int64(Double(units.range.count - place) / rate))))
                guard try scan.isThere(unit: unit) else { continue }
                found += 1
                let unitBegan = clock.now
                scan.progress = { done, count, unit in
                    let left = (clock.now - unitBegan) / .seconds(1) / Double(max(done, 1)) * Double(count - done)
                    progress.show(
                        words.scanningRegisters(unit: unit, done, of: count, left: words.age(seconds: Int64(left))))
                }
                let tables = try scan.tables(unit: unit)
                progress.clear()
                try output.line(json ? ModbusScan.json(unit, tables).line : text(unit, tables))
                try output.flush()
            }
        } catch let error as ExchangeError {
            progress.clear()
            throw Failure(.unavailable, words.onLine(modbusLine.text, words.problem(error)))
        }
        progress.clear()
        guard found > 0 else { throw Failure(.unavailable, words.nothingAnswers(modbusLine.text, units: units.text)) }
        try output.finish()
    }

    private func text(_ unit: Int, _ tables: DeviceScan.Found) -> String {
        if tables.isEmpty { return Session.words.unitWithoutRegisters(unit) }
        return tables.map { table, ranges in
            let list = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
            return "\(pad("\(unit)", 3)) \(table.name) \(list.joined(separator: ", "))"
        }.joined(separator: "\n")
    }

    private static func json(_ unit: Int, _ tables: DeviceScan.Found) -> JSON {
        .object(
            [("unit", .integer(Int64(unit)))]
                + tables.map { table, ranges in
                    (
                        table.name,
                        .array(
                            ranges.map {
                                .array([.integer(Int64($0.lowerBound)), .integer(Int64($0.upperBound - 1))])
                            })
                    )
                })
    }
}

/// Whether output may be coloured: it goes to a terminal, and nobody asked for none (no-color.org).
private func isTerminal(_ descriptor: Int32) -> Bool {
    // Invariant: getenv returns a pointer that is only compared; nothing here changes the environment.
    let wantsNone = unsafe getenv("NO_COLOR") != nil
    return isatty(descriptor) == 1 && !wantsNone
}

private func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
