import ArgumentParser
import Glibc
import Ingest
import Texts

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
            for (place, bit) in words.enumerated() {
                try output.line("\(TextTable.right("\(address + place)", 5)) \(bit)")
            }
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

/// Whether output may be coloured: it goes to a terminal, and nobody asked for none (no-color.org).
private func isTerminal(_ descriptor: Int32) -> Bool {
    // Invariant: getenv returns a pointer that is only compared; nothing here changes the environment.
    let wantsNone = unsafe getenv("NO_COLOR") != nil
    return isatty(descriptor) == 1 && !wantsNone
}
