/// A simulated instrument on a serial line: its values by item, and how they are said in each protocol.
package struct SerialInstrument: Equatable, Sendable {
    /// Its number on the line; nil answers to requests without one.
    package var address: Int?
    /// Thousandths by item, as "o3" or "211"; bits as they are.
    package var values: [String: Int64]
    /// The word behind a value of C-Link.
    package var unit = "ppb"
    /// Whether it ends its C-Link answers with a sum.
    package var sendsSums = true
    /// What `lrec` reads, the oldest first: lines of a record.
    package var records: [String] = []

    package init(address: Int? = nil, values: [String: Int64] = [:]) {
        self.address = address
        self.values = values
    }

    /// What answers that must not be believed say, in thousandths.
    private static let poison: Int64 = 48_560

    /// With every value replaced by one that must not be believed.
    var poisoned: SerialInstrument {
        var other = self
        for item in values.keys where !item.contains(".status") && item != "flags" {
            other.values[item] = SerialInstrument.poison
        }
        return other
    }

    private func thousandths(_ item: String) -> Int64 { values[item] ?? 0 }

    /// A number with three decimals.
    private static func text(_ thousandths: Int64) -> String {
        let digits = String(thousandths.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return (thousandths < 0 ? "-" : "") + padded.dropLast(3) + "." + padded.suffix(3)
    }

    private static func float(_ thousandths: Int64) -> [UInt8] {
        let bits = (Float(thousandths) / 1000).bitPattern
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
    }

    private static func two(_ word: Int64) -> String {
        String(decoding: hexadecimalText(UInt8(truncatingIfNeeded: word)), as: UTF8.self)
    }

    // MARK: - Answers

    /// The answer to a request in a protocol; nil where the request is not for this instrument.
    package func answer(to request: [UInt8], in kind: SerialProtocol, isForAnother: Bool = false) -> [UInt8]? {
        switch kind {
        case .bayernHessen: bayernHessen(request, isForAnother)
        case .cLink: cLink(request, isForAnother)
        case .ak: ak(request, isForAnother)
        case .serinusAdvanced: serinus(request, isForAnother)
        case .sps30: sps30(request, isForAnother)
        case .line: line(isForAnother)
        case .pmsx003, .sds011: nil
        }
    }

    /// A refusal in a protocol; nil where it has none.
    func refusal(of request: [UInt8], in kind: SerialProtocol, code: Int) -> [UInt8]? {
        switch kind {
        case .cLink: sealed(Array("\(command(request)) bad cmd".utf8))
        case .ak: AK.frame(Array("???? 0".utf8))
        case .serinusAdvanced:
            SerinusAdvanced.frame(
                id: UInt8(truncatingIfNeeded: address ?? 0), command: 0, [0, UInt8(truncatingIfNeeded: code)])
        case .sps30: SPS30.frame([0, 3, UInt8(truncatingIfNeeded: max(code, 1) & 0x7F), 0])
        case .bayernHessen, .line, .pmsx003, .sds011: nil
        }
    }

    private func bayernHessen(_ request: [UInt8], _ isForAnother: Bool) -> [UInt8]? {
        let text = request.dropFirst().prefix { $0 >= 0x20 }
        guard text.starts(with: Array("DA".utf8)) else { return nil }
        let number = String(decoding: text.dropFirst(2), as: UTF8.self)
        guard number.isEmpty || Int(number) == address else { return nil }
        let items = values.keys.filter { !$0.contains(".") }.sorted()
        var answer = "MD" + String(String(100 + items.count).dropFirst())
        for item in items {
            let (status, failure) = (values["\(item).status"] ?? 0, values["\(item).failure"] ?? 0)
            let isInvalid = status & 0x0E != 0 || failure != 0
            let id = isForAnother ? "9" + item.dropFirst() : item
            answer += " \(id) \(SerialInstrument.mantissa(isInvalid ? 0 : thousandths(item)))"
            answer += " \(SerialInstrument.two(status)) \(SerialInstrument.two(failure)) 000 000000"
        }
        return BayernHessen.frame(answer + " ", checked: request.last != Control.carriageReturn)
    }

    /// Thousandths as `+nnnn+ee`, of which four digits remain.
    private static func mantissa(_ thousandths: Int64) -> String {
        var (digits, power) = (thousandths.magnitude, 0)
        while digits > 9999 {
            digits /= 10
            power += 1
        }
        let text = String(String(10_000 + digits).dropFirst())
        return "\(thousandths < 0 ? "-" : "+")\(text)+0\(power)"
    }

    private func command(_ request: [UInt8]) -> String {
        String(decoding: request.filter { $0 >= 0x20 && $0 < 0x80 }, as: UTF8.self)
    }

    private func cLink(_ request: [UInt8], _ isForAnother: Bool) -> [UInt8]? {
        let id = request.first.flatMap { $0 >= 128 ? Int($0) - 128 : nil }
        guard id == address || id == nil && address == nil else { return nil }
        let command = command(request)
        let words = command.split(separator: " ")
        if words.first == "lrec", words.count == 3, let back = Int(words[1]), let count = Int(words[2]),
            !records.isEmpty
        {
            let lines = records.suffix(max(back, 0)).prefix(max(count, 0))
            return sealed(Array("\(command)\n\(lines.joined(separator: "\n"))".utf8))
        }
        let name = isForAnother ? "x\(command)" : command
        if command == "flags" {
            let digits = String(thousandths(command), radix: 16, uppercase: true)
            return sealed(Array("\(name) \(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)".utf8))
        }
        guard values[command] != nil else { return sealed(Array("\(command) bad cmd".utf8)) }
        return sealed(Array("\(name) \(SerialInstrument.text(thousandths(command))) \(unit)".utf8))
    }

    private func sealed(_ text: [UInt8]) -> [UInt8] {
        guard sendsSums else { return text + [Control.carriageReturn] }
        let text = text + [UInt8(ascii: "*")]
        let sum = text.reduce(UInt16(0)) { $0 &+ UInt16($1) }
        let digits = (hexadecimalText(UInt8(sum >> 8)) + hexadecimalText(UInt8(sum & 0xFF))).map { $0 | 0x20 }
        return text + Array("\nsum ".utf8) + digits + [Control.carriageReturn]
    }

    private func ak(_ request: [UInt8], _ isForAnother: Bool) -> [UInt8]? {
        guard request.count >= 9, let channel = Int(String(decoding: request[8..<request.count - 1], as: UTF8.self)),
            channel == address ?? 0
        else { return nil }
        let code = String(decoding: request[2..<6], as: UTF8.self)
        let items = values.keys.filter { $0.hasPrefix("\(code).") && !$0.hasSuffix("error") }.sorted()
        let numbers = items.map { SerialInstrument.text(thousandths($0)) }
        let error = values["\(code).error"] ?? 0
        let name = isForAnother ? "ASTF" : code
        return AK.frame(Array("\(name) \(error) \(numbers.joined(separator: " "))".utf8))
    }

    private func serinus(_ request: [UInt8], _ isForAnother: Bool) -> [UInt8]? {
        let id = UInt8(truncatingIfNeeded: address ?? 0)
        guard request.count == 8, request[1] == id, request[2] == 1 else { return nil }
        return SerinusAdvanced.frame(
            id: isForAnother ? id &+ 1 : id, command: 1,
            [request[5]] + SerialInstrument.float(thousandths("\(request[5])")))
    }

    private func sps30(_ request: [UInt8], _ isForAnother: Bool) -> [UInt8]? {
        let content = SPS30.content(request.span)
        guard content.count >= 4 else { return nil }
        guard content[1] == 3 else { return SPS30.frame([0, content[1], 0, 0]) }
        let numbers = ["pm1", "pm25", "pm4", "pm10"].flatMap { SerialInstrument.float(thousandths($0)) }
        return SPS30.frame([0, isForAnother ? 2 : 3, 0, 40] + numbers + [UInt8](repeating: 0, count: 24))
    }

    private func line(_ isForAnother: Bool) -> [UInt8] {
        let items = values.keys.sorted().map {
            "\(isForAnother ? "x" : "")\($0)=\(SerialInstrument.text(thousandths($0)))"
        }
        return Array("\(items.joined(separator: " "))\r\n".utf8)
    }

    /// What it sends by itself; nil where it waits to be asked.
    package func frame(in kind: SerialProtocol) -> [UInt8]? {
        func whole(_ item: String) -> UInt16 { UInt16(clamping: thousandths(item) / 1000) }
        switch kind {
        case .pmsx003:
            let six = ["pm1.cf1", "pm25.cf1", "pm10.cf1", "pm1.atm", "pm25.atm", "pm10.atm"].map(whole)
            return PMSx003.frame(six + [UInt16](repeating: 0, count: 7))
        case .sds011:
            return SDS011.frame(
                pm25: UInt16(clamping: thousandths("pm25") / 100), pm10: UInt16(clamping: thousandths("pm10") / 100))
        default: return nil
        }
    }
}
