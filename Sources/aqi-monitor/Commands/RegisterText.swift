import Glibc
import Ingest
import Texts

/// Registers as people read them who look for a word order.
struct RegisterText {
    /// Whether what looks like a concentration is set off by more than its star.
    var isColoured: Bool

    /// Two registers, in the order in which they make a 32-bit number.
    private static func bits(_ first: UInt16, _ second: UInt16, _ order: ByteOrder) -> UInt32 {
        // A number's registers put together again: the four orders undo themselves.
        let words = RegisterBank.registers(bits: UInt32(first) << 16 | UInt32(second), order: order)
        return UInt32(words[0]) << 16 | UInt32(words[1])
    }

    /// The numbers that two registers can be.
    private static let kinds:
        [(name: String, text: @Sendable (UInt32) -> String, number: @Sendable (UInt32) -> Double)] = [
            ("f32", { RegisterText.short(Float(bitPattern: $0)) }, { Double(Float(bitPattern: $0)) }),
            ("u32", { "\($0)" }, { Double($0) }),
            ("i32", { "\(Int32(bitPattern: $0))" }, { Double(Int32(bitPattern: $0)) }),
        ]

    /// Whether a number could be a concentration in some unit: not zero, which is the same in all orders, not minute,
    /// and neither far below zero nor beyond any instrument.
    private static func isPlausible(_ number: Double) -> Bool {
        number >= -100 && number <= 20_000 && number.magnitude >= 0.001
    }

    /// A heading, three lines for each two registers, and what the star means.
    func lines(_ words: [UInt16], from address: Int) -> [String] {
        let heading = "\(Session.words.columnAddress)  hex   u16    i16"
        var lines: [String] = []
        if words.count > 1 {
            lines.append(
                heading + "     " + ByteOrder.allCases.map { TextTable.right($0.rawValue, 12) }.joined(separator: " "))
        } else {
            lines.append(heading)
        }
        var hasStar = false
        for start in stride(from: 0, to: words.count, by: 2) {
            guard start + 1 < words.count else {
                lines.append(word(words[start], at: address + start))
                break
            }
            for (row, kind) in RegisterText.kinds.enumerated() {
                let left =
                    row < 2 ? word(words[start + row], at: address + start + row) : String(repeating: " ", count: 23)
                let numbers = ByteOrder.allCases.map { order in
                    let bits = RegisterText.bits(words[start], words[start + 1], order)
                    let isPlausible = RegisterText.isPlausible(kind.number(bits))
                    hasStar = hasStar || isPlausible
                    let text = TextTable.right(kind.text(bits), 12)
                    guard isPlausible else { return text + " " }
                    return isColoured ? "\u{1B}[1m\(text)*\u{1B}[0m" : text + "*"
                }
                lines.append("\(left) \(kind.name)" + numbers.joined())
            }
        }
        if hasStar { lines.append(Session.words.looksLikeConcentration) }
        return lines.map(RegisterText.withoutSpacesAtEnd)
    }

    private func word(_ word: UInt16, at address: Int) -> String {
        let digits = String(word, radix: 16, uppercase: true)
        return
            "\(TextTable.right("\(address)", 5)) \(String(repeating: "0", count: 4 - digits.count) + digits)"
            + " \(TextTable.right("\(word)", 5)) \(TextTable.right("\(Int16(bitPattern: word))", 6))"
    }

    /// A number in at most 11 characters: as it is where it fits, otherwise with five digits.
    private static func short(_ number: Float) -> String {
        let whole = "\(number)"
        if whole.count <= 11 { return whole }
        var text = [CChar](repeating: 0, count: 32)
        // Invariant: vsnprintf writes at most text.count bytes, the last of them 0.
        _ = unsafe withVaList([Double(number)]) { unsafe vsnprintf(&text, text.count, "%.5g", $0) }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func withoutSpacesAtEnd(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// Everything that `lines` says, in a form for programs.
    static func json(_ words: [UInt16], table: RegisterTable, unit: Int, address: Int) -> JSON {
        var members: [(String, JSON)] = [
            ("unit", .integer(Int64(unit))), ("table", .string(table.name)), ("address", .integer(Int64(address))),
            (table.isOfBits ? "bits" : "words", .array(words.map { .integer(Int64($0)) })),
        ]
        guard !table.isOfBits else { return .object(members) }
        let pairs = stride(from: 0, to: words.count - 1, by: 2).map { start in
            JSON.object(
                [("address", .integer(Int64(address + start)))]
                    + kinds.map { kind in
                        (
                            kind.name,
                            .object(
                                ByteOrder.allCases.map { order in
                                    let bits = bits(words[start], words[start + 1], order)
                                    let number = kind.number(bits)
                                    let text = kind.name == "f32" ? "\(Float(bitPattern: bits))" : kind.text(bits)
                                    // RFC 8259, 6: infinity and NaN are no numbers.
                                    return (order.rawValue, number.isFinite ? .number(text) : .null)
                                })
                        )
                    })
        }
        members.append(("pairs", .array(pairs)))
        return .object(members)
    }
}
