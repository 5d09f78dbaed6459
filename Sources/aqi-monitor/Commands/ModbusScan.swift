import ArgumentParser
import Ingest
import Texts

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
            return "\(TextTable.right("\(unit)", 3)) \(table.name) \(list.joined(separator: ", "))"
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
